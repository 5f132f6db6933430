package record_test

import (
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/evals/sweep"
	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/record"
	"github.com/vanhoutenbos/layer2/knowledge"
)

// The table of states against brute force. A history is a decision, and then, again and again: facts change, or the knowledge does,
// or somebody reaffirms. What is expected is kept here from what was done, not read from the record; what is possible is found by
// trying every value of every unknown fact, one complete situation at a time.

// ways are the values by which brute force tries a fact: all of them, or numbers on, below and beyond every limit.
func ways(about fact.Fact) []fact.Value {
	var values []fact.Value
	switch about.Kind {
	case fact.Boolean:
		return []fact.Value{{Kind: fact.Boolean}, {Kind: fact.Boolean, Bool: true}}
	case fact.Choice:
		for _, text := range about.Values {
			values = append(values, fact.Value{Kind: fact.Choice, Text: text})
		}
	case fact.Set:
		return []fact.Value{{Kind: fact.Set}, {Kind: fact.Set, Members: about.Values[:1]}, {Kind: fact.Set, Members: about.Values}}
	default:
		for _, n := range numbers(about.Name) {
			values = append(values, fact.Value{Kind: about.Kind, Number: n})
		}
	}
	return values
}

// numbers are those that the conditions of the knowledges below can tell apart.
func numbers(fact string) []float64 {
	switch fact {
	case "services":
		return []float64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12}
	case "developers":
		return []float64{0, 3, 4, 5, 9, 10, 11, 30}
	case "cost_growth_percent_per_month":
		return []float64{0, 19, 20, 20.5, 21, 60}
	case "rto_minutes":
		return []float64{0, 15, 59, 59.5, 60, 61, 240}
	}
	return []float64{0, 0.75, 1, 1.1, 1.25, 3.75, 4, 4.25, 8}
}

// bruteForce are the verdicts that are possible: every unknown fact takes every value, and every range each number in it.
func bruteForce(f *framework.Framework, c *framework.Capability, s fact.Situation) []decide.Verdict {
	complete := f.Dictionary.NewSituation()
	found := map[decide.Verdict]bool{}
	facts := c.Decision.Facts()
	var try func(int)
	try = func(i int) {
		if i == len(facts) {
			known, ok := c.Decision.Complete(complete)
			if !ok {
				panic("every fact has a value")
			}
			found[c.Decision.Outcome(known).Verdict] = true
			return
		}
		index := facts[i]
		switch known := s[index]; {
		case known.Kind == fact.Unknown:
			for _, value := range ways(f.Dictionary.Fact(index)) {
				complete[index] = value
				try(i + 1)
			}
		case known.Range != nil:
			for _, value := range ways(f.Dictionary.Fact(index)) {
				if value.Number >= known.Range.Low && value.Number <= known.Range.High {
					complete[index] = value
					try(i + 1)
				}
			}
		default:
			complete[index] = known
			try(i + 1)
		}
	}
	try(0)
	var list []decide.Verdict
	for v := decide.Skip; v < decide.Undetermined; v++ {
		if found[v] {
			list = append(list, v)
		}
	}
	return list
}

// table is the state that the table of the issue says, in its words, for a record that was not reaffirmed to something else.
func table(expected, possible []decide.Verdict, decision decide.Verdict) string {
	has := func(list []decide.Verdict, v decide.Verdict) bool { return slices.Contains(list, v) }
	onlyDecision := len(possible) == 1 && possible[0] == decision
	if len(expected) == 1 {
		switch {
		case !has(possible, expected[0]) && !onlyDecision:
			return "broken"
		case len(possible) > 1:
			return "doubtful"
		}
		return "holds"
	}
	kept := true
	for _, v := range possible {
		kept = kept && has(expected, v)
	}
	if has(expected, decision) {
		switch {
		case !has(possible, decision):
			return "broken"
		case kept || onlyDecision:
			return "holds"
		}
		return "doubtful"
	}
	// Reaffirmed while several verdicts were possible, none of them the decision: any of those is what is expected.
	some := false
	for _, v := range possible {
		some = some || has(expected, v)
	}
	switch {
	case !some && !onlyDecision:
		return "broken"
	case kept || onlyDecision:
		return "holds"
	}
	return "doubtful"
}

