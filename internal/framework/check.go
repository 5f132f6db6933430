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

// checker holds what was read against itself: every name must be something, every mark must do something. It notes all mistakes.
type checker struct {
	files    []*file
	sources  map[string]*strict.Document // by the name of the file
	mistakes *strict.Notes
	// incomplete says that a file could not be read: then nothing is said about names that may be in it.
	incomplete bool

	dictionary *fact.Dictionary
	faulty     map[string]bool // facts that are wrong themselves: conditions over them are left alone
	parsed     map[string]*decide.Condition

	same         map[string]string       // by statement: the one that it repeats, or nothing
	circular     map[string]bool         // by statement: whether the one that it repeats comes round to itself, where that is known
	ids          map[string]strict.Place // where each stands
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

// add notes a mistake; where what it is about has no id to stand at, which is a mistake too, it stands at the top.
func (c *checker) add(at strict.Place, format string, arguments ...any) *strict.Note {
	if at.Line == 0 {
		at.Line, at.Column = 1, 1
	}
	return c.mistakes.Add(at, format, arguments...)
}

// dangles notes a name that nothing is called by, unless it may be in a file that could not be read.
func (c *checker) dangles(at strict.Place, format string, arguments ...any) *strict.Note {
	if c.incomplete {
		return nil
	}
	return c.add(at, format, arguments...)
}

// refers checks that a text is one of the known names; what says what it should be.
func (c *checker) refers(text strict.Text, what string, known []string) {
	if !text.IsZero() && !slices.Contains(known, text.Value) {
		c.dangles(text.Place, "%s is not %s", text.Quoted(), words.A(what)).Near(text.Value, known)
	}
}

// condition parses a condition; its mistakes are shown at the very character.
func (c *checker) condition(text strict.Text) {
	source := c.sources[text.File]
	switch {
	case text.IsZero():
		return
	case !source.OnOneLine(text):
		c.add(text.Place, "a condition stands whole on one line, behind its key")
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

// mentionsFaulty reports whether a condition mentions a fact that is wrong itself.
func (c *checker) mentionsFaulty(condition string) bool {
	words := strings.FieldsFunc(condition, func(r rune) bool {
		return r != '_' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	})
	return slices.ContainsFunc(words, func(word string) bool { return c.faulty[word] })
}

// isCapability reports whether a file holds anything of a capability.
func (f *file) isCapability() bool { return !reflect.ValueOf(f.CapabilityFile).IsZero() }
