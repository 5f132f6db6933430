package decide

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Explanation is everything the engine says about one capability in one situation. Facts are positions in fact order.
type Explanation struct {
	Verdict  Verdict
	Possible []Verdict
	// Reasons are what settled the verdict; none while it is undetermined.
	Reasons []Reason
	// Direction is what is certain of an undetermined verdict.
	Direction Direction
	// For lists the triggers and reasons for now that stand in every completion, Against the objections in every one.
	For     []string
	Against []Objection
	// Waiting are those of an undetermined verdict that hold, and may still turn out to be answered.
	Waiting []Waiting
	// Sufficient are the given facts on which the possible verdicts rest.
	Sufficient []int
	// Ask are the open facts that can still matter to the verdict, first things first; none if it is decided.
	Ask []int
	// Answers are the ways to answer the first questions of Ask, with the verdicts that are possible then.
	Answers [][]Answer
	// Provisional is what follows if what nobody mentioned is unremarkable; nil if the verdict is decided or Withheld says why not.
	Provisional *Provisional
	Withheld    Withheld
	// Flips are what would change a decided or a provisional verdict, one for each other verdict that can be reached.
	Flips []Flip
	// Edges are the known numbers that lie one step from other possible verdicts.
	Edges []Edge
}

// Objection is a statement that argues against, and how.
type Objection struct {
	ID     string
	Effect Effect
}

// Explain computes everything about a situation. The methods below compute single parts.
func (d *Decision) Explain(s fact.Situation) Explanation {
	known := stateOf(d.variables, s)
	e := d.explain(s, known)
	e.Sufficient = sufficient(d.verdicts, d.variables, s, known)
	e.Edges = d.edges(s, known)
	if e.Verdict != Undetermined {
		e.Flips = d.flips(s, known, e.Verdict)
		return e
	}
	for _, fact := range e.Ask[:min(len(e.Ask), answered)] {
		e.Answers = append(e.Answers, d.answers(s, known, fact))
	}
	if p := e.Provisional; p != nil {
		assumed, presumed := d.assume(s, known, p)
		d.otherwise(p, presumed)
		e.Flips = d.flips(assumed, presumed, p.Verdict)
	}
	return e
}

// answered is how many questions are told with their answers.
const answered = 3

// Brief is the explanation without Sufficient, Answers, Flips and Edges, and without what happens otherwise.
func (d *Decision) Brief(s fact.Situation) Explanation { return d.explain(s, stateOf(d.variables, s)) }

func (d *Decision) explain(s fact.Situation, known state) Explanation {
	set := OutcomeSet(d.outcomes.reachable(known))
	e := Explanation{Verdict: set.Verdict(), Possible: set.Verdicts(), Reasons: set.Reasons()}
	e.For, e.Against = d.sides(known, set)
	if e.Verdict != Undetermined {
		return e
	}
	e.Direction = set.Direction()
	e.Waiting = d.waiting(known)
	asked := d.ask(s, known)
	e.Ask = d.factsOf(asked)
	e.Provisional, e.Withheld = d.provisional(s, known, asked)
	return e
}

func (d *Decision) factsOf(levels []int) []int {
	facts := make([]int, len(levels))
	for i, level := range levels {
		facts[i] = d.variables[level].fact
	}
	return facts
}

// State is a situation in terms of one decision's cells: for each fact those that are possible. It can be reused with Outcomes.
type State struct{ cells state }

// State converts a situation.
func (d *Decision) State(s fact.Situation) State { return State{stateOf(d.variables, s)} }

// Complete is a situation in which every fact of one decision is known: the index of each fact's cell. It can be reused with Outcome.
type Complete struct{ cells []uint8 }

// Complete converts a situation; ok is false if a fact could be in several cells.
func (d *Decision) Complete(s fact.Situation) (c Complete, ok bool) {
	c.cells = make([]uint8, len(d.variables))
	for level := range d.variables {
		v := &d.variables[level]
		known := v.known(s[v.fact])
		if known&(known-1) != 0 {
			return Complete{}, false
		}
		c.cells[level] = uint8(known.first())
	}
	return c, true
}

