package tools

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// Question is a fact to ask for, worded for a person.
type Question struct {
	Fact         string   `json:"fact"`
	Question     string   `json:"question,omitempty"`
	Type         string   `json:"type,omitempty" jsonschema:"enum=boolean,enum=integer,enum=number,enum=choice,enum=set"`
	Values       []string `json:"values,omitempty"`
	Unit         string   `json:"unit,omitempty"`
	Capabilities []string `json:"capabilities,omitempty" jsonschema_description:"those that ask"`
	Answers      []Answer `json:"answers,omitzero" jsonschema_description:"what each answer leads to"`
	// Range is what is already known about a number; the question includes it.
	Range *fact.Range `json:"-"`
}

// Answer is a way to answer a question, and the verdicts that are possible then.
type Answer struct {
	Is       Ways     `json:"is"`
	Possible []string `json:"possible"`
}

// Ways are the values that make an answer. In JSON they are a value or a range as a call takes it, a list of several, or, of a set,
// {"none":true}, {"any_of":[…]}, both in one object, or {"else":true}.
type Ways decide.Ways

func (w Ways) MarshalJSON() ([]byte, error) {
	switch {
	case w.None && w.AnyOf != nil:
		return words.Marshal(struct {
			None  bool     `json:"none"`
			AnyOf []string `json:"any_of"`
		}{true, w.AnyOf})
	case w.None:
		return []byte(`{"none":true}`), nil
	case w.Else:
		return []byte(`{"else":true}`), nil
	case w.AnyOf != nil:
		return words.Marshal(map[string][]string{"any_of": w.AnyOf})
	case len(w.Values) == 1:
		return w.Values[0].MarshalJSON()
	}
	return words.Marshal(w.Values)
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

// answered returns what an undetermined verdict asks for: the first questions with their answers, the rest by name.
func (s *Situation) answered(e decide.Explanation) []Question {
	list := s.questions(e.Ask)
	for i := range list {
		if i >= len(e.Answers) {
			list[i] = Question{Fact: list[i].Fact}
			continue
		}
		for _, a := range e.Answers[i] {
			list[i].Answers = append(list[i].Answers, Answer{Ways(a.Is), names(a.Possible)})
		}
	}
	return list
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

// onlyNamed returns questions without their words.
func onlyNamed(questions []Question) []Question {
	named := []Question{}
	for _, q := range questions {
		named = append(named, Question{Fact: q.Fact, Capabilities: q.Capabilities})
	}
	return named
}

// askFirst returns the questions to ask first over several capabilities.
func (s *Situation) askFirst(asks []asked) []Question {
	facts := factsToAsk(s.framework, asks)
	facts = facts[:min(questionsOverAll, len(facts))]
	questions := s.questions(facts)
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
