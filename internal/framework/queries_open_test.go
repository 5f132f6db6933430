package framework_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// What an undetermined verdict says of what is open (logic.md §1, design.md §5), worked out by enumeration.

// mentioned reports whether anybody said anything about a fact.
func (q *query) mentioned(place int) bool {
	_, limited := q.spans[place]
	return q.known[place] || limited || q.unsettled[place]
}

// given reports whether a fact has a value or a range.
func (q *query) given(place int) bool {
	_, limited := q.spans[place]
	return q.known[place] || limited
}

// unsettle marks some of the unknown facts as mentioned and left open.
func (q *query) unsettle(f *framework.Framework, random *rand.Rand) {
	often := random.Float64() / 2
	for place, name := range factNames() {
		if !q.given(place) && random.Float64() < often {
			q.unsettled[place] = true
			engine, _ := f.Dictionary.Index(name)
			q.situation[engine] = fact.Value{Unsettled: true}
		}
	}
}

// direction is what is certain whatever the answers.
func direction(verdicts []string) string {
	now := func(v string) bool { return v == "prepare" || v == "consider" || v == "adopt" }
	switch {
	case len(verdicts) < 2:
		return ""
	case !slices.ContainsFunc(verdicts, now):
		return "not_now"
	case !slices.ContainsFunc(verdicts, func(v string) bool { return !now(v) }):
		return "pursue"
	}
	return ""
}

// waiting are the triggers and reasons for now that hold in every completion, and are answered in some only, with the open facts that
// what may answer them depends on.
func (q *query) waiting() []string {
	always, sometimes, standing, stands := ^uint32(0), uint32(0), ^uint32(0), uint32(0)
	q.each(q.digits, func(state int) {
		always, sometimes = always&q.holds[state], sometimes|q.holds[state]
		standing, stands = standing&q.stands[state], stands|q.stands[state]
	})
	var list []string
	for _, kind := range "TW" {
		for i, r := range q.template {
			if rune(r.kind()) != kind || always>>i&1 == 0 || standing>>i&1 == 1 || stands>>i&1 == 0 {
				continue
			}
			var on []string
			for k, d := range q.facts {
				for j, answering := range q.template {
					varies := always>>j&1 == 0 && sometimes>>j&1 == 1
					if varies && slices.Contains(answering.answers, r.id) && q.depends[k]>>j&1 == 1 && q.open(q.digits, k) {
						on = append(on, d.fact)
						break
					}
				}
			}
			list = append(list, fmt.Sprint(r.id, " on ", on))
		}
	}
	return list
}

// possibly reports whether a conflict holds with a value of one fact and some values of the unsettled ones and the ranges.
func (q *query) possibly(c conflict, place int, v any) bool {
	p := q.sheet
	p.set(place, v)
	var open []int
	for _, name := range c.facts {
		if at := factPlace(name); at != place && !q.known[at] {
			open = append(open, at)
		}
	}
	var some func(open []int) bool
	some = func(open []int) bool {
		if len(open) == 0 {
			return c.holds(&p)
		}
		return slices.ContainsFunc(q.samples(open[0]), func(v any) bool {
			p.set(open[0], v)
			return some(open[1:])
		})
	}
	return some(open)
}

// presumable reports whether an unknown fact may be presumed, and to be what.
func (q *query) presumable(i int) (any, bool) {
	place := q.places[i]
	v, ok := presumption(place)
	if !ok || q.mentioned(place) {
		return nil, false
	}
	for _, c := range conflicts() {
		others := slices.DeleteFunc(slices.Clone(c.facts), func(name string) bool { return factPlace(name) == place })
		if len(others) == len(c.facts) || slices.ContainsFunc(others, func(name string) bool { return !q.mentioned(factPlace(name)) }) {
			continue
		}
		if q.possibly(c, place, v) {
			return nil, false
		}
	}
	return v, true
}

// supposed is the provisional answer: what it assumes, the partial state with that, or why there is none.
type supposed struct {
	digits   digits
	assuming []int
	withheld string
}

func (q *query) suppose(order []int) supposed {
	d := slices.Clone(q.digits)
	spoken := false
	var presumed []int
	for i, dimension := range q.facts {
		spoken = spoken || q.gates[i] <= 1 && q.mentioned(q.places[i])
		if v, ok := q.presumable(i); ok {
			d[i] = slices.IndexFunc(dimension.cells, func(c cell) bool { return c.has(v) })
			presumed = append(presumed, i)
		}
	}
	verdicts := q.verdicts(d)
	switch {
	case !spoken:
		return supposed{withheld: "nothing_said"}
	case len(verdicts) != 1:
		return supposed{withheld: "open"}
	}
	for _, i := range slices.Backward(presumed) {
		kept := d[i]
		d[i] = len(q.facts[i].cells)
		if !slices.Equal(q.verdicts(d), verdicts) {
			d[i] = kept
		}
	}
	s := supposed{digits: d}
	for _, i := range order {
		if d[i] != q.digits[i] {
			s.assuming = append(s.assuming, i)
		}
	}
	return s
}

