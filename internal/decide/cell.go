package decide

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
)

// Cell is the values of a fact that the conditions at hand never tell apart.
type Cell struct {
	kind Kind
	// first is the first value of a boolean, choice or set in the cell.
	first Value
	// values are the choices in the cell, in domain order.
	values []string
	// intervals are the numbers in the cell, from low to high.
	intervals []interval
	// signatures are the truths of the atoms about the fact that the cell's values have; one, unless cells were joined
	// because the conditions as wholes do not tell them apart.
	signatures []string
}

// value is one value of the cell: the first of a choice or set, a number just inside the cell's lower end, or just inside
// the upper one if it is the lowest cell.
func (c Cell) value(step float64) Value {
	if len(c.intervals) == 0 {
		return c.first
	}
	return Value{Kind: c.kind, Number: c.intervals[0].inside(step)}
}

// interval is a stretch of numbers. An integer's ends are always closed.
type interval struct {
	low, high         float64
	lowOpen, highOpen bool
}

func (i interval) has(n float64) bool {
	return (n > i.low || n == i.low && !i.lowOpen) && (n < i.high || n == i.high && !i.highOpen)
}

// maximumCells is the number of cells that a fact can have in one diagram: a state is a bit each.
const maximumCells = 64

// variable is a fact as a diagram sees it: a few cells.
type variable struct {
	fact  int
	kind  Kind
	step  float64
	cells []Cell
	atoms []*expression
}

// newVariable divides a fact's domain into cells by the atoms about it.
func newVariable(index int, fact Fact, atoms []*expression) (variable, error) {
	v := variable{fact: index, kind: fact.Kind, step: fact.Step, atoms: atoms}
	if fact.Kind == Integer {
		v.step = 1
	}
	switch fact.Kind {
	case Boolean:
		v.add(Cell{first: Value{Kind: Boolean}})
		v.add(Cell{first: Value{Kind: Boolean, Bool: true}})
	case Choice:
		for _, text := range fact.Values {
			v.add(Cell{first: Value{Kind: Choice, Text: text}, values: []string{text}})
		}
	case Set:
		for _, members := range v.representatives(fact.Values) {
			v.add(Cell{first: Value{Kind: Set, Members: members}})
		}
	default:
		for _, piece := range v.pieces() {
			v.add(Cell{intervals: []interval{piece}})
		}
	}
	if len(v.cells) > maximumCells {
		return v, fmt.Errorf("the conditions tell apart %d values of %s, more than %d", len(v.cells), fact.Name, maximumCells)
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
			v.cells[i].merge(Cell{intervals: cell.intervals})
			return
		}
	}
	v.cells = append(v.cells, cell)
}

func (v *variable) signature(value Value) string {
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
	all := append(c.intervals, other.intervals...)
	slices.SortFunc(all, func(a, b interval) int { return cmp.Compare(a.low, b.low) })
	c.intervals = nil
	for _, next := range all {
		if n := len(c.intervals); n > 0 && c.intervals[n-1].meets(next, c.kind) {
			c.intervals[n-1].high, c.intervals[n-1].highOpen = next.high, next.highOpen
		} else {
			c.intervals = append(c.intervals, next)
		}
	}
}

// meets says whether the next interval begins where this one ends.
func (i interval) meets(next interval, kind Kind) bool {
	if kind == Integer {
		return i.high+1 == next.low
	}
	return i.high == next.low && (!i.highOpen || !next.lowOpen)
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
func (v *variable) pieces() []interval {
	var bounds []float64
	for _, atom := range v.atoms {
		bounds = append(bounds, atom.literal.Number)
	}
	slices.Sort(bounds)
	var pieces []interval
	add := func(i interval) {
		if i, ok := i.within(v.kind); ok {
			pieces = append(pieces, i)
		}
	}
	low, lowOpen := 0.0, false
	for _, bound := range slices.Compact(bounds) {
		add(interval{low, bound, lowOpen, true})
		add(interval{low: bound, high: bound})
		low, lowOpen = bound, true
	}
	add(interval{low, Largest, lowOpen, false})
	return pieces
}

// within is the interval without what its kind of number cannot be; not ok if nothing is left.
func (i interval) within(kind Kind) (interval, bool) {
	if kind == Integer {
		if i.lowOpen {
			i.low++
		}
		if i.highOpen {
			i.high--
		}
		i.lowOpen, i.highOpen = false, false
	}
	return i, i.low < i.high || i.low == i.high && !i.lowOpen && !i.highOpen
}

// inside is the number just inside the lower end; just inside the upper one where the interval begins at zero and ends.
func (i interval) inside(step float64) float64 {
	if i.lowest() {
		return i.below(step)
	}
	return i.above(step)
}

// lowest says whether the interval begins at zero and ends.
func (i interval) lowest() bool { return i.low == 0 && !i.lowOpen && i.high != Largest }

// above is the lowest number of the interval that a step reaches: its end if that is closed, else a step beyond, or the middle.
func (i interval) above(step float64) float64 {
	if !i.lowOpen {
		return i.low
	}
	if n := tidy(i.low + step); i.has(n) {
		return n
	}
	return i.middle()
}

func (i interval) below(step float64) float64 {
	if !i.highOpen {
		return i.high
	}
	if n := tidy(i.high - step); i.has(n) {
		return n
	}
	return i.middle()
}

// middle is a number of an interval that is narrower than a step: tidy, if one is that lies inside.
func (i interval) middle() float64 {
	exact := (i.low + i.high) / 2
	switch n := tidy(exact); {
	case i.has(n):
		return n
	case i.has(exact) || i.highOpen:
		return exact
	}
	return i.high // beside Largest, where no number lies between
}

// tidy rounds a decimal to the digits that a number of the knowledge can have, so that 0.1 + 0.2 is 0.3.
func tidy(n float64) float64 {
	if n == math.Trunc(n) {
		return n
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', digits, 64), 64)
	if err != nil {
		return n
	}
	return rounded
}

// nearest is the cell's value nearest to a present number.
func (c Cell) nearest(present, step float64) float64 {
	best := math.Inf(1)
	for _, i := range c.intervals {
		n := present
		if n <= i.low && !i.has(n) {
			n = i.above(step)
		} else if !i.has(n) {
			n = i.below(step)
		}
		if math.Abs(n-present) < math.Abs(best-present) {
			best = n
		}
	}
	return best
}

// cell finds the cell of a known value.
func (v *variable) cell(value Value) int {
	switch v.kind {
	case Boolean:
		if value.Bool {
			return len(v.cells) - 1
		}
		return 0
	case Choice:
		return slices.IndexFunc(v.cells, func(c Cell) bool { return slices.Contains(c.values, value.Text) })
	case Set:
		signature := v.signature(value)
		return slices.IndexFunc(v.cells, func(c Cell) bool { return slices.Contains(c.signatures, signature) })
	}
	return slices.IndexFunc(v.cells, func(c Cell) bool {
		return slices.ContainsFunc(c.intervals, func(i interval) bool { return i.has(value.Number) })
	})
}

// cellSet is a set of a variable's cells, a bit each.
type cellSet uint64

func (v *variable) all() cellSet { return cellSet(1)<<len(v.cells) - 1 }

// known is the cells that a value leaves: one, those that a range meets, or all if it is unknown.
func (v *variable) known(value Value) cellSet {
	switch {
	case value.Kind == Unknown:
		return v.all()
	case value.Range != nil:
		return v.meeting(*value.Range)
	}
	return 1 << v.cell(value)
}
