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

// questionsOfForm limits the questions in one form.
const questionsOfForm = 5

// Choices in a form beyond a fact's own values: it is not known, or none applies. Without them, an untouched
// field would count as an answer.
const (
	notKnown = "unknown"
	noneOf   = "none"
	yes, no  = "yes", "no"
)

const answeredWhenAsked = "answered when asked"

// interview is what one call asks a person, form by form.
type interview struct {
	framework *framework.Framework
	asker     Asker
	subject   string // what is to be decided
	situation *Situation
	// answered marks the facts that got a value in a form; left those that did not, which are not asked for again.
	answered, left []bool
}

// interviewed asks for the facts that next returns, in that order, until next returns only facts that were asked for, or the person
// declines or cancels. The answers go into the situation. They are read as strictly as a call: the error is a *Mistakes or the asker's.
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

// round shows one form and reports whether to continue.
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

// form returns a form for some facts.
func (i *interview) form(facts []int) Form {
	form := Form{Message: i.subject + " Answer what you know, and leave the rest open: what is left open stays unknown."}
	for _, fact := range facts {
		f := field(i.framework.Dictionary.Fact(fact), i.framework.Facts[fact])
		f.Title += within(i.situation.Situation[fact])
		form.Fields = append(form.Fields, f)
	}
	return form
}

// field returns a fact as a question in a form.
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

// withChoice adds a choice unless its value is taken.
func withChoice(choices []Choice, extra Choice) []Choice {
	if slices.ContainsFunc(choices, func(c Choice) bool { return c.Value == extra.Value }) {
		return choices
	}
	return append(choices, extra)
}

// read copies the answers to a form into the situation.
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

// plain converts an answer from a form's words to JSON of the fact's type: yes is true, unknown is null. Other values stay as they are.
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

// plainSet converts a list of choices to a set: an empty list was left open, and "none" alone is the empty set. A client without multiple
// choice sends one comma-separated string.
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

// found returns the facts for which the person gave a value, and those left open. Both are nil if nothing was asked.
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
