package framework

import (
	"regexp"
	"slices"
	"strings"
)

var (
	codeShape = regexp.MustCompile(`^[A-Z]{2,}$`)
	number    = regexp.MustCompile(`^[1-9][0-9]*$`)
	oneLetter = regexp.MustCompile(`^[a-z]$`)
	// versionShape is what every answer can open with: nothing in it is a mark of Markdown, or a command to what reads a log.
	versionShape = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z .+_-]{0,63}$`)
)

// define collects every id of a file, and checks that each looks as it should and stands once.
func (c *checker) define(f *file) {
	for _, fact := range f.Facts {
		c.name(f, fact.ID, fact.ID.Value)
	}
	if f.isCapability() {
		c.defineCapability(f)
	}
	for _, s := range f.RulesFile.sections() {
		c.defineSection(f, s, s.letter)
	}
	for _, theme := range f.Themes {
		c.numbered(f, theme.ID, "Z")
		c.kebab(f, theme.Slug)
		c.unique(f, theme.Slug, theme.Slug.Value)
	}
	for _, reading := range f.Readings {
		c.kebab(f, reading.Slug)
		c.name(f, reading.Slug, readingID(reading))
	}
	if f.Shop != nil {
		c.defineSection(f, section{numbered: true, statements: f.Shop.Statements}, "C")
	}
}

func (c *checker) defineCapability(f *file) {
	c.kebab(f, f.ID)
	if !f.ID.IsZero() {
		c.name(f, f.ID, f.ID.Value)
		c.capabilities = append(c.capabilities, f.ID.Value)
	}
	c.unique(f, f.Code, f.Code.Value)
	prefix := func(letter string) string { return f.Code.Value + "-" + letter }
	if !codeShape.MatchString(f.Code.Value) {
		prefix = func(string) string { return "" } // what the ids should carry is not known
		if !f.Code.IsZero() {
			c.add(f, f.Code.place(), "code %s is not two or more capital letters", shown(f.Code.Value))
		}
	}
	for _, s := range f.CapabilityFile.sections() {
		c.defineSection(f, s, prefix(s.letter))
	}
	for _, option := range f.Options {
		c.numbered(f, option.ID, prefix("O"))
	}
	for _, question := range f.Questions {
		c.numbered(f, question.ID, prefix("Q"))
		for _, part := range question.Parts {
			c.shaped(f, part.ID, question.ID.Value, oneLetter, "a letter")
		}
	}
}

func (c *checker) defineSection(f *file, s section, prefix string) {
	for _, statement := range s.statements {
		c.same[statement.ID.Value] = statement.SameAs.Value
		if s.numbered {
			c.numbered(f, statement.ID, prefix)
			continue
		}
		if id := statement.ID; !id.IsZero() && id.Value != prefix && prefix != "" {
			c.add(f, id.place(), "id %s is not %q, as the id in %q is", shown(id.Value), prefix, s.key)
		}
		c.name(f, statement.ID, statement.ID.Value)
	}
}

// numbered checks an id that is a prefix and a number.
func (c *checker) numbered(f *file, id Text, prefix string) {
	c.shaped(f, id, prefix, number, "a number")
}

// shaped checks an id that is a prefix and a rest; an empty prefix is one that is not known.
func (c *checker) shaped(f *file, id Text, prefix string, rest *regexp.Regexp, what string) {
	if id.IsZero() {
		return
	}
	if found, ok := strings.CutPrefix(id.Value, prefix); prefix != "" && (!ok || !rest.MatchString(found)) {
		c.add(f, id.place(), "id %s is not %q and %s, as ids in this list are", shown(id.Value), prefix, what)
	}
	c.name(f, id, id.Value)
}

func (c *checker) kebab(f *file, id Text) {
	if !id.IsZero() && !kebabCase.MatchString(id.Value) {
		c.add(f, id.place(), "%s is no kebab-case name: write small letters, digits and -", shown(id.Value))
	}
}

// name remembers an id that others may refer to.
func (c *checker) name(f *file, at Text, id string) {
	if c.unique(f, at, id) {
		c.names = append(c.names, id)
	}
}

// unique says whether an id stands here for the first time, and notes a mistake where it stands again.
func (c *checker) unique(f *file, at Text, id string) bool {
	if at.IsZero() {
		return false
	}
	if first, twice := c.ids[id]; twice {
		c.add(f, at.place(), "%s stands twice: first at %s:%d:%d", shown(id), first.file, first.line, first.column)
		return false
	}
	c.ids[id] = definition{f.path, at.place()}
	return true
}

// readingID is the id that a reading is cited by.
func readingID(r Reading) string { return "reading:" + r.Slug.Value }

// idsOf are the ids of statements.
func idsOf(statements ...[]Statement) []string {
	var ids []string
	for _, s := range slices.Concat(statements...) {
		ids = append(ids, s.ID.Value)
	}
	return ids
}
