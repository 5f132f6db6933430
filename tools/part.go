package tools

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// The parts that several answers are made of.

// maximumUnused is how many unused facts an answer names.
const maximumUnused = 10

// header opens an answer; used marks the facts that the tool looks at.
func header(f *framework.Framework, s situation, used factSet) Header {
	h := Header{
		Knowledge:     knowledge(f),
		FromWorkspace: []string{},
		Unused:        []string{},
		Conflicts:     conflicts(f, s),
	}
	h.Sources, h.Unsourced = s.sourced(f)
	for i, fact := range f.Facts {
		switch {
		case s.workspace[i] && used[i]:
			h.FromWorkspace = append(h.FromWorkspace, fact.ID.Value)
		case s.given[i] && !used[i] && len(h.Unused) < maximumUnused:
			h.Unused = append(h.Unused, fact.ID.Value)
		}
	}
	return h
}

func knowledge(f *framework.Framework) Knowledge {
	return Knowledge{Version: f.Version, Fingerprint: f.Fingerprint}
}

// conflicts are those that surely hold on what is known, whichever capability was asked about.
func conflicts(f *framework.Framework, s situation) []Conflict {
	list := []Conflict{}
	for _, c := range f.Conflicts {
		silent := c.NotRunning.Value != "" && s.runs[c.NotRunning.Value] != decide.No
		if !silent && c.When.Truth(s.Situation) == decide.Yes {
			list = append(list, Conflict{s.Of(f.Dictionary, c.When.Facts()), c.Says.Value})
		}
	}
	return list
}

// factSet marks facts by their place in fact order.
type factSet []bool

func (a factSet) or(b factSet) factSet {
	both := slices.Clone(a)
	for i := range b {
		both[i] = both[i] || b[i]
	}
	return both
}

// use is which facts a framework uses for what.
type use struct{ verdicts, tasks, options, themes factSet }

// usedFacts collects which facts a framework uses. The facts of conflicts count everywhere.
func usedFacts(f *framework.Framework) use {
	n := f.Dictionary.Len()
	u := use{make(factSet, n), make(factSet, n), make(factSet, n), make(factSet, n)}
	mark := func(set factSet, facts []int) {
		for _, fact := range facts {
			set[fact] = true
		}
	}
	for _, conflict := range f.Conflicts {
		mark(u.tasks, conflict.When.Facts())
	}
	for _, c := range f.Capabilities {
		mark(u.verdicts, c.Decision.Facts())
		for _, task := range c.Tasks {
			if task.When != nil {
				mark(u.tasks, task.When.Facts())
			}
		}
		for _, choice := range c.Choices {
			for _, clause := range slices.Concat(choice.Fits, choice.Out) {
				mark(u.options, clause.Facts())
			}
		}
	}
	for _, theme := range f.Themes {
		mark(u.themes, theme.Decision.Facts())
		for _, path := range theme.Paths {
			mark(u.themes, path.When.Facts())
		}
	}
	return u
}

// mentioned is the known facts that a statement's condition mentions.
func (s situation) mentioned(f *framework.Framework, c *framework.Capability, id string) *fact.Values {
	statement := c.Model.Foundation
	if i := slices.IndexFunc(c.Model.Statements, func(s decide.Statement) bool { return s.ID == id }); i >= 0 {
		statement = c.Model.Statements[i]
	}
	facts := fact.Values{}
	if statement.ID == id && statement.When != nil {
		facts = s.Of(f.Dictionary, statement.When.Facts())
	}
	return &facts
}

// question is a fact as a question. Of a number that is known within a range only, it says between which.
func (s situation) question(f *framework.Framework, fact int) Question {
	text, known := f.Facts[fact], s.Situation[fact]
	return Question{
		Fact: text.ID.Value, Question: text.Question.Value + within(known), Type: text.Type.Value,
		Values: f.Dictionary.Fact(fact).Values, Unit: text.Unit.Value, Range: known.Range,
	}
}

// within is how a question ends about a number that is known within a range only: " 5 or 6?"; nothing about any other.
func within(known fact.Value) string {
	if known.Range == nil {
		return ""
	}
	r := *known.Range
	switch words := r.String(); {
	case r.Low == 0 || r.High == fact.Largest:
		return " " + strings.ToUpper(words[:1]) + words[1:] + ", but how many?"
	case known.Kind == fact.Integer && r.High == r.Low+1:
		return fmt.Sprintf(" %s or %s?", fact.FormatNumber(r.Low), fact.FormatNumber(r.High))
	}
	return fmt.Sprintf(" Between %s and %s?", fact.FormatNumber(r.Low), fact.FormatNumber(r.High))
}

func (s situation) questions(f *framework.Framework, facts []int) []Question {
	list := []Question{}
	for _, fact := range facts {
		list = append(list, s.question(f, fact))
	}
	return list
}

func factNames(f *framework.Framework, facts []int) []string {
	list := []string{}
	for _, fact := range facts {
		list = append(list, f.Facts[fact].ID.Value)
	}
	return list
}

// says is the sentence of an id that the knowledge is known to hold.
func says(f *framework.Framework, id string) string {
	if entry, ok := f.Entry(id); ok {
		return entry.Says
	}
	return ""
}

// statement is the statement of an id that the knowledge is known to hold.
func statement(f *framework.Framework, id string) framework.Statement {
	if entry, ok := f.Entry(id); ok && entry.Statement != nil {
		return *entry.Statement
	}
	return framework.Statement{}
}

func statements(list []framework.Statement) []Statement {
	short := []Statement{}
	for _, s := range list {
		short = append(short, Statement{s.ID.Value, s.Says.Value})
	}
	return short
}

func questionsOf(c *framework.Capability) []Statement {
	list := []Statement{}
	for _, q := range c.Questions {
		list = append(list, Statement{q.ID.Value, q.Says.Value})
	}
	return list
}

// measureOf is what has to improve: the measured reasons that stand, with what was measured; else the rule that asks for a
// number first (R3).
func measureOf(f *framework.Framework, c *framework.Capability, s situation, e decide.Explanation) []Measure {
	list := []Measure{}
	for _, id := range e.For {
		if statement := statement(f, id); statement.Measured {
			list = append(list, Measure{id, statement.Says.Value, *s.mentioned(f, c, id)})
		}
	}
	if len(list) == 0 {
		list = append(list, Measure{c.Model.Measure, says(f, c.Model.Measure), fact.Values{}})
	}
	return list
}

func exitOf(f *framework.Framework, c *framework.Capability) Statement {
	id := c.Exit.Value
	if id == "" {
		id = framework.ExitRule
	}
	return Statement{id, says(f, id)}
}

// running is a running state as JSON shows it: true, false or null.
func running(t decide.Truth) *bool {
	if t == decide.Maybe {
		return nil
	}
	runs := t == decide.Yes
	return &runs
}

// names are the names of verdicts, reasons or statuses.
func names[T fmt.Stringer](list []T) []string {
	texts := []string{}
	for _, one := range list {
		texts = append(texts, one.String())
	}
	return texts
}

func texts(list []strict.Text) []string { return names(list) }
