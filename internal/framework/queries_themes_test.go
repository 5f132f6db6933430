package framework_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/evals/sweep"
	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// theme is a row of the table of logic.md §5: a need that is a fact, or triggers of which one must stand.
type theme struct {
	id, prerequisite string
	wanted           string
	stand            []string
	guards           []string
}

func themes() []theme {
	return []theme{
		{id: "Z1", prerequisite: "service-mesh", stand: []string{"SM-T2"}, guards: []string{"layer1_stable"}},
		{id: "Z2", prerequisite: "multi-region", stand: []string{"MR-T1", "MR-T2", "MR-T3", "MR-T4"}, guards: []string{
			"layer1_stable", "multi_region_business_case", "database_strategy_clear", "database_multi_region_ready", "multi_region_capacity"}},
		{id: "Z3", prerequisite: "chaos-engineering", wanted: "continuous_chaos_wanted", guards: []string{
			"layer1_stable", "ha_setup", "slos_defined", "chaos_routine"}},
		{id: "Z4", prerequisite: "observability", wanted: "error_budget_automation_wanted", guards: []string{
			"layer1_stable", "slos_defined", "error_budget_tracked"}},
		{id: "Z5", prerequisite: "cost-visibility", wanted: "rightsizing_automation_wanted", guards: []string{"layer1_stable", "manual_rightsizing_routine"}},
		{id: "Z6", prerequisite: "policy-enforcement", wanted: "auto_remediation_wanted", guards: []string{"layer1_stable", "policies_enforced"}},
	}
}

// statuses are in their order.
var statuses = []string{"unneeded", "unjustified", "not_yet", "blocked", "ready"}

// themeSpace is the states of a prerequisite with the facts that its theme adds, and the status in each, without and with the
// prerequisite running.
type themeSpace struct {
	*space
	need   []bool
	status [2][]int
}

func newThemeSpace(t *testing.T, f *framework.Framework, z theme) *themeSpace {
	t.Helper()
	all := capabilities()
	c := all[slices.IndexFunc(all, func(c capability) bool { return c.id == z.prerequisite })]
	facts := z.guards
	if z.wanted != "" {
		facts = append(facts, z.wanted)
	}
	for _, fact := range facts {
		if !slices.ContainsFunc(c.facts, func(d dimension) bool { return d.fact == fact }) {
			c.facts = append(c.facts, boolean(fact))
		}
	}
	slices.SortFunc(c.facts, func(a, b dimension) int { return factPlace(a.fact) - factPlace(b.fact) })
	s := &themeSpace{space: &space{capability: c, template: c.rows(&factSheet{})}}
	for _, d := range c.facts {
		engine, _ := f.Dictionary.Index(d.fact)
		s.places, s.engine = append(s.places, factPlace(d.fact)), append(s.engine, engine)
	}
	s.enumerate()
	for state := range s.outcome {
		s.judge(z, state)
	}
	return s
}

// judge works out the status in one complete state: the first that applies.
func (s *themeSpace) judge(z theme, state int) {
	is := func(fact string) bool {
		i := slices.IndexFunc(s.facts, func(d dimension) bool { return d.fact == fact })
		return state/s.stride[i]%2 == 1
	}
	need := z.wanted != "" && is(z.wanted)
	for i, r := range s.template {
		need = need || slices.Contains(z.stand, r.id) && s.stands[state]>>i&1 == 1
	}
	guarded := !slices.ContainsFunc(z.guards, func(fact string) bool { return !is(fact) })
	skip := strings.HasPrefix(outcomes[s.outcome[state]], "skip")
	s.need = append(s.need, need)
	for runs := range 2 {
		status := 4
		switch {
		case !need:
			status = 0
		case runs == 0 && skip:
			status = 1
		case runs == 0:
			status = 2
		case !guarded:
			status = 3
		}
		s.status[runs] = append(s.status[runs], status)
	}
}

