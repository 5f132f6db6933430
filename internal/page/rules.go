package page

import (
	"strings"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/markdown"
	"github.com/vanhoutenbos/layer2/tools"
)

// Rules is what applies to all capabilities, in its JSON form.
type Rules struct {
	Knowledge tools.Knowledge       `json:"knowledge"`
	Source    string                `json:"source"`
	Framework []framework.Statement `json:"framework"`
	Layers    []framework.Statement `json:"layers"`
	Rules     []framework.Statement `json:"rules"`
	Conflicts []framework.Conflict  `json:"conflicts"`
}

func rulesOf(f *framework.Framework) Rules {
	return Rules{tools.KnowledgeOf(f), f.Source, f.About, f.Layers, f.Rules, append([]framework.Conflict{}, f.Conflicts...)}
}

func rulesMarkdown(f *framework.Framework) string {
	var m sheet
	m.Heading(1, "Rules")
	m.Paragraph("Source: ", markdown.Escape(f.Source))
	m.Heading(2, "Decision rules (R)")
	m.statements(0, f.Rules)
	m.Heading(2, "Layers (Y)")
	m.statements(0, f.Layers)
	m.Heading(2, "What the framework is, and is not (F)")
	m.statements(0, f.About)
	m.Heading(2, "Conflicts: facts that contradict each other")
	m.Paragraph("They are reported but decide nothing.")
	for _, c := range f.Conflicts {
		m.Point(0, markdown.Escape(c.Says.Value))
		when := "When " + markdown.Code(c.When.Value)
		if !c.NotRunning.IsZero() {
			when += " · and " + markdown.Code(c.NotRunning.Value) + " does not run"
		}
		m.More(0, when)
	}
	m.source(f)
	return m.String()
}

// Readings is the page of the readings in its JSON form.
type Readings struct {
	Knowledge tools.Knowledge     `json:"knowledge"`
	Readings  []framework.Reading `json:"readings"`
}

func readingsOf(f *framework.Framework) Readings { return Readings{tools.KnowledgeOf(f), f.Readings} }

func readingsMarkdown(f *framework.Framework) string {
	var m sheet
	m.Heading(1, "Readings")
	m.Paragraph("Where the source is silent or contradicts itself, a choice was made. Each has a name, and is cited where it matters.")
	for _, r := range f.Readings {
		m.Point(0, markdown.Bold(readingID(r)), " ", markdown.Escape(r.Says.Value))
		on := texts(r.On)
		if !r.Scope.IsZero() {
			on = append(on, markdown.Escape(r.Scope.Value))
		}
		m.More(0, "On: "+strings.Join(on, ", "))
	}
	m.source(f)
	return m.String()
}
