package tools

import (
	"fmt"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// Statement is an id and what it says.
type Statement struct {
	ID   string `json:"id"`
	Says string `json:"says"`
}

// Measure is what has to improve: a measured reason and its facts, or the rule that asks for a number.
type Measure struct {
	ID    string      `json:"id"`
	Says  string      `json:"says"`
	Facts fact.Values `json:"facts"`
}

// says returns the sentence of an id that must be in the knowledge.
func says(f *framework.Framework, id string) string {
	if entry, ok := f.Entry(id); ok {
		return entry.Says
	}
	return ""
}

// statement returns the statement of an id that must be in the knowledge.
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

// measure returns what has to improve: the measured reasons that stand, with what was measured, or else the rule that asks for a number
// first (R3).
func (s *Situation) measure(c *framework.Capability, e decide.Explanation) []Measure {
	list := []Measure{}
	for _, id := range e.For {
		if statement := statement(s.framework, id); statement.Measured {
			list = append(list, Measure{id, statement.Says.Value, s.known(statement.When.Facts())})
		}
	}
	if len(list) == 0 {
		list = append(list, Measure{c.Model.Measure, says(s.framework, c.Model.Measure), fact.Values{}})
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

// running returns a running state as JSON has it: true, false or null.
func running(t decide.Truth) *bool {
	if t == decide.Maybe {
		return nil
	}
	runs := t == decide.Yes
	return &runs
}

func names[T fmt.Stringer](list []T) []string {
	texts := []string{}
	for _, one := range list {
		texts = append(texts, one.String())
	}
	return texts
}

func texts(list []strict.Text) []string { return names(list) }
