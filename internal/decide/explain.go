package decide

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Explanation is all that the engine has to say about one capability in one situation. Facts are places in fact order.
type Explanation struct {
	Verdict  Verdict
	Possible []Verdict
	Reasons  []Reason
	// For are the triggers and reasons for now that stand in every completion; Against what speaks against in every one.
	For     []string
	Against []Objection
	// Sufficient are the given facts on which the possible verdicts rest.
	Sufficient []int
	// Ask are the unknown facts, and those known within a range only, that can still matter to the verdict, first things first;
	// none if it is decided.
	Ask []int
	// Provisional is what follows if the unsaid is unremarkable; nil if decided or withheld.
	Provisional *Provisional
	// Flips are what would change a decided verdict, one for each other verdict that can be reached.
	Flips []Flip
}

// Objection is a statement that speaks against, and how.
type Objection struct {
	ID     string
	Effect Effect
}

// Explain answers every question about a situation. The queries below answer one each.
func (d *Decision) Explain(s fact.Situation) Explanation {
	known := stateOf(d.variables, s)
	e := d.explain(s, known)
	e.Sufficient = sufficient(d.verdicts, d.variables, s, known)
	if e.Verdict != Undetermined {
		e.Flips = d.flips(s, known, e.Verdict)
	}
	return e
}

// Brief is the explanation without Sufficient and Flips.
func (d *Decision) Brief(s fact.Situation) Explanation { return d.explain(s, stateOf(d.variables, s)) }

func (d *Decision) explain(s fact.Situation, known state) Explanation {
	set := OutcomeSet(d.outcomes.reachable(known))
	e := Explanation{Verdict: set.Verdict(), Possible: set.Verdicts(), Reasons: set.Reasons()}
	e.For, e.Against = d.sides(known, set)
	if e.Verdict == Undetermined {
		asked := d.ask(s, known)
		e.Ask = d.factsOf(asked)
		e.Provisional = d.provisional(s, known, asked)
	}
	return e
}

// factsOf are the facts of levels.
func (d *Decision) factsOf(levels []int) []int {
	facts := make([]int, len(levels))
	for i, level := range levels {
		facts[i] = d.variables[level].fact
	}
	return facts
}

// State is a situation as one decision sees it: for each of its facts the cells that are possible. It can be used again and
// again with Outcomes.
type State struct{ cells state }

// State reads a situation.
func (d *Decision) State(s fact.Situation) State { return State{stateOf(d.variables, s)} }

// Complete is a situation in which every fact that one decision looks at is known: for each of them the number of its cell. It can
// be used again and again with Outcome.
type Complete struct{ cells []uint8 }

// Complete reads a situation. It reports false if the situation leaves a fact more than one cell.
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

// Outcome is the outcome of a complete situation. It allocates nothing.
func (d *Decision) Outcome(c Complete) Outcome { return outcomes[d.outcomes.walk(c.cells)] }

// Outcomes are the outcomes that the unknown facts of a state leave possible.
func (d *Decision) Outcomes(s State) OutcomeSet { return OutcomeSet(d.outcomes.reachable(s.cells)) }

// Holds says what is known of a statement's condition. Statements that decide nothing are not known here.
func (d *Decision) Holds(id string, s fact.Situation) (Truth, bool) { return d.truth(d.holds[id], s) }

// Stands says what is known of a trigger or a reason for now: that it holds and nothing that answers it does.
func (d *Decision) Stands(id string, s fact.Situation) (Truth, bool) { return d.truth(d.stands[id], s) }

func (d *Decision) truth(of *diagram, s fact.Situation) (Truth, bool) {
	if of == nil {
		return Maybe, false
	}
	return truthOf(of.reachable(stateOf(d.variables, s))), true
}

// Facts are the facts that the decision looks at, in fact order.
func (d *Decision) Facts() []int {
	facts := make([]int, len(d.variables))
	for level := range facts {
		facts[level] = d.variables[level].fact
	}
	return facts
}

// Size is the number of nodes of the outcome diagram, and of complete states over its cells.
func (d *Decision) Size() (nodes, states int) {
	states = 1
	for _, v := range d.variables {
		states *= len(v.cells)
	}
	return len(d.outcomes.nodes), states
}

// sides lists what speaks for and against in every completion, in id order: T, W, then M, N, L, then R.
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

// speaks is how a statement that holds speaks against.
func (s Statement) speaks() Effect {
	if s.Effect == NoEffect {
		return Answers
	}
	return s.Effect
}

// sufficient drops each given fact, last first, whose loss leaves the leaves that a diagram can reach as they are.
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

// Provisional is the outcome of an undetermined decision if what is unsaid is unremarkable.
type Provisional struct {
	Verdict Verdict
	Reasons []Reason
	// Assuming are the presumptions that it rests on, in the order of the questions.
	Assuming []int
}

// provisional makes every presumption about what is asked that no conflict forbids, and then takes back those that are not
// needed, last first. A range was said, so nothing is presumed over it. It is withheld if nothing was said about scale or need, or if the presumptions do not decide.
func (d *Decision) provisional(s fact.Situation, known state, asked []int) *Provisional {
	if !d.spoken(s) {
		return nil
	}
	presumed := slices.Clone(known)
	for _, level := range asked {
		index := d.variables[level].fact
		t := &d.traits[level]
		if t.presumed != 0 && s[index].Kind == fact.Unknown && !d.clashes(s, level, d.dictionary.Fact(index).Presumed) {
			presumed[level] = t.presumed
		}
	}
	verdict := OutcomeSet(d.outcomes.reachable(presumed)).Verdict()
	if verdict == Undetermined {
		return nil
	}
	for level := len(known) - 1; level >= 0; level-- {
		made := presumed[level]
		if made == known[level] {
			continue
		}
		presumed[level] = known[level]
		if OutcomeSet(d.outcomes.reachable(presumed)).Verdict() != verdict {
			presumed[level] = made
		}
	}
	p := &Provisional{Verdict: verdict, Reasons: OutcomeSet(d.outcomes.reachable(presumed)).Reasons()}
	for _, level := range asked {
		if presumed[level] != known[level] {
			p.Assuming = append(p.Assuming, d.variables[level].fact)
		}
	}
	return p
}

// spoken reports whether a given fact is mentioned by a statement of the scale or the need gate.
func (d *Decision) spoken(s fact.Situation) bool {
	for level := range d.variables {
		if d.traits[level].gate <= needGate && s[d.variables[level].fact].Kind != fact.Unknown {
			return true
		}
	}
	return false
}

// clashes reports whether a value for an unknown fact would make a conflict hold that does not hold yet.
func (d *Decision) clashes(s fact.Situation, level int, value fact.Value) bool {
	fact := d.variables[level].fact
	return slices.ContainsFunc(d.traits[level].conflicts, func(c *Predicate) bool {
		return c.truthIf(s, fact, value) == Yes && c.Truth(s) != Yes
	})
}
