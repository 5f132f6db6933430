package tools

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// questionsOfForm is how many questions one form holds at most.
const questionsOfForm = 5

// The words with which a form says what a fact's own values cannot: nothing is known, or nothing of it applies. Without them a
// box that nobody touched would be an answer.
const (
	notKnown = "unknown"
	noneOf   = "none"
	yes, no  = "yes", "no"
)

// answeredWhenAsked is the source of a fact that the person gave in a form.
const answeredWhenAsked = "answered when asked"

// interview is what one call asks of a person, form by form.
type interview struct {
	framework *framework.Framework
	asker     Asker
	subject   string // what is to be decided
	situation *Situation
	// answered and left are the facts that got a value in a form, and those that did not, which are not asked again.
	answered, left []bool
}

// interviewed asks for the facts that next names, first things first, until it names none that was not asked, or the person
// declines or cancels. The situation takes the answers. What a person wrote is read as strictly as a call: the error is a
// *Mistakes, or the asker's.
func interviewed(ctx context.Context, asker Asker, subject string, s *Situation, next func() []int) (*interview, error) {
	n := len(s.Situation)
	i := &interview{s.framework, asker, subject, s, make([]bool, n), make([]bool, n)}
	for range MaximumForms {
		facts := slices.DeleteFunc(slices.Clone(next()), func(fact int) bool { return i.left[fact] })
		if len(facts) == 0 {
			break
		}
		more, err := i.round(ctx, facts[:min(len(facts), questionsOfForm)])
		if err != nil {
			return nil, err
		}
		if !more {
			break
		}
	}
	return i, nil
}

// round puts one form, and says whether the person goes on.
func (i *interview) round(ctx context.Context, facts []int) (more bool, err error) {
	reply, err := i.asker.Ask(ctx, i.form(facts))
	if err != nil {
		return false, err
	}
	if reply.Action == Accept {
		if err := i.read(facts, reply.Content); err != nil {
			return false, err
		}
	}
	for _, fact := range facts {
		i.left[fact] = !i.answered[fact]
	}
	return reply.Action == Accept, nil
}

// form asks for some facts.
func (i *interview) form(facts []int) Form {
	form := Form{Message: i.subject + " Answer what you know, and leave the rest open: what is left open stays unknown."}
	for _, fact := range facts {
		f := field(i.framework.Dictionary.Fact(fact), i.framework.Facts[fact])
		f.Title += within(i.situation.Situation[fact])
		form.Fields = append(form.Fields, f)
	}
	return form
}

// field is a fact as a question of a form.
func field(about fact.Fact, text framework.Fact) Field {
	f := Field{
		Name: about.Name, Title: text.Question.Value, Description: strings.Join(strings.Fields(text.Meaning.Value), " "),
		Maximum: fact.Largest,
	}
	for _, value := range about.Values {
		f.Choices = append(f.Choices, Choice{value, strings.ReplaceAll(value, "_", " ")})
	}
	if text.Unit.Value != "" {
		f.Title = fmt.Sprintf("%s (%s)", f.Title, text.Unit.Value)
	}
	switch about.Kind {
	case fact.Boolean:
		f.Choices = []Choice{{yes, "Yes"}, {no, "No"}}
		fallthrough
	case fact.Choice:
		f.Type, f.Default = ChoiceField, notKnown
		f.Choices = withChoice(f.Choices, Choice{notKnown, "Not known"})
	case fact.Set:
		f.Type = ChoicesField
		f.Choices = withChoice(f.Choices, Choice{noneOf, "None of them"})
	case fact.Integer:
		f.Type = IntegerField
	case fact.Number:
		f.Type = NumberField
	}
	return f
}

// withChoice adds a choice unless its word is taken.
func withChoice(choices []Choice, extra Choice) []Choice {
	if slices.ContainsFunc(choices, func(c Choice) bool { return c.Value == extra.Value }) {
		return choices
	}
	return append(choices, extra)
}

// read takes the answers to a form over into the situation.
func (i *interview) read(facts []int, content json.RawMessage) error {
	a := readObject(i.framework, content, "the answers", "question of this form", i.framework.Dictionary.Select(facts))
	for _, index := range facts {
		about := i.framework.Dictionary.Fact(index)
		raw, given := a.given(about.Name)
		if !given {
			continue
		}
		if value, _ := a.value("the answers", index, plain(about, raw)); value.Kind != fact.Unknown {
			i.answer(index, value)
		}
	}
	return a.mistakes.err()
}

func (i *interview) answer(fact int, value fact.Value) {
	s := i.situation
	s.Situation[fact], s.given[fact], s.workspace[fact] = value, true, false
	i.answered[fact] = true
	if s.sources != nil {
		s.sources[fact] = answeredWhenAsked
	}
}

// plain is an answer in the words of a form as the fact's own value in JSON: yes is true, unknown is null. What is none of
// these words stays as it is.
func plain(about fact.Fact, raw json.RawMessage) json.RawMessage {
	switch about.Kind {
	case fact.Set:
		return plainSet(about, raw)
	case fact.Boolean, fact.Choice:
	default:
		return raw
	}
	var word string
	if json.Unmarshal(raw, &word) != nil {
		return raw
	}
	switch {
	case about.Kind == fact.Boolean && word == yes:
		return json.RawMessage("true")
	case about.Kind == fact.Boolean && word == no:
		return json.RawMessage("false")
	case word == "", word == notKnown && !slices.Contains(about.Values, notKnown):
		return json.RawMessage("null")
	}
	return raw
}

// plainSet is a list of choices as a set: an empty one was left open, and none by itself is the empty set. A client that has no
// lists of choices gives one text, with commas.
func plainSet(fact fact.Fact, raw json.RawMessage) json.RawMessage {
	var members []string
	if text := ""; json.Unmarshal(raw, &text) == nil {
		for member := range strings.SplitSeq(text, ",") {
			if member = strings.TrimSpace(member); member != "" {
				members = append(members, member)
			}
		}
	} else if json.Unmarshal(raw, &members) != nil {
		return raw
	}
	switch {
	case len(members) == 0:
		return json.RawMessage("null")
	case len(members) == 1 && members[0] == noneOf && !slices.Contains(fact.Values, noneOf):
		return json.RawMessage("[]")
	}
	encoded, err := json.Marshal(members)
	if err != nil || bytes.HasPrefix(raw, []byte("[")) {
		return raw
	}
	return encoded
}

// found is what the answer says of the interview: the facts with the values that the person gave, and those left open. Both are nil if
// nothing was asked.
func (i *interview) found() (fact.Values, []string) {
	if i == nil {
		return nil, nil
	}
	var known []int
	open := []string{}
	for fact, answered := range i.answered {
		if answered {
			known = append(known, fact)
		} else if i.left[fact] {
			open = append(open, i.framework.Facts[fact].ID.Value)
		}
	}
	if known == nil && len(open) == 0 {
		return nil, nil
	}
	return i.situation.known(known), open
}
