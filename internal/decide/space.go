package decide

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Space is every situation, as far as some conditions can tell situations apart: the cells of their facts in all combinations.
// Each combination is a state, and all states weigh the same. Regions and outcome maps of one space can be compared with ==.
// Unlike a Decision, a space answers questions about the knowledge itself. It is not safe for concurrent use.
type Space struct {
	variables []variable
	level     map[int]int // of a fact
	builder   *builder
}

// NewSpace makes the space of a list of conditions. The error is that of Compile, for a fact that is told apart too finely.
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
	coarse.builder.most = 0 // many functions share it
	return &Space{coarse.variables, coarse.level, coarse.builder}, nil
}

// States is the number of states.
func (s *Space) States() *big.Int {
	states := big.NewInt(1)
	for _, v := range s.variables {
		states.Mul(states, big.NewInt(int64(len(v.cells))))
	}
	return states
}

// Cells are the cells of a fact, from low to high or in domain order; none if no condition of the space mentions the fact.
func (s *Space) Cells(fact int) []Cell {
	level, mentioned := s.level[fact]
	if !mentioned {
		return nil
	}
	return s.variables[level].cells
}

// Everywhere is the region of all states.
func (s *Space) Everywhere() Region { return Region{s, yes} }

// Nowhere is the region of no state.
func (s *Space) Nowhere() Region { return Region{s, no} }

// Where is the region in which a condition holds. The condition must be one of the space's.
func (s *Space) Where(condition *Condition) Region {
	return Region{s, s.ladder().condition(condition.root)}
}

// In is the region in which a fact lies in one of its cells.
func (s *Space) In(fact, cell int) Region {
	level := s.level[fact]
	kids := make([]int32, len(s.variables[level].cells))
	kids[cell] = yes
	return Region{s, s.builder.node(level, kids)}
}

// Outcomes is the outcome of a model everywhere. The model's conditions must be among the space's.
func (s *Space) Outcomes(model Model) OutcomeMap {
	l := s.ladder()
	l.state(model)
	return OutcomeMap{s, l.outcome(model)}
}

// ladder is one that builds in the space.
func (s *Space) ladder() *ladder {
	return &ladder{builder: s.builder, variables: s.variables, level: s.level, holds: map[string]int32{}, stands: map[string]int32{}}
}

// Stretch is numbers side by side that lie in one cell.
type Stretch struct {
	// Cell is the cell's place among those of its fact, and Value a number of the stretch.
	Cell  int
	Value fact.Value
	fact.Range
}

// Stretches are the stretches of a fact that is a number, from low to high.
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

// String is the cell in words: the numbers from end to end, or the value that stands for it.
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
