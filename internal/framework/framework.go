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
	Conflicts    []*ConflictRule
	// Statements of no capability: F, Y and R.
	About, Layers, Rules []Statement
	Shop                 *WorkedExample

	index map[string]*Entry
	order []*Entry
}

// Capability is one capability: its text, and its decision.
type Capability struct {
	CapabilityFile
	Decision *decide.Decision
	// Choices are its options with their conditions compiled, in order. Disabled ones are left out.
	Choices []*Choice
	// Tasks are the things to do (MR-W1 to MR-W3), in order.
	Tasks []*Task
	// Model is what the engine was given; a theme needs it again.
	Model decide.Model
}

// Choice is an option with its clauses compiled.
type Choice struct {
	Option
	Fits, Out []*decide.Predicate // in the order of Option.Fits and Option.Out
}

// Task is a thing to do: always, or at a verdict and under a condition.
type Task struct {
	Statement
	Always  bool
	Verdict decide.Verdict
	When    *decide.Predicate // nil: no condition
}

// Theme is a theme of Layer 3 with its conditions compiled.
type Theme struct {
	ThemeFile
	Decision *decide.Theme
	Needs    *decide.Predicate // nil where triggers of the prerequisite are the need
	Checks   []*decide.Predicate
	Paths    []*Path
}

// Path is a route of a theme with its condition compiled.
type Path struct {
	Route
	When *decide.Predicate
}

// ConflictRule is a conflict with its condition compiled.
type ConflictRule struct {
	Conflict
	When *decide.Predicate
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
