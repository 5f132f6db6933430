package tools_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/tools"
)

// TestFleetAgreesWithCalls compares the verdicts for a team with those of evaluate_trigger.
func TestFleetAgreesWithCalls(t *testing.T) {
	f := shipped.Framework(t)
	random := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		facts := halfKnown(f, random)
		team, err := tools.AssessTeam(f, json.RawMessage(`{"id":"a","facts":`+facts+`}`))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := call(t, f, tools.Workspace{}, "evaluate_trigger", `{"facts":`+facts+`}`)
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range answer.(*tools.Evaluation).Verdicts {
			want := fmt.Sprint(v.Capability, v.Verdict, v.Reasons, v.Possible)
			if got := team.Verdicts[i]; fmt.Sprint(got.Capability, got.Verdict, got.Reasons, got.Possible) != want {
				t.Errorf("%s: a call says %s, the fleet %v", facts, want, got)
			}
		}
	}
}

func TestATeamHasUnsettledFacts(t *testing.T) {
	f := shipped.Framework(t)
	with, err := tools.AssessTeam(f, json.RawMessage(`{"id":"a","facts":{"services":7},"unsettled":["ha_setup"]}`))
	if err != nil {
		t.Fatal(err)
	}
	without, err := tools.AssessTeam(f, json.RawMessage(`{"id":"a","facts":{"services":7}}`))
	if err != nil || fmt.Sprint(with) != fmt.Sprint(without) {
		t.Errorf("with %v, without %v, %v", with, without, err)
	}
	_, err = tools.AssessTeam(f, json.RawMessage(`{"id":"a","facts":{"services":7},"unsettled":["services"]}`))
	if err == nil || !strings.Contains(err.Error(), "services has a value in facts") {
		t.Errorf("both: %v", err)
	}
}

// halfKnown is random facts as JSON, half of them unknown.
func halfKnown(f *framework.Framework, random *rand.Rand) string {
	var facts []string
	for i := range f.Dictionary.Len() {
		if fact := f.Dictionary.Fact(i); random.IntN(2) == 0 {
			facts = append(facts, fmt.Sprintf("%q:%s", fact.Name, someValue(fact, random)))
		}
	}
	return "{" + strings.Join(facts, ",") + "}"
}

func someValue(about fact.Fact, random *rand.Rand) string {
	switch about.Kind {
	case fact.Boolean:
		return fmt.Sprint(random.IntN(2) == 0)
	case fact.Choice:
		return fmt.Sprintf("%q", about.Values[random.IntN(len(about.Values))])
	case fact.Set:
		return fmt.Sprintf("[%q]", about.Values[random.IntN(len(about.Values))])
	}
	return fmt.Sprint(random.IntN(70))
}

// BenchmarkTeam is one team of a fleet, half of its facts unknown: read from JSON and decided, and decided alone.
func BenchmarkTeam(b *testing.B) {
	f := shipped.Framework(b)
	random := rand.New(rand.NewPCG(1, 2))
	var lines []json.RawMessage
	for range 256 {
		lines = append(lines, json.RawMessage(`{"id":"a","facts":`+halfKnown(f, random)+`}`))
	}
	b.Run("whole", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if _, err := tools.AssessTeam(f, lines[i%len(lines)]); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("engine", func(b *testing.B) {
		var situations []fact.Situation
		for range 256 {
			s := f.Dictionary.NewSituation()
			for index := range s {
				if f.Dictionary.Fact(index).Kind == fact.Boolean && random.IntN(2) == 0 {
					s[index] = fact.Value{Kind: fact.Boolean, Bool: random.IntN(2) == 0}
				}
			}
			situations = append(situations, s)
		}
		for i := 0; b.Loop(); i++ {
			for _, c := range f.Capabilities {
				c.Decision.Outcomes(c.Decision.State(situations[i%len(situations)]))
			}
		}
	})
}
