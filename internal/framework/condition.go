package framework

import (
	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// Condition is a condition as written, and compiled once the knowledge is loaded. One that is not written mentions no facts and always
// holds.
type Condition struct {
	strict.Text
	Compiled *decide.Predicate
}

// Truth returns whether the condition holds for all completions of the unknown facts, for some, or for none.
func (c Condition) Truth(s fact.Situation) decide.Truth {
	if c.Compiled == nil {
		return decide.Yes
	}
	return c.Compiled.Truth(s)
}

// Holds reports whether all facts of the condition are given and it certainly holds.
func (c Condition) Holds(s fact.Situation) bool { return c.Compiled == nil || c.Compiled.Holds(s) }

// Facts returns the positions of the facts that the condition mentions, in fact order.
func (c Condition) Facts() []int {
	if c.Compiled == nil {
		return nil
	}
	return c.Compiled.Facts()
}

// conditions visits every place in a document where a condition can be.
func (d *Document) conditions(visit func(*Condition)) {
	statements := func(list []Statement) {
		for i := range list {
			visit(&list[i].When)
		}
	}
	clauses := func(list []Clause) {
		for i := range list {
			visit(&list[i].When)
		}
	}
	if d.Matrix != nil {
		visit(&d.Matrix.When)
	}
	if d.Maturity != nil {
		visit(&d.Maturity.When)
	}
	for _, list := range [][]Statement{d.Triggers, d.DoNot, d.Now, d.Later, d.BuildsOn, d.Keeps, d.Framework, d.Layers, d.Rules} {
		statements(list)
	}
	for i := range d.Options {
		clauses(d.Options[i].Fits)
		clauses(d.Options[i].Out)
	}
	for i := range d.Questions {
		statements(d.Questions[i].Parts)
	}
	if d.Shop != nil {
		statements(d.Shop.Statements)
	}
	for i := range d.Conflicts {
		visit(&d.Conflicts[i].When)
	}
	for i := range d.Themes {
		theme := &d.Themes[i]
		visit(&theme.Need.When)
		clauses(theme.Guards)
		for j := range theme.Routes {
			visit(&theme.Routes[j].When)
		}
	}
}
