package framework

import (
	"regexp"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/strict"
)

var (
	codeShape = regexp.MustCompile(`^[A-Z]{2,}$`)
	number    = regexp.MustCompile(`^[1-9][0-9]*$`)
	oneLetter = regexp.MustCompile(`^[a-z]$`)
	// versionShape is safe to open every answer with: no Markdown markup, no control characters in a log.
	versionShape = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z .+_-]{0,63}$`)
)

// define collects the ids of a file and checks that each is well formed and unique.
func (c *checker) define(f *file) {
	for _, fact := range f.Facts {
		c.name(fact.ID, fact.ID.Value)
	}
	if f.isCapability() {
		c.defineCapability(f)
	}
	for _, s := range f.RulesFile.sections() {
		c.defineSection(s, s.letter)
	}
	for _, theme := range f.Themes {
		c.numbered(theme.ID, "Z")
		c.kebab(theme.Slug)
		c.claim(theme.Slug, theme.Slug.Value)
	}
	for _, reading := range f.Readings {
		c.kebab(reading.Slug)
		c.name(reading.Slug, readingID(reading))
	}
	if f.Shop != nil {
		c.defineSection(section{numbered: true, statements: f.Shop.Statements}, "C")
	}
}

func (c *checker) defineCapability(f *file) {
	c.kebab(f.ID)
	if !f.ID.IsZero() {
		c.name(f.ID, f.ID.Value)
		c.capabilities = append(c.capabilities, f.ID.Value)
	}
	c.claim(f.Code, f.Code.Value)
	prefix := func(letter string) string { return f.Code.Value + "-" + letter }
	if !codeShape.MatchString(f.Code.Value) {
		prefix = func(string) string { return "" } // the right prefix is unknown
		if !f.Code.IsZero() {
			c.add(f.Code.Place, "code %s is not two or more capital letters", f.Code.Quoted())
		}
	}
	for _, s := range f.CapabilityFile.sections() {
		c.defineSection(s, prefix(s.letter))
	}
	for _, option := range f.Options {
		c.numbered(option.ID, prefix("O"))
	}
	for _, question := range f.Questions {
		c.numbered(question.ID, prefix("Q"))
		for _, part := range question.Parts {
			c.shaped(part.ID, question.ID.Value, oneLetter, "a letter")
		}
	}
}

func (c *checker) defineSection(s section, prefix string) {
	for _, statement := range s.statements {
		c.same[statement.ID.Value] = statement.SameAs.Value
		if s.numbered {
			c.numbered(statement.ID, prefix)
			continue
		}
		if id := statement.ID; !id.IsZero() && id.Value != prefix && prefix != "" {
			c.add(id.Place, "id %s must be %q in %q", id.Quoted(), prefix, s.key)
		}
		c.name(statement.ID, statement.ID.Value)
	}
}

// numbered checks an id made of a prefix and a number.
func (c *checker) numbered(id strict.Text, prefix string) {
	c.shaped(id, prefix, number, "a number")
}

// shaped checks an id made of a prefix and a rest; an empty prefix is unknown and not checked.
func (c *checker) shaped(id strict.Text, prefix string, rest *regexp.Regexp, what string) {
	if id.IsZero() {
		return
	}
	if found, ok := strings.CutPrefix(id.Value, prefix); prefix != "" && (!ok || !rest.MatchString(found)) {
		c.add(id.Place, "id %s must be %q and %s, like all ids in this list", id.Quoted(), prefix, what)
	}
	c.name(id, id.Value)
}

func (c *checker) kebab(id strict.Text) {
	if !id.IsZero() && !kebabCase.MatchString(id.Value) {
		c.add(id.Place, "%s is not a kebab-case name: write small letters, digits and -", id.Quoted())
	}
}

// name registers an id that others may refer to.
func (c *checker) name(at strict.Text, id string) {
	if c.claim(at, id) {
		c.names = append(c.names, id)
	}
}

// claim registers an id. If it is taken, claim notes a mistake and returns false.
func (c *checker) claim(at strict.Text, id string) bool {
	if at.IsZero() {
		return false
	}
	if first, twice := c.ids[id]; twice {
		c.add(at.Place, "%s is given twice: first at %s:%d:%d", strict.Quote(id), first.File, first.Line, first.Column)
		return false
	}
	c.ids[id] = at.Place
	return true
}

// readingID returns the id by which a reading is cited.
func readingID(r Reading) string { return "reading:" + r.Slug.Value }

func idsOf(statements ...[]Statement) []string {
	var ids []string
	for _, s := range slices.Concat(statements...) {
		ids = append(ids, s.ID.Value)
	}
	return ids
}
