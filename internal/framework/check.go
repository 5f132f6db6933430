package framework

import (
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/strict"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// checker checks the files against one another: every name must refer to something, every mark must have an effect. It notes all
// mistakes.
type checker struct {
	files    []*file
	sources  map[string]*strict.Document // by file name
	mistakes *strict.Notes
	// incomplete means that a file could not be read; an unknown name may be defined there, so it is not reported.
	incomplete bool

	dictionary *fact.Dictionary
	faulty     map[string]bool // facts with mistakes of their own: conditions over them are not reported
	parsed     map[string]*decide.Condition

	same         map[string]string       // by statement: the one it repeats, or empty
	circular     map[string]bool         // by statement, as far as known: whether its same_as chain is a cycle
	ids          map[string]strict.Place // where each is defined
	names        []string                // the ids, in the order in which they were read
	capabilities []string
}

func newChecker(files []*file, mistakes *strict.Notes, incomplete bool) *checker {
	c := &checker{files: files, mistakes: mistakes, incomplete: incomplete, sources: map[string]*strict.Document{},
		faulty: map[string]bool{}, parsed: map[string]*decide.Condition{}, same: map[string]string{}, circular: map[string]bool{}, ids: map[string]strict.Place{}}
	for _, f := range files {
		c.sources[f.source.File] = f.source
	}
	return c
}

func (c *checker) check() {
	c.checkFacts()
	for _, f := range c.files {
		c.define(f)
	}
	for _, f := range c.files {
		f.conditions(func(condition *Condition) { c.condition(condition.Text) })
		if f.isCapability() {
			c.checkCapability(f)
		}
		c.checkThemes(f)
		c.checkRules(f)
		c.checkReadings(f)
		c.checkShop(f)
	}
	c.checkWhole()
}

// add notes a mistake. Something without an id has no place; its mistake is reported at the top of the file.
func (c *checker) add(at strict.Place, format string, arguments ...any) *strict.Note {
	if at.Line == 0 {
		at.Line, at.Column = 1, 1
	}
	return c.mistakes.Add(at, format, arguments...)
}

// dangles notes an unknown name, unless it may be defined in a file that could not be read.
func (c *checker) dangles(at strict.Place, format string, arguments ...any) *strict.Note {
	if c.incomplete {
		return nil
	}
	return c.add(at, format, arguments...)
}

// refers checks that a text is one of the known names; what is the noun for the message.
func (c *checker) refers(text strict.Text, what string, known []string) {
	if !text.IsZero() && !slices.Contains(known, text.Value) {
		c.dangles(text.Place, "%s is not %s", text.Quoted(), words.A(what)).Near(text.Value, known)
	}
}

// condition parses a condition and reports mistakes at the exact character.
func (c *checker) condition(text strict.Text) {
	source := c.sources[text.File]
	switch {
	case text.IsZero():
		return
	case !source.OnOneLine(text):
		c.add(text.Place, "a condition must be on one line, after its key")
		return
	case c.parsed[text.Value] != nil:
		return
	}
	condition, err := decide.Parse(text.Value, c.dictionary)
	var wrong *decide.SyntaxError
	switch {
	case err == nil:
		c.parsed[text.Value] = condition
	case !errors.As(err, &wrong):
		c.add(text.Place, "%v", err)
	case c.mentionsFaulty(text.Value):
	case wrong.Name != "":
		c.dangles(source.Within(text, wrong.Column), "%s", wrong.Problem).Near(wrong.Name, wrong.Known)
	default:
		c.add(source.Within(text, wrong.Column), "%s", wrong.Problem)
	}
}

// mentionsFaulty reports whether a condition mentions a fact that has mistakes of its own.
func (c *checker) mentionsFaulty(condition string) bool {
	words := strings.FieldsFunc(condition, func(r rune) bool {
		return r != '_' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	})
	return slices.ContainsFunc(words, func(word string) bool { return c.faulty[word] })
}

// isCapability reports whether a file has any key of a capability.
func (f *file) isCapability() bool { return !reflect.ValueOf(f.CapabilityFile).IsZero() }
