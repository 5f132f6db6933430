package page

import (
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/markdown"
	"github.com/vanhoutenbos/layer2/internal/strict"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// statement writes a statement as a list entry: its id and what it says, and on the next line how it decides.
func (m *sheet) statement(depth int, s framework.Statement) {
	says := markdown.Escape(s.Says.Value)
	if s.Disabled {
		says = "~~" + says + "~~"
	}
	m.Point(depth, markdown.Bold(s.ID.Value), " ", says)
	m.More(depth, words.Capital(strings.Join(roleOf(s), " · ")))
	for _, guidance := range s.Guidance {
		m.Point(depth+1, "Guidance: ", markdown.Escape(guidance.Value))
	}
}

func (m *sheet) statements(depth int, list []framework.Statement) {
	for _, s := range list {
		m.statement(depth, s)
	}
}

// effects says what a statement does when it holds.
var effects = map[string]string{
	"floor":   "floor: it does not apply, skip",
	"blocker": "blocker: wait, fix this first",
	"later":   "argues for later",
}

// roleOf describes how a statement decides: its condition and its marks.
func roleOf(s framework.Statement) []string {
	var role []string
	add := func(is bool, parts ...string) {
		if is {
			role = append(role, strings.Join(parts, ""))
		}
	}
	add(s.Disabled, "disabled: ", markdown.Escape(s.Reason.Value))
	add(!s.When.IsZero(), "when ", markdown.Code(s.When.Value))
	add(!s.Effect.IsZero(), effects[s.Effect.Value])
	add(s.Required, "required: needed without it is wait")
	add(len(s.Answers) > 0, "answers ", strings.Join(texts(s.Answers), ", "))
	add(!s.Lifts.IsZero(), "lifts ", s.Lifts.Value, ": contested instead of too small")
	add(s.Measured, "a measured problem (R3)")
	add(s.Regulation, "a regulation")
	add(!s.SameAs.IsZero(), "the same as ", s.SameAs.Value)
	add(!s.Shown.IsZero(), "changes no verdict: ", markdown.Escape(s.Shown.Value))
	add(s.Do.Value == "always", "to do, always")
	add(s.Do.Value != "" && s.Do.Value != "always", "to do at ", s.Do.Value)
	return role
}

// Statement is the page of one id in its JSON form.
type Statement struct {
	ID         string `json:"id"`
	Name       string `json:"name,omitempty"`
	Kind       string `json:"kind"`
	Capability string `json:"capability,omitempty"`
	Says       string `json:"says"`
	When       string `json:"when,omitempty"`

	Effect     string   `json:"effect,omitempty"`
	Answers    []string `json:"answers,omitempty"`
	Required   bool     `json:"required,omitempty"`
	Lifts      string   `json:"lifts,omitempty"`
	Measured   bool     `json:"measured,omitempty"`
	Regulation bool     `json:"regulation,omitempty"`
	SameAs     string   `json:"same_as,omitempty"`
	Shown      string   `json:"shown,omitempty"`
	Do         string   `json:"do,omitempty"`
	Guidance   []string `json:"guidance,omitempty"`
	Disabled   bool     `json:"disabled,omitempty"`
	Reason     string   `json:"reason,omitempty"`

	// Option, Question and Theme are everything that the id names, if that is more than a sentence.
	Option   *framework.Option    `json:"option,omitempty"`
	Question *framework.Question  `json:"question,omitempty"`
	Theme    *framework.ThemeFile `json:"theme,omitempty"`
	// Readings are the ids of the readings that concern it.
	Readings []string `json:"readings"`

	statement *framework.Statement
}

func statementsOf(f *framework.Framework) []Statement {
	wholes := detailsOf(f)
	var list []Statement
	for _, entry := range f.Entries() {
		s := wholes[entry.ID]
		switch entry.Kind {
		case framework.StatementEntry:
			s.state(entry.Statement)
		case framework.OptionEntry, framework.QuestionEntry, framework.ThemeEntry:
		default:
			continue
		}
		s.ID, s.Kind, s.Capability, s.Says, s.When = entry.ID, string(entry.Kind), entry.Capability, entry.Says, entry.When
		s.Readings = words.Each(readingsOn(f, entry.ID), readingID)
		list = append(list, s)
	}
	return list
}

// detailsOf returns the ids that name more than a sentence, with what they name.
func detailsOf(f *framework.Framework) map[string]Statement {
	wholes := map[string]Statement{}
	for _, c := range f.Capabilities {
		for i := range c.Options {
			o := &c.Options[i]
			wholes[o.ID.Value] = Statement{Name: o.Name.Value, Option: o, Disabled: o.Disabled, Reason: o.Reason.Value, Guidance: texts(o.Guidance)}
		}
		for i := range c.Questions {
			q := &c.Questions[i]
			wholes[q.ID.Value] = Statement{Question: q, Guidance: texts(q.Guidance)}
			for j := range q.Parts {
				var part Statement
				part.state(&q.Parts[j])
				wholes[q.Parts[j].ID.Value] = part
			}
		}
	}
	for _, t := range f.Themes {
		wholes[t.ID.Value] = Statement{Name: t.Title.Value, Theme: &t.ThemeFile}
	}
	return wholes
}

// state copies the marks of a statement.
func (s *Statement) state(from *framework.Statement) {
	s.statement = from
	s.Effect, s.Answers, s.Required, s.Lifts = from.Effect.Value, texts(from.Answers), from.Required, from.Lifts.Value
	s.Measured, s.Regulation, s.SameAs, s.Shown = from.Measured, from.Regulation, from.SameAs.Value, from.Shown.Value
	s.Do, s.Guidance, s.Disabled, s.Reason = from.Do.Value, texts(from.Guidance), from.Disabled, from.Reason.Value
}

// readingsOn returns the readings that concern any of the ids.
func readingsOn(f *framework.Framework, ids ...string) []framework.Reading {
	list := []framework.Reading{}
	for _, r := range f.Readings {
		if slices.ContainsFunc(r.On, func(on strict.Text) bool { return slices.Contains(ids, on.Value) }) {
			list = append(list, r)
		}
	}
	return list
}

func readingID(r framework.Reading) string { return "reading:" + r.Slug.Value }

func (s Statement) markdown(f *framework.Framework) string {
	var m sheet
	m.Heading(1, strings.TrimSpace(s.ID+" "+markdown.Escape(s.Name)))
	belongs := s.Kind
	if s.Capability != "" {
		belongs += " of " + capabilityLink(f, s.Capability)
	}
	m.Paragraph(strings.ToUpper(belongs[:1]) + belongs[1:])
	switch {
	case s.Option != nil:
		m.option(*s.Option)
	case s.Question != nil:
		m.question(*s.Question)
	case s.Theme != nil:
		m.theme(f, *s.Theme)
	case s.statement != nil:
		m.statement(0, *s.statement)
	}
	m.readings(readingsOn(f, s.ID), nil)
	m.source(f)
	return m.String()
}

// readings writes readings with the ids that they concern, limited to those in only if there are any.
func (m *sheet) readings(list []framework.Reading, only []string) {
	if len(list) == 0 {
		return
	}
	m.Heading(2, "Readings: what was chosen where the source is silent or contradicts itself")
	for _, r := range list {
		on := texts(r.On)
		if only != nil {
			on = slices.DeleteFunc(on, func(id string) bool { return !slices.Contains(only, id) })
		}
		m.Point(0, markdown.Bold(readingID(r)), " (", strings.Join(on, ", "), ") ", markdown.Escape(r.Says.Value))
	}
}
