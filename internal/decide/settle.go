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
	zero     N
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
	zero:     new(big.Int), // shared: no operation changes what it is given
	of:       func(n uint64) *big.Int { return new(big.Int).SetUint64(n) },
	add:      func(a, b *big.Int) *big.Int { return new(big.Int).Add(a, b) },
	subtract: func(a, b *big.Int) *big.Int { return new(big.Int).Sub(a, b) },
	multiply: func(a, b *big.Int) *big.Int { return new(big.Int).Mul(a, b) },
	divide:   func(a, b *big.Int) *big.Int { return new(big.Int).Quo(a, b) },
}

// tally counts completions by verdict.
type tally[N any] [verdicts]N

// counting counts the completions of a restricted diagram in two passes. Every count is out of all completions: a node with k children
// passes on 1/k to each, and a level that a path skips needs no special case. No division leaves a remainder.
type counting[N any] struct {
	ring[N]
	diagram  *restricted
	widths   []uint64
	places   []int // by level: its place among those that matter
	total    N
	verdicts []int32      // the reachable ones: a tally counts no others
	down     []tally[N]   // by id: the completions that lead from there to each verdict, out of all
	up       []N          // by id: the completions that pass through
	through  [][]tally[N] // by place and cell: total · k times the completions whose path branches there
}

func newCounting[N any](r *restricted, widths []uint64, levels []int, n ring[N]) *counting[N] {
	c := &counting[N]{ring: n, diagram: r, widths: widths, places: make([]int, len(r.newest)), total: n.of(1)}
	for i, level := range levels {
		c.places[level] = i
		c.total = c.multiply(c.total, c.of(widths[i]))
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

// none returns an empty tally.
func (c *counting[N]) none() (t tally[N]) {
	for i := range t {
		t[i] = c.zero
	}
	return t
}

func (c *counting[N]) countDown() {
	c.down = make([]tally[N], leaves+len(c.diagram.nodes))
	for _, leaf := range c.verdicts {
		c.down[leaf] = c.none()
		c.down[leaf][leaf] = c.total
	}
	for i := range c.diagram.nodes {
		sum, kids := c.none(), c.diagram.children(i)
		k := c.of(uint64(len(kids)))
		for _, v := range c.verdicts {
			for _, kid := range kids {
				sum[v] = c.add(sum[v], c.down[kid][v])
			}
			sum[v] = c.divide(sum[v], k)
		}
		c.down[leaves+i] = sum
	}
}

func (c *counting[N]) countUp() {
	c.up = slices.Repeat([]N{c.zero}, len(c.down))
	c.up[c.diagram.root] = c.total
	c.through = make([][]tally[N], len(c.widths))
	for i, width := range c.widths {
		c.through[i] = slices.Repeat([]tally[N]{c.none()}, int(width))
	}
	for i := len(c.diagram.nodes) - 1; i >= 0; i-- {
		kids, up := c.diagram.children(i), c.up[leaves+i]
		each := c.divide(up, c.of(uint64(len(kids))))
		through := c.through[c.places[c.diagram.nodes[i].level]]
		for cell, kid := range kids {
			c.up[kid] = c.add(c.up[kid], each)
			for _, v := range c.verdicts {
				through[cell][v] = c.add(through[cell][v], c.multiply(up, c.down[kid][v]))
			}
		}
	}
}

// scores returns k · Σ n² for each place.
func (c *counting[N]) scores() []N {
	scores := make([]N, len(c.widths))
	for i, width := range c.widths {
		k, sum := c.of(width), c.zero
		scale := c.multiply(c.total, k)
		for _, v := range c.verdicts {
			past := c.down[c.diagram.root][v] // the completions whose path skips the place
			for cell := range c.through[i] {
				n := c.divide(c.through[i][cell][v], scale)
				c.through[i][cell][v], past = n, c.subtract(past, n)
			}
			past = c.divide(past, k) // of each cell
			for cell := range c.through[i] {
				n := c.add(c.through[i][cell][v], past)
				sum = c.add(sum, c.multiply(n, n))
			}
		}
		scores[i] = c.multiply(k, sum)
	}
	return scores
}
