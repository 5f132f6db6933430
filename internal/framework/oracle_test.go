package framework_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/evals/sweep"
	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Compares the engine with brute force over the tables of logic.md in oracle_tables_test.go.

func TestEveryCompleteState(t *testing.T) {
	f, total := shipped.Framework(t), 0
	for _, s := range oracle(t) {
		t.Run(s.id, func(t *testing.T) {
			if len(s.outcome) != s.states {
				t.Errorf("%d states, want %d", len(s.outcome), s.states)
			}
			if _, states := s.decision.Size(); states != s.states {
				t.Errorf("the engine counts %d states, want %d", states, s.states)
			}
			wrong := 0
			for state, want := range s.outcome {
				d := make(digits, len(s.facts))
				for i := range d {
					d[i] = state / s.stride[i] % len(s.facts[i].cells)
				}
				complete, ok := s.decision.Complete(s.situation(f, d))
				if !ok {
					t.Fatalf("%s is not complete", s.show(d))
				}
				got := s.decision.Outcome(complete)
				if got := fmt.Sprint(got.Verdict, " ", got.Reason); got != outcomes[want] {
					if wrong++; wrong < 5 {
						t.Errorf("%s: %s, want %s", s.show(d), got, outcomes[want])
					}
				}
			}
			if wrong > 0 {
				t.Errorf("%d of %d states differ", wrong, len(s.outcome))
			}
		})
		total += len(s.outcome)
	}
	if total != 93376 {
		t.Errorf("%d complete states in all, want 93,376", total)
	}
}

// Every partial state too: each fact known or not, in every combination. Of capabilities with very many states only some are tried, unless run with -sweep 100.
func TestEveryPartialState(t *testing.T) {
	f := shipped.Framework(t)
	for _, s := range oracle(t) {
		t.Run(s.id, func(t *testing.T) {
			t.Parallel()
			known, wrong, large := f.Dictionary.NewSituation(), 0, len(s.partial) > 50_000
			var walk func(i, index int)
			walk = func(i, index int) {
				if i < len(s.facts) {
					for c, cell := range s.facts[i].cells {
						known[s.engine[i]] = value(s.places[i], cell.given())
						walk(i+1, index+c*s.partialStride[i])
					}
					known[s.engine[i]] = fact.Value{}
					walk(i+1, index+len(s.facts[i].cells)*s.partialStride[i])
					return
				}
				if large && !sweep.Draws(index) {
					return
				}
				if got := s.decision.Outcomes(s.decision.State(known)); translate(got) != s.partial[index] {
					if wrong++; wrong < 5 {
						t.Errorf("state %d: %v %v, want %v %v", index, got.Verdicts(), got.Reasons(),
							s.partial[index].verdicts(), s.partial[index].becauses())
					}
				}
			}
			walk(0, 0)
		})
	}
}

// engineOutcomes are the outcomes in the order of the engine's bits: those of the ladder, first rung first.
var engineOutcomes = []string{
	"skip scale", "skip need", "wait scale", "prepare timing", "wait readiness", "consider contested",
	"wait timing", "adopt timing", "consider unmeasured", "consider no_pressure",
}

// translate turns the engine's set of outcomes into the oracle's.
func translate(set decide.OutcomeSet) possible {
	result := possible(0)
	for i, name := range engineOutcomes {
		if set>>i&1 == 1 {
			result |= 1 << slices.Index(outcomes, name)
		}
	}
	return result
}

func TestOutcomesAreTranslatedRightly(t *testing.T) {
	for i, name := range engineOutcomes {
		set := decide.OutcomeSet(1) << i
		if got := fmt.Sprint(set.Verdicts()[0], " ", set.Reasons()[0]); got != name {
			t.Errorf("bit %d is %s, want %s", i, got, name)
		}
	}
}

// The facts that a verdict rests on are those of the tables, in fact order, with the presumptions of logic.md §2.
func TestFactsAndPresumptions(t *testing.T) {
	f := shipped.Framework(t)
	for _, s := range oracle(t) {
		if got := s.decision.Facts(); !slices.Equal(got, s.engine) {
			t.Errorf("%s looks at %v, want %v", s.id, got, s.engine)
		}
	}
	last := -1
	for i, name := range factNames() {
		place, ok := f.Dictionary.Index(name)
		if !ok {
			t.Errorf("no fact %s", name)
			continue
		}
		if place < last {
			t.Errorf("%s is out of order", name)
		}
		last = place
		want, presumed := presumption(i)
		got := f.Dictionary.Fact(place).Presumed
		if presumed && !got.Equal(value(i, want)) || !presumed && got.Kind != fact.Unknown {
			t.Errorf("%s is presumed %v, want %v", name, got, want)
		}
	}
}

// show writes down what is known of a partial state.
func (s *space) show(d digits) string {
	var list []string
	for i, digit := range d {
		if !s.unknown(d, i) {
			list = append(list, fmt.Sprint(s.facts[i].fact, "=", s.facts[i].cells[digit].given()))
		}
	}
	return "{" + strings.Join(list, ", ") + "}"
}
