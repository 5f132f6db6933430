package walks

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/vanhoutenbos/layer2/evals/coverage"
	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// enough is how many findings are looked for: one mistake shows in thousands of walks.
const enough = 5

// Learn walks from knowing nothing to knowing everything, many times, in random order and to random values, and looks at every
// capability after every fact. It reports where learning a fact made an outcome possible that was not possible before, or where the
// end is not one outcome, and how many steps it looked at. Equal seeds give equal walks.
func Learn(f *framework.Framework, seed uint64, walks int) (steps int, findings []string, err error) {
	l, err := newLearner(f)
	if err != nil {
		return 0, nil, err
	}
	workers := runtime.GOMAXPROCS(0)
	results := make([]struct {
		steps    int
		findings []string
	}, workers)
	var running sync.WaitGroup
	for w := range workers {
		running.Go(func() {
			for walk := w; walk < walks && len(results[w].findings) < enough; walk += workers {
				n, found := l.walk(rand.New(rand.NewPCG(seed, uint64(walk))))
				results[w].steps += n
				results[w].findings = append(results[w].findings, found...)
			}
		})
	}
	running.Wait()
	for _, r := range results {
		steps += r.steps
		findings = append(findings, r.findings...)
	}
	slices.Sort(findings)
	return steps, findings, nil
}

// learner is what all walks share.
type learner struct {
	framework *framework.Framework
	// facts are those that verdicts look at, users the capabilities that look at each.
	facts []int
	users map[int][]*framework.Capability
	// limits are the largest numbers that conditions compare a fact with.
	limits map[int]float64
}

func newLearner(f *framework.Framework) (*learner, error) {
	l := &learner{framework: f, users: map[int][]*framework.Capability{}, limits: map[int]float64{}}
	for _, c := range f.Capabilities {
		for _, fact := range c.Decision.Facts() {
			l.users[fact] = append(l.users[fact], c)
		}
	}
	for fact := range f.Dictionary.Len() {
		if l.users[fact] != nil {
			l.facts = append(l.facts, fact)
		}
	}
	conditions, err := coverage.Conditions(f)
	if err != nil {
		return nil, err
	}
	for _, condition := range conditions {
		for _, atom := range condition.Atoms() {
			fact, known := f.Dictionary.Index(atom.Fact)
			if limit, ok := atom.Number(); ok && known {
				l.limits[fact] = max(l.limits[fact], limit)
			}
		}
	}
	return l, nil
}

// walk learns every fact once.
func (l *learner) walk(random *rand.Rand) (steps int, findings []string) {
	s := l.framework.Dictionary.NewSituation()
	possible := map[*framework.Capability]decide.OutcomeSet{}
	for _, c := range l.framework.Capabilities {
		possible[c] = c.Decision.Outcomes(c.Decision.State(s))
	}
	for _, i := range random.Perm(len(l.facts)) {
		fact := l.facts[i]
		s[fact] = l.draw(fact, random)
		for _, c := range l.users[fact] {
			steps++
			now := c.Decision.Outcomes(c.Decision.State(s))
			if now&^possible[c] != 0 || now == 0 {
				findings = append(findings, fmt.Sprintf("%s: learning %s makes %v possible after %v: %s", c.ID, l.framework.Facts[fact].ID, now.Verdicts(), possible[c].Verdicts(), l.words(c, s)))
			}
			possible[c] = now
		}
	}
	for _, c := range l.framework.Capabilities {
		if set := possible[c]; set&(set-1) != 0 {
			findings = append(findings, fmt.Sprintf("%s: everything is known, and %v possible: %s", c.ID, set.Verdicts(), l.words(c, s)))
		}
	}
	return steps, findings
}

// words are the facts of a capability that are known.
func (l *learner) words(c *framework.Capability, s fact.Situation) string {
	var known []string
	for _, index := range c.Decision.Facts() {
		if s[index].Kind != fact.Unknown {
			known = append(known, fmt.Sprintf("%s = %s", l.framework.Facts[index].ID, s[index]))
		}
	}
	return strings.Join(known, ", ")
}

// draw is a value of a fact; numbers reach twice as far as the largest limit.
func (l *learner) draw(index int, random *rand.Rand) fact.Value {
	about := l.framework.Dictionary.Fact(index)
	value := fact.Value{Kind: about.Kind}
	switch about.Kind {
	case fact.Boolean:
		value.Bool = random.IntN(2) == 1
	case fact.Choice:
		value.Text = about.Values[random.IntN(len(about.Values))]
	case fact.Set:
		for _, member := range about.Values {
			if random.IntN(3) == 0 {
				value.Members = append(value.Members, member)
			}
		}
	default:
		step := about.Step
		if step == 0 {
			step = 1
		}
		value.Number = step * float64(random.IntN(int(2*l.limits[index]/step)+2))
	}
	return value
}
