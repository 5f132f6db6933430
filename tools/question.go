package tools

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// Question is a fact to ask for, worded for a person.
type Question struct {
	Fact         string   `json:"fact"`
	Question     string   `json:"question"`
	Type         string   `json:"type" jsonschema:"enum=boolean,enum=integer,enum=number,enum=choice,enum=set"`
	Values       []string `json:"values,omitempty"`
	Unit         string   `json:"unit,omitempty"`
	Capabilities []string `json:"capabilities,omitempty" jsonschema_description:"those that ask"`
	// Range is what is already known about a number; the question includes it.
	Range *fact.Range `json:"-"`
}

// Domain describes the possible answers: "boolean", "number, h", "one of: a, b", "any of: a, b".
func (q Question) Domain() string {
	text := q.Type
	switch q.Type {
	case "choice":
		text = "one of: " + strings.Join(q.Values, ", ")
	case "set":
		text = "any of: " + strings.Join(q.Values, ", ")
	}
	if q.Unit != "" {
		text += ", " + q.Unit
	}
	return text
}

// question returns a fact as a question. For a number known only within a range it names the limits.
func (s *Situation) question(fact int) Question {
	text, known := s.framework.Facts[fact], s.Situation[fact]
	return Question{
		Fact: text.ID.Value, Question: text.Question.Value + within(known), Type: text.Type.Value,
		Values: s.framework.Dictionary.Fact(fact).Values, Unit: text.Unit.Value, Range: known.Range,
	}
}

func (s *Situation) questions(facts []int) []Question {
	list := []Question{}
	for _, fact := range facts {
		list = append(list, s.question(fact))
	}
	return list
}

// first returns the first of some questions as a list.
func (s *Situation) first(facts []int) []Question { return s.questions(facts[:min(len(facts), 1)]) }

// within returns the end of a question about a number known only within a range, such as " 5 or 6?"; empty for other values.
func within(known fact.Value) string {
	if known.Range == nil {
		return ""
	}
	r := *known.Range
	switch words := r.String(); {
	case r.Low == 0 || r.High == fact.Largest:
		return " " + strings.ToUpper(words[:1]) + words[1:] + ", but how many?"
	case known.Kind == fact.Integer && r.High == r.Low+1:
		return fmt.Sprintf(" %s or %s?", fact.FormatNumber(r.Low), fact.FormatNumber(r.High))
	}
	return fmt.Sprintf(" Between %s and %s?", fact.FormatNumber(r.Low), fact.FormatNumber(r.High))
}

// asked is what one capability asks for, in the order to ask.
type asked struct {
	capability string
	facts      []int
}

// askFirst returns the questions to ask first over all capabilities.
func (s *Situation) askFirst(asks []asked, most int) []Question {
	facts := factsToAsk(s.framework, asks)
	questions := s.questions(facts[:min(most, len(facts))])
	for i := range questions {
		for _, a := range asks {
			if slices.Contains(a.facts, facts[i]) {
				questions[i].Capabilities = append(questions[i].Capabilities, a.capability)
			}
		}
	}
	return questions
}

// factsToAsk returns the facts that any capability asks for: first those that most of them ask for first, then by their best position in
// any list, then in fact order.
func factsToAsk(f *framework.Framework, asks []asked) []int {
	type candidate struct{ fact, askers, best int }
	candidates := make([]candidate, f.Dictionary.Len())
	for _, a := range asks {
		for place, fact := range a.facts {
			c := &candidates[fact]
			if c.askers == 0 || place < c.best {
				c.best = place
			}
			c.fact, c.askers = fact, c.askers+1
		}
	}
	candidates = slices.DeleteFunc(candidates, func(c candidate) bool { return c.askers == 0 })
	slices.SortFunc(candidates, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.askers, a.askers), cmp.Compare(a.best, b.best), cmp.Compare(a.fact, b.fact))
	})
	facts := make([]int, len(candidates))
	for i, c := range candidates {
		facts[i] = c.fact
	}
	return facts
}
