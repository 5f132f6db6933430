package framework_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/evals/sweep"
	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// span is a range of a number, as the oracle sees it.
type span struct{ low, high float64 }

func (s span) has(v any) bool {
	n, _ := number(v)
	return s.low <= n && n <= s.high
}

// run is the digit of a dimension that lies in one of its cells from first to last.
func (s *space) run(i, first, last int) int {
	if first == last {
		return first
	}
	return len(s.facts[i].cells)*(first+1) + last + 1
}

// ends are the first and the last cell that a digit leaves to its dimension.
func (s *space) ends(d digits, i int) (first, last int) {
	switch n := len(s.facts[i].cells); {
	case d[i] < n:
		return d[i], d[i]
	case d[i] == n:
		return 0, n - 1
	default:
		return (d[i]-1)/n - 1, (d[i] - 1) % n
	}
}

// open reports whether a dimension can lie in several cells.
func (s *space) open(d digits, i int) bool {
	first, last := s.ends(d, i)
	return first < last
}

// drawSpan is a range between two samples of a fact; not ok where it is not a number.
func drawSpan(random *rand.Rand, fact string) (span, bool) {
	low, numeric := number(sample(random, fact))
	high, _ := number(sample(random, fact))
	if random.IntN(5) == 0 {
		high = most
	}
	return span{min(low, high), max(low, high)}, numeric && low != high
}

// giveSpan makes a fact known within a range.
func (q *query) giveSpan(f *framework.Framework, place int, s span) {
	q.spans[place] = s
	engine, _ := f.Dictionary.Index(factNames()[place])
	q.situation[engine] = fact.Within(f.Dictionary.Fact(engine).Kind, fact.Range{Low: s.low, High: s.high})
}

// samples are the values that a fact can still have, as far as any condition tells them apart.
func (q *query) samples(place int) []any {
	if q.known[place] {
		return []any{q.sheet.get(place)}
	}
	var list []any
	limits, limited := q.spans[place]
	for _, v := range samples(factNames()[place]) {
		if !limited || limits.has(v) {
			list = append(list, v)
		}
	}
	return list
}

// left is the cells of a dimension, as somebody parts it, in which numbers of its range lie, if it has one.
func (q *query) left(i int, cells []cell) []cell {
	limits, limited := q.spans[q.places[i]]
	if !limited {
		return cells
	}
	first := slices.IndexFunc(cells, func(c cell) bool { return c.has(limits.low) })
	last := slices.IndexFunc(cells, func(c cell) bool { return c.has(limits.high) })
	return cells[first : last+1]
}

// within is the value that a number takes which is said to lie in a cell: as given, in the part of it that the range leaves.
func (q *query) within(i, c int) any {
	cells := q.facts[i].cells
	limits, limited := q.spans[q.places[i]]
	switch v := cells[c].given(); {
	case !limited:
		return v
	case cells[c].isLowest && cells[c].high < limits.low: // less than a step is left
		return (limits.low + cells[c].under) / 2
	case cells[c].isLowest:
		return cells[c].high
	case cells[c].low > limits.high:
		return (cells[c-1].high + limits.high) / 2
	default:
		return max(cells[c].low, limits.low)
	}
}

// moved is the value of a cell that a known dimension moves to, and how far that is from what is known of it.
func (q *query) moved(i, c int) (v any, distance float64) {
	limits, limited := q.spans[q.places[i]]
	if !limited {
		return q.facts[i].cells[c].nearest(q.sheet.get(q.places[i]))
	}
	v, distance = q.facts[i].cells[c].nearest(limits.low)
	if above, less := q.facts[i].cells[c].nearest(limits.high); less < distance {
		return above, less
	}
	return v, distance
}

// A range is what all its numbers together are: for each capability, the outcomes within any range are those of the numbers in it.
func TestRangesAreTheirNumbers(t *testing.T) {
	f := shipped.Framework(t)
	random := rand.New(rand.NewPCG(5, 6))
	open := 0
	for _, s := range oracle(t) {
		for range sweep.Of(2_000) {
			situation := s.draw(f, random).situation
			services, _ := f.Dictionary.Index("services")
			low := float64(random.IntN(8))
			high := low + float64(random.IntN(5))
			want := decide.OutcomeSet(0)
			for n := low; n <= high; n++ {
				exact := situation.With(services, fact.Value{Kind: fact.Integer, Number: n})
				want |= s.decision.Outcomes(s.decision.State(exact))
			}
			ranged := situation.With(services, fact.Within(fact.Integer, fact.Range{Low: low, High: high}))
			got := s.decision.Outcomes(s.decision.State(ranged))
			if got != want {
				t.Fatalf("%s: services %v to %v: %v, want %v", s.id, low, high, got.Verdicts(), want.Verdicts())
			}
			if len(got.Verdicts()) > 1 {
				open++
			}
		}
	}
	if open == 0 {
		t.Error("no range left a verdict open")
	}
}

func (s span) String() string { return fmt.Sprintf("%v to %v", s.low, s.high) }
