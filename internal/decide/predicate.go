package decide

import "github.com/vanhoutenbos/layer2/internal/fact"

// Predicate is one condition for itself, compiled: an option's clause, a guard, a conflict. It is read only, and safe for
// concurrent use.
type Predicate struct {
	*Condition
	variables []variable
	diagram   *diagram
}

// NewPredicate compiles a condition.
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

// Truth is what is known of the condition over every way its unknown facts could turn out.
func (p *Predicate) Truth(s fact.Situation) Truth {
	return truthOf(p.diagram.reachable(appendState(make(state, 0, factsOnStack), p.variables, s)))
}

// Open are the facts of the condition that are unknown, or known within a range that it tells apart, in fact order.
func (p *Predicate) Open(s fact.Situation) []int {
	var open []int
	for i, cells := range stateOf(p.variables, s) {
		if cells&(cells-1) != 0 {
			open = append(open, p.variables[i].fact)
		}
	}
	return open
}

// factsOnStack is how many facts a condition can have whose truth is found without an allocation.
const factsOnStack = 8

// truthIf is what would be known of the condition if one fact had a value.
func (p *Predicate) truthIf(s fact.Situation, fact int, value fact.Value) Truth {
	cells := appendState(make(state, 0, factsOnStack), p.variables, s)
	for i := range p.variables {
		if p.variables[i].fact == fact {
			cells[i] = p.variables[i].known(value)
		}
	}
	return truthOf(p.diagram.reachable(cells))
}

// stateOf is the cells that a situation leaves to each variable.
func stateOf(variables []variable, s fact.Situation) state {
	return appendState(make(state, 0, len(variables)), variables, s)
}

func appendState(cells state, variables []variable, s fact.Situation) state {
	for i := range variables {
		cells = append(cells, variables[i].known(s[variables[i].fact]))
	}
	return cells
}
