package decide

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// gate is the rung of the ladder at which a fact first counts.
type gate uint8

const (
	scaleGate gate = iota
	needGate
	readinessGate
	timingGate
)

// trait is what the order of questions depends on for one variable, fixed when the knowledge is loaded.
type trait struct {
	gate     gate
	measured bool // a statement marked measured mentions it
	presumed cellSet
	// parts divides the fact by this capability's statements and the conflicts; answers has a value for each of its cells.
	// It is empty if there are too many cells: then nothing is implied.
	parts   variable
	answers []fact.Value
	// conflicts are those that mention the fact.
	conflicts []*Predicate
}

func traitsOf(dictionary *fact.Dictionary, model Model, variables []variable) []trait {
	traits := make([]trait, len(variables))
	triggers, deciding := map[string]bool{}, model.deciding()
	for _, s := range model.Statements {
		triggers[s.ID] = s.Role == Trigger
	}
	for i := range variables {
		v, t := &variables[i], &traits[i]
		t.gate = timingGate
		for _, s := range deciding {
			if s.When.Mentions(v.fact) {
				t.gate = min(t.gate, gateOf(s, triggers))
				t.measured = t.measured || s.Measured
			}
		}
		about := dictionary.Fact(v.fact)
		if about.Presumed.Kind != fact.Unknown {
			t.presumed = v.known(about.Presumed)
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
		t.divide(v.fact, about, atoms)
	}
	return traits
}

// gateOf returns the rung that a statement belongs to.
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

// divide computes the parts of a fact and an answer for each, given the atoms about it.
func (t *trait) divide(index int, fact fact.Fact, atoms []*expression) {
	parts, err := newVariable(index, fact, atoms)
	if err != nil {
		return // more than maximumCells
	}
	t.parts = parts
	for _, cell := range parts.cells {
		t.answers = append(t.answers, cell.value(parts.step))
	}
}