// knowledges are the shipped one and some in which limits lie elsewhere.
func knowledges(t testing.TB) []*framework.Framework {
	t.Helper()
	list := []*framework.Framework{shipped.Framework(t)}
	for _, edits := range [][]string{
		{"service-mesh.yaml", "when: services > 5 || services >= 3", "when: services > 7 || services >= 3", "distributed-tracing.yaml", "debugging_hours_per_incident > 1\n", "debugging_hours_per_incident > 4\n"},
		{"service-mesh.yaml", "when: services < 3", "when: services < 5", "policy-enforcement.yaml", "developers > 10", "developers > 4"},
		{"cost-visibility.yaml", "cost_growth_percent_per_month > 20", "cost_growth_percent_per_month > 0", "auditing.yaml", "when: siem_wanted", "when: siem_wanted || break_glass_needed"},
	} {
		own := fstest.MapFS{}
		for edit := range slices.Chunk(edits, 3) {
			content, err := fs.ReadFile(knowledge.Files, edit[0])
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(content), edit[1]) {
				t.Fatalf("%s does not say %q", edit[0], edit[1])
			}
			own[edit[0]] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(content), edit[1], edit[2]))}
		}
		f, err := framework.Load(knowledge.Files, own)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, f)
	}
	return list
}

// history is one decision and what became of it.
type history struct {
	random    *rand.Rand
	framework *framework.Framework
	c         *framework.Capability
	today     fact.Situation
	content   []byte
	// expected are the verdicts that were possible, and last what was known, when it was decided or last reaffirmed.
	expected []decide.Verdict
	last     fact.Situation
	decision decide.Verdict
	log      []string
}

// begin decides on a capability.
func begin(random *rand.Rand, all []*framework.Framework) *history {
	h := &history{random: random, framework: all[random.IntN(len(all))]}
	h.c = h.framework.Capabilities[random.IntN(len(h.framework.Capabilities))]
	h.today = h.framework.Dictionary.NewSituation()
	unknown := random.IntN(5)
	for i, fact := range random.Perm(len(h.c.Decision.Facts())) {
		if i >= unknown {
			h.learn(h.c.Decision.Facts()[fact])
		}
	}
	h.expected, h.last = bruteForce(h.framework, h.c, h.today), h.today
	h.decision = h.expected[random.IntN(len(h.expected))]
	reason := "so"
	if len(h.expected) == 1 && random.IntN(4) == 0 {
		can := h.c.Model.Ends()
		h.decision = can[random.IntN(len(can))].Verdict
	}
	r := record.New(h.framework, h.c, h.today, h.decision, reason, "2026-11-23")
	h.content = []byte(r.FrontMatter(h.framework) + "\n# A decision\n")
	h.note("decided %v, expected %v", h.decision, h.expected)
	return h
}

func (h *history) note(format string, arguments ...any) {
	h.log = append(h.log, fmt.Sprintf(format, arguments...))
}

// learn gives a fact a value: an exact one, or a range that holds a number which brute force tries.
func (h *history) learn(index int) {
	known := h.framework.Dictionary.Fact(index)
	values := ways(known)
	value := values[h.random.IntN(len(values))]
	if n := value.Number; (known.Kind == fact.Integer || known.Kind == fact.Number) && h.random.IntN(4) == 0 {
		high := values[h.random.IntN(len(values))].Number
		if low := math.Min(n, high); low < math.Max(n, high) {
			value = fact.Within(known.Kind, fact.Range{Low: low, High: math.Max(n, high)})
		}
	}
	h.today = h.today.With(index, value)
	h.note("%s is %v", known.Name, value)
}

// forget makes a fact unknown, unless brute force would take too long then.
func (h *history) forget(index int) {
	unknown := 0
	for _, other := range h.c.Decision.Facts() {
		if h.today[other].Kind == fact.Unknown {
			unknown++
		}
	}
	if unknown < 6 {
		h.today = h.today.With(index, fact.Value{})
		h.note("%s is unknown", h.framework.Dictionary.Fact(index).Name)
	}
}

