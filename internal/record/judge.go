package record

import (
	"math"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

type State uint8

// The states, from the best to the worst.
const (
	Holds State = iota
	Near
	Doubtful
	Broken
	Unreadable
)

var stateNames = [...]string{"holds", "near", "doubtful", "broken", "unreadable"}

func (s State) String() string { return stateNames[s] }

func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Judgement is a record compared with today's facts and knowledge.
type Judgement struct {
	State State
	// Expected are the verdicts that the record expects, Possible those that are possible today, both in the framework's order.
	Expected, Possible []decide.Verdict
	// Crossed are the facts whose changes made the record broken or doubtful, in fact order.
	Crossed []Crossing
	// Reworded are the statements that changed, if no fact is to blame.
	Reworded []Rewording
	// Redefined are the facts of the record whose meaning has changed since: nobody has said yet whether they are still so.
	Redefined []Redefinition
	// Confirm says that the record is doubtful for nothing else: it holds if those facts are still so.
	Confirm bool
	// Nearest is the flip that makes a record near, else nil.
	Nearest *decide.Flip
}

// Redefinition is a fact, and the version of the knowledge in which its meaning changed.
type Redefinition struct {
	Fact  int
	Since string
}

// Crossing is a change of a fact, and the statements that it turned.
type Crossing struct {
	Fact    int
	Was, Is fact.Value
	Turned  []Turn
}

// Turn is a statement that became true or false, and the boundaries in it between the two values of the fact.
type Turn struct {
	ID         string
	Boundaries []string
}

// Judge compares the record with today's facts and knowledge. The framework is today's, which may differ from the one that the
// record was made with.
func (r *Record) Judge(f *framework.Framework, today fact.Situation) Judgement {
	c, _ := f.Capability(r.Capability) // it was read
	expected := r.Expected(f)
	possible := func(s fact.Situation) []decide.Verdict { return c.Decision.Outcomes(c.Decision.State(s)).Verdicts() }
	j := Judgement{Expected: expected.Possible, Possible: possible(today), Redefined: redefined(f, c, expected)}
	j.State = r.state(expected.Possible, j.Possible)
	if j.State == Holds && len(j.Redefined) > 0 {
		j.State, j.Confirm = Doubtful, true
		return j
	}
	if j.State == Holds {
		if j.Nearest = nearest(f, c, today, j.Possible); j.Nearest != nil {
			j.State = Near
		}
		return j
	}
	facts, mixed := causes(differing(c, expected.Situation, today), expected.Situation, today, func(s fact.Situation) bool {
		if j.State == Broken {
			return !anyOf(r.wanted(expected.Possible), possible(s))
		}
		return r.state(expected.Possible, possible(s)) != Holds
	})
	for _, fact := range facts {
		j.Crossed = append(j.Crossed, crossing(f, c, fact, expected.Situation[fact], mixed))
	}
	if len(facts) == 0 {
		j.Reworded = rewordings(expected.Statements, Wordings(f, c))
	}
	return j
}

// redefined returns the facts of a record whose meaning has changed since the knowledge that it was last judged by, in fact order.
func redefined(f *framework.Framework, c *framework.Capability, e Expected) []Redefinition {
	var list []Redefinition
	for _, fact := range c.Decision.Facts() {
		if e.Situation[fact].Mentioned() && f.Redefined(fact, e.Knowledge.Version) {
			list = append(list, Redefinition{fact, f.Facts[fact].Since.Value})
		}
	}
	return list
}

// Differs reports whether a check would call the record broken: today's facts rule out what it expects, and do not lead to what
// was decided.
func (r *Record) Differs(f *framework.Framework, today fact.Situation) bool {
	c, _ := f.Capability(r.Capability) // it was read
	possible := c.Decision.Outcomes(c.Decision.State(today)).Verdicts()
	return r.state(r.Expected(f).Possible, possible) == Broken
}

// state compares the expected verdicts with the possible ones.
func (r *Record) state(expected, possible []decide.Verdict) State {
	decided := len(possible) == 1 && possible[0] == r.Decision
	others := slices.ContainsFunc(possible, func(v decide.Verdict) bool { return !slices.Contains(expected, v) })
	switch {
	case decided:
		return Holds
	case !anyOf(r.wanted(expected), possible):
		return Broken
	case others:
		return Doubtful
	}
	return Holds
}

// wanted returns the verdicts of which one must stay possible: the expected ones or, if the decision was a choice among several,
// the decision alone.
func (r *Record) wanted(expected []decide.Verdict) []decide.Verdict {
	if len(expected) > 1 && slices.Contains(expected, r.Decision) {
		return []decide.Verdict{r.Decision}
	}
	return expected
}

func anyOf(wanted, possible []decide.Verdict) bool {
	return slices.ContainsFunc(wanted, func(v decide.Verdict) bool { return slices.Contains(possible, v) })
}

// differing returns the facts of a capability that differ between two situations, in fact order.
func differing(c *framework.Capability, was, is fact.Situation) []int {
	var facts []int
	for _, fact := range c.Decision.Facts() {
		if !was[fact].Equal(is[fact]) {
			facts = append(facts, fact)
		}
	}
	return facts
}

// causes finds the facts to blame: in reverse order, it puts back each fact whose old value leaves things wrong. The remaining
// ones are to blame; in the mixed situation only they differ.
func causes(facts []int, was, is fact.Situation, wrong func(fact.Situation) bool) (remaining []int, mixed fact.Situation) {
	mixed = slices.Clone(is)
	for _, fact := range slices.Backward(facts) {
		mixed[fact] = was[fact]
		if !wrong(mixed) {
			mixed[fact] = is[fact]
			remaining = append(remaining, fact)
		}
	}
	slices.Reverse(remaining)
	return remaining, mixed
}

// crossing returns the statements that a change of one fact turns while all else stays as it is, in the order of an answer. If it
// turns none alone, it returns those with a boundary that the change crosses.
func crossing(f *framework.Framework, c *framework.Capability, fact int, was fact.Value, now fact.Situation) Crossing {
	crossed := Crossing{Fact: fact, Was: was, Is: now[fact]}
	before := now.With(fact, was)
	var touched []Turn
	for _, s := range deciding(c) {
		if !s.When.Mentions(fact) {
			continue
		}
		turn := Turn{s.ID, []string{s.When.String()}}
		if len(s.When.Facts()) > 1 {
			turn.Boundaries = s.When.Boundaries(f.Dictionary, fact, was, now[fact])
		}
		truth, _ := c.Decision.Holds(s.ID, now)
		if former, _ := c.Decision.Holds(s.ID, before); former != truth {
			crossed.Turned = append(crossed.Turned, turn)
		}
		if len(s.When.Boundaries(f.Dictionary, fact, was, now[fact])) > 0 {
			touched = append(touched, turn)
		}
	}
	if crossed.Turned == nil {
		crossed.Turned = touched
	}
	return crossed
}

// deciding returns the statements that take part in the decision, in the order of an answer: T, W, M, N, L, and the foundation.
func deciding(c *framework.Capability) []decide.Statement {
	var list []decide.Statement
	for _, s := range c.Model.Statements {
		if s.Decides() {
			list = append(list, s)
		}
	}
	slices.SortStableFunc(list, func(a, b decide.Statement) int { return int(a.Role) - int(b.Role) })
	if !c.Model.Prepare && c.Model.Foundation.When != nil {
		list = append(list, c.Model.Foundation)
	}
	return list
}

// nearest returns the first flip that changes one number by one step; nil if there is none, or the verdict is undetermined.
func nearest(f *framework.Framework, c *framework.Capability, s fact.Situation, possible []decide.Verdict) *decide.Flip {
	if len(possible) > 1 {
		return nil
	}
	for _, flip := range c.Decision.Explain(s).Flips {
		if len(flip.Set) != 1 {
			continue
		}
		set := flip.Set[0]
		about, present := f.Dictionary.Fact(set.Fact), s[set.Fact]
		if about.Kind != fact.Integer && about.Kind != fact.Number || present.Range != nil {
			continue
		}
		if step := max(about.Step, boolean(about.Kind == fact.Integer)); math.Abs(set.Value.Number-present.Number) <= step+tolerance {
			return &flip
		}
	}
	return nil
}

// tolerance absorbs rounding when two decimals are compared with a step.
const tolerance = 1e-9

// boolean is 1 for true: the step of an integer.
func boolean(is bool) float64 {
	if is {
		return 1
	}
	return 0
}
