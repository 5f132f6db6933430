package verify

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// effects checks that every statement of a capability, and every mark, changes some outcome. Statements marked same_as or shown are taken
// out first and checked one by one.
func (v *finder) effects(s *subject) {
	for _, statement := range s.Model.Statements {
		switch {
		case statement.When == nil:
		case s.marked(statement.ID):
			v.marked(s, statement)
		case s.space.Outcomes(without(s.bare, statement.ID)) == s.bareMap:
			v.noEffect(s, statement)
		default:
			v.becauseOnly(s, statement)
			v.marks(s, statement)
		}
	}
}

// noEffect reports a statement that changes nothing, and what it repeats or is settled by.
func (v *finder) noEffect(s *subject, statement decide.Statement) {
	text := s.texts[statement.ID]
	finding := Finding{Kind: NoEffect, Subject: statement.ID}
	if region, err := v.alone(statement.When); err == nil {
		finding.Witness = witness(v.Dictionary, region)
	}
	finding.With = s.settledBy(func(m decide.Model) decide.Model { return without(m, statement.ID) }, statement.ID)
	twin := slices.IndexFunc(finding.With, func(id string) bool {
		return same(s.space, statement, s.statement(id))
	})
	switch {
	case !statement.Decides():
		finding.Says = fmt.Sprintf("%s has a condition but no mark: it decides nothing. Mark it shown, and say why.", statement.ID)
	case twin >= 0:
		finding.With = finding.With[twin : twin+1]
		finding.Says = fmt.Sprintf("%s repeats %s: mark it same_as: %s", statement.ID, finding.With[0], finding.With[0])
	case len(finding.With) > 0:
		finding.Says = fmt.Sprintf("%s changes no outcome: it is settled by %s. Mark it shown, and say why.", statement.ID, strings.Join(finding.With, " and by "))
	default:
		finding.Says = fmt.Sprintf("%s changes no outcome, whichever other statement is left out.", statement.ID)
	}
	v.report(text.ID, text.When.Text, finding)
}

// settledBy returns the statements whose removal, each on its own, gives a change of the model an effect.
func (s *subject) settledBy(change func(decide.Model) decide.Model, but string) []string {
	var others []string
	for _, other := range append(s.bare.Statements[:len(s.bare.Statements):len(s.bare.Statements)], s.bare.Foundation) {
		if other.When == nil || other.ID == but {
			continue
		}
		if m := without(s.bare, other.ID); s.space.Outcomes(m) != s.space.Outcomes(change(m)) {
			others = append(others, other.ID)
		}
	}
	return others
}

// same reports whether two statements hold in the same states and have the same marks.
func same(space *decide.Space, a, b decide.Statement) bool {
	return a.Decides() && b.Decides() && space.Where(a.When) == space.Where(b.When) && a.Effect == b.Effect &&
		(a.Role == decide.Trigger) == (b.Role == decide.Trigger) && (a.Role == decide.Now) == (b.Role == decide.Now) &&
		slices.Equal(a.Answers, b.Answers) && a.Lifts == b.Lifts && a.Required == b.Required && a.Measured == b.Measured
}

// marked reports a same_as or shown mark on a statement that does change an outcome.
func (v *finder) marked(s *subject, statement decide.Statement) {
	text := s.texts[statement.ID]
	changes := s.bareMap.Changes(s.space.Outcomes(with(s.bare, statement)))
	mark, at := "shown", text.Shown
	if !text.SameAs.IsZero() {
		mark, at = "same_as", text.SameAs
	}
	if len(changes) > 0 {
		c := changes[0]
		v.report(text.ID, at, Finding{Kind: MarkedWithEffect, Subject: statement.ID, With: []string{mark},
			Says:    fmt.Sprintf("%s is marked %s, but changes an outcome: %s without it, %s with it.", statement.ID, mark, end(c.From), end(c.To)),
			Witness: witness(v.Dictionary, c.Where)})
	}
	if mark == "same_as" {
		v.notTheSame(s, statement, text)
	}
}

