package decide

import (
	"cmp"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// ask returns the levels of the facts, unknown or known only within a range, that can still matter to the verdict, in the order to ask
// them: facts whose answer is not yet implied first; of those, facts that are never presumed; then by the earliest rung of the ladder at
// which they count, by whether a measured statement mentions them, by how much of the verdict an answer is expected to settle, and by
// fact order.
func (d *Decision) ask(s fact.Situation, known state) []int {
	r := d.verdicts.restrict(known)
	levels := r.levels()
	type candidate struct {
		place   int // among the levels that matter
		implied bool
		// presumed: the fact has a presumption, and nobody mentioned it; a range and what is unsettled are never presumed.
		presumed bool
		*trait
	}
	candidates := make([]candidate, 0, len(levels))
	for place, level := range levels {
		t := &d.traits[level]
		candidates = append(candidates, candidate{place, d.implied(s, level), t.presumed != 0 && !s[d.variables[level].fact].Mentioned(), t})
	}
	var settles func(a, b int) int // computed only if needed
	slices.SortFunc(candidates, func(a, b candidate) int {
		order := cmp.Or(
			falseFirst(a.implied, b.implied),
			falseFirst(a.presumed, b.presumed),
			cmp.Compare(a.gate, b.gate),
			falseFirst(b.measured, a.measured),
		)
		if order != 0 {
			return order
		}
		if settles == nil {
			settles = settle(&r, known, levels)
		}
		return cmp.Or(settles(a.place, b.place), cmp.Compare(a.place, b.place))
	})
	asked := make([]int, len(candidates))
	for i, c := range candidates {
		asked[i] = levels[c.place]
	}
	return asked
}

func falseFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// implied reports whether the given facts leave at most one answer to a question that does not contradict them. A fact in a measured
// statement is never implied: a claim does not replace a number.
func (d *Decision) implied(s fact.Situation, level int) bool {
	t := &d.traits[level]
	if t.measured || len(t.conflicts) == 0 || len(t.answers) == 0 {
		return false
	}
	free, possible := 0, t.parts.known(s[d.variables[level].fact])
	for part, answer := range t.answers {
		if possible>>part&1 == 1 && !d.clashes(s, level, answer) {
			free++
		}
	}
	return free <= 1
}

// clashes reports whether a value would make a conflict hold that does not hold yet: one of which all other facts are given.
func (d *Decision) clashes(s fact.Situation, level int, value fact.Value) bool {
	index := d.variables[level].fact
	return slices.ContainsFunc(d.traits[level].conflicts, func(c *Predicate) bool {
		return c.given(s, index) && c.truthIf(s, index, value) == Yes && !c.Holds(s)
	})
}
