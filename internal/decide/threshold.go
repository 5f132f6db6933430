package decide

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Threshold is a comparison of a number with a limit, as written in a condition.
type Threshold struct {
	Fact  int
	Sign  string // < <= > >=
	Limit float64
}

// String returns the comparison without its fact: "> 5".
func (t Threshold) String() string { return t.Sign + " " + strconv.FormatFloat(t.Limit, 'f', -1, 64) }

// Cut is the place at which a threshold divides the numbers: just before or just after a limit.
type Cut struct {
	Limit  float64
	Behind bool
}

// Cut returns where the threshold divides a fact of a kind. For integers "> 5" and ">= 6" cut at the same place.
func (t Threshold) Cut(kind fact.Kind) Cut {
	behind := t.Sign == "<=" || t.Sign == ">"
	if kind == fact.Integer && !behind {
		return Cut{t.Limit - 1, true}
	}
	return Cut{t.Limit, behind}
}

// Compare orders cuts from low to high.
func (c Cut) Compare(other Cut) int {
	return cmp.Or(cmp.Compare(c.Limit, other.Limit), cmp.Compare(boolean(c.Behind), boolean(other.Behind)))
}

// Thresholds returns the order comparisons in the condition, each once, as written.
func (c *Condition) Thresholds() []Threshold {
	signs := map[operator]string{less: "<", lessOrEqual: "<=", greater: ">", greaterOrEqual: ">="}
	var list []Threshold
	c.root.atoms(func(atom *expression) {
		if sign, ordered := signs[atom.operator]; ordered {
			if t := (Threshold{atom.fact, sign, atom.literal.Number}); !slices.Contains(list, t) {
				list = append(list, t)
			}
		}
	})
	return list
}
