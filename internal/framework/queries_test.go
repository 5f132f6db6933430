package framework_test

import (
	"cmp"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/evals/sweep"
	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

var seed = flag.Uint64("seed", 0, "seed of the random situations; 0 draws one")

// situations is how many are drawn over the eight capabilities.
func situations() int { return sweep.Of(10_000) }

// drawn is the seed of a test, printed so that a failure can be repeated.
func drawn(t *testing.T) uint64 {
	t.Helper()
	number := *seed
	if number == 0 {
		number = rand.Uint64()
	}
	t.Logf("seed %d: repeat with go test ./internal/framework -run %s -seed %d", number, t.Name(), number)
	return number
}

// TestQueries compares everything the engine says about a situation with brute force: random values for a random part of all facts,
// including those that only conflicts mention.
func TestQueries(t *testing.T) {
	f, number := shipped.Framework(t), drawn(t)
	tallies := make([]map[string]int, len(oracle(t)))
	for i, s := range oracle(t) {
		tallies[i] = map[string]int{}
		t.Run(s.id, func(t *testing.T) {
			t.Parallel()
			random, wrong := rand.New(rand.NewPCG(number, uint64(i))), 0
			for range (situations() + len(oracle(t)) - 1) / len(oracle(t)) {
				q := s.draw(f, random)
				got := s.decision.Explain(q.situation)
				if got, want := q.write(f, got), q.explain(t, f, got).String(); got != want {
					t.Errorf("with %s:\n got\n%s\nwant\n%s", q, got, want)
					if wrong++; wrong == 5 {
						t.FailNow()
					}
				}
				q.replay(t, got)
				tallies[i][got.Verdict.String()]++
				tallies[i]["provisional"] += bit(got.Provisional != nil)
				tallies[i][got.Withheld.String()]++
				tallies[i][got.Direction.String()]++
				tallies[i]["waiting"] += bit(len(got.Waiting) > 0)
				tallies[i]["on an edge"] += bit(len(got.Edges) > 0)
				tallies[i]["provisional flip"] += bit(got.Provisional != nil && len(got.Flips) > 0)
				for _, fact := range got.Ask {
					tallies[i]["range asked"] += bit(q.situation[fact].Range != nil)
				}
				for _, flip := range got.Flips {
					tallies[i]["range left"] += bit(slices.ContainsFunc(flip.Set, q.ranged))
					tallies[i]["range narrowed"] += bit(slices.ContainsFunc(flip.Given, q.ranged))
				}
			}
			t.Log(tallies[i])
		})
	}
	t.Cleanup(func() { // when all have run
		for _, kind := range []string{"skip", "wait", "prepare", "consider", "adopt", "undetermined", "provisional",
			"nothing_said", "open", "not_now", "pursue", "waiting", "on an edge", "provisional flip", "range asked", "range left", "range narrowed"} {
			if !slices.ContainsFunc(tallies, func(tally map[string]int) bool { return tally[kind] > 0 }) {
				t.Errorf("no situation was %s: the draw is too narrow", kind)
			}
		}
	})
}

// replay feeds the engine's own results back: a flip, applied, gives exactly its verdict and reasons; so does what a
// provisional answer assumes; and the sufficient facts alone leave the same verdicts possible.
func (q *query) replay(t *testing.T, e decide.Explanation) {
	t.Helper()
	again := func(what string, s fact.Situation, verdict decide.Verdict, reasons []decide.Reason) {
		set := q.decision.Outcomes(q.decision.State(s))
		if set.Verdict() != verdict || reasons != nil && !slices.Equal(set.Reasons(), reasons) {
			t.Errorf("with %s: %s gives %v %v, want %v %v", q, what, set.Verdicts(), set.Reasons(), verdict, reasons)
		}
	}
	supposed := slices.Clone(q.situation)
	if p := e.Provisional; p != nil {
		for _, a := range p.Assuming {
			place := q.places[slices.Index(q.engine, a.Fact)]
			presumed, _ := presumption(place)
			supposed[a.Fact] = value(place, presumed)
		}
		again("what is assumed", supposed, p.Verdict, p.Reasons)
	}
	for _, flip := range e.Flips {
		s := slices.Clone(supposed)
		for _, setting := range slices.Concat(flip.Set, flip.Given) {
			s[setting.Fact] = setting.Value
		}
		again("the flip", s, flip.Verdict, flip.Reasons)
	}
	s := make(fact.Situation, len(q.situation))
	for _, fact := range e.Sufficient {
		s[fact] = q.situation[fact]
	}
	if got := q.decision.Outcomes(q.decision.State(s)).Verdicts(); !slices.Equal(got, e.Possible) {
		t.Errorf("with %s: what suffices leaves %v, want %v", q, got, e.Possible)
	}
}

// query is a situation and what the oracle needs to answer about one capability.
type query struct {
	*space
	sheet     factSheet
	known     []bool // by place in the fact sheet
	spans     map[int]span
	unsettled []bool // by place
	digits    digits
	situation fact.Situation
}

// draw makes a situation: how much is known is drawn first, and how often what is known is unremarkable.
func (s *space) draw(f *framework.Framework, random *rand.Rand) *query {
	q := &query{space: s, known: make([]bool, len(factNames())), unsettled: make([]bool, len(factNames())), spans: map[int]span{}, situation: f.Dictionary.NewSituation()}
	much, dull := random.Float64()*1.25, random.Float64()
	for place, fact := range factNames() {
		if random.Float64() >= much {
			continue
		}
		if limits, ok := drawSpan(random, fact); ok && random.IntN(3) == 0 {
			q.giveSpan(f, place, limits)
			continue
		}
		v := sample(random, fact)
		if presumed, ok := presumption(place); ok && random.Float64() < dull {
			v = presumed
		}
		q.give(f, place, v)
	}
	q.unsettle(f, random)
	for i, d := range s.facts {
		digit := len(d.cells)
		cellOf := func(v any) int { return slices.IndexFunc(d.cells, func(c cell) bool { return c.has(v) }) }
		if limits, limited := q.spans[s.places[i]]; limited {
			digit = s.run(i, cellOf(limits.low), cellOf(limits.high))
		} else if q.known[s.places[i]] {
			digit = cellOf(q.sheet.get(s.places[i]))
		}
		q.digits = append(q.digits, digit)
	}
	return q
}

// ranged reports whether a setting is of a fact that is known within a range.
func (q *query) ranged(s fact.Setting) bool { return q.situation[s.Fact].Range != nil }

// give makes a fact known.
func (q *query) give(f *framework.Framework, place int, v any) {
	q.sheet.set(place, v)
	q.known[place] = true
	engine, _ := f.Dictionary.Index(factNames()[place])
	q.situation[engine] = value(place, q.sheet.get(place))
}

// String is the situation, as facts.
func (q *query) String() string {
	var list []string
	for place, known := range q.known {
		if known {
			list = append(list, fmt.Sprint(factNames()[place], "=", q.sheet.get(place)))
		}
		if limits, limited := q.spans[place]; limited {
			list = append(list, fmt.Sprint(factNames()[place], "=", limits))
		}
		if q.unsettled[place] {
			list = append(list, factNames()[place]+"=?")
		}
	}
	return "{" + strings.Join(list, ", ") + "}"
}

// explanation is what the engine says and what the oracle wants it to say, in words.
type explanation struct {
	possible, becauses, reasons, waiting, against, sufficient, ask []string
	direction, provisional                                         string
	flips, edges                                                   []string
}

func (e explanation) String() string {
	return fmt.Sprintf("possible %s because %s direction %q\nfor %s waiting %s against %s\nsufficient %s\nask %s\nprovisional %s\nflips\n  %s\nedges %s",
		e.possible, e.becauses, e.direction, e.reasons, e.waiting, e.against, e.sufficient, e.ask, e.provisional, strings.Join(e.flips, "\n  "), e.edges)
}

// explain works out every answer by enumeration. Those to questions are many; they are compared at once.
func (q *query) explain(t *testing.T, f *framework.Framework, got decide.Explanation) explanation {
	t.Helper()
	set := q.possible(q.digits)
	e := explanation{possible: set.verdicts(), sufficient: q.sufficient(), edges: q.edges(), direction: direction(set.verdicts())}
	e.reasons, e.against = q.speak(set)
	if len(e.possible) == 1 {
		e.becauses, e.flips = set.becauses(), q.flips()
		return e
	}
	order := q.ask()
	e.ask, e.waiting = q.names(order), q.waiting()
	q.checkAnswers(t, order, got)
	s := q.suppose(order)
	e.provisional = q.provisional(s)
	if s.withheld == "" {
		e.flips = q.supposing(f, s).flips()
	}
	return e
}

func (q *query) names(dimensions []int) []string {
	var list []string
	for _, i := range dimensions {
		list = append(list, q.facts[i].fact)
	}
	return list
}

// speak lists what stands or holds in every completion, or, for unmet, in none (design.md §5).
func (q *query) speak(set possible) (reasons, against []string) {
	always, never, standing := ^uint32(0), ^uint32(0), ^uint32(0)
	q.each(q.digits, func(state int) {
		always &= q.holds[state]
		never &= ^q.holds[state]
		standing &= q.stands[state]
	})
	verdict, becauses := strings.Join(set.verdicts(), " "), set.becauses()
	unneeded := verdict == "skip" && slices.Contains(becauses, "need")
	for _, list := range "TWMNLR" {
		for i, r := range q.template {
			bit := uint32(1) << i
			if rune(r.kind()) != list {
				continue
			}
			switch list {
			case 'T', 'W':
				if standing&bit != 0 {
					reasons = append(reasons, r.id)
				}
				if list == 'T' && unneeded && never&bit != 0 {
					against = append(against, r.id+" unmet")
				}
				continue
			case 'R':
				if always&bit != 0 {
					against = append(against, "R1 unmet")
				}
				continue
			}
			switch {
			case r.required && never&bit != 0:
				against = append(against, r.id+" unmet")
			case r.required, r.sameAs != "", always&bit == 0:
			case r.effect != "":
				against = append(against, r.id+" "+r.effect)
			case len(r.answers) > 0:
				against = append(against, r.id+" answers")
			}
		}
	}
	if verdict == "consider" && slices.Equal(becauses, []string{"unmeasured"}) {
		against = append(against, "R3 unmet")
	}
	return reasons, against
}

// sufficient drops the given facts in reverse fact order, and checks that none of those left could be dropped as well.
func (q *query) sufficient() []string {
	verdicts := q.verdicts(q.digits)
	d := slices.Clone(q.digits)
	same := func(i int) bool {
		without := slices.Clone(d)
		without[i] = len(q.facts[i].cells)
		return slices.Equal(q.verdicts(without), verdicts)
	}
	for i := len(d) - 1; i >= 0; i-- {
		if same(i) {
			d[i] = len(q.facts[i].cells)
		}
	}
	var kept []int
	for i := range d {
		if !q.unknown(d, i) {
			if same(i) {
				panic("one more could be dropped")
			}
			kept = append(kept, i)
		}
	}
	return q.names(kept)
}

// ask lists the facts, unknown or within a range, that can still matter, in the order of design.md §4.
func (q *query) ask() []int {
	type question struct {
		dimension                                  int
		implied, presumed, unmeasured, gate, spare int
	}
	matters, settles := q.matter()
	var questions []question
	for i := range q.digits {
		if !matters[i] {
			continue
		}
		_, presumed := presumption(q.places[i])
		presumed = presumed && !q.mentioned(q.places[i])
		questions = append(questions, question{i, bit(q.implied(i)), bit(presumed), bit(!q.measured[i]), q.gates[i], -settles[i]})
	}
	slices.SortFunc(questions, func(a, b question) int {
		return cmp.Or(a.implied-b.implied, a.presumed-b.presumed, a.gate-b.gate, a.unmeasured-b.unmeasured,
			cmp.Compare(a.spare, b.spare), a.dimension-b.dimension)
	})
	var order []int
	for _, question := range questions {
		order = append(order, question.dimension)
	}
	return order
}

func bit(is bool) int {
	if is {
		return 1
	}
	return 0
}

// matter says of each fact that is open whether two completions that differ in it alone differ in their verdict, and what asking for
// it settles: k · Σ n(cell, verdict)², over the completions of all that is unknown.
func (q *query) matter() (matters []bool, settles []int) {
	matters, settles = make([]bool, len(q.digits)), make([]int, len(q.digits))
	for i, dimension := range q.facts {
		if !q.open(q.digits, i) {
			continue
		}
		lowest, last := q.ends(q.digits, i)
		first := slices.Clone(q.digits)
		first[i] = lowest
		tally := make([][5]int, len(dimension.cells))
		q.each(first, func(state int) {
			for c := lowest; c <= last; c++ {
				verdict := q.verdict(state + (c-lowest)*q.stride[i])
				tally[c][verdict]++
				if verdict != q.verdict(state) {
					matters[i] = true
				}
			}
		})
		for c := range tally {
			for _, n := range tally[c] {
				settles[i] += n * n
			}
		}
		settles[i] *= last - lowest + 1
	}
	return matters, settles
}

// verdict is a number for the verdict of a complete state.
func (s *space) verdict(state int) int {
	switch outcomes[s.outcome[state]][0] {
	case 's':
		return 0
	case 'w':
		return 1
	case 'p':
		return 2
	case 'c':
		return 3
	}
	return 4
}

// mention finds, for each fact, the earliest gate of the statements that it makes a difference to, and whether one is measured.
func (s *space) mention() {
	s.gates, s.measured = make([]int, len(s.facts)), make([]bool, len(s.facts))
	for i := range s.facts {
		depends := uint32(0)
		for state := range s.holds {
			if state/s.stride[i]%len(s.facts[i].cells) > 0 {
				depends |= s.holds[state] ^ s.holds[state-s.stride[i]]
			}
		}
		s.depends = append(s.depends, depends)
		s.gates[i] = 3
		for k, r := range s.template {
			if depends>>k&1 == 1 {
				s.gates[i], s.measured[i] = min(s.gates[i], r.gate()), s.measured[i] || r.measured
			}
		}
	}
}

// gate is 0 for scale, 1 for need, 2 for readiness, 3 for timing.
func (r row) gate() int {
	switch {
	case r.effect == "floor" || r.required:
		return 0
	case r.kind() == 'T':
		return 1
	case slices.ContainsFunc(r.answers, func(id string) bool { return id[3] == 'T' }):
		return 1
	case r.effect == "blocker":
		return 2
	}
	return 3
}
