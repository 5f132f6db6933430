package decide

import (
	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Predicate is a single compiled condition: an option's clause, a guard, a conflict. It is read-only and safe for concurrent use.
type Predicate struct {
	*Condition
	variables []variable
	diagram   *diagram
}

func NewPredicate(dictionary *fact.Dictionary, condition *Condition) (*Predicate, error) {
	variables, err := variablesOf(dictionary, []*Condition{condition})
	if err != nil {
		return nil, err
	}
	l := newLadder(Model{}, variables)
	l.holds[""] = l.condition(condition.root)
	keep := l.joinCells()
	return &Predicate{Condition: condition, variables: l.variables, diagram: l.builder.freeze(l.holds[""], keep)}, l.builder.err()
}

// Truth returns what is known about the condition over every completion of the unknown facts.
func (p *Predicate) Truth(s fact.Situation) Truth {
	return truthOf(p.diagram.reachable(appendState(make(state, 0, factsOnStack), p.variables, s)))
}

// Open returns the condition's facts that are unknown, or known only within a range that it divides, in fact order.
func (p *Predicate) Open(s fact.Situation) []int {
	var open []int
	for i, cells := range stateOf(p.variables, s) {
		if cells&(cells-1) != 0 {
			open = append(open, p.variables[i].fact)
		}
	}
	return open
}

// Holds reports whether all facts of the condition are given and it surely holds: what a conflict takes to be reported.
func (p *Predicate) Holds(s fact.Situation) bool { return p.given(s, none) && p.Truth(s) == Yes }

// none is the place of no fact.
const none = -1

// given reports whether every fact of the condition is given, but for one; a range is.
func (p *Predicate) given(s fact.Situation, but int) bool {
	for i := range p.variables {
		if index := p.variables[i].fact; index != but && s[index].Kind == fact.Unknown {
			return false
		}
	}
	return true
}

// mentioned reports whether every fact of the condition but one was mentioned: given, or unsettled.
func (p *Predicate) mentioned(s fact.Situation, but int) bool {
	for i := range p.variables {
		if index := p.variables[i].fact; index != but && !s[index].Mentioned() {
			return false
		}
	}
	return true
}

// factsOnStack is how many facts a condition can have for its truth to be found without allocating.
const factsOnStack = 8

// truthIf returns what would be known about the condition if one fact had a value.
func (p *Predicate) truthIf(s fact.Situation, fact int, value fact.Value) Truth {
	cells := appendState(make(state, 0, factsOnStack), p.variables, s)
	for i := range p.variables {
		if p.variables[i].fact == fact {
			cells[i] = p.variables[i].known(value)
		}
	}
	return truthOf(p.diagram.reachable(cells))
}

// stateOf returns the cells that a situation leaves possible for each variable.
func stateOf(variables []variable, s fact.Situation) state {
	return appendState(make(state, 0, len(variables)), variables, s)
}

func appendState(cells state, variables []variable, s fact.Situation) state {
	for i := range variables {
		cells = append(cells, variables[i].known(s[variables[i].fact]))
	}
	return cells
}
