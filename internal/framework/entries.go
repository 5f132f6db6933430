package framework

import (
	"strings"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// Entry finds what an id names: a statement, an option, a question or a part of one, a fact, a theme (Z1), a reading (reading:slug) or a
// capability.
func (f *Framework) Entry(id string) (*Entry, bool) {
	entry, ok := f.index[id]
	return entry, ok
}

// Entries returns all entries in the framework's order: F, Y, Z, R, each capability with its own, C, facts, readings.
func (f *Framework) Entries() []*Entry { return f.order }

// Nearest returns at most n ids that may have been meant, the nearest first.
func (f *Framework) Nearest(id string, n int) []string {
	ids := make([]string, len(f.order))
	for i, entry := range f.order {
		ids[i] = entry.ID
	}
	return words.Nearest(id, ids, n)
}

func (f *Framework) Capability(id string) (*Capability, bool) {
	for _, c := range f.Capabilities {
		if c.ID.Value == id {
			return c, true
		}
	}
	return nil, false
}

// Theme finds a theme by its id (Z1) or slug, ignoring case.
func (f *Framework) Theme(idOrSlug string) (*Theme, bool) {
	for _, theme := range f.Themes {
		if strings.EqualFold(theme.ID.Value, idOrSlug) || strings.EqualFold(theme.Slug.Value, idOrSlug) {
			return theme, true
		}
	}
	return nil, false
}

func (f *Framework) makeIndex() {
	f.index = map[string]*Entry{}
	f.statements("", f.About)
	f.statements("", f.Layers)
	for _, theme := range f.Themes {
		f.enter(&Entry{ID: theme.ID.Value, Kind: ThemeEntry, Says: theme.Says.Value, When: theme.Need.When.Value})
	}
	f.statements("", f.Rules)
	for _, c := range f.Capabilities {
		f.capability(c)
	}
	if f.Shop != nil {
		f.statements("", f.Shop.Statements)
	}
	for _, fact := range f.Facts {
		f.enter(&Entry{ID: fact.ID.Value, Kind: FactEntry, Says: fact.Meaning.Value})
	}
	for _, reading := range f.Readings {
		f.enter(&Entry{ID: readingID(reading), Kind: ReadingEntry, Says: reading.Says.Value})
	}
}

// capability enters a capability and everything in it, in the order of the source: M, T, N, O, Q, W, L, B, K, A.
func (f *Framework) capability(c *Capability) {
	id := c.ID.Value
	f.enter(&Entry{ID: id, Kind: CapabilityEntry, Capability: id, Says: c.Summary.Value})
	for _, s := range c.sections() {
		if s.letter == "W" {
			f.choices(c)
		}
		f.statements(id, s.statements)
	}
}

// choices enters the options, including disabled ones, and the questions with their parts.
func (f *Framework) choices(c *Capability) {
	id := c.ID.Value
	for _, option := range c.Options {
		f.enter(&Entry{ID: option.ID.Value, Kind: OptionEntry, Capability: id, Says: option.Name.Value + ": " + option.UseWhen.Value, Disabled: option.Reason.Value})
	}
	for _, question := range c.Questions {
		f.enter(&Entry{ID: question.ID.Value, Kind: QuestionEntry, Capability: id, Says: question.Says.Value})
		for _, part := range question.Parts {
			f.enter(&Entry{ID: part.ID.Value, Kind: QuestionEntry, Capability: id, Says: part.Says.Value})
		}
	}
}

func (f *Framework) statements(capability string, statements []Statement) {
	for i := range statements {
		s := &statements[i]
		f.enter(&Entry{ID: s.ID.Value, Kind: StatementEntry, Capability: capability, Says: s.Says.Value, When: s.When.Value, Disabled: s.Reason.Value, Statement: s})
	}
}

func (f *Framework) enter(entry *Entry) {
	f.index[entry.ID] = entry
	f.order = append(f.order, entry)
}
