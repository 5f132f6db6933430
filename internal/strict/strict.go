// Package strict parses YAML from outside for every reader of it: the knowledge, a file of facts, the front matter of a record. What a
// document may hold is the reader's business; here it is made sure that a file reads the same in an editor and to the parser, and that
// a mistake has a place and says what to do.
package strict

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// Error is why a text is not YAML, in one lower-case line. Line and Column, in characters, count from 1; both are 0 where the parser
// does not say.
type Error struct {
	Line, Column int
	Problem      string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Problem
	}
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Problem)
}

// Documents are the documents of a YAML text, each a node with one child; none where nothing is written. The text may begin with
// %YAML 1.2, which the parser does not know, and says the same without. Places in the nodes are places in the content.
//
// The error is an *Error.
func Documents(content []byte) ([]yaml.Node, error) {
	if err := legible(content); err != nil {
		return nil, err
	}
	var documents []yaml.Node
	err := yaml.Load(WithoutVersion(content), &documents, yaml.WithAllDocuments())
	var wrong *yaml.LoadError
	switch {
	case err == nil:
		return documents, nil
	case !errors.As(err, &wrong):
		return nil, &Error{Problem: notYAML + words.Cut(err.Error(), longest)}
	}
	found := &Error{wrong.Mark.Line, wrong.Mark.Column, notYAML + words.Cut(wrong.Message, longest)}
	switch line := lineOf(content, found.Line); {
	case runeAt(line, found.Column) == '\t':
		found.Problem = notYAML + "a tab, which YAML does not take for indentation: use spaces"
	case version.Match(line):
		found.Problem = notYAML + words.Quote(string(bytes.TrimSpace(line)), longest) + " is not read: begin the file with %YAML 1.2 once, or leave it out"
	}
	return nil, found
}

const (
	notYAML = "not YAML: "
	// longest is how much of the parser's words is shown, in characters.
	longest = 200
)

// legible refuses what an editor and the parser would not read alike, and the control characters that the parser refuses without a
// place: bytes that are not UTF-8, and line breaks that few editors show, which end a comment where nobody sees it.
func legible(content []byte) error {
	if _, found := words.HiddenInLines(string(content)); !found {
		return nil // as of nearly every file
	}
	macintosh := !bytes.Contains(content, []byte("\n")) // whose lines end in \r, as editors know too
	line, column := 1, 0
	for at := 0; at < len(content); {
		r, size := utf8.DecodeRune(content[at:])
		column++
		problem := ""
		switch {
		case r == utf8.RuneError && size == 1:
			problem = "not UTF-8: save the file as UTF-8"
		case r == '\uFEFF' && at == 0: // a byte order mark, which no editor counts
			column = 0
		case r == '\n', r == '\r' && macintosh:
			line, column = line+1, 0
		case r == '\t', r == '\r' && bytes.HasPrefix(content[at:], []byte("\r\n")):
		case r == '\r', r == '\u0085', r == '\u2028', r == '\u2029':
			problem = fmt.Sprintf("U+%04X, a line break that few editors show: begin a new line instead", r)
		case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Noncharacter_Code_Point, r):
			problem = fmt.Sprintf("U+%04X, a character that does not print: take it out", r)
		}
		if problem != "" {
			return &Error{line, column, problem}
		}
		at += size
	}
	return nil
}

// version is a line that says for which version of YAML a text was written.
var version = regexp.MustCompile(`^%YAML[ \t]`)

// current is what stands before the first document of a text for YAML 1.2: the directive, behind comments and empty lines at most.
var current = regexp.MustCompile(`^(?:\x{FEFF})?(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*(%)YAML[ \t]+1\.2[ \t]*(?:[ \t]#[^\r\n]*)?\r?\n`)

// WithoutVersion is the text with its %YAML 1.2 as a comment, so that every place stays.
func WithoutVersion(content []byte) []byte {
	found := current.FindSubmatchIndex(content)
	if found == nil {
		return content
	}
	content = bytes.Clone(content)
	content[found[2]] = '#'
	return content
}

// lineOf is a line of a text, without its end; empty if there is none.
func lineOf(content []byte, number int) []byte {
	lines := bytes.SplitN(content, []byte("\n"), number+1)
	if number < 1 || number > len(lines) {
		return nil
	}
	return bytes.TrimRight(lines[number-1], "\r")
}

// runeAt is the character in a column, 0 if there is none.
func runeAt(line []byte, column int) rune {
	if runes := []rune(string(line)); column >= 1 && column <= len(runes) {
		return runes[column-1]
	}
	return 0
}
