package decide

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Cell is the values of a fact that the conditions at hand never tell apart.
type Cell struct {
	kind fact.Kind
	// first is the first value of a boolean, choice or set in the cell.
	first fact.Value
	// values are the choices in the cell, in domain order.
	values []string
	// ranges are the numbers in the cell, from low to high.
	ranges []fact.Range
	// signatures are the truths of the atoms about the fact that the cell's values have; one, unless cells were joined
	// because the conditions as wholes do not tell them apart.
	signatures []string
}

// value is one value of the cell: the first of a choice or set, a number just inside the cell's lower end, or just inside
// the upper one if it is the lowest cell.
func (c Cell) value(step float64) fact.Value {
	if len(c.ranges) == 0 {
		return c.first
	}
	return fact.Value{Kind: c.kind, Number: c.ranges[0].Inside(step)}
}

// maximumCells is the number of cells that a fact can have in one diagram: a state is a bit each.
const maximumCells = 64

// variable is a fact as a diagram sees it: a few cells.
type variable struct {
	fact  int
	kind  fact.Kind
	step  float64
	cells []Cell
	atoms []*expression
}

// newVariable divides a fact's domain into cells by the atoms about it.
func newVariable(index int, about fact.Fact, atoms []*expression) (variable, error) {
	v := variable{fact: index, kind: about.Kind, step: about.Step, atoms: atoms}
	if about.Kind == fact.Integer {
		v.step = 1
	}
	switch about.Kind {
	case fact.Boolean:
		v.add(Cell{first: fact.Value{Kind: fact.Boolean}})
		v.add(Cell{first: fact.Value{Kind: fact.Boolean, Bool: true}})
	case fact.Choice:
		for _, text := range about.Values {
			v.add(Cell{first: fact.Value{Kind: fact.Choice, Text: text}, values: []string{text}})
		}
	case fact.Set:
		for _, members := range v.representatives(about.Values) {
			v.add(Cell{first: fact.Value{Kind: fact.Set, Members: members}})
		}
	default:
		for _, piece := range v.pieces() {
			v.add(Cell{ranges: []fact.Range{piece}})
		}
	}
	if len(v.cells) > maximumCells {
		return v, fmt.Errorf("the conditions tell apart %d values of %s, more than %d", len(v.cells), about.Name, maximumCells)
	}
	return v, nil
}

// add puts values into the cell with the same signature, or makes it.
func (v *variable) add(cell Cell) {
	cell.kind = v.kind
	cell.signatures = []string{v.signature(cell.value(v.step))}
	for i := range v.cells {
		if slices.Equal(v.cells[i].signatures, cell.signatures) {
			v.cells[i].values = append(v.cells[i].values, cell.values...)
			v.cells[i].merge(Cell{ranges: cell.ranges})
			return
		}
	}
	v.cells = append(v.cells, cell)
}

func (v *variable) signature(value fact.Value) string {
	truths := make([]byte, len(v.atoms))
	for i, atom := range v.atoms {
		if atom.matches(value) {
			truths[i] = 1
		}
	}
	return string(truths)
}

// merge adds another cell's values.
func (c *Cell) merge(other Cell) {
	c.signatures = append(c.signatures, other.signatures...)
	c.values = append(c.values, other.values...)
	all := append(c.ranges, other.ranges...)
	slices.SortFunc(all, func(a, b fact.Range) int { return cmp.Compare(a.Low, b.Low) })
	c.ranges = nil
	for _, next := range all {
		if n := len(c.ranges); n > 0 && c.ranges[n-1].Touches(next, c.kind) {
			c.ranges[n-1].High, c.ranges[n-1].HighOpen = next.High, next.HighOpen
		} else {
			c.ranges = append(c.ranges, next)
		}
	}
}

// representatives are sets that show every way in which the atoms can tell sets apart: the subsets of the members that they
// name, smallest first, and for the empty one also a member that they do not name.
func (v *variable) representatives(members []string) [][]string {
	var named []string
	for _, member := range members {
		if slices.ContainsFunc(v.atoms, func(a *expression) bool { return a.operator == contains && a.literal.Text == member }) {
			named = append(named, member)
		}
	}
	named = named[:min(len(named), 6)] // more cannot pass maximumCells
	sets := [][]string{nil}
	if i := slices.IndexFunc(members, func(m string) bool { return !slices.Contains(named, m) }); i >= 0 {
		sets = append(sets, members[i:i+1])
	}
	for size := 1; size <= len(named); size++ {
		for chosen := range 1 << len(named) {
			var set []string
			for i, member := range named {
				if chosen>>i&1 == 1 {
					set = append(set, member)
				}
			}
			if len(set) == size {
				sets = append(sets, set)
			}
		}
	}
	return sets
}

// pieces divide the domain of a number at every literal: the points themselves and what lies between them.
func (v *variable) pieces() []fact.Range {
	var bounds []float64
	for _, atom := range v.atoms {
		bounds = append(bounds, atom.literal.Number)
	}
	slices.Sort(bounds)
	var pieces []fact.Range
	add := func(r fact.Range) {
		if r = r.Of(v.kind); !r.Empty() {
			pieces = append(pieces, r)
		}
	}
	low, lowOpen := 0.0, false
	for _, bound := range slices.Compact(bounds) {
		add(fact.Range{Low: low, High: bound, LowOpen: lowOpen, HighOpen: true})
		add(fact.Range{Low: bound, High: bound})
		low, lowOpen = bound, true
	}
	add(fact.Range{Low: low, High: fact.Largest, LowOpen: lowOpen})
	return pieces
}

// nearest is the cell's value nearest to a present number.
func (c Cell) nearest(present, step float64) float64 {
	best := math.Inf(1)
	for _, r := range c.ranges {
		if n := r.Nearest(present, step); math.Abs(n-present) < math.Abs(best-present) {
			best = n
		}
	}
	return best
}

// cell finds the cell of a known value.
func (v *variable) cell(value fact.Value) int {
	switch v.kind {
	case fact.Boolean:
		if value.Bool {
			return len(v.cells) - 1
		}
		return 0
	case fact.Set:
		signature := v.signature(value)
		return slices.IndexFunc(v.cells, func(c Cell) bool { return slices.Contains(c.signatures, signature) })
	}
	for i := range v.cells { // in place: a Cell is large, and this is most of what reading a situation costs
		if v.cells[i].has(&value) {
			return i
		}
	}
	return -1
}

// has reports whether a choice or a number is in the cell.
func (c *Cell) has(value *fact.Value) bool {
	if c.kind == fact.Choice {
		return slices.Contains(c.values, value.Text)
	}
	for i := range c.ranges {
		if c.ranges[i].Has(value.Number) {
			return true
		}
	}
	return false
}

// cellSet is a set of a variable's cells, a bit each.
type cellSet uint64

// first is the first cell of a set that is not empty.
func (s cellSet) first() int { return bits.TrailingZeros64(uint64(s)) }

func (v *variable) all() cellSet { return cellSet(1)<<len(v.cells) - 1 }

// known is the cells that a value leaves: one, those that a range meets, or all if it is unknown.
func (v *variable) known(value fact.Value) cellSet {
	switch {
	case value.Kind == fact.Unknown:
		return v.all()
	case value.Range != nil:
		return v.meeting(*value.Range)
	}
	return 1 << v.cell(value)
}