// step is one thing that happens.
func (h *history) step(t *testing.T, all []*framework.Framework) {
	facts := h.c.Decision.Facts()
	switch h.random.IntN(6) {
	case 0:
		h.framework = all[h.random.IntN(len(all))]
		h.c, _ = h.framework.Capability(h.c.ID.Value)
		h.note("knowledge %s", h.framework.Fingerprint)
	case 1:
		h.forget(facts[h.random.IntN(len(facts))])
	case 2:
		h.reaffirm(t)
	default:
		h.learn(facts[h.random.IntN(len(facts))])
	}
}

// reaffirm holds to the decision, where something differs.
func (h *history) reaffirm(t *testing.T) {
	content, err := record.Reaffirm(h.framework, h.content, h.today, "again", "2027-01-01")
	possible := bruteForce(h.framework, h.c, h.today)
	if refused, nothing := err != nil, len(h.differing()) == 0 && slices.Equal(possible, h.expected); refused != nothing {
		t.Fatalf("refused to reaffirm: %t (%v), nothing differs: %t\n%s", refused, err, nothing, strings.Join(h.log, "\n"))
	}
	if err == nil {
		h.content, h.expected, h.last = content, possible, h.today
		h.note("reaffirmed, expected %v", possible)
	}
}

// differing are the facts that are known otherwise than they were, in fact order.
func (h *history) differing() []int {
	var facts []int
	for _, fact := range h.c.Decision.Facts() {
		if !h.today[fact].Equal(h.last[fact]) {
			facts = append(facts, fact)
		}
	}
	return facts
}

// blamed are the facts that remain where, in reverse fact order, each is put back whose return leaves the verdict impossible.
func (h *history) blamed() []int {
	var blamed []int
	s := slices.Clone(h.today)
	wanted := h.expected
	if len(wanted) > 1 && slices.Contains(wanted, h.decision) {
		wanted = []decide.Verdict{h.decision}
	}
	for _, fact := range slices.Backward(h.differing()) {
		s[fact] = h.last[fact]
		if slices.ContainsFunc(bruteForce(h.framework, h.c, s), func(v decide.Verdict) bool { return slices.Contains(wanted, v) }) {
			s[fact] = h.today[fact]
			blamed = append([]int{fact}, blamed...)
		}
	}
	return blamed
}

// TestBrokenExactlyWhenBruteForceSaysSo plays 10,000 histories through the files.
func TestBrokenExactlyWhenBruteForceSaysSo(t *testing.T) {
	all := knowledges(t)
	histories := sweep.Of(10_000)
	seen := map[string]int{}
	for seed := range histories {
		random := rand.New(rand.NewPCG(uint64(seed), 6))
		h := begin(random, all)
		for range 1 + random.IntN(4) {
			h.step(t, all)
			seen[h.compare(t, seed)]++
		}
	}
	t.Logf("%v", seen)
	for _, state := range []string{"holds", "near", "doubtful", "broken"} {
		if seen[state] < histories/50 {
			t.Errorf("only %d checks of %d histories say %s: that proves little", seen[state], histories, state)
		}
	}
}

// compare checks the record as it is on file against brute force, and says what its state is.
func (h *history) compare(t *testing.T, seed int) string {
	story := func() string { return fmt.Sprintf("history %d:\n%s", seed, strings.Join(h.log, "\n")) }
	r, err := record.Read(h.framework, h.content)
	if err != nil {
		t.Fatalf("%v\n%s\n%s", err, story(), h.content)
	}
	possible := bruteForce(h.framework, h.c, h.today)
	want := table(h.expected, possible, h.decision)
	j := r.Judge(h.framework, h.today)
	got := j.State.String()
	if got == "near" {
		got = "holds"
	}
	if got != want || !slices.Equal(j.Possible, possible) || !slices.Equal(j.Expected, h.expected) {
		t.Fatalf("%s, want %s; possible %v, want %v; expected %v, want %v\n%s", got, want, j.Possible, possible, j.Expected, h.expected, story())
	}
	if want != "broken" {
		return j.State.String()
	}
	var crossed []int
	for _, c := range j.Crossed {
		crossed = append(crossed, c.Fact)
		if len(c.Turned) == 0 {
			t.Fatalf("%v turned nothing\n%s", c, story())
		}
	}
	if blamed := h.blamed(); !slices.Equal(crossed, blamed) || len(crossed) == 0 && len(j.Reworded) == 0 {
		t.Fatalf("crossed %v, want %v; reworded %v\n%s", crossed, blamed, j.Reworded, story())
	}
	return got
}
