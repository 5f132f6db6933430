package coverage

import (
	"testing"

	"github.com/vanhoutenbos/layer2/evals"
	"github.com/vanhoutenbos/layer2/evals/condition"
	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
)

// noticed is a condition over the shipped facts that every case would notice.
func noticed(t *testing.T, when string) *Condition {
	t.Helper()
	f := shipped.Framework(t)
	c := collector{framework: f}
	c.add("X", "statement", when, func(*evals.Case) bool { return true })
	if c.err != nil {
		t.Fatal(c.err)
	}
	return c.conditions[0]
}

func TestIndependence(t *testing.T) {
	for _, test := range []struct {
		name, when string
		facts      []condition.Values
		forms      []Form
		covered    []bool
	}{
		{
			"each atom by itself", "mtls_needed || mtls_compliance",
			[]condition.Values{{"mtls_needed": true, "mtls_compliance": false}, {"mtls_needed": false, "mtls_compliance": false}},
			[]Form{UniqueCause, UniqueCause}, []bool{true, false},
		},
		{
			"a case that leaves a fact out does not count", "mtls_needed || mtls_compliance",
			[]condition.Values{{"mtls_needed": true}, {"mtls_needed": false, "mtls_compliance": false}},
			[]Form{UniqueCause, UniqueCause}, []bool{false, false},
		},
		{
			"one fact in two atoms", `services < 2 || services < 5 && call_chains == "simple"`,
			[]condition.Values{
				{"services": 1, "call_chains": "complex"}, {"services": 3, "call_chains": "complex"},
				{"services": 3, "call_chains": "simple"}, {"services": 5, "call_chains": "simple"},
			},
			[]Form{UniqueCause, UniqueCause, UniqueCause}, []bool{true, true, true},
		},
		{
			"an atom that another one implies", "services > 3 || services > 5",
			[]condition.Values{{"services": 3}, {"services": 4}, {"services": 6}},
			[]Form{UniqueCause, Infeasible}, []bool{true, false},
		},
		{
			"two atoms that cannot change one at a time", "services < 3 && layer1_stable || services >= 3 && security_team",
			[]condition.Values{
				{"services": 2, "layer1_stable": true, "security_team": false}, {"services": 3, "layer1_stable": true, "security_team": false},
				{"services": 2, "layer1_stable": false, "security_team": true}, {"services": 3, "layer1_stable": false, "security_team": true},
			},
			[]Form{Masking, UniqueCause, Masking, UniqueCause}, []bool{true, false, true, false},
		},
		{
			"sets", `compliance != [] && !("gdpr" in compliance)`,
			[]condition.Values{{"compliance": []any{}}, {"compliance": []any{"dora"}}, {"compliance": []any{"gdpr", "dora"}}},
			[]Form{UniqueCause, UniqueCause}, []bool{true, true},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			var cases []evals.Case
			for _, facts := range test.facts {
				cases = append(cases, evals.Case{Facts: facts})
			}
			for i, pair := range Pairs(noticed(t, test.when), cases) {
				if pair.Form != test.forms[i] || pair.Covered() != test.covered[i] {
					t.Errorf("%s: %s, covered %v; want %s, %v", pair.Atom, pair.Form, pair.Covered(), test.forms[i], test.covered[i])
				}
			}
		})
	}
}

// TestConditionsReadAsTheProductReadsThem holds the reading of every condition against the engine's, for every combination of the
// cells of its facts.
func TestConditionsReadAsTheProductReadsThem(t *testing.T) {
	f := shipped.Framework(t)
	conditions, err := Conditions(f)
	if err != nil {
		t.Fatal(err)
	}
	combinations := 0
	for _, c := range conditions {
		parsed, err := decide.Parse(c.String(), f.Dictionary)
		if err != nil {
			t.Fatal(err)
		}
		predicate, err := decide.NewPredicate(f.Dictionary, parsed)
		if err != nil {
			t.Fatal(err)
		}
		c.Everywhere(func(values condition.Values) {
			combinations++
			vector, _ := c.Vector(values)
			if got := predicate.Truth(situation(f.Dictionary, values)); (got == decide.Yes) != vector.Holds || got == decide.Maybe {
				t.Errorf("%s with %v: %v here, %s in the engine", c.Expression, values, vector.Holds, got)
			}
		})
	}
	if combinations < len(conditions) {
		t.Error("too few combinations")
	}
	t.Logf("%d conditions, %d combinations", len(conditions), combinations)
}

func situation(dictionary *fact.Dictionary, values condition.Values) fact.Situation {
	s := dictionary.NewSituation()
	for name, value := range values {
		i, _ := dictionary.Index(name)
		v := fact.Value{Kind: dictionary.Fact(i).Kind}
		switch value := value.(type) {
		case bool:
			v.Bool = value
		case string:
			v.Text = value
		case []string:
			v.Members = value
		default:
			v.Number = condition.Number(value)
		}
		s[i] = v
	}
	return s
}
