package decide

import (
	"cmp"
	"math/big"
	"math/bits"
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

// settle says for each level that matters how far an answer is expected to settle the verdict: k · Σ n(cell, verdict)², with k
// cells and n completions that leave a cell with a verdict. All cells weigh the same.
func settle(r *restricted, known state, levels []int) []*big.Int {
	size := 0.0
	widths := make([]uint64, len(levels))
	for i, level := range levels {
		widths[i] = uint64(bits.OnesCount64(uint64(known[level])))
		size += float64(bits.Len64(widths[i]))
	}
	scores := make([]*big.Int, len(levels))
	if size < 28 { // k · n² fits in 64 bits
		for i, score := range settleOver(r, widths, levels, machineWords) {
			scores[i] = new(big.Int).SetUint64(score)
		}
		return scores
	}
	return settleOver(r, widths, levels, bigIntegers)
}

// ring is the arithmetic of a kind of whole numbers.
type ring[N any] struct {
	of       func(uint64) N
	add      func(a, b N) N
	subtract func(a, b N) N
	multiply func(a, b N) N
	divide   func(a, b N) N
}

var machineWords = ring[uint64]{
	of:       func(n uint64) uint64 { return n },
	add:      func(a, b uint64) uint64 { return a + b },
	subtract: func(a, b uint64) uint64 { return a - b },
	multiply: func(a, b uint64) uint64 { return a * b },
	divide:   func(a, b uint64) uint64 { return a / b },
}

var bigIntegers = ring[*big.Int]{
	of:       func(n uint64) *big.Int { return new(big.Int).SetUint64(n) },
	add:      func(a, b *big.Int) *big.Int { return new(big.Int).Add(a, b) },
	subtract: func(a, b *big.Int) *big.Int { return new(big.Int).Sub(a, b) },
	multiply: func(a, b *big.Int) *big.Int { return new(big.Int).Mul(a, b) },
	divide:   func(a, b *big.Int) *big.Int { return new(big.Int).Quo(a, b) },
}

// tally is, for each verdict, a number of completions.
type tally[N any] [verdicts]N

// settleOver counts completions by two passes over the diagram: down counts those below a node by verdict, up the ways to
// reach it from the root. Levels that a path skips count with all their cells.
func settleOver[N any](r *restricted, widths []uint64, levels []int, n ring[N]) []N {
	place := map[int]int{}
	for i, level := range levels {
		place[level] = i
	}
	at := func(id int32) int {
		if id < leaves {
			return len(levels)
		}
		return place[r.nodes[id-leaves].level]
	}
	gap := func(from, to int) N { // the cells of the levels from and before to
		product := n.of(1)
		for _, width := range widths[from:to] {
			product = n.multiply(product, n.of(width))
		}
		return product
	}

	down := make([]tally[N], leaves+len(r.nodes))
	for id := range down {
		for v := range down[id] {
			down[id][v] = n.of(uint64(boolean(id == v)))
		}
	}
	below := func(kid int32, from int) tally[N] { // completions of the levels behind from, through a child
		factor, counts := gap(from+1, at(kid)), down[kid]
		for v := range counts {
			counts[v] = n.multiply(counts[v], factor)
		}
		return counts
	}
	for i, node := range r.nodes {
		for _, kid := range node.kids {
			for v, count := range below(kid, place[node.level]) {
				down[leaves+i][v] = n.add(down[leaves+i][v], count)
			}
		}
	}
	up := make([]N, leaves+len(r.nodes))
	for id := range up {
		up[id] = n.of(0)
	}
	up[r.root] = gap(0, at(r.root))

	through := make([][]tally[N], len(levels)) // by level and cell: completions whose path branches at the level
	for i, width := range widths {
		through[i] = make([]tally[N], width)
		for c := range through[i] {
			for v := range through[i][c] {
				through[i][c][v] = n.of(0)
			}
		}
	}
	for i := len(r.nodes) - 1; i >= 0; i-- {
		node, from := r.nodes[i], place[r.nodes[i].level]
		for c, kid := range node.kids {
			up[kid] = n.add(up[kid], n.multiply(up[leaves+i], gap(from+1, at(kid))))
			for v, count := range below(kid, from) {
				through[from][c][v] = n.add(through[from][c][v], n.multiply(up[leaves+i], count))
			}
		}
	}

	scores := make([]N, len(levels))
	for i, width := range widths {
		k := n.of(width)
		sum := n.of(0)
		for v := range verdicts {
			past := n.multiply(down[r.root][v], gap(0, at(r.root))) // completions whose path skips the level, for each cell
			for _, counts := range through[i] {
				past = n.subtract(past, counts[v])
			}
			past = n.divide(past, k)
			for _, counts := range through[i] {
				count := n.add(counts[v], past)
				sum = n.add(sum, n.multiply(count, count))
			}
		}
		scores[i] = n.multiply(k, sum)
	}
	return scores
}
