package decide

import "math/bits"

// Verdict is the answer for one capability, in the framework's order.
type Verdict uint8

// The verdicts. Undetermined is not an outcome: it means that several are possible.
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

func (v Verdict) String() string { return verdictNames[v] }

// Reason is the rung of the ladder that settled a verdict.
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

func (r Reason) String() string { return reasonNames[r] }

type Outcome struct {
	Verdict Verdict
	Reason  Reason
}

// outcomes lists the outcomes in the order of the ladder; a diagram's leaf is an index into them.
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

func leafOf(verdict Verdict, reason Reason) int32 {
	for i, outcome := range outcomes {
		if outcome == (Outcome{verdict, reason}) {
			return int32(i)
		}
	}
	panic("no such outcome")
}

// OutcomeSet is a bit set of possible outcomes.
type OutcomeSet uint16

// Verdicts returns the distinct verdicts in order.
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

// Reasons returns what settled the verdict, in order; none if the set holds several verdicts, since nothing has settled it.
func (s OutcomeSet) Reasons() []Reason {
	if s.Verdict() == Undetermined {
		return nil
	}
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

// Verdict returns the only verdict in the set, or Undetermined.
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

// Truth is what is known about a condition over every completion of the unknown facts.
type Truth uint8

// The truth values. Maybe is true in some completions and false in others.
const (
	Maybe Truth = iota
	No
	Yes
)

var truthNames = [...]string{"unknown", "false", "true"}

func (t Truth) String() string { return truthNames[t] }

// truthOf converts the reachable leaves of a boolean diagram: bit 0 is false, bit 1 true.
func truthOf(leaves uint16) Truth {
	switch leaves {
	case 1:
		return No
	case 2:
		return Yes
	}
	return Maybe
}

// TruthOf returns what is known of something that is known.
func TruthOf(is bool) Truth {
	if is {
		return Yes
	}
	return No
}
