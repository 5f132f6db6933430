package decide

import "math/bits"

// Verdict is the answer for one capability, in the framework's order.
type Verdict uint8

// The verdicts. Undetermined is not an outcome: it says that several are possible.
const (
	Skip Verdict = iota
	Wait
	Prepare
	Consider
	Adopt
	Undetermined
)

const verdicts = int(Undetermined)

var verdictNames = [...]string{"skip", "wait", "prepare", "consider", "adopt", "undetermined"}

// String is the verdict's name.
func (v Verdict) String() string { return verdictNames[v] }

// Reason is the question of the ladder that settled a verdict.
type Reason uint8

// The reasons, in the framework's order.
const (
	Scale Reason = iota
	Need
	Readiness
	Timing
	Contested
	Unmeasured
	NoPressure
)

var reasonNames = [...]string{"scale", "need", "readiness", "timing", "contested", "unmeasured", "no_pressure"}

// String is the reason's name.
func (r Reason) String() string { return reasonNames[r] }

// Outcome is a verdict and what settled it.
type Outcome struct {
	Verdict Verdict
	Reason  Reason
}

// outcomes are the ends of the ladder, in its order; a diagram's leaf is an index into them.
var outcomes = [...]Outcome{
	{Skip, Scale},
	{Skip, Need},
	{Wait, Scale},
	{Prepare, Timing},
	{Wait, Readiness},
	{Consider, Contested},
	{Wait, Timing},
	{Adopt, Timing},
	{Consider, Unmeasured},
	{Consider, NoPressure},
}

// leafOf is the leaf of an outcome.
func leafOf(verdict Verdict, reason Reason) int32 {
	for i, outcome := range outcomes {
		if outcome == (Outcome{verdict, reason}) {
			return int32(i)
		}
	}
	panic("no such outcome")
}

// OutcomeSet is the set of outcomes that can be reached, a bit each.
type OutcomeSet uint16

// Verdicts are the verdicts in the set, in order.
func (s OutcomeSet) Verdicts() []Verdict {
	var seen [verdicts]bool
	for rest := s; rest != 0; rest &= rest - 1 {
		seen[outcomes[bits.TrailingZeros16(uint16(rest))].Verdict] = true
	}
	var list []Verdict
	for v, is := range seen {
		if is {
			list = append(list, Verdict(v))
		}
	}
	return list
}

// Reasons are the reasons in the set, in order.
func (s OutcomeSet) Reasons() []Reason {
	var seen [len(reasonNames)]bool
	for rest := s; rest != 0; rest &= rest - 1 {
		seen[outcomes[bits.TrailingZeros16(uint16(rest))].Reason] = true
	}
	var list []Reason
	for b, is := range seen {
		if is {
			list = append(list, Reason(b))
		}
	}
	return list
}

// Verdict is the one verdict of the set, or Undetermined.
func (s OutcomeSet) Verdict() Verdict {
	verdict := Undetermined
	for rest := s; rest != 0; rest &= rest - 1 {
		v := outcomes[bits.TrailingZeros16(uint16(rest))].Verdict
		if verdict != Undetermined && v != verdict {
			return Undetermined
		}
		verdict = v
	}
	return verdict
}

// Truth is what is known of a condition over every way the unknown facts could turn out.
type Truth uint8

// The truths. Maybe: true in some completions, false in others.
const (
	Maybe Truth = iota
	No
	Yes
)

var truthNames = [...]string{"unknown", "false", "true"}

// String is "true", "false" or "unknown".
func (t Truth) String() string { return truthNames[t] }

// truthOf reads the leaves that a boolean diagram reaches: bit 0 is false, bit 1 true.
func truthOf(leaves uint16) Truth {
	switch leaves {
	case 1:
		return No
	case 2:
		return Yes
	}
	return Maybe
}
