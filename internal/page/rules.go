package page

import (
	"strings"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/tools"
)

// Rules is what holds for all capabilities, as JSON shows it.
type Rules struct {
	Knowledge tools.Knowledge       `json:"knowledge"`
	Source    string                `json:"source"`
	Framework []framework.Statement `json:"framework"`
	Layers    []framework.Statement `json:"layers"`
	Rules     []framework.Statement `json:"rules"`
	Conflicts []framework.Conflict  `json:"conflicts"`
}

func rulesOf(f *framework.Framework) Rules {
	return Rules{knowledgeOf(f), f.Source, f.About, f.Layers, f.Rules, append([]framework.Conflict{}, f.Conflicts...)}
}

func rulesMarkdown(f *framework.Framework) string {
	var m markdown
	m.heading(1, "Rules")
	m.paragraph("Source: ", plain(f.Source))
	m.heading(2, "Decision rules (R)")
	m.statements(0, f.Rules)
	m.heading(2, "Layers (Y)")
	m.statements(0, f.Layers)
	m.heading(2, "What the framework is, and is not (F)")
	m.statements(0, f.About)
	m.heading(2, "Conflicts: facts that do not fit together")
	m.paragraph("They are reported, and decide nothing.")
	for _, c := range f.Conflicts {
		m.point(0, plain(c.Says.Value))
		when := "When " + code(c.When.Value)
		if !c.NotRunning.IsZero() {
			when += " · and " + code(c.NotRunning.Value) + " does not run"
		}
		m.more(0, when)
	}
	m.source(f)
	return m.page()
}

// Readings is the choices, as JSON shows them.
type Readings struct {
	Knowledge tools.Knowledge     `json:"knowledge"`
	Readings  []framework.Reading `json:"readings"`
}

func readingsOf(f *framework.Framework) Readings { return Readings{knowledgeOf(f), f.Readings} }

func readingsMarkdown(f *framework.Framework) string {
	var m markdown
	m.heading(1, "Readings")
	m.paragraph("Where the source is silent or at odds with itself, a choice was made. Each has a name, and is cited where it matters.")
	for _, r := range f.Readings {
		m.point(0, bold(readingID(r)), " ", plain(r.Says.Value))
		on := texts(r.On)
		if !r.Scope.IsZero() {
			on = append(on, plain(r.Scope.Value))
		}
		m.more(0, "On: "+strings.Join(on, ", "))
	}
	m.source(f)
	return m.page()
}
