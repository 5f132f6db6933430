package record

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// Confirmation is a change of facts that would undo a record, and what a check would call it then.
type Confirmation struct {
	Set   []fact.Setting
	State State
}

// Confirmations are the changes on which a check would not pass over a new record: every change of one known fact, of a number the
// nearest in each direction, and those of its flips that take none of these in. The broken come first, each in fact order.
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

// covers reports whether one change makes another one not worth telling: the other has to go through it, and gets no worse there.
func (c Confirmation) covers(other Confirmation, was fact.Situation) bool {
	return c.State >= other.State && !slices.ContainsFunc(c.Set, func(s fact.Setting) bool {
		return !slices.ContainsFunc(other.Set, func(o fact.Setting) bool { return o.Fact == s.Fact && passes(was[s.Fact], s.Value, o.Value) })
	})
}

// passes reports whether a value on its way from one to another is met: it is the other, or a number between the two.
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