// notTheSame reports a same_as mark whose other statement holds elsewhere or does something different.
func (v *finder) notTheSame(s *subject, statement decide.Statement, text framework.Statement) {
	other := s.statement(text.SameAs.Value)
	if same(s.space, statement, other) {
		return
	}
	finding := Finding{Kind: NotTheSame, Subject: statement.ID, With: []string{text.SameAs.Value}}
	switch {
	case !statement.Decides():
		finding.Says = fmt.Sprintf("%s is marked same_as %s, but decides nothing itself: mark it shown.", statement.ID, text.SameAs)
	case !other.Decides():
		finding.Says = fmt.Sprintf("%s is marked same_as %s, which decides nothing in %s.", statement.ID, text.SameAs, s.ID)
	case s.space.Where(statement.When) == s.space.Where(other.When):
		finding.Says = fmt.Sprintf("%s is marked same_as %s, which has different marks.", statement.ID, text.SameAs)
	default:
		mine, others := s.space.Where(statement.When), s.space.Where(other.When)
		finding.Witness = witness(v.Dictionary, mine.Without(others).Or(others.Without(mine)))
		finding.Says = fmt.Sprintf("%s is marked same_as %s, but only one of them holds here.", statement.ID, text.SameAs)
	}
	v.report(text.ID, text.SameAs, finding)
}

// becauseOnly reports a statement that changes reasons but never the verdict.
func (v *finder) becauseOnly(s *subject, statement decide.Statement) {
	fewer := s.space.Outcomes(without(s.bare, statement.ID))
	if fewer.Verdicts() != s.bareVerdicts {
		return
	}
	c := fewer.Changes(s.bareMap)[0]
	text := s.texts[statement.ID]
	v.report(text.ID, text.When.Text, Finding{Kind: ReasonOnly, Subject: statement.ID,
		Says:    fmt.Sprintf("%s changes why, never the verdict: %s without it, %s with it.", statement.ID, end(c.From), end(c.To)),
		Witness: witness(v.Dictionary, c.Where)})
}

// marks reports marks that change nothing on a statement that does.
func (v *finder) marks(s *subject, statement decide.Statement) {
	text := s.texts[statement.ID]
	for _, m := range marksOf(statement) {
		loosen := func(model decide.Model) decide.Model { return with(model, m.without) }
		if !m.without.Decides() || s.space.Outcomes(loosen(s.bare)) != s.bareMap {
			continue // removing the only mark removes the statement, which was checked already
		}
		says := fmt.Sprintf("The mark %q of %s changes no outcome", m.name, statement.ID)
		if others := s.settledBy(loosen, statement.ID); len(others) > 0 {
			says += ": it is settled by " + strings.Join(others, " and by ")
		}
		v.report(text.ID, text.When.Text, Finding{Kind: MarkWithoutEffect, Subject: statement.ID, With: []string{m.name}, Says: says + ".",
			Witness: witness(v.Dictionary, s.space.Where(statement.When))})
	}
}

// mark is a mark of a statement, and the statement without it.
type mark struct {
	name    string
	without decide.Statement
}

// marksOf returns the marks that count in the ladder.
func marksOf(s decide.Statement) []mark {
	var list []mark
	add := func(name string, change func(*decide.Statement)) {
		fewer := s
		change(&fewer)
		list = append(list, mark{name, fewer})
	}
	if s.Effect != decide.NoEffect {
		add("effect: "+s.Effect.String(), func(s *decide.Statement) { s.Effect = decide.NoEffect })
	}
	if s.Required {
		add("required", func(s *decide.Statement) { s.Required = false })
	}
	if s.Measured {
		add("measured", func(s *decide.Statement) { s.Measured = false })
	}
	if s.Lifts != "" {
		add("lifts: "+s.Lifts, func(s *decide.Statement) { s.Lifts = "" })
	}
	for i, id := range s.Answers {
		add("answers: "+id, func(s *decide.Statement) { s.Answers = slices.Delete(slices.Clone(s.Answers), i, i+1) })
	}
	return list
}

// foundation reports the rule that blocks every capability if it changes no outcome of any.
func (v *finder) foundation(subjects []*subject) {
	var rule string
	var with []string
	for _, s := range subjects {
		rule = s.Model.Foundation.ID
		leave := func(m decide.Model) decide.Model { return without(m, rule) }
		if rule == "" || s.space.Outcomes(leave(s.bare)) != s.bareMap {
			return
		}
		with = append(with, s.settledBy(leave, rule)...)
	}
	says := rule + " changes no outcome of any capability"
	if len(with) > 0 {
		says += ": it is settled by " + strings.Join(with, " and by ")
	}
	text := subjects[0].texts[rule]
	v.report(text.ID, text.When.Text, Finding{Kind: NoEffect, Subject: rule, With: with, Says: says + "."})
}

func end(o decide.Outcome) string { return o.Verdict.String() + " (" + o.Reason.String() + ")" }
