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

// Choices in a form beyond a fact's own values: it is not known, it was raised and left open, or none applies. Without the first, an
// untouched field would count as an answer. A field for a number has no room for them.
const (
	notKnown   = "unknown"
	notSettled = "unsettled"
	noneOf     = "none"
	yes, no    = "yes", "no"
)

const answeredWhenAsked = "answered when asked"

// interview is what one call asks a person, form by form.
type interview struct {
	framework *framework.Framework
	asker     Asker
	subject   string // what is to be decided
	situation *Situation
	// asked marks the facts that were in a form, which are not asked for again; answered those that got a value or were called unsettled.
	asked, answered []bool
}

// interviewed asks for the facts that next returns, in that order, until next returns only facts that were asked for, or the person
// declines or cancels. The answers go into the situation. They are read as strictly as a call: the error is a *Mistakes or the asker's.
func interviewed(ctx context.Context, asker Asker, subject string, s *Situation, next func() []int) (*interview, error) {
	n := len(s.Situation)
	i := &interview{s.framework, asker, subject, s, make([]bool, n), make([]bool, n)}
	for range MaximumForms {
		facts := slices.DeleteFunc(slices.Clone(next()), func(fact int) bool { return i.asked[fact] })
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
		i.asked[fact] = true
	}
	return reply.Action == Accept, nil
}

// form returns a form for some facts.
func (i *interview) form(facts []int) Form {
	form := Form{Message: i.subject + " " + formText}
	for _, fact := range facts {
		f, known := field(i.framework.Dictionary.Fact(fact), i.framework.Facts[fact]), i.situation.Situation[fact]
		f.Title += within(known)
		if known.Unsettled && f.Default == notKnown {
			f.Default = notSettled
		}
		form.Fields = append(form.Fields, f)
	}
	return form
}

const formText = `Answer what you know, and leave the rest open: what is left open stays unknown. "Not settled" is for what was raised and is ` +
	`doubted, disputed or promised. For a number, leave it open and say so afterwards.`

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
		f.Choices = withChoice(withChoice(f.Choices, Choice{notKnown, "Not known"}), Choice{notSettled, "Not settled"})
	case fact.Set:
		f.Type = ChoicesField
		f.Choices = withChoice(withChoice(f.Choices, Choice{noneOf, "None of them"}), Choice{notSettled, "Not settled"})
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
		if saysUnsettled(about, raw) {
			i.answer(index, fact.Value{Unsettled: true})
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
	s.Situation[fact], s.given[fact], s.workspace[fact] = value, !value.Unsettled, false
	i.answered[fact] = true
	if s.sources != nil {
		s.sources[fact] = answeredWhenAsked
	}
}

// saysUnsettled reports whether an answer is that the fact was raised and left open.
func saysUnsettled(about fact.Fact, raw json.RawMessage) bool {
	words := []string{""}
	switch about.Kind {
	case fact.Set:
		words = chosen(raw)
	case fact.Boolean, fact.Choice:
		if json.Unmarshal(raw, &words[0]) != nil {
			return false
		}
	}
	return len(words) == 1 && words[0] == notSettled && !slices.Contains(about.Values, notSettled)
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

// plainSet converts a list of choices to a set: an empty list was left open, and "none" alone is the empty set.
func plainSet(fact fact.Fact, raw json.RawMessage) json.RawMessage {
	members := chosen(raw)
	switch {
	case members == nil:
		return raw
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

// chosen returns the choices in an answer to a field for a set; nil for what is neither a list nor a text. A client without multiple
// choice sends one comma-separated string.
func chosen(raw json.RawMessage) []string {
	members := []string{}
	if text := ""; json.Unmarshal(raw, &text) == nil {
		for member := range strings.SplitSeq(text, ",") {
			if member = strings.TrimSpace(member); member != "" {
				members = append(members, member)
			}
		}
		return members
	}
	if json.Unmarshal(raw, &members) != nil {
		return nil
	}
	return members
}

// found returns the facts for which the person gave a value, and those left open, without the unsettled ones, which the header names.
// Both are nil if nothing was asked.
func (i *interview) found() (fact.Values, []string) {
	if i == nil {
		return nil, nil
	}
	var known []int
	open, asked := []string{}, false
	for fact := range i.asked {
		asked = asked || i.asked[fact]
		switch {
		case i.answered[fact]:
			known = append(known, fact)
		case i.asked[fact] && !i.situation.Situation[fact].Unsettled:
			open = append(open, i.framework.Facts[fact].ID.Value)
		}
	}
	if !asked {
		return nil, nil
	}
	return i.situation.known(known), open
}
