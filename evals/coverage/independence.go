package coverage

import (
	"slices"

	"github.com/vanhoutenbos/layer2/evals"
	"github.com/vanhoutenbos/layer2/evals/condition"
)

// Form is how far an atom can be shown to matter by itself (modified condition/decision coverage).
type Form string

// The forms, the strictest first.
const (
	// UniqueCause: two situations that differ in this atom alone and in the outcome.
	UniqueCause Form = "unique cause"
	// Masking: other atoms differ too, since the facts tie them together, but each situation's outcome turns with this atom.
	Masking Form = "masking"
	// Infeasible: no two situations of all do either; the atom changes nothing that the others do not settle.
	Infeasible Form = "infeasible"
)

// Pair is what shows that one atom of a condition matters by itself, and whether the cases do show it.
type Pair struct {
	Condition *Condition
	Atom      *condition.Expression
	// Form is the strictest that is feasible, found by evaluating the condition for every combination of the cells of its facts.
	Form Form
	// Tried is how many combinations those were.
	Tried int
	// Missing is two vectors that would show it, if no cases do.
	Missing []condition.Vector
}

// Covered reports whether the cases show the pair.
func (p Pair) Covered() bool { return p.Form != Infeasible && p.Missing == nil }

// Pairs are those of every atom of a condition, held against the cases that would notice it. A case counts where it gives every
// fact of the condition.
func Pairs(c *Condition, cases []evals.Case) []Pair {
	tried, feasible := 0, vectors{}
	c.Everywhere(func(values condition.Values) {
		tried++
		feasible.add(c.Vector(values))
	})
	var seen vectors
	for i := range cases {
		if c.noticed(&cases[i]) {
			seen.add(c.Vector(cases[i].Facts))
		}
	}
	var pairs []Pair
	for i, atom := range c.Atoms() {
		pair := Pair{Condition: c, Atom: atom, Form: Infeasible, Tried: tried}
		for _, form := range []Form{UniqueCause, Masking} {
			if could := feasible.show(c, i, form); could != nil {
				pair.Form = form
				if seen.show(c, i, form) == nil {
					pair.Missing = could
				}
				break
			}
		}
		pairs = append(pairs, pair)
	}
	return pairs
}

// vectors are truths of a condition's atoms, each once.
type vectors []condition.Vector

func (list *vectors) add(v condition.Vector, ok bool) {
	if ok && !slices.Contains(*list, v) {
		*list = append(*list, v)
	}
}

// show finds two of the vectors that show that an atom matters by itself; nil if there are none.
func (list vectors) show(c *Condition, atom int, form Form) []condition.Vector {
	for _, v := range list {
		for _, w := range list {
			if v.Atoms[atom] != 'T' || w.Atoms[atom] != 'F' || v.Holds == w.Holds {
				continue
			}
			alone := flipped(v.Atoms, atom) == w.Atoms
			turns := c.HoldsWith(flipped(v.Atoms, atom)) != v.Holds && c.HoldsWith(flipped(w.Atoms, atom)) != w.Holds
			if alone || form == Masking && turns {
				return []condition.Vector{v, w}
			}
		}
	}
	return nil
}

// flipped is the atoms' truths with one turned round.
func flipped(atoms string, i int) string {
	turned := []byte(atoms)
	turned[i] ^= 'T' ^ 'F'
	return string(turned)
}
