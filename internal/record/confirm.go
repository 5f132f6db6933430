package record

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// Confirmation is a change of facts that would undo a record, and the state that a check would report then.
type Confirmation struct {
	Set   []fact.Setting
	State State
}

// Confirmations returns the changes that would make a check report a new record as doubtful or broken: each change of one known
// fact (of a number, the nearest in each direction) and those flips of the record that include none of these. Broken comes first,
// then fact order.
func (r *Record) Confirmations(f *framework.Framework) []Confirmation {
	c, _ := f.Capability(r.Capability) // the record was made of it
	was := f.Dictionary.NewSituation()
	set(was, r.Facts)
	var list []Confirmation
	add := func(changes ...fact.Setting) {
		s := slices.Clone(was)
		set(s, changes)
		new := Confirmation{changes, r.Judge(f, s).State}
		if new.State < Doubtful || slices.ContainsFunc(list, func(less Confirmation) bool { return less.covers(new, was) }) {
			return
		}
		list = append(slices.DeleteFunc(list, func(more Confirmation) bool { return new.covers(more, was) }), new)
	}
	for _, known := range r.Facts {
		for _, move := range c.Decision.Moves(was, known.Fact) {
			add(fact.Setting{Fact: known.Fact, Value: move})
		}
	}
	for _, flip := range r.Flips {
		add(flip.Set...)
	}
	slices.SortStableFunc(list, func(a, b Confirmation) int { return int(b.State) - int(a.State) })
	return list
}

// covers reports whether the other change is redundant: it has to pass through this one, and its state is no worse.
func (c Confirmation) covers(other Confirmation, was fact.Situation) bool {
	return c.State >= other.State && !slices.ContainsFunc(c.Set, func(s fact.Setting) bool {
		return !slices.ContainsFunc(other.Set, func(o fact.Setting) bool { return o.Fact == s.Fact && passes(was[s.Fact], s.Value, o.Value) })
	})
}

// passes reports whether a fact on its way from one value to another takes a given value: that is the other value, or a number in
// between.
func passes(from, value, to fact.Value) bool {
	if !value.Kind.Numeric() {
		return value.Equal(to)
	}
	low, high := from.Number, from.Number
	if from.Range != nil {
		low, high = from.Range.Low, from.Range.High
	}
	return value.Number >= high && value.Number <= to.Number || value.Number <= low && value.Number >= to.Number
}
