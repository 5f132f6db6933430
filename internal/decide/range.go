package decide

import (
	"math"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// meets reports whether the cell and the range share a number.
func (c Cell) meets(r fact.Range) bool {
	return slices.ContainsFunc(c.ranges, func(own fact.Range) bool { return !own.And(r).Empty() })
}

// meeting returns the cells that share a number with the range.
func (v *variable) meeting(r fact.Range) cellSet {
	var cells cellSet
	for c := range v.cells {
		if v.cells[c].meets(r) {
			cells |= 1 << c
		}
	}
	return cells
}

// narrowed returns a value in both the cell and the range: just inside the lower end of their intersection, or inside its upper end in
// the lowest cell.
func (c Cell) narrowed(r fact.Range, step float64) fact.Value {
	for _, own := range c.ranges {
		switch part := own.And(r); {
		case part.Empty():
		case own.Lowest():
			return fact.Value{Kind: c.kind, Number: part.Below(step)}
		default:
			return fact.Value{Kind: c.kind, Number: part.Above(step)}
		}
	}
	return c.value(step)
}

// left returns the value to which a number moves when it enters the cell, the nearest to what is known about it, and the distance; a
// range is left at its nearer end.
func (c Cell) left(present fact.Value, step float64) (n, distance float64) {
	if present.Range == nil {
		n = c.nearest(present.Number, step)
		return n, math.Abs(n - present.Number)
	}
	low, high := c.nearest(present.Range.Low, step), c.nearest(present.Range.High, step)
	below, above := math.Abs(low-present.Range.Low), math.Abs(high-present.Range.High)
	if above < below {
		return high, above
	}
	return low, below
}
