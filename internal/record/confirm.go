package record

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// Confirmation is a change of facts that would undo a record, and what a check would call it then.
type Confirmation struct {
	Set   []decide.Setting
	State State
}

// Confirmations are the changes that the flips of a new record name, and that a check would not pass over: broken or doubtful. A
// change that takes another one in is left out.
func (r *Record) Confirmations(f *framework.Framework) []Confirmation {
	var list []Confirmation
	for _, flip := range r.Flips {
		s := f.Dictionary.NewSituation()
		set(s, r.Facts)
		set(s, flip.Set)
		if j := r.Judge(f, s); j.State == Broken || j.State == Doubtful {
			list = append(list, Confirmation{flip.Set, j.State})
		}
	}
	slices.SortStableFunc(list, func(a, b Confirmation) int { return int(b.State) - int(a.State) })
	return slices.DeleteFunc(slices.Clone(list), func(c Confirmation) bool {
		return slices.ContainsFunc(list, func(less Confirmation) bool { return len(less.Set) < len(c.Set) && less.within(c) })
	})
}

// within says whether another change takes this one in.
func (c Confirmation) within(other Confirmation) bool {
	return !slices.ContainsFunc(c.Set, func(s decide.Setting) bool {
		return !slices.ContainsFunc(other.Set, func(o decide.Setting) bool { return o.Fact == s.Fact && o.Value.Equal(s.Value) })
	})
}
