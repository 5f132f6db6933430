// Package framework turns the knowledge into types: it loads and checks the files, indexes every statement by its id, and builds the
// engine's decisions.
package framework

import (
	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Framework is the loaded knowledge. It is read-only and safe for concurrent use.
type Framework struct {
	// Version is stated by the knowledge; Fingerprint is 12 hex digits over everything that was loaded.
	Version, Fingerprint string
	// Own means that the user's directory overlays the shipped knowledge.
	Own    bool
	Source string

	// Dictionary has the facts for the engine, Facts their descriptions, both in fact order.
	Dictionary *fact.Dictionary
	Facts      []Fact
	// Capabilities are in the framework's order; unlisted ones follow by path.
	Capabilities []*Capability
	Themes       []*Theme
	Readings     []Reading
	Conflicts    []Conflict
	// Statements that belong to no capability: F, Y and R.
	About, Layers, Rules []Statement
	Shop                 *WorkedExample

	index map[string]*Entry
	order []*Entry
	uses  []Uses
}

// Capability is a capability as written, and its compiled decision.
type Capability struct {
	CapabilityFile
	Decision *decide.Decision
	// Enabled are the options that are not disabled, in order.
	Enabled []*Option
	// Tasks are the enabled statements that say what to do (MR-W1 to MR-W3), in order.
	Tasks []Statement
	// Model is the input that Decision was compiled from.
	Model decide.Model
}

// Theme is a theme of Layer 3 as written, and its compiled status.
type Theme struct {
	ThemeFile
	Decision *decide.Theme
}

// EntryKind says what an id names.
type EntryKind string

// The kinds of entries.
const (
	StatementEntry  EntryKind = "statement"
	OptionEntry     EntryKind = "option"
	QuestionEntry   EntryKind = "question"
	FactEntry       EntryKind = "fact"
	ThemeEntry      EntryKind = "theme"
	ReadingEntry    EntryKind = "reading"
	CapabilityEntry EntryKind = "capability"
)

// Entry is anything with an id: a statement, a question or its part, an option, a fact, a theme, a reading, a capability.
type Entry struct {
	ID   string
	Kind EntryKind
	// Capability is the id of the capability it belongs to; empty for F, Y, R, C, facts, themes and readings.
	Capability string
	// Says is its sentence; When is its condition as written, if it has one.
	Says, When string
	// Disabled is the reason why it takes no part in decisions; empty if it is enabled.
	Disabled string
	// Statement is nil for other kinds.
	Statement *Statement
}