// provisional is the answer in words, with what stands then and what happens otherwise.
func (q *query) provisional(s supposed) string {
	if s.withheld != "" {
		return s.withheld
	}
	standing := ^uint32(0)
	q.each(s.digits, func(state int) { standing &= q.stands[state] })
	var stands, assuming []string
	for _, kind := range "TW" {
		for i, r := range q.template {
			if rune(r.kind()) == kind && standing>>i&1 == 1 {
				stands = append(stands, r.id)
			}
		}
	}
	for _, i := range s.assuming {
		var otherwise possible
		d := slices.Clone(s.digits)
		for c := range q.facts[i].cells {
			if d[i] = c; c != s.digits[i] {
				otherwise |= q.possible(d)
			}
		}
		assuming = append(assuming, fmt.Sprint(q.facts[i].fact, " else ", otherwise.verdicts()))
	}
	return fmt.Sprint(q.verdicts(s.digits)[0], " ", q.possible(s.digits).becauses(), " for ", stands, " if ", assuming)
}

// supposing is the query with what a provisional answer assumes given.
func (q *query) supposing(f *framework.Framework, s supposed) *query {
	with := *q
	with.known, with.unsettled, with.situation = slices.Clone(q.known), slices.Clone(q.unsettled), slices.Clone(q.situation)
	for _, i := range s.assuming {
		v, _ := presumption(q.places[i])
		with.give(f, q.places[i], v)
	}
	with.digits = s.digits
	return &with
}

// stepOf is how far "one step" is for a number.
func stepOf(name string) float64 {
	if strings.HasPrefix(name, "debugging_hours") {
		return 0.25
	}
	return 1
}

// edges are the known numbers that one step takes to other possible verdicts.
func (q *query) edges() []string {
	var list []string
	for i, dimension := range q.facts {
		n, numeric := number(q.sheet.get(q.places[i]))
		if !numeric || !q.known[q.places[i]] {
			continue
		}
		for _, next := range []float64{n - stepOf(dimension.fact), n + stepOf(dimension.fact)} {
			if next < 0 {
				continue
			}
			d := slices.Clone(q.digits)
			d[i] = slices.IndexFunc(dimension.cells, func(c cell) bool { return c.has(next) })
			if there := q.verdicts(d); !slices.Equal(there, q.verdicts(q.digits)) {
				list = append(list, fmt.Sprintf("%s %.9g %v", dimension.fact, next, there))
			}
		}
	}
	return list
}

// checkAnswers holds the answers to the first questions against the verdicts of each value that the fact can still have: exactly one
// answer covers it, and says what is possible then.
func (q *query) checkAnswers(t *testing.T, order []int, e decide.Explanation) {
	t.Helper()
	if want := min(len(order), 3); len(e.Answers) != want {
		t.Fatalf("with %s: %d questions have answers, want %d", q, len(e.Answers), want)
	}
	for n, answers := range e.Answers {
		i := order[n]
		distinct := map[string]bool{}
		for _, v := range q.samples(q.places[i]) {
			d := slices.Clone(q.digits)
			d[i] = slices.IndexFunc(q.facts[i].cells, func(c cell) bool { return c.has(v) })
			want := fmt.Sprint(q.verdicts(d))
			distinct[want] = true
			var got []string
			for k, answer := range answers {
				if answersFor(answers, k, v) {
					got = append(got, fmt.Sprint(words(answer.Possible)))
				}
			}
			if !slices.Equal(got, []string{want}) {
				t.Errorf("with %s: %s = %v leads to %v, want %s", q, q.facts[i].fact, v, got, want)
			}
		}
		if len(answers) != len(distinct) {
			t.Errorf("with %s: %s has %d answers, want %d", q, q.facts[i].fact, len(answers), len(distinct))
		}
	}
}

// answersFor reports whether one of the answers is about a value.
func answersFor(answers []decide.Answer, k int, v any) bool {
	is := answers[k].Is
	members, isSet := v.([]string)
	if is.Else {
		return isSet && !slices.ContainsFunc(answers, func(a decide.Answer) bool {
			return !a.Is.Else && answersFor([]decide.Answer{a}, 0, v)
		})
	}
	if isSet {
		return is.None && len(members) == 0 ||
			slices.ContainsFunc(members, func(m string) bool { return slices.Contains(is.AnyOf, m) }) ||
			slices.ContainsFunc(is.Values, func(w fact.Value) bool { return same(w.Members, members) })
	}
	return slices.ContainsFunc(is.Values, func(w fact.Value) bool {
		switch v := v.(type) {
		case bool:
			return w.Bool == v
		case string:
			return w.Text == v
		}
		n, _ := number(v)
		return w.Range == nil && w.Number == n || w.Range != nil && w.Range.Has(n)
	})
}
