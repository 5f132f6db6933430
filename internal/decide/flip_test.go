package decide

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// flipTrial tries every way to change or give facts, for random models on random situations.
type flipTrial struct {
	d         *Decision
	verdict   table // by complete state
	situation fact.Situation
	known     state
}

// bestFlips are the best ways to each other verdict, each compared by one list of numbers: how many are changed and given, which
// facts, how far numbers move, which cells.
func (f *flipTrial) bestFlips(present Verdict) []Flip {
	best, keys := map[Verdict]state{}, map[Verdict][]float64{}
	target := slices.Clone(f.known)
	var walk func(level int)
	walk = func(level int) {
		if level == len(target) {
			verdict := Undetermined
			f.verdict.each(target, func(_ []int, leaf int32) {
				if verdict == Undetermined {
					verdict = Verdict(leaf)
				} else if verdict != Verdict(leaf) {
					verdict = Undetermined + 1
				}
			})
			if verdict >= Undetermined || verdict == present {
				return
			}
			if key := f.key(target); keys[verdict] == nil || slices.Compare(key, keys[verdict]) < 0 {
				best[verdict], keys[verdict] = slices.Clone(target), key
			}
			return
		}
		walk(level + 1)
		for cell := range f.d.variables[level].cells {
			if target[level] = 1 << cell; target[level] != f.known[level] {
				walk(level + 1)
			}
		}
		target[level] = f.known[level]
	}
	walk(0)
	var flips []Flip
	for verdict := Skip; verdict < Undetermined; verdict++ {
		if s, found := best[verdict]; found {
			flips = append(flips, f.write(s, verdict))
		}
	}
	return flips
}

// changes are the settings of a target, of facts that were known (set) or not (given), with the cells that they take.
func (f *flipTrial) changes(target state, given bool) (settings []fact.Setting, cells []int) {
	for level, v := range f.d.variables {
		present := f.situation[v.fact]
		if target[level] == f.known[level] || (present.Kind == fact.Unknown) != given {
			continue
		}
		cell := slices.IndexFunc(v.cells, func(c Cell) bool { return target[level] == 1<<v.cell(c.value(v.step)) })
		value := v.cells[cell].value(v.step)
		if !given && len(v.cells[cell].ranges) > 0 {
			value.Number = v.cells[cell].nearest(present.Number, v.step)
		}
		settings, cells = append(settings, fact.Setting{Fact: v.fact, Value: value}), append(cells, cell)
	}
	return settings, cells
}

func (f *flipTrial) key(target state) []float64 {
	set, setCells := f.changes(target, false)
	given, givenCells := f.changes(target, true)
	key := []float64{float64(len(set)), float64(len(given))}
	for _, s := range slices.Concat(set, given) {
		key = append(key, float64(s.Fact))
	}
	for _, s := range set {
		key = append(key, math.Abs(s.Value.Number-f.situation[s.Fact].Number))
	}
	for _, cell := range slices.Concat(setCells, givenCells) {
		key = append(key, float64(cell))
	}
	return key
}

func (f *flipTrial) write(target state, verdict Verdict) Flip {
	flip := Flip{Verdict: verdict, Reasons: f.d.Outcomes(State{target}).Reasons()}
	flip.Set, _ = f.changes(target, false)
	flip.Given, _ = f.changes(target, true)
	return flip
}

func TestFlipsAreTheBestOfAll(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 14))
	dictionary := picnicFacts(t)
	flipped := 0
	for range 60 {
		d := compile(t, dictionary, randomModel(t, random, dictionary))
		f := &flipTrial{d: d}
		for _, v := range d.variables {
			f.verdict.widths = append(f.verdict.widths, len(v.cells))
		}
		every := f.verdict.all()
		blank := table{widths: f.verdict.widths, leaf: make([]int32, 1<<16)}
		blank.each(every, func(cells []int, _ int32) {
			f.verdict.leaf = append(f.verdict.leaf, int32(d.Outcome(Complete{numbers(cells)}).Verdict))
		})
		for range 12 {
			f.situation = dictionary.NewSituation()
			for _, v := range d.variables {
				if random.IntN(3) > 0 {
					f.situation[v.fact] = v.cells[random.IntN(len(v.cells))].value(v.step)
				}
			}
			f.known = d.State(f.situation).cells
			e := d.Explain(f.situation)
			if e.Verdict == Undetermined {
				continue
			}
			want := f.bestFlips(e.Verdict)
			flipped += len(want)
			if !reflect.DeepEqual(e.Flips, want) {
				t.Fatalf("%v with %v:\n got %+v\nwant %+v", e.Verdict, f.situation, e.Flips, want)
			}
		}
	}
	if flipped < 100 {
		t.Errorf("only %d flips were compared", flipped)
	}
}
