package verify

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// effects holds every statement of a capability, and every mark, against what it changes. The statements that are marked same_as
// or shown are taken out first, and looked at one by one.
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

// noEffect reports a statement that changes nothing, and whatever it repeats or is settled by.
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
		finding.Says = fmt.Sprintf("%s has a condition and no mark: it decides nothing. Mark it shown, and say why.", statement.ID)
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

// settledBy are the statements of which each for itself, once it is left out, lets a change of the model have an effect.
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

// same reports whether two statements hold alike and do alike.
func same(space *decide.Space, a, b decide.Statement) bool {
	return a.Decides() && b.Decides() && space.Where(a.When) == space.Where(b.When) && a.Effect == b.Effect &&
		(a.Role == decide.Trigger) == (b.Role == decide.Trigger) && (a.Role == decide.Now) == (b.Role == decide.Now) &&
		slices.Equal(a.Answers, b.Answers) && a.Lifts == b.Lifts && a.Required == b.Required && a.Measured == b.Measured
}

// marked reports a mark same_as or shown that is not true.
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
			Says:    fmt.Sprintf("%s is marked %s, and changes an outcome: %s without it, %s with it.", statement.ID, mark, end(c.From), end(c.To)),
			Witness: witness(v.Dictionary, c.Where)})
	}
	if mark == "same_as" {
		v.notTheSame(s, statement, text)
	}
}

// notTheSame reports a mark same_as whose other statement holds elsewhere, or does something else.
func (v *finder) notTheSame(s *subject, statement decide.Statement, text framework.Statement) {
	other := s.statement(text.SameAs.Value)
	if same(s.space, statement, other) {
		return
	}
	finding := Finding{Kind: NotTheSame, Subject: statement.ID, With: []string{text.SameAs.Value}}
	switch {
	case !statement.Decides():
		finding.Says = fmt.Sprintf("%s is marked same_as %s, and decides nothing itself: mark it shown.", statement.ID, text.SameAs)
	case !other.Decides():
		finding.Says = fmt.Sprintf("%s is marked same_as %s, which decides nothing in %s.", statement.ID, text.SameAs, s.ID)
	case s.space.Where(statement.When) == s.space.Where(other.When):
		finding.Says = fmt.Sprintf("%s is marked same_as %s, whose marks are others.", statement.ID, text.SameAs)
	default:
		mine, others := s.space.Where(statement.When), s.space.Where(other.When)
		finding.Witness = witness(v.Dictionary, mine.Without(others).Or(others.Without(mine)))
		finding.Says = fmt.Sprintf("%s is marked same_as %s, and only one of them holds here.", statement.ID, text.SameAs)
	}
	v.report(text.ID, text.SameAs, finding)
}

// becauseOnly reports a statement that changes why, and never the verdict.
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

// marks reports the marks of a statement that change nothing, though the statement does.
func (v *finder) marks(s *subject, statement decide.Statement) {
	text := s.texts[statement.ID]
	for _, m := range marksOf(statement) {
		loosen := func(model decide.Model) decide.Model { return with(model, m.without) }
		if !m.without.Decides() || s.space.Outcomes(loosen(s.bare)) != s.bareMap {
			continue // without its only mark the statement itself is gone, and that was looked at
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

// marksOf are the marks of a statement that count in the ladder.
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

// foundation reports the rule that blocks every capability, if it changes no outcome of any.
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

// end is an outcome in words.
func end(o decide.Outcome) string { return o.Verdict.String() + " (" + o.Reason.String() + ")" }
