package cli

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// printed is an error as a terminal, a log or a workflow may show it: line by line, each as it prints. Names of files and what was typed
// may hold line breaks of their own, which would begin a line; they are written out first.
func printed(err error, arguments []string) string {
	text := err.Error()
	for _, name := range append(typed(arguments), paths(err)...) {
		text = strings.ReplaceAll(text, name, words.Escape(name))
	}
	return words.EscapeLines(text)
}

// typed are the arguments of the program, and the values of its flags.
func typed(arguments []string) []string {
	var list []string
	for _, argument := range arguments {
		name, value, _ := strings.Cut(argument, "=")
		list = append(list, argument, strings.TrimLeft(argument, "-"), strings.TrimLeft(name, "-"), value)
	}
	return unprintable(list)
}

// paths are the names that the errors of the file system in a tree of errors speak of.
func paths(err error) []string {
	var list []string
	switch e := err.(type) { //nolint:errorlint // each error of the tree is looked at by itself
	case *fs.PathError:
		list = append(list, e.Path)
	case *os.LinkError:
		list = append(list, e.Old, e.New)
	}
	switch e := err.(type) { //nolint:errorlint // as above
	case interface{ Unwrap() []error }:
		for _, one := range e.Unwrap() {
			list = append(list, paths(one)...)
		}
	default:
		if inner := errors.Unwrap(err); inner != nil {
			list = append(list, paths(inner)...)
		}
	}
	return unprintable(list)
}

// unprintable are the texts of a list that do not print on one line.
func unprintable(list []string) []string {
	var found []string
	for _, text := range list {
		if _, hides := words.Hidden(text); hides && strings.TrimSpace(text) != "" {
			found = append(found, text)
		}
	}
	return found
}

// jsonLines writes lines of JSON so that they print: what a log says may be anybody's words.
type jsonLines struct{ to io.Writer }

func (w jsonLines) Write(line []byte) (int, error) {
	if _, err := io.WriteString(w.to, words.EscapeJSON(string(line))); err != nil {
		return 0, err
	}
	return len(line), nil
}

// textLines writes lines for a person so that they print.
type textLines struct{ to io.Writer }

func (w textLines) Write(text []byte) (int, error) {
	if _, err := io.WriteString(w.to, words.EscapeLines(string(text))); err != nil {
		return 0, err
	}
	return len(text), nil
}
