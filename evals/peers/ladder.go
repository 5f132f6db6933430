package peers

import (
	"slices"
	"strings"
)

// Outcome is an end of the ladder of logic.md §1: a verdict and what settled it.
type Outcome uint8

// The outcomes, in the order of the ladder.
const (
	SkipScale Outcome = iota
	SkipNeed
	WaitScale
	PrepareTiming
	WaitReadiness
	ConsiderContested
	WaitTiming
	AdoptTiming
	ConsiderUnmeasured
	ConsiderNoPressure
)

// outcomes is the number of outcomes.
const outcomes = 10

// String is the verdict and the because.
func (o Outcome) String() string {
	return [outcomes]string{
		"skip scale", "skip need", "wait scale", "prepare timing", "wait readiness", "consider contested",
		"wait timing", "adopt timing", "consider unmeasured", "consider no_pressure",
	}[o]
}

// outcomesByName finds an outcome as the peers say it.
func outcomesByName() map[string]Outcome {
	names := map[string]Outcome{}
	for o := range Outcome(outcomes) {
		names[o.String()] = o
	}
	return names
}

// Verdicts is a set of verdicts, a bit each: skip, wait, prepare, consider, adopt.
type Verdicts uint8

// The verdicts as sets of one.
const (
	Skip Verdicts = 1 << iota
	Wait
	Prepare
	Consider
	Adopt
)

// Verdict is the outcome's verdict.
func (o Outcome) Verdict() Verdicts {
	return [outcomes]Verdicts{Skip, Skip, Wait, Prepare, Wait, Consider, Wait, Adopt, Consider, Consider}[o]
}

// String is the verdicts by name.
func (v Verdicts) String() string {
	var list []string
	for i, name := range []string{"skip", "wait", "prepare", "consider", "adopt"} {
		if v>>i&1 == 1 {
			list = append(list, name)
		}
	}
	return strings.Join(list, " or ")
}

// verdicts are all that the ladder has for the capability: nobody has to look further once these are found.
func (c capability) verdicts() Verdicts {
	found := Verdicts(0)
	for _, r := range c.rungs() {
		found |= r.outcome.Verdict()
	}
	return found
}

// gates are the eight questions of the ladder, as conditions.
type gates struct {
	floor, need, big, lifted, blocked, now, later, measured condition
}

func (c capability) gates() gates {
	return gates{
		floor:    c.anyRow(c.holds, func(r row) bool { return r.effect == floors }),
		need:     c.anyRow(c.stands, func(r row) bool { return r.isTrigger() }),
		big:      no(c.anyRow(func(r row) condition { return no(r.when) }, func(r row) bool { return r.required })).simple(),
		lifted:   c.anyRow(c.stands, func(r row) bool { return r.lifts }),
		blocked:  c.anyRow(c.holds, func(r row) bool { return r.effect == blocks }),
		now:      c.anyRow(c.stands, func(r row) bool { return r.isNow() }),
		later:    c.anyRow(c.holds, func(r row) bool { return r.effect == argues }),
		measured: c.anyRow(c.stands, func(r row) bool { return r.isNow() && r.measured }),
	}
}

func (r row) isTrigger() bool { return strings.Contains(r.id, "-T") }
func (r row) isNow() bool     { return strings.Contains(r.id, "-W") }

// anyRow is the disjunction of what the rows say that pass a test.
func (c capability) anyRow(says func(row) condition, test func(row) bool) condition {
	found := never()
	for _, r := range c.rows {
		if test(r) {
			found.parts = append(found.parts, says(r))
		}
	}
	return found.simple()
}

func (c capability) holds(r row) condition { return r.when }

// stands is that a trigger or reason for now holds, and no row that answers it does.
func (c capability) stands(r row) condition {
	answered := c.anyRow(c.holds, func(other row) bool { return slices.Contains(other.answers, r.id) })
	return all(r.when, no(answered)).simple()
}

// rung is a step of the ladder: the first whose condition holds gives the outcome.
type rung struct {
	when    condition
	outcome Outcome
}

// rungs are the ladder of logic.md §1 as it is written; those that can never be reached are left out.
func (c capability) rungs() []rung {
	g, list := c.gates(), []rung(nil)
	prepared := never()
	if c.prepare {
		prepared = always()
	}
	for _, r := range []rung{
		{g.floor, SkipScale},
		{no(g.need), SkipNeed},
		{all(no(g.big), no(g.lifted)), WaitScale},
		{prepared, PrepareTiming},
		{g.blocked, WaitReadiness},
		{no(g.big), ConsiderContested},
		{all(g.later, no(g.now)), WaitTiming},
		{all(g.now, g.later), ConsiderContested},
		{all(g.now, g.measured), AdoptTiming},
		{g.now, ConsiderUnmeasured},
		{always(), ConsiderNoPressure},
	} {
		r.when = r.when.simple()
		if !r.when.constant(false) {
			list = append(list, r)
		}
		if r.when.constant(true) {
			break
		}
	}
	return list
}

// tree is the ladder as nested choices, for languages with "if then else": nothing is asked twice on the way to an outcome
// but what "measured" shares with "now".
type tree struct {
	when           condition
	yes, otherwise *tree // nil at an end
	outcome        Outcome
}

func end(o Outcome) *tree { return &tree{outcome: o} }

func choose(when condition, yes, otherwise *tree) *tree {
	switch when = when.simple(); {
	case when.constant(true):
		return yes
	case when.constant(false):
		return otherwise
	}
	return &tree{when: when, yes: yes, otherwise: otherwise}
}

func (c capability) tree() *tree {
	g := c.gates()
	pressing := choose(g.later, end(ConsiderContested), choose(g.measured, end(AdoptTiming), end(ConsiderUnmeasured)))
	timing := choose(g.now, pressing, choose(g.later, end(WaitTiming), end(ConsiderNoPressure)))
	ready := choose(g.blocked, end(WaitReadiness), choose(no(g.big), end(ConsiderContested), timing))
	if c.prepare {
		ready = end(PrepareTiming)
	}
	sized := choose(all(no(g.big), no(g.lifted)), end(WaitScale), ready)
	return choose(g.floor, end(SkipScale), choose(g.need, sized, end(SkipNeed)))
}
