package decide

import "github.com/vanhoutenbos/layer2/internal/fact"

// Edge is a known number that one step up or down takes to other possible verdicts: where people dispute what is counted.
type Edge struct {
	Fact int
	// Next is the value one step on; Possible the verdicts that are possible there.
	Next     fact.Value
	Possible []Verdict
}

// edges are those of a situation, in fact order, down before up.
func (d *Decision) edges(s fact.Situation, known state) []Edge {
	var list []Edge
	beside := make(state, len(known))
	copy(beside, known)
	here := d.verdicts.reachable(known)
	for level := range d.variables {
		v := &d.variables[level]
		present := s[v.fact]
		if !present.Kind.Numeric() || present.Range != nil {
			continue
		}
		for _, step := range []float64{-v.step, v.step} {
			n := fact.Add(present.Number, step)
			if n < 0 || n > fact.Largest {
				continue
			}
			next := fact.Value{Kind: present.Kind, Number: n}
			beside[level] = v.known(next)
			if there := d.verdicts.reachable(beside); there != here {
				list = append(list, Edge{v.fact, next, verdictsIn(there)})
			}
		}
		beside[level] = known[level]
	}
	return list
}
