package decide

import "slices"

// gate is the question of the ladder at which a fact first counts.
type gate uint8

const (
	scaleGate gate = iota
	needGate
	readinessGate
	timingGate
)

// trait is what the order of questions has to know of one variable: all of it fixed when the knowledge is loaded.
type trait struct {
	gate     gate
	measured bool // a statement marked measured mentions it
	presumed cellSet
	// answers are values of the fact, one for each way in which this capability's statements and the conflicts tell it apart.
	answers []Value
	// conflicts are those that mention the fact.
	conflicts []*Predicate
}

func traitsOf(dictionary *Dictionary, model Model, variables []variable) []trait {
	traits := make([]trait, len(variables))
	triggers := map[string]bool{}
	for _, s := range model.Statements {
		triggers[s.ID] = s.Role == Trigger
	}
	for i := range variables {
		v, t := &variables[i], &traits[i]
		t.gate = timingGate
		for _, s := range model.deciding() {
			if s.When.Mentions(v.fact) {
				t.gate = min(t.gate, gateOf(s, triggers))
				t.measured = t.measured || s.Measured
			}
		}
		fact := dictionary.Fact(v.fact)
		if fact.Presumed.Kind != Unknown {
			t.presumed = v.known(fact.Presumed)
		}
		atoms := slices.Clone(v.atoms)
		for _, conflict := range model.Conflicts {
			if conflict.Mentions(v.fact) {
				t.conflicts = append(t.conflicts, conflict)
				conflict.root.atoms(func(atom *expression) {
					if atom.fact == v.fact {
						atoms = append(atoms, atom)
					}
				})
			}
		}
		t.answers = answersOf(v.fact, fact, atoms)
	}
	return traits
}

// gateOf is the question of the ladder that a statement belongs to.
func gateOf(s Statement, triggers map[string]bool) gate {
	switch {
	case s.Effect == Floor, s.Required:
		return scaleGate
	case s.Role == Trigger:
		return needGate
	case s.Effect == Blocker:
		return readinessGate
	}
	for _, id := range s.Answers {
		if triggers[id] {
			return needGate
		}
	}
	return timingGate
}

// answersOf is one value for each cell that the atoms make.
func answersOf(index int, fact Fact, atoms []*expression) []Value {
	v, err := newVariable(index, fact, atoms)
	if err != nil {
		return nil // finer than maximumCells: then nothing is implied
	}
	var values []Value
	for _, cell := range v.cells {
		values = append(values, cell.value(v.step))
	}
	return values
}
