package page

import (
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
	"github.com/vanhoutenbos/layer2/tools"
)

// FactsPage is the dictionary, as JSON shows it.
type FactsPage struct {
	Knowledge tools.Knowledge `json:"knowledge"`
	Facts     []FactEntry     `json:"facts"`
}

// FactEntry is a fact and what looks at it: ids of statements, options and themes.
type FactEntry struct {
	framework.Fact
	UsedBy []string `json:"used_by"`
}

func factsPage(f *framework.Framework) FactsPage {
	page := FactsPage{Knowledge: knowledgeOf(f), Facts: []FactEntry{}}
	users := usersOf(f)
	for i, fact := range f.Facts {
		page.Facts = append(page.Facts, FactEntry{fact, append([]string{}, users[i]...)})
	}
	return page
}

// usersOf are the ids that look at each fact, in the framework's order, but for conflicts, which have none.
func usersOf(f *framework.Framework) map[int][]string {
	users := map[int][]string{}
	use := func(id string, conditions ...strict.Text) {
		for _, when := range conditions {
			condition, err := decide.Parse(when.Value, f.Dictionary)
			if err != nil {
				continue // an empty condition: the others were checked when the knowledge was loaded
			}
			for _, fact := range condition.Facts() {
				if !slices.Contains(users[fact], id) {
					users[fact] = append(users[fact], id)
				}
			}
		}
	}
	for _, s := range f.Rules {
		use(s.ID.Value, s.When)
	}
	for _, c := range f.Capabilities {
		for _, s := range c.Statements() {
			use(s.ID.Value, s.When)
		}
		for _, o := range c.Options {
			for _, clause := range slices.Concat(o.Fits, o.Out) {
				use(o.ID.Value, clause.When)
			}
		}
	}
	for _, t := range f.Themes {
		use(t.ID.Value, t.Need.When)
		for _, guard := range t.Guards {
			use(t.ID.Value, guard.When)
		}
		for _, route := range t.Routes {
			use(t.ID.Value, route.When)
		}
	}
	return users
}

// The groups of the dictionary, by what looks at a fact first.
var groups = [...]string{"Facts that verdicts use", "Facts that only options use", "Facts that only Layer 3 uses", "Other facts"}

// groupsOf is the group of each fact.
func groupsOf(f *framework.Framework) []int {
	group := make([]int, len(f.Facts))
	for i := range group {
		group[i] = len(groups) - 1
	}
	join := func(number int, facts []int) {
		for _, fact := range facts {
			group[fact] = min(group[fact], number)
		}
	}
	for _, c := range f.Capabilities {
		join(0, c.Decision.Facts())
		for _, choice := range c.Choices {
			for _, clause := range slices.Concat(choice.Fits, choice.Out) {
				join(1, clause.Facts())
			}
		}
	}
	for _, t := range f.Themes {
		join(2, t.Decision.Facts())
	}
	return group
}

func factsMarkdown(f *framework.Framework) string {
	var m markdown
	m.heading(1, "Facts")
	m.paragraph("What can be known about a platform, in fact order. Give only what a person said or a file shows, and leave the rest out: " +
		"what is left out is unknown, not false. A wish is one of somebody who decides. " +
		"*Presumed* is what silence is taken for in a provisional answer, and nowhere else.")
	group, users := groupsOf(f), usersOf(f)
	for number, title := range groups {
		if !slices.Contains(group, number) {
			continue
		}
		m.heading(2, title)
		for i, fact := range f.Facts {
			if group[i] == number {
				m.fact(f.Dictionary.Fact(i), fact, users[i])
			}
		}
	}
	m.source(f)
	return m.page()
}

// fact is one entry of the dictionary.
func (m *markdown) fact(typed fact.Fact, fact framework.Fact, users []string) {
	kind := fact.Type.Value
	if len(fact.Values) > 0 {
		kind = map[string]string{"choice": "one of ", "set": "any of "}[kind] + codes(texts(fact.Values))
	}
	if !fact.Unit.IsZero() {
		kind += ", " + plain(fact.Unit.Value)
	}
	presumed := "never presumed"
	if fact.Presumed != nil {
		presumed = "presumed " + code(typed.Presumed.String()) + ": " + plain(fact.Presumed.Says.Value)
	}
	m.point(0, code(fact.ID.Value), " · ", kind, " · ", presumed)
	m.more(0, "**"+plain(fact.Question.Value)+"** "+plain(fact.Meaning.Value))
	if len(users) > 0 {
		m.more(0, "Looked at by "+strings.Join(users, ", ")+".")
	}
}
