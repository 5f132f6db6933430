package framework_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// surely reports whether all facts of a conflict are given and it holds, whatever its ranges turn out to be; with one fact set, if place
// is not negative.
func (q *query) surely(c conflict, place int, v any) bool {
	p := q.sheet
	var open []int
	for _, fact := range c.facts {
		switch at := factPlace(fact); {
		case at == place:
			p.set(at, v)
		case !q.given(at):
			return false
		case !q.known[at]:
			open = append(open, at)
		}
	}
	var every func(open []int) bool
	every = func(open []int) bool {
		if len(open) == 0 {
			return c.holds(&p)
		}
		for _, v := range q.samples(open[0]) {
			p.set(open[0], v)
			if !every(open[1:]) {
				return false
			}
		}
		return true
	}
	return every(open)
}

// clashes reports whether a value would make a conflict hold that does not hold yet.
func (q *query) clashes(place int, v any) bool {
	return slices.ContainsFunc(conflicts(), func(c conflict) bool {
		return slices.Contains(c.facts, factNames()[place]) && q.surely(c, place, v) && !q.surely(c, -1, nil)
	})
}

// implied reports whether at most one answer is left that clashes with nothing.
func (q *query) implied(i int) bool {
	if q.measured[i] {
		return false
	}
	answers := q.facts[i].answers
	if answers == nil {
		answers = q.facts[i].cells
	}
	free, clashing := 0, 0
	for _, answer := range q.left(i, answers) {
		if q.clashes(q.places[i], answer.given()) {
			clashing++
		} else {
			free++
		}
	}
	return clashing > 0 && free <= 1
}

// write is the engine's explanation in the same words.
func (q *query) write(f *framework.Framework, e decide.Explanation) string {
	w := explanation{
		possible: words(e.Possible), becauses: words(e.Reasons), reasons: e.For, direction: e.Direction.String(),
		sufficient: factsOf(f, e.Sufficient), ask: factsOf(f, e.Ask), provisional: e.Withheld.String(),
	}
	for _, waiting := range e.Waiting {
		w.waiting = append(w.waiting, fmt.Sprint(waiting.ID, " on ", factsOf(f, waiting.On)))
	}
	for _, edge := range e.Edges {
		w.edges = append(w.edges, fmt.Sprintf("%s %.9g %v", f.Dictionary.Fact(edge.Fact).Name, edge.Next.Number, words(edge.Possible)))
	}
	for _, objection := range e.Against {
		w.against = append(w.against, fmt.Sprint(objection.ID, " ", objection.Effect))
	}
	if p := e.Provisional; p != nil {
		var assuming []string
		for _, a := range p.Assuming {
			assuming = append(assuming, fmt.Sprint(f.Dictionary.Fact(a.Fact).Name, " else ", words(a.Otherwise)))
		}
		w.provisional = fmt.Sprint(p.Verdict, " ", words(p.Reasons), " for ", p.For, " if ", assuming)
	}
	for _, flip := range e.Flips {
		w.flips = append(w.flips, fmt.Sprintf("%v %v: set %s given %s", flip.Verdict, words(flip.Reasons), settings(f, flip.Set), settings(f, flip.Given)))
	}
	return w.String()
}

func words[T fmt.Stringer](list []T) []string {
	var words []string
	for _, word := range list {
		words = append(words, word.String())
	}
	return words
}

func settings(f *framework.Framework, list []fact.Setting) string {
	var words []string
	for _, s := range list {
		var v any = s.Value.Text
		switch s.Value.Kind {
		case fact.Boolean:
			v = s.Value.Bool
		case fact.Integer, fact.Number:
			v = s.Value.Number
		case fact.Set:
			v = s.Value.Members
		}
		words = append(words, fmt.Sprint(f.Dictionary.Fact(s.Fact).Name, "=", v))
	}
	return "{" + strings.Join(words, ", ") + "}"
}
