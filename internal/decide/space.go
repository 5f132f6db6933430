package decide

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"
	"strings"
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
func NewSpace(dictionary *Dictionary, conditions []*Condition) (*Space, error) {
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

// Conditions are those of the statements that take part in the ladder, the foundation's among them where it is asked.
func (m Model) Conditions() []*Condition { return m.conditions() }

// Decides says whether the statement takes part in the ladder: it has a condition, and a place or a mark that makes it count.
func (s Statement) Decides() bool { return s.decides() }

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
	Value Value
	interval
}

// Stretches are the stretches of a fact that is a number, from low to high.
func (s *Space) Stretches(fact int) []Stretch {
	var stretches []Stretch
	for i, cell := range s.Cells(fact) {
		for _, interval := range cell.intervals {
			value := Value{Kind: cell.kind, Number: interval.inside(s.variables[s.level[fact]].step)}
			stretches = append(stretches, Stretch{i, value, interval})
		}
	}
	slices.SortFunc(stretches, func(a, b Stretch) int {
		return cmp.Or(cmp.Compare(a.low, b.low), cmp.Compare(boolean(a.lowOpen), boolean(b.lowOpen)))
	})
	return stretches
}

// String is the stretch in words: "3 to 4".
func (s Stretch) String() string { return s.words(s.Value.Kind) }

// String is the cell in words: the numbers from end to end, or the value that stands for it.
func (c Cell) String() string {
	var parts []string
	for _, i := range c.intervals {
		parts = append(parts, i.words(c.kind))
	}
	switch {
	case len(parts) > 0:
		return strings.Join(parts, " or ")
	case len(c.values) > 0:
		return strings.Join(c.values, " or ")
	case c.kind == Set:
		return "[" + strings.Join(c.first.Members, ", ") + "]"
	}
	return strconv.FormatBool(c.first.Bool)
}

func (i interval) words(kind Kind) string {
	low, high := strconv.FormatFloat(i.low, 'f', -1, 64), strconv.FormatFloat(i.high, 'f', -1, 64)
	switch {
	case i.low == i.high:
		return low
	case i.high == Largest && i.lowOpen:
		return "more than " + low
	case i.high == Largest:
		return low + " or more"
	case kind == Integer:
		return low + " to " + high
	case i.low == 0 && !i.lowOpen && i.highOpen:
		return "less than " + high
	}
	words := low + " to " + high
	if i.lowOpen {
		words = "more than " + words
	}
	if i.highOpen {
		words += " exclusive"
	}
	return words
}
