package framework

import (
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
)

// checker holds what was read against itself: every name must be something, every mark must do something. It notes all mistakes.
type checker struct {
	files    []*file
	mistakes *notes
	// incomplete says that a file could not be read: then nothing is said about names that may be in it.
	incomplete bool

	dictionary *fact.Dictionary
	faulty     map[string]bool // facts that are wrong themselves: conditions over them are left alone
	parsed     map[string]*decide.Condition

	same         map[string]string // by statement: the one that it repeats, or nothing
	circular     map[string]bool   // by statement: whether the one that it repeats comes round to itself, where that is known
	ids          map[string]definition
	names        []string // the ids, in the order in which they were read
	capabilities []string
}

// definition is where an id stands.
type definition struct {
	file string
	place
}

func newChecker(files []*file, mistakes *notes, incomplete bool) *checker {
	return &checker{files: files, mistakes: mistakes, incomplete: incomplete,
		faulty: map[string]bool{}, parsed: map[string]*decide.Condition{}, same: map[string]string{}, circular: map[string]bool{}, ids: map[string]definition{}}
}

func (c *checker) check() {
	c.checkFacts()
	for _, f := range c.files {
		c.define(f)
	}
	for _, f := range c.files {
		f.conditions(func(condition *Condition) { c.condition(f, condition.Text) })
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
func (c *checker) add(f *file, at place, format string, arguments ...any) *note {
	if at == (place{}) {
		at = place{1, 1}
	}
	return c.mistakes.add(f.path, at, format, arguments...)
}

// dangles notes a name that nothing is called by, unless it may be in a file that could not be read.
func (c *checker) dangles(f *file, at place, format string, arguments ...any) *note {
	if c.incomplete {
		return nil
	}
	return c.add(f, at, format, arguments...)
}

// refers checks that a text is one of the known names; what says what it should be.
func (c *checker) refers(f *file, text Text, what string, known []string) {
	if !text.IsZero() && !slices.Contains(known, text.Value) {
		c.dangles(f, text.place(), "%s is no %s", shown(text.Value), what).near(text.Value, known)
	}
}

// condition parses a condition; its mistakes are shown at the very character.
func (c *checker) condition(f *file, text Text) {
	switch {
	case text.IsZero():
		return
	case !f.onOneLine(text):
		c.add(f, text.place(), "a condition stands whole on one line, behind its key")
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
		c.add(f, text.place(), "%v", err)
	case c.mentionsFaulty(text.Value):
	case wrong.Name != "":
		c.dangles(f, f.within(text, wrong.Column), "%s", wrong.Problem).near(wrong.Name, wrong.Known)
	default:
		c.add(f, f.within(text, wrong.Column), "%s", wrong.Problem)
	}
}

// mentionsFaulty says whether a condition mentions a fact that is wrong itself.
func (c *checker) mentionsFaulty(condition string) bool {
	words := strings.FieldsFunc(condition, func(r rune) bool {
		return r != '_' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	})
	return slices.ContainsFunc(words, func(word string) bool { return c.faulty[word] })
}

// onOneLine says whether a text stands whole on the line where it starts.
func (f *file) onOneLine(text Text) bool {
	_, whole := f.offsets(text)
	return whole
}

// within is the place of a byte of a text, counted from 1, in the file.
func (f *file) within(text Text, column int) place {
	offsets, _ := f.offsets(text)
	return place{text.Line, text.Column + offsets[min(column-1, len(offsets)-1)]}
}

// offsets says for each byte of a text, and for the end behind it, how many characters behind the text's start it is written.
// It is not whole if the text goes on on another line.
func (f *file) offsets(text Text) (offsets []int, whole bool) {
	line := f.from(text)
	quote := rune(0)
	at := 0
	if len(line) > 0 && (line[0] == '"' || line[0] == '\'') {
		quote, at = line[0], 1
	}
	for _, want := range text.Value {
		if at < len(line)-1 && quote != 0 && (line[at] == '\\' && quote == '"' || line[at] == '\'' && quote == '\'') {
			at++ // the next character is escaped; its place is that of the character itself
		}
		if at >= len(line) || line[at] != want {
			return append(offsets, 0), false
		}
		for range len(string(want)) {
			offsets = append(offsets, at)
		}
		at++
	}
	return append(offsets, at), true
}

// from is the line of a text, from where it starts. YAML knows line breaks that an editor does not show as such: then it is empty.
func (f *file) from(text Text) []rune {
	if text.Line > len(f.lines) {
		return nil
	}
	line := []rune(f.lines[text.Line-1])
	return line[min(text.Column-1, len(line)):]
}

// isCapability says whether a file holds anything of a capability.
func (f *file) isCapability() bool { return !reflect.ValueOf(f.CapabilityFile).IsZero() }
