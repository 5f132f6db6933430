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
		*trait
	}
	candidates := make([]candidate, 0, len(levels))
	for place, level := range levels {
		candidates = append(candidates, candidate{place, d.implied(s, level), &d.traits[level]})
	}
	var settles func(a, b int) int // computed only if needed
	slices.SortFunc(candidates, func(a, b candidate) int {
		order := cmp.Or(
			falseFirst(a.implied, b.implied),
			falseFirst(a.presumed != 0, b.presumed != 0),
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
