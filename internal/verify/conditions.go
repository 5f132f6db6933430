package verify

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// written is a condition where the knowledge writes it: of what, and in what part of it.
type written struct {
	id, at    strict.Text
	subject   string
	part      []string
	condition *decide.Condition
}

// conflict is the subject of findings about conflicts, which have no id: their condition stands behind it.
const conflict = "conflict"

// conditions reports those that no facts can make true, or false.
func (v *finder) conditions() error {
	for _, w := range v.written() {
		region, err := v.alone(w.condition)
		if err != nil {
			return err
		}
		name := w.subject
		switch {
		case name == conflict:
			name = "A conflict"
		case len(w.part) > 0:
			name += ", " + w.part[0] + ","
		}
		switch {
		case region.Empty():
			v.report(w.id, w.at, Finding{Kind: NeverHolds, Subject: w.subject, With: w.part, Says: name + " can never hold: " + w.condition.String()})
		case region.Full():
			v.report(w.id, w.at, Finding{Kind: AlwaysHolds, Subject: w.subject, With: w.part, Says: name + " always holds: " + w.condition.String()})
		}
	}
	return nil
}

// written are all conditions of the knowledge, in the framework's order.
func (v *finder) written() []written {
	var list []written
	for _, c := range v.Capabilities {
		texts := c.Statements()
		for _, statement := range c.Model.Statements {
			if statement.When == nil {
				continue
			}
			i := slices.IndexFunc(texts, func(t framework.Statement) bool { return t.ID.Value == statement.ID })
			list = append(list, written{texts[i].ID, texts[i].When, statement.ID, nil, statement.When})
		}
		for _, task := range c.Tasks {
			if task.When != nil {
				list = append(list, written{task.ID, task.Statement.When, task.ID.Value, nil, task.When.Condition})
			}
		}
		for _, choice := range c.Choices {
			list = append(list, clauses(choice.ID, "a fit", choice.Option.Fits, choice.Fits)...)
			list = append(list, clauses(choice.ID, "an out", choice.Option.Out, choice.Out)...)
		}
	}
	for _, theme := range v.Themes {
		if theme.Needs != nil {
			list = append(list, written{theme.ID, theme.Need.When, theme.ID.Value, []string{"its need"}, theme.Needs.Condition})
		}
		list = append(list, clauses(theme.ID, "a guard", theme.Guards, theme.Checks)...)
		for _, path := range theme.Paths {
			list = append(list, written{theme.ID, path.Route.When, theme.ID.Value, []string{"a route", path.Route.When.Value}, path.When.Condition})
		}
	}
	for _, rule := range v.Conflicts {
		at := rule.Conflict.When
		list = append(list, written{at, at, conflict, []string{at.Value}, rule.When.Condition})
	}
	return list
}

func clauses(id strict.Text, what string, texts []framework.Clause, conditions []*decide.Predicate) []written {
	var list []written
	for i, condition := range conditions {
		list = append(list, written{id, texts[i].When, id.Value, []string{what, texts[i].When.Value}, condition.Condition})
	}
	return list
}
