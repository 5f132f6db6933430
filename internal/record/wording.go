package record

import (
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/framework"
)

// Wording is a statement's condition and marks in words: "services > 5 required".
type Wording struct{ ID, Text string }

// Wordings returns the statements of a capability that have a condition or a mark, in the framework's order, and the rule that
// blocks it while Layer 1 is not stable.
func Wordings(f *framework.Framework, c *framework.Capability) []Wording {
	statements := c.Statements()
	for _, rule := range f.Rules {
		if !c.Model.Prepare && rule.ID.Value == c.Model.Foundation.ID {
			statements = append(statements, rule)
		}
	}
	var wordings []Wording
	for _, s := range statements {
		if text := wording(s); text != "" {
			wordings = append(wordings, Wording{s.ID.Value, text})
		}
	}
	return wordings
}

// wording puts a statement's condition and marks into words.
func wording(s framework.Statement) string {
	if s.Disabled {
		return "disabled"
	}
	var marks []string
	add := func(is bool, words ...string) {
		if is {
			marks = append(marks, strings.Join(words, " "))
		}
	}
	add(s.Required, "required")
	add(!s.Effect.IsZero(), s.Effect.Value)
	add(len(s.Answers) > 0, "answers", strings.Join(names(s.Answers), " and "))
	add(s.Measured, "measured")
	add(s.Regulation, "regulation")
	add(!s.Lifts.IsZero(), "lifts", s.Lifts.Value)
	add(!s.Do.IsZero(), "do", s.Do.Value)
	return strings.TrimSpace(s.When.Value + " " + strings.Join(marks, ", "))
}

// Rewording is a changed statement. Was is empty if it is new, Is if it is gone.
type Rewording struct{ ID, Was, Is string }

// rewordings returns the changed statements: the old ones in their order, then the new ones.
func rewordings(was, is []Wording) []Rewording {
	var list []Rewording
	for _, old := range was {
		if text := find(is, old.ID); text != old.Text {
			list = append(list, Rewording{old.ID, old.Text, text})
		}
	}
	for _, new := range is {
		if find(was, new.ID) == "" {
			list = append(list, Rewording{new.ID, "", new.Text})
		}
	}
	return list
}

func find(wordings []Wording, id string) string {
	if i := slices.IndexFunc(wordings, func(r Wording) bool { return r.ID == id }); i >= 0 {
		return wordings[i].Text
	}
	return ""
}

// reread replaces wordings by newer ones; one without a text removes the statement.
func reread(wordings, over []Wording) []Wording {
	for _, new := range over {
		i := slices.IndexFunc(wordings, func(r Wording) bool { return r.ID == new.ID })
		switch {
		case new.Text == "" && i >= 0:
			wordings = slices.Delete(wordings, i, i+1)
		case i >= 0:
			wordings[i] = new
		case new.Text != "":
			wordings = append(wordings, new)
		}
	}
	return wordings
}

func names[T interface{ String() string }](list []T) []string {
	words := make([]string, len(list))
	for i, one := range list {
		words[i] = one.String()
	}
	return words
}