// reach is the statuses that are possible, a bit each.
func (s *themeSpace) reach(d digits, running []int) (set int) {
	s.each(d, func(state int) {
		for _, runs := range running {
			set |= 1 << s.status[runs][state]
		}
	})
	return set
}

// explain is what the engine should say, in words.
func (s *themeSpace) explain(d digits, running []int) string {
	set := s.reach(d, running)
	var list, ask, kept []string
	for i, status := range statuses {
		if set>>i&1 == 1 {
			list = append(list, status)
		}
	}
	var no, yes bool
	s.each(d, func(state int) { no, yes = no || !s.need[state], yes || s.need[state] })
	for i := range d {
		if s.open(d, i) && s.matters(d, i, running) {
			ask = append(ask, s.facts[i].fact)
		}
	}
	d = slices.Clone(d)
	for i := len(d) - 1; i >= 0; i-- {
		if digit := d[i]; !s.unknown(d, i) {
			d[i] = len(s.facts[i].cells)
			if s.reach(d, running) != set {
				d[i] = digit
				kept = append(kept, s.facts[i].fact)
			}
		}
	}
	slices.Reverse(kept)
	need := map[[2]bool]string{{true, true}: "unknown", {true, false}: "false", {false, true}: "true"}[[2]bool{no, yes}]
	return fmt.Sprint(list, " need ", need, " sufficient ", kept, " ask ", ask)
}

// matters reports whether two completions that differ in one fact alone differ in their status.
func (s *themeSpace) matters(d digits, i int, running []int) bool {
	first, last := s.ends(d, i)
	d = slices.Clone(d)
	d[i] = first
	found := false
	s.each(d, func(state int) {
		for c := range last - first + 1 {
			for _, runs := range running {
				found = found || s.status[runs][state] != s.status[runs][state+c*s.stride[i]]
			}
		}
	})
	return found
}

// TestThemes compares statuses, needs, sufficient facts and questions of the themes with brute force, whatever is known to run.
func TestThemes(t *testing.T) {
	f, number := shipped.Framework(t), drawn(t)
	for i, z := range themes() {
		t.Run(z.id, func(t *testing.T) {
			t.Parallel()
			compiled, ok := f.Theme(z.id)
			if !ok {
				t.Fatal("no such theme")
			}
			s, random := newThemeSpace(t, f, z), rand.New(rand.NewPCG(number, uint64(i)))
			if got := compiled.Decision.Facts(); !slices.Equal(got, s.engine) {
				t.Fatalf("it looks at %v, want %v", got, s.engine)
			}
			reached := 0
			for range situations() / 10 {
				q := s.draw(f, random)
				runs := decide.Truth(random.IntN(3))
				running := map[decide.Truth][]int{decide.No: {0}, decide.Yes: {1}, decide.Maybe: {0, 1}}[runs]
				e := compiled.Decision.Explain(q.situation, runs)
				got := fmt.Sprint(words(e.Possible), " need ", e.Need, " sufficient ", factsOf(f, e.Sufficient), " ask ", factsOf(f, e.Ask))
				if want := s.explain(q.digits, running); got != want {
					t.Fatalf("with %s, running %v:\n got %s\nwant %s", q, runs, got, want)
				}
				if decided := len(e.Possible) == 1; decided != (e.Status != decide.UndeterminedStatus) || decided && e.Status != e.Possible[0] {
					t.Fatalf("with %s: %v of %v", q, e.Status, e.Possible)
				}
				reached |= s.reach(q.digits, running)
			}
			if all := s.reach(s.nothing(), []int{0, 1}); sweep.All() && reached != all {
				t.Errorf("statuses %b were drawn, %b are possible", reached, all)
			}
		})
	}
}

func factsOf(f *framework.Framework, facts []int) []string {
	var list []string
	for _, fact := range facts {
		list = append(list, f.Dictionary.Fact(fact).Name)
	}
	return list
}
