package decide

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Space is all situations, as far as the given conditions can tell them apart: the product of the cells of their facts. Each combination
// is a state, and all states weigh the same. Regions and outcome maps of one space can be compared with ==. Unlike a [Decision], a space
// answers questions about the knowledge itself. It is not safe for concurrent use.
type Space struct {
	variables []variable
	level     map[int]int // by fact
	builder   *builder
}

// NewSpace fails, like [Compile], if the conditions divide a fact into too many cells.
func NewSpace(dictionary *fact.Dictionary, conditions []*Condition) (*Space, error) {
	variables, err := variablesOf(dictionary, conditions)
	if err != nil {
		return nil, err
	}
	fine := newLadder(Model{}, variables)
	fine.builder.most = 0
	for i, condition := range conditions {
		fine.holds[strconv.Itoa(i)] = fine.condition(condition.root)
	}
	fine.joinCells()
	coarse := newLadder(Model{}, fine.variables)
	coarse.builder.most = 0 // no limit: many functions share the nodes
	return &Space{coarse.variables, coarse.level, coarse.builder}, nil
}

func (s *Space) States() *big.Int {
	states := big.NewInt(1)
	for _, v := range s.variables {
		states.Mul(states, big.NewInt(int64(len(v.cells))))
	}
	return states
}

// Cells returns the cells of a fact, from low to high or in domain order; none if no condition of the space mentions the fact.
func (s *Space) Cells(fact int) []Cell {
	level, mentioned := s.level[fact]
	if !mentioned {
		return nil
	}
	return s.variables[level].cells
}

// Everywhere returns the region of all states.
func (s *Space) Everywhere() Region { return Region{s, yes} }

// Nowhere returns the empty region.
func (s *Space) Nowhere() Region { return Region{s, no} }

// Where returns the region in which a condition holds. The condition must be one of the space's.
func (s *Space) Where(condition *Condition) Region {
	return Region{s, s.ladder().condition(condition.root)}
}

// In returns the region in which a fact lies in one of its cells.
func (s *Space) In(fact, cell int) Region {
	level := s.level[fact]
	kids := make([]int32, len(s.variables[level].cells))
	kids[cell] = yes
	return Region{s, s.builder.node(level, kids)}
}

// Outcomes returns the outcome of a model in every state. The model's conditions must be among the space's.
func (s *Space) Outcomes(model Model) OutcomeMap {
	l := s.ladder()
	l.state(model)
	return OutcomeMap{s, l.outcome(model)}
}

// ladder returns a ladder that builds in the space.
func (s *Space) ladder() *ladder {
	return &ladder{builder: s.builder, variables: s.variables, level: s.level, holds: map[string]int32{}, stands: map[string]int32{}}
}

// Stretch is an interval of numbers within one cell.
type Stretch struct {
	// Cell is the cell's index among those of its fact, and Value a number in the stretch.
	Cell  int
	Value fact.Value
	fact.Range
}

// Stretches returns the stretches of a numeric fact, from low to high.
func (s *Space) Stretches(index int) []Stretch {
	var stretches []Stretch
	for i, cell := range s.Cells(index) {
		for _, r := range cell.ranges {
			value := fact.Value{Kind: cell.kind, Number: r.Inside(s.variables[s.level[index]].step)}
			stretches = append(stretches, Stretch{i, value, r})
		}
	}
	slices.SortFunc(stretches, func(a, b Stretch) int {
		return cmp.Or(cmp.Compare(a.Low, b.Low), cmp.Compare(boolean(a.LowOpen), boolean(b.LowOpen)))
	})
	return stretches
}

// String describes the cell: the numbers from end to end, or the choices in it, or a representative value.
func (c Cell) String() string {
	var parts []string
	for _, r := range c.ranges {
		parts = append(parts, r.String())
	}
	switch {
	case len(parts) > 0:
		return strings.Join(parts, " or ")
	case len(c.values) > 0:
		return strings.Join(c.values, " or ")
	}
	return c.first.String()
}
