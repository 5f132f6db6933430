package verify

import (
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// written is a condition, the id or subject it belongs to, and the part of it.
type written struct {
	id      strict.Text
	when    framework.Condition
	subject string
	part    []string
}

// conflict is the subject of findings about conflicts, which have no id; their condition follows it.
const conflict = "conflict"

// conditions reports conditions that are never true or never false.
func (v *finder) conditions() error {
	for _, w := range v.written() {
		region, err := v.alone(w.when.Compiled.Condition)
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
			v.report(w.id, w.when.Text, Finding{Kind: NeverHolds, Subject: w.subject, With: w.part, Says: name + " can never hold: " + w.when.Value})
		case region.Full():
			v.report(w.id, w.when.Text, Finding{Kind: AlwaysHolds, Subject: w.subject, With: w.part, Says: name + " always holds: " + w.when.Value})
		}
	}
	return nil
}

// written returns all conditions that are not disabled, in the framework's order.
func (v *finder) written() []written {
	var list []written
	add := func(id strict.Text, subject string, when framework.Condition, part ...string) {
		if when.Compiled != nil {
			list = append(list, written{id, when, subject, part})
		}
	}
	clauses := func(id strict.Text, what string, clauses []framework.Clause) {
		for _, clause := range clauses {
			add(id, id.Value, clause.When, what, clause.When.Value)
		}
	}
	for _, c := range v.Capabilities {
		for _, statement := range c.Statements() {
			if !statement.Disabled && statement.Do.IsZero() {
				add(statement.ID, statement.ID.Value, statement.When)
			}
		}
		for _, task := range c.Tasks {
			add(task.ID, task.ID.Value, task.When)
		}
		for _, option := range c.Enabled {
			clauses(option.ID, "a fit", option.Fits)
			clauses(option.ID, "an out", option.Out)
		}
	}
	for _, theme := range v.Themes {
		add(theme.ID, theme.ID.Value, theme.Need.When, "its need")
		clauses(theme.ID, "a guard", theme.Guards)
		for _, route := range theme.Routes {
			add(theme.ID, theme.ID.Value, route.When, "a route", route.When.Value)
		}
	}
	for _, rule := range v.Conflicts {
		add(rule.When.Text, conflict, rule.When, rule.When.Value)
	}
	return list
}
