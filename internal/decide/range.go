package decide

import (
	"math"
	"slices"
)

// Range is the least and the most that a number can be, where no more is known of it; both belong to it. 0 and Largest are no
// limits: they are what every number keeps to. The ends of an integer's range are whole.
type Range struct{ AtLeast, AtMost float64 }

// Within is what is known of a number that lies in a range.
func Within(kind Kind, r Range) Value { return Value{Kind: kind, Range: &r} }

func (r Range) interval() interval { return interval{low: r.AtLeast, high: r.AtMost} }

// both is the part of an interval that lies in another one too; not ok if there is none.
func (i interval) both(other interval) (interval, bool) {
	if other.low > i.low || other.low == i.low && other.lowOpen {
		i.low, i.lowOpen = other.low, other.lowOpen
	}
	if other.high < i.high || other.high == i.high && other.highOpen {
		i.high, i.highOpen = other.high, other.highOpen
	}
	return i, i.low < i.high || i.low == i.high && !i.lowOpen && !i.highOpen
}

// meets says whether a number of the range lies in the cell.
func (r Range) meets(c Cell) bool {
	return slices.ContainsFunc(c.intervals, func(i interval) bool {
		_, ok := i.both(r.interval())
		return ok
	})
}

// Meets says whether a number of the range lies in the stretch.
func (s Stretch) Meets(r Range) bool {
	_, ok := s.both(r.interval())
	return ok
}

// meeting is the cells in which a number of the range lies.
func (v *variable) meeting(r Range) cellSet {
	var cells cellSet
	for c := range v.cells {
		if r.meets(v.cells[c]) {
			cells |= 1 << c
		}
	}
	return cells
}

// narrowed is the value that a number known to lie in a range takes in a cell: just inside the lower end of the part that both
// have, or just inside the upper one in the lowest cell.
func (c Cell) narrowed(r Range, step float64) Value {
	for _, i := range c.intervals {
		switch part, ok := i.both(r.interval()); {
		case !ok:
		case i.lowest():
			return Value{Kind: c.kind, Number: part.below(step)}
		default:
			return Value{Kind: c.kind, Number: part.above(step)}
		}
	}
	return c.value(step)
}

// left is the value nearest to what is known of a number that moves into the cell, and how far that is; a range is left at its
// nearer end.
func (c Cell) left(present Value, step float64) (n, distance float64) {
	if present.Range == nil {
		n = c.nearest(present.Number, step)
		return n, math.Abs(n - present.Number)
	}
	low, high := c.nearest(present.Range.AtLeast, step), c.nearest(present.Range.AtMost, step)
	below, above := math.Abs(low-present.Range.AtLeast), math.Abs(high-present.Range.AtMost)
	if above < below {
		return high, above
	}
	return low, below
}
