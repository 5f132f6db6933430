package decide

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Cell is a set of values of a fact that the given conditions never tell apart.
type Cell struct {
	kind fact.Kind
	// first is the first value of a boolean, choice or set in the cell.
	first fact.Value
	// values are the choices in the cell, in domain order.
	values []string
	// ranges are the numbers in the cell, from low to high.
	ranges []fact.Range
	// signatures are the truth values of the atoms about the fact; there is one, unless cells were joined
	// because no condition as a whole tells them apart.
	signatures []string
}

// value returns one value of the cell: the first of a choice or set; for a number, the one just inside the cell's lower end, or its upper
// end for the lowest cell.
func (c Cell) value(step float64) fact.Value {
	if len(c.ranges) == 0 {
		return c.first
	}
	return fact.Value{Kind: c.kind, Number: c.ranges[0].Inside(step)}
}

// maximumCells limits the cells of a fact in one diagram: a state has one bit for each.
const maximumCells = 64

// variable is a fact divided into cells.
type variable struct {
	fact  int
	kind  fact.Kind
	step  float64
	cells []Cell
	atoms []*expression
}

// newVariable divides a fact's domain into cells, given the atoms about it.
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

// add adds values to the cell with their signature, or creates it.
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

// representatives returns sets that show every way in which the atoms can tell sets apart: the subsets of the members named in atoms,
// smallest first, and with the empty one also a member that no atom names.
func (v *variable) representatives(members []string) [][]string {
	var named []string
	for _, member := range members {
		if slices.ContainsFunc(v.atoms, func(a *expression) bool { return a.operator == contains && a.literal.Text == member }) {
			named = append(named, member)
		}
	}
	named = named[:min(len(named), 6)] // any more would exceed maximumCells
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

// pieces divides the domain of a number at every literal into the literals themselves and the intervals between them.
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

// nearest returns the number in the cell that is nearest to the present one.
func (c Cell) nearest(present, step float64) float64 {
	best := math.Inf(1)
	for _, r := range c.ranges {
		if n := r.Nearest(present, step); math.Abs(n-present) < math.Abs(best-present) {
			best = n
		}
	}
	return best
}

// cell returns the index of the cell that contains a known value.
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

// cellSet is a bit set of a variable's cells.
type cellSet uint64

// first is the first cell of a set that is not empty.
func (s cellSet) first() int { return bits.TrailingZeros64(uint64(s)) }

func (v *variable) all() cellSet { return cellSet(1)<<len(v.cells) - 1 }

// known returns the cells that a value leaves possible: one, those that a range overlaps, or all for an unknown value.
func (v *variable) known(value fact.Value) cellSet {
	switch {
	case value.Kind == fact.Unknown:
		return v.all()
	case value.Range != nil:
		return v.meeting(*value.Range)
	}
	return 1 << v.cell(value)
}
