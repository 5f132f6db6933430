package page

import (
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/markdown"
	"github.com/vanhoutenbos/layer2/tools"
)

// FactsPage is the dictionary in its JSON form.
type FactsPage struct {
	Knowledge tools.Knowledge `json:"knowledge"`
	Facts     []FactEntry     `json:"facts"`
}

// FactEntry is a fact with the ids of the statements, options and themes that use it.
type FactEntry struct {
	framework.Fact
	UsedBy []string `json:"used_by"`
}

func factsPage(f *framework.Framework) FactsPage {
	page := FactsPage{Knowledge: tools.KnowledgeOf(f), Facts: []FactEntry{}}
	for i, entry := range f.Facts {
		page.Facts = append(page.Facts, FactEntry{entry, append([]string{}, f.Uses(i).By...)})
	}
	return page
}

// The groups of the dictionary; a fact is in the first that applies.
var groups = [...]string{"Facts that verdicts use", "Facts that only options use", "Facts that only Layer 3 uses", "Other facts"}

func groupOf(u framework.Uses) int {
	switch {
	case len(u.Verdicts) > 0:
		return 0
	case len(u.Options) > 0:
		return 1
	case len(u.Themes) > 0:
		return 2
	}
	return len(groups) - 1
}

func factsMarkdown(f *framework.Framework) string {
	var m sheet
	m.Heading(1, "Facts")
	m.Paragraph("What can be known about a platform, in fact order. Give only what a person said or a file shows, and leave the rest out: " +
		"what is left out is unknown, not false. A wish counts if it comes from someone who decides. " +
		"*Presumed* is the value that a provisional answer, and nothing else, assumes while the fact is unknown.")
	for group, title := range groups {
		headed := false
		for i, entry := range f.Facts {
			if groupOf(f.Uses(i)) != group {
				continue
			}
			if !headed {
				m.Heading(2, title)
				headed = true
			}
			m.fact(f.Dictionary.Fact(i), entry, f.Uses(i).By)
		}
	}
	m.source(f)
	return m.String()
}

func (m *sheet) fact(typed fact.Fact, fact framework.Fact, users []string) {
	kind := fact.Type.Value
	if len(fact.Values) > 0 {
		kind = map[string]string{"choice": "one of ", "set": "any of "}[kind] + markdown.Codes(texts(fact.Values))
	}
	if !fact.Unit.IsZero() {
		kind += ", " + markdown.Escape(fact.Unit.Value)
	}
	presumed := "never presumed"
	if fact.Presumed != nil {
		presumed = "presumed " + markdown.Code(typed.Presumed.String()) + ": " + markdown.Escape(fact.Presumed.Says.Value)
	}
	m.Point(0, markdown.Code(fact.ID.Value), " · ", kind, " · ", presumed)
	m.More(0, "**"+markdown.Escape(fact.Question.Value)+"** "+markdown.Escape(fact.Meaning.Value))
	if len(users) > 0 {
		m.More(0, "Used by "+strings.Join(users, ", ")+".")
	}
}
