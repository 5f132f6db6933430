package decide

import (
	"cmp"
	"math/big"
	"slices"
)

// ask lists the unknown facts that can still matter to the verdict, in the order of design.md §4: what is implied last, what is
// never presumed first, the earliest question of the ladder, what a measured statement mentions, what is expected to settle
// most, fact order.
func (d *Decision) ask(s Situation, known state) []int {
	r := d.verdicts.restrict(known)
	levels := r.levels()
	settles := settle(&r, known, levels)
	type candidate struct {
		level   int
		implied bool
		trait   *trait
		settles *big.Int
	}
	var candidates []candidate
	for i, level := range levels {
		if s[d.variables[level].fact].Kind == Unknown {
			candidates = append(candidates, candidate{level, d.implied(s, level), &d.traits[level], settles[i]})
		}
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int {
		return cmp.Or(
			falseFirst(a.implied, b.implied),
			falseFirst(a.trait.presumed != 0, b.trait.presumed != 0),
			cmp.Compare(a.trait.gate, b.trait.gate),
			falseFirst(b.trait.measured, a.trait.measured),
			b.settles.Cmp(a.settles),
		)
	})
	facts := make([]int, len(candidates))
	for i, c := range candidates {
		facts[i] = d.variables[c.level].fact
	}
	return facts
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

// implied says whether what is given leaves at most one answer to a question that does not contradict it. What a measured
// statement asks is never implied: a claim does not replace a number.
func (d *Decision) implied(s Situation, level int) bool {
	t := &d.traits[level]
	if t.measured || len(t.conflicts) == 0 {
		return false
	}
	free := 0
	for _, answer := range t.answers {
		if !d.clashes(s, level, answer) {
			free++
		}
	}
	return free <= 1
}
