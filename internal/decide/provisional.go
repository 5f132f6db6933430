package decide

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Provisional is the outcome of an undetermined decision if what nobody mentioned is unremarkable (logic.md §1).
type Provisional struct {
	Verdict Verdict
	Reasons []Reason
	// For are the triggers and reasons for now that stand in every completion of what is given and assumed.
	For []string
	// Assuming are the presumptions that it rests on, in the order of the questions.
	Assuming []Assumption
}

// Assumption is a fact that is presumed.
type Assumption struct {
	Fact int
	// Otherwise are the verdicts that are possible if the fact is not as presumed, all else given and assumed as it is. A brief
	// explanation does not say.
	Otherwise []Verdict
}

// Withheld says why an undetermined decision has no provisional outcome.
type Withheld uint8

// The reasons.
const (
	NotWithheld Withheld = iota
	NothingSaid          // nobody said anything about scale or need
	Open                 // what can be presumed does not decide
)

var withheldNames = [...]string{"", "nothing_said", "open"}

// String is the name in answers, empty if nothing is withheld.
func (w Withheld) String() string { return withheldNames[w] }

// provisional presumes what is asked and was not mentioned, unless it would clash with what was, and then takes back what is not
// needed, last first.
func (d *Decision) provisional(s fact.Situation, known state, asked []int) (*Provisional, Withheld) {
	if !d.spoken(s) {
		return nil, NothingSaid
	}
	presumed := slices.Clone(known)
	for _, level := range asked {
		if d.presumable(s, level) {
			presumed[level] = d.traits[level].presumed
		}
	}
	verdict := OutcomeSet(d.outcomes.reachable(presumed)).Verdict()
	if verdict == Undetermined {
		return nil, Open
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
	p := &Provisional{Verdict: verdict, Reasons: OutcomeSet(d.outcomes.reachable(presumed)).Reasons(), For: d.standing(presumed)}
	for _, level := range asked {
		if presumed[level] != known[level] {
			p.Assuming = append(p.Assuming, Assumption{Fact: d.variables[level].fact})
		}
	}
	return p, NotWithheld
}

// spoken reports whether a fact that was mentioned, settled or not, is one of the scale or the need gate.
func (d *Decision) spoken(s fact.Situation) bool {
	for level := range d.variables {
		if d.traits[level].gate <= needGate && s[d.variables[level].fact].Mentioned() {
			return true
		}
	}
	return false
}

// presumable reports whether a fact may be presumed: nobody mentioned it, and its presumed value makes no conflict possible whose
// other facts were all mentioned.
func (d *Decision) presumable(s fact.Situation, level int) bool {
	t, index := &d.traits[level], d.variables[level].fact
	if t.presumed == 0 || s[index].Mentioned() {
		return false
	}
	value := d.dictionary.Fact(index).Presumed
	return !slices.ContainsFunc(t.conflicts, func(c *Predicate) bool {
		return c.mentioned(s, index) && c.truthIf(s, index, value) != No
	})
}

// assume is the situation and the state with the presumptions of a provisional outcome made.
func (d *Decision) assume(s fact.Situation, known state, p *Provisional) (fact.Situation, state) {
	s, known = slices.Clone(s), slices.Clone(known)
	for _, a := range p.Assuming {
		level := d.levelOf(a.Fact)
		s[a.Fact], known[level] = d.dictionary.Fact(a.Fact).Presumed, d.traits[level].presumed
	}
	return s, known
}

// otherwise works out what happens if one assumption is wrong, for each.
func (d *Decision) otherwise(p *Provisional, presumed state) {
	for i := range p.Assuming {
		level := d.levelOf(p.Assuming[i].Fact)
		made := presumed[level]
		presumed[level] = d.variables[level].all() &^ made
		p.Assuming[i].Otherwise = OutcomeSet(d.outcomes.reachable(presumed)).Verdicts()
		presumed[level] = made
	}
}

// levelOf is the level of a fact that the decision looks at.
func (d *Decision) levelOf(index int) int {
	return slices.IndexFunc(d.variables, func(v variable) bool { return v.fact == index })
}