// Outcome does not allocate.
func (d *Decision) Outcome(c Complete) Outcome { return outcomes[d.outcomes.walk(c.cells)] }

// Outcomes returns the outcomes that the unknown facts leave possible.
func (d *Decision) Outcomes(s State) OutcomeSet { return OutcomeSet(d.outcomes.reachable(s.cells)) }

// Holds returns what is known about a statement's condition; ok is false for a statement that decides nothing.
func (d *Decision) Holds(id string, s fact.Situation) (Truth, bool) { return d.truth(d.holds[id], s) }

// Stands returns what is known about whether a trigger or reason for now stands: it holds, and nothing that answers it does.
func (d *Decision) Stands(id string, s fact.Situation) (Truth, bool) { return d.truth(d.stands[id], s) }

func (d *Decision) truth(of *diagram, s fact.Situation) (Truth, bool) {
	if of == nil {
		return Maybe, false
	}
	return truthOf(of.reachable(stateOf(d.variables, s))), true
}

// Facts returns the facts that the decision depends on, in fact order.
func (d *Decision) Facts() []int {
	facts := make([]int, len(d.variables))
	for level := range facts {
		facts[level] = d.variables[level].fact
	}
	return facts
}

// Size returns the number of nodes of the outcome diagram, and of complete states over its cells.
func (d *Decision) Size() (nodes, states int) {
	states = 1
	for _, v := range d.variables {
		states *= len(v.cells)
	}
	return len(d.outcomes.nodes), states
}

// sides returns what argues for and against in every completion, in id order: T and W, then M, N, L and R.
func (d *Decision) sides(known state, set OutcomeSet) (support []string, objections []Objection) {
	verdict, reasons := set.Verdict(), set.Reasons()
	unneeded := verdict == Skip && slices.Contains(reasons, Need)
	for i := range d.shown {
		s := &d.shown[i]
		if s.Role == Trigger || s.Role == Now {
			if truthOf(s.stands.reachable(known)) == Yes {
				support = append(support, s.ID)
			} else if s.Role == Trigger && unneeded && truthOf(s.holds.reachable(known)) == No {
				objections = append(objections, Objection{s.ID, Unmet})
			}
			continue
		}
		switch holds := truthOf(s.holds.reachable(known)); {
		case s.Required && holds == No:
			objections = append(objections, Objection{s.ID, Unmet})
		case !s.Required && !s.Repeats && holds == Yes:
			objections = append(objections, Objection{s.ID, s.speaks()})
		}
	}
	if f := d.holds[d.model.Foundation.ID]; f != nil && truthOf(f.reachable(known)) == Yes {
		objections = append(objections, Objection{d.model.Foundation.ID, Unmet})
	}
	if verdict == Consider && slices.Equal(reasons, []Reason{Unmeasured}) {
		objections = append(objections, Objection{d.model.Measure, Unmet})
	}
	return support, objections
}

// standing returns the triggers and reasons for now that stand in every completion.
func (d *Decision) standing(known state) []string {
	var list []string
	for i := range d.shown {
		if s := &d.shown[i]; (s.Role == Trigger || s.Role == Now) && truthOf(s.stands.reachable(known)) == Yes {
			list = append(list, s.ID)
		}
	}
	return list
}

// speaks returns how a statement that holds argues against.
func (s Statement) speaks() Effect {
	if s.Effect == NoEffect {
		return Answers
	}
	return s.Effect
}

// sufficient drops each given fact, last first, if the reachable leaves of the diagram stay the same without it.
func sufficient(of *diagram, variables []variable, s fact.Situation, known state) []int {
	possible := of.reachable(known)
	without := slices.Clone(known)
	var kept []int
	for level, v := range slices.Backward(variables) {
		given := without[level]
		if s[v.fact].Kind == fact.Unknown {
			continue
		}
		without[level] = v.all()
		if of.reachable(without) != possible {
			without[level] = given
			kept = append(kept, v.fact)
		}
	}
	slices.Reverse(kept)
	return kept
}
