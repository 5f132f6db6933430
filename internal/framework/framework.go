// Package framework is the decision framework as types: it loads and checks the knowledge, indexes every statement by its id,
// and builds the engine's decisions from it.
package framework

import (
	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Framework is the loaded knowledge. It is read only, and safe for concurrent use.
type Framework struct {
	// Version is the knowledge's own, Fingerprint 12 hex digits over everything that was loaded.
	Version, Fingerprint string
	// Own says that a directory of the user's was laid over the shipped knowledge.
	Own    bool
	Source string

	// Dictionary is the facts for the engine, Facts the same in words, both in fact order.
	Dictionary *fact.Dictionary
	Facts      []Fact
	// Capabilities are in the framework's order, others behind, by path.
	Capabilities []*Capability
	Themes       []*Theme
	Readings     []Reading
	Conflicts    []Conflict
	// Statements of no capability: F, Y and R.
	About, Layers, Rules []Statement
	Shop                 *WorkedExample

	index map[string]*Entry
	order []*Entry
	uses  []Uses
}

// Capability is one capability: its text, and its decision.
type Capability struct {
	CapabilityFile
	Decision *decide.Decision
	// Enabled are its options without the disabled ones, in order.
	Enabled []*Option
	// Tasks are the statements that say what to do (MR-W1 to MR-W3), in order.
	Tasks []Statement
	// Model is what the engine was given; a theme needs it again.
	Model decide.Model
}

// Theme is a theme of Layer 3: its text, and what decides its status.
type Theme struct {
	ThemeFile
	Decision *decide.Theme
}

// EntryKind is what an id names.
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

// Entry is one thing with an id: a statement, a question or its part, an option, a fact, a theme, a reading, a capability.
type Entry struct {
	ID   string
	Kind EntryKind
	// Capability is the id of the one it belongs to, empty for F, Y, R, C, facts, themes and readings.
	Capability string
	// Says is its one sentence; When its condition as written, if it has one.
	Says, When string
	// Disabled is the reason why it is taken out of every decision, empty if it is not.
	Disabled string
	// Statement is the statement behind it, nil for other kinds.
	Statement *Statement
}
