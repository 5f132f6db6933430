package walks

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/vanhoutenbos/layer2/evals/coverage"
	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// Effort is how many questions it takes to decide, from knowing nothing; all answers that conditions tell apart weigh the same.
type Effort struct {
	Mean  float64
	Worst int
}

// Questions is what one capability asks, in three orders. None asks what no longer matters.
type Questions struct {
	Capability string
	// Facts is how many facts can matter.
	Facts int
	// Asked is in the order of the answers' own questions, FactOrder in the dictionary's: both exact, over every way in which they
	// could be answered. Random is a sample.
	Asked, FactOrder, Random Effort
	// Paths is in how many ways the answers' own questions can be answered until a verdict is decided: each was followed.
	Paths int
}

// Ask follows the questions of every capability to the end. It is an error if some answers leave a verdict open with nothing to ask,
// or if a question does not end with as many questions as there are facts. Equal seeds give equal samples.
func Ask(f *framework.Framework, seed uint64, games int) ([]Questions, error) {
	var all []Questions
	for i, c := range f.Capabilities {
		cells, err := coverage.Cells(f.Dictionary, c.Model.Conditions())
		if err != nil {
			return nil, err
		}
		a := &asker{capability: c, cells: cells, random: rand.New(rand.NewPCG(seed, uint64(i)))}
		nothing := f.Dictionary.NewSituation()
		q := Questions{Capability: c.ID.Value, Facts: len(c.Decision.Explain(nothing).Ask)}
		first := func(ask []int) int { return ask[0] }
		if q.Asked, err = a.follow(nothing, 0, first); err != nil {
			return nil, err
		}
		q.Paths = a.paths
		if q.FactOrder, err = a.follow(nothing, 0, slices.Min[[]int]); err != nil {
			return nil, err
		}
		if q.Random, err = a.sample(nothing, games); err != nil {
			return nil, err
		}
		all = append(all, q)
	}
	return all, nil
}

// asker asks about one capability.
type asker struct {
	capability *framework.Capability
	cells      map[int][]fact.Value
	random     *rand.Rand
	paths      int
}

// open is what can still be asked in a situation; none if the verdict is decided.
func (a *asker) open(s fact.Situation, asked int) ([]int, error) {
	e := a.capability.Decision.Explain(s)
	switch {
	case (len(e.Ask) == 0) != (e.Verdict != decide.Undetermined):
		return nil, fmt.Errorf("%s is %s and asks for %d facts after %d answers: %v", a.capability.ID, e.Verdict, len(e.Ask), asked, s)
	case slices.ContainsFunc(e.Ask, func(index int) bool { return s[index].Kind != fact.Unknown }):
		return nil, fmt.Errorf("%s asks for what was answered: %v", a.capability.ID, s)
	}
	return e.Ask, nil
}

// follow asks the fact that is chosen, and goes on with each of its answers, to the end.
func (a *asker) follow(s fact.Situation, asked int, choose func([]int) int) (Effort, error) {
	ask, err := a.open(s, asked)
	if err != nil || len(ask) == 0 {
		a.paths++
		return Effort{0, asked}, err
	}
	fact := choose(ask)
	answers := a.cells[fact]
	total := Effort{Mean: 1}
	for _, answer := range answers {
		rest, err := a.follow(s.With(fact, answer), asked+1, choose)
		if err != nil {
			return Effort{}, err
		}
		total.Mean += rest.Mean / float64(len(answers))
		total.Worst = max(total.Worst, rest.Worst)
	}
	return total, nil
}

// sample plays games in which questions and answers are drawn at random.
func (a *asker) sample(nothing fact.Situation, games int) (Effort, error) {
	var total Effort
	for range games {
		s := nothing
		for asked := 0; ; asked++ {
			ask, err := a.open(s, asked)
			if err != nil {
				return Effort{}, err
			}
			if len(ask) == 0 {
				total.Mean += float64(asked) / float64(games)
				total.Worst = max(total.Worst, asked)
				break
			}
			fact := ask[a.random.IntN(len(ask))]
			s = s.With(fact, a.cells[fact][a.random.IntN(len(a.cells[fact]))])
		}
	}
	return total, nil
}
