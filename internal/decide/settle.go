package decide

import (
	"cmp"
	"math/big"
	"math/bits"
	"slices"
)

// settle returns a comparison of levels that matter, given by their places among them, which puts first the one whose answer is expected
// to settle more of the verdict: the larger k · Σ n(cell, verdict)², for k cells and n completions with that cell and verdict. All cells
// weigh the same.
func settle(r *restricted, known state, levels []int) (compare func(a, b int) int) {
	widths := make([]uint64, len(levels))
	size := 0
	for i, level := range levels {
		widths[i] = uint64(bits.OnesCount64(uint64(known[level])))
		size += bits.Len64(widths[i] - 1)
	}
	if size > 28 { // k · Σ n² might not fit in 64 bits: 6 bits for k, twice the size for n²
		scores := newCounting(r, widths, levels, bigIntegers).scores()
		return func(a, b int) int { return scores[b].Cmp(scores[a]) }
	}
	scores := newCounting(r, widths, levels, machineWords).scores()
	return func(a, b int) int { return cmp.Compare(scores[b], scores[a]) }
}

// ring is integer arithmetic on one type.
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

// tally counts completions by verdict.
type tally[N any] [verdicts]N

// counting counts the completions of a restricted diagram in two passes: down by verdict below each node, up the ways to reach a node
// from the root. A level that a path skips counts with all its cells.
type counting[N any] struct {
	ring[N]
	diagram  *restricted
	widths   []uint64
	places   []int   // by level: its place among those that matter
	verdicts []int32 // the reachable ones: a tally counts no others
	down     []tally[N]
	up       []N
	through  [][]tally[N] // by place and cell: the completions whose path branches there
}

func newCounting[N any](r *restricted, widths []uint64, levels []int, n ring[N]) *counting[N] {
	c := &counting[N]{ring: n, diagram: r, widths: widths}
	for i, level := range levels {
		c.places = append(c.places, make([]int, level+1-len(c.places))...)
		c.places[level] = i
	}
	for verdict := range int32(verdicts) {
		if verdict == r.root || slices.Contains(r.kids, verdict) {
			c.verdicts = append(c.verdicts, verdict)
		}
	}
	c.countDown()
	c.countUp()
	return c
}

// at returns a node's place; leaves come after the last one.
func (c *counting[N]) at(id int32) int {
	if id < leaves {
		return len(c.widths)
	}
	return c.places[c.diagram.nodes[id-leaves].level]
}

// gap returns the number of ways through the places from one up to, but not including, another.
func (c *counting[N]) gap(from, to int) N {
	product := c.of(1)
	for _, width := range c.widths[from:to] {
		product = c.multiply(product, c.of(width))
	}
	return product
}

// below returns the completions of the places after one, through a child.
func (c *counting[N]) below(kid int32, place int) tally[N] {
	factor, counts := c.gap(place+1, c.at(kid)), c.down[kid]
	for _, v := range c.verdicts {
		counts[v] = c.multiply(counts[v], factor)
	}
	return counts
}

func (c *counting[N]) countDown() {
	c.down = make([]tally[N], leaves+len(c.diagram.nodes))
	for id := range c.down {
		for _, v := range c.verdicts {
			c.down[id][v] = c.of(uint64(boolean(int32(id) == v)))
		}
	}
	for i, node := range c.diagram.nodes {
		down := &c.down[leaves+i]
		for _, kid := range c.diagram.children(i) {
			below := c.below(kid, c.places[node.level])
			for _, v := range c.verdicts {
				down[v] = c.add(down[v], below[v])
			}
		}
	}
}

func (c *counting[N]) countUp() {
	c.up = make([]N, len(c.down))
	for id := range c.up {
		c.up[id] = c.of(0)
	}
	c.up[c.diagram.root] = c.gap(0, c.at(c.diagram.root))
	c.through = make([][]tally[N], len(c.widths))
	for i, width := range c.widths {
		c.through[i] = make([]tally[N], width)
		for cell := range c.through[i] {
			for _, v := range c.verdicts {
				c.through[i][cell][v] = c.of(0)
			}
		}
	}
	for i := len(c.diagram.nodes) - 1; i >= 0; i-- {
		place, up := c.places[c.diagram.nodes[i].level], c.up[leaves+i]
		for cell, kid := range c.diagram.children(i) {
			c.up[kid] = c.add(c.up[kid], c.multiply(up, c.gap(place+1, c.at(kid))))
			below, through := c.below(kid, place), &c.through[place][cell]
			for _, v := range c.verdicts {
				through[v] = c.add(through[v], c.multiply(up, below[v]))
			}
		}
	}
}

// scores returns k · Σ n² for each place.
func (c *counting[N]) scores() []N {
	scores := make([]N, len(c.widths))
	above := c.gap(0, c.at(c.diagram.root))
	for i, width := range c.widths {
		k, sum := c.of(width), c.of(0)
		for _, v := range c.verdicts {
			past := c.multiply(c.down[c.diagram.root][v], above) // the completions whose path skips the place
			for _, counts := range c.through[i] {
				past = c.subtract(past, counts[v])
			}
			past = c.divide(past, k) // of each cell
			for _, counts := range c.through[i] {
				n := c.add(counts[v], past)
				sum = c.add(sum, c.multiply(n, n))
			}
		}
		scores[i] = c.multiply(k, sum)
	}
	return scores
}
