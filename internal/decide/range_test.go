package decide

import (
	"math/rand/v2"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// numbersOf are numbers of a range, one at least in each cell that it meets: its ends, and what lies beside every literal.
func numbersOf(v *variable, r fact.Range) []float64 {
	near := []float64{r.Low, r.High, (r.Low + r.High) / 2}
	for _, atom := range v.atoms {
		n := atom.literal.Number
		near = append(near, n, n-v.step, n+v.step, (n+r.Low)/2, (n+r.High)/2)
	}
	var numbers []float64
	for _, n := range near {
		if v.kind == fact.Integer {
			n = float64(int64(n))
		}
		if n >= r.Low && n <= r.High {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

// ranged is a situation in which some facts are known, and numbers within a range.
func ranged(random *rand.Rand, d *Decision) fact.Situation {
	s := d.dictionary.NewSituation()
	for _, v := range d.variables {
		switch {
		case random.IntN(4) == 0:
		case v.kind.Numeric():
			low := float64(random.IntN(9))
			s[v.fact] = fact.Within(v.kind, fact.Range{Low: low, High: low + float64(1+random.IntN(6))})
		default:
			s[v.fact] = v.cells[random.IntN(len(v.cells))].value(v.step)
		}
	}
	return s
}

// eachNumber visits a situation with each range replaced by its numbers.
func eachNumber(d *Decision, s fact.Situation, visit func(fact.Situation)) {
	for i := range d.variables {
		v := &d.variables[i]
		if r := s[v.fact].Range; r != nil {
			for _, n := range numbersOf(v, *r) {
				eachNumber(d, s.With(v.fact, fact.Value{Kind: v.kind, Number: n}), visit)
			}
			return
		}
	}
	visit(s)
}

// For random models: a range leaves what its numbers leave, and a flip leaves it, or says where in it the number lies.
func TestRanges(t *testing.T) {
	random := rand.New(rand.NewPCG(21, 22))
	dictionary := picnicFacts(t)
	left, narrowed, asked := 0, 0, 0
	for range 400 {
		d := compile(t, dictionary, randomModel(t, random, dictionary))
		for range 8 {
			s := ranged(random, d)
			want := OutcomeSet(0)
			eachNumber(d, s, func(exact fact.Situation) { want |= d.Outcomes(d.State(exact)) })
			if got := d.Outcomes(d.State(s)); got != want {
				t.Fatalf("with %+v: %v, want %v", s, got.Verdicts(), want.Verdicts())
			}
			e := d.Explain(s)
			for _, fact := range e.Ask {
				if s[fact].Range != nil {
					asked++
				}
			}
			if e.Provisional != nil {
				s, _ = d.assume(s, stateOf(d.variables, s), e.Provisional)
			}
			for _, flip := range e.Flips {
				changed := s
				for _, set := range flip.Set {
					changed = changed.With(set.Fact, set.Value)
					if r := s[set.Fact].Range; r != nil {
						left++
						if n := set.Value.Number; n >= r.Low && n <= r.High {
							t.Errorf("%v to %v is left for %v", r.Low, r.High, n)
						}
					}
				}
				for _, given := range flip.Given {
					changed = changed.With(given.Fact, given.Value)
					if r := s[given.Fact].Range; r != nil {
						narrowed++
						if n := given.Value.Number; n < r.Low || n > r.High {
							t.Errorf("%v is given in %v to %v", n, r.Low, r.High)
						}
					}
				}
				if got := d.Outcomes(d.State(changed)); got.Verdict() != flip.Verdict {
					t.Errorf("with %+v the flip gives %v, want %v", changed, got.Verdicts(), flip.Verdict)
				}
			}
		}
	}
	if left < 50 || narrowed < 20 || asked < 50 {
		t.Errorf("the draw is too narrow: %d left, %d narrowed, %d asked", left, narrowed, asked)
	}
}

// What a range is to a condition, and to a theme that asks for it.
func TestRangeInACondition(t *testing.T) {
	dictionary, err := fact.NewDictionary([]fact.Fact{{Name: "guests", Kind: fact.Integer}, {Name: "hours", Kind: fact.Number, Step: 0.25}})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		condition string
		fact      int
		low, high float64
		want      Truth
		open      int
	}{
		{"guests > 5", 0, 5, 6, Maybe, 1},
		{"guests > 5", 0, 6, 9, Yes, 0},
		{"guests > 5", 0, 2, 5, No, 0},
		{"guests > 5", 0, 6, fact.Largest, Yes, 0},
		{"guests > 5 && guests < 7", 0, 6, 6, Yes, 0},
		{"guests == 6", 0, 5, 7, Maybe, 1},
		{"guests != 6", 0, 7, 9, Yes, 0},
		{"guests > 5 && guests < 3", 0, 1, 9, No, 0},
		{"hours > 4", 1, 0, 4, No, 0},
		{"hours > 4", 1, 4, 4.01, Maybe, 1},
		{"hours >= 4", 1, 4, 9, Yes, 0},
		{"hours < 4", 1, 3.9, 4, Maybe, 1},
	} {
		condition, err := Parse(test.condition, dictionary)
		if err != nil {
			t.Fatal(err)
		}
		p, err := NewPredicate(dictionary, condition)
		if err != nil {
			t.Fatal(err)
		}
		s := dictionary.NewSituation()
		s[test.fact] = fact.Within(dictionary.Fact(test.fact).Kind, fact.Range{Low: test.low, High: test.high})
		if got, open := p.Truth(s), p.Open(s); got != test.want || len(open) != test.open {
			t.Errorf("%s with %v to %v: %v, open %v, want %v, %d open", test.condition, test.low, test.high, got, open, test.want, test.open)
		}
	}
}

func TestRangesAreEqualByTheirEnds(t *testing.T) {
	a, b := fact.Within(fact.Integer, fact.Range{Low: 5, High: 6}), fact.Within(fact.Integer, fact.Range{Low: 5, High: 6})
	if !a.Equal(b) || a.Equal(fact.Within(fact.Integer, fact.Range{Low: 5, High: 7})) || a.Equal(fact.Value{Kind: fact.Integer}) {
		t.Error("ranges compare by something else")
	}
}
