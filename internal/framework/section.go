package framework

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// section is one list of statements: its key, the letter in its ids, and what its statements may do.
type section struct {
	key, letter string
	// numbered ids end in a number, as in SM-T1. Other lists have one statement, as in SM-M.
	numbered bool
	role     decide.Role
	// marks are the marks that have an effect here; a section without any is shown but decides nothing.
	marks      []string
	effects    []string
	statements []Statement
}

// sections returns a capability's statements, list by list, in framework order. Options and questions are not included.
func (c *CapabilityFile) sections() []section {
	var matrix, maturity []Statement
	if c.Matrix != nil {
		matrix = []Statement{c.Matrix.Statement}
	}
	if c.Maturity != nil {
		maturity = []Statement{*c.Maturity}
	}
	against := []string{"when", "effect", "answers"}
	return []section{
		{"matrix", "M", false, decide.Matrix, []string{"when", "effect", "answers", "required"}, []string{"floor", "blocker"}, matrix},
		{"triggers", "T", true, decide.Trigger, []string{"when"}, nil, c.Triggers},
		{"do_not", "N", true, decide.DoNot, against, []string{"floor", "blocker"}, c.DoNot},
		{"now", "W", true, decide.Now, []string{"when", "measured", "regulation", "lifts", "do"}, nil, c.Now},
		{"later", "L", true, decide.Later, against, []string{"floor", "blocker", "later"}, c.Later},
		{"builds_on", "B", true, 0, nil, nil, c.BuildsOn},
		{"keeps", "K", true, 0, nil, nil, c.Keeps},
		{"maturity", "A", false, 0, nil, nil, maturity},
	}
}

// sections returns the statements that belong to no capability, except those of the worked example.
func (r *RulesFile) sections() []section {
	return []section{
		{"framework", "F", true, 0, nil, nil, r.Framework},
		{"layers", "Y", true, 0, nil, nil, r.Layers},
		{"rules", "R", true, decide.Rule, []string{"when", "effect"}, []string{"blocker"}, r.Rules},
	}
}

// Statements returns all statements of the capability in framework order: M, T, N, W, L, B, K, A.
func (c *CapabilityFile) Statements() []Statement {
	var statements []Statement
	for _, s := range c.sections() {
		statements = append(statements, s.statements...)
	}
	return statements
}

// Due reports whether a task is due at a verdict: its Do names that verdict or is "always", and its condition certainly holds.
func (s Statement) Due(verdict decide.Verdict, known fact.Situation) bool {
	return (s.Do.Value == "always" || s.Do.Value == verdict.String()) && s.When.Truth(known) == decide.Yes
}

// mark is a key of a statement that affects what it does.
type mark struct {
	name string
	strict.Place
}

// marks returns those that a statement has. A boolean mark has the place of the statement's id.
func (s Statement) marks() []mark {
	var marks []mark
	add := func(written bool, name string, at strict.Place) {
		if written {
			marks = append(marks, mark{name, at})
		}
	}
	add(s.When.Present(), "when", s.When.Place)
	add(s.Effect.Present(), "effect", s.Effect.Place)
	if len(s.Answers) > 0 {
		add(true, "answers", s.Answers[0].Place)
	}
	add(s.Required, "required", s.ID.Place)
	add(s.Lifts.Present(), "lifts", s.Lifts.Place)
	add(s.Measured, "measured", s.ID.Place)
	add(s.Regulation, "regulation", s.ID.Place)
	add(s.Do.Present(), "do", s.Do.Place)
	return marks
}

func enabled(statements []Statement) []Statement {
	return slices.DeleteFunc(slices.Clone(statements), func(s Statement) bool { return s.Disabled })
}

// foundation returns the rule that blocks every capability while it holds; the zero Statement if there is none.
func foundation(rules []Statement) Statement {
	for _, rule := range enabled(rules) {
		if rule.When.Present() && rule.Effect.Value == decide.Blocker.String() {
			return rule
		}
	}
	return Statement{}
}
