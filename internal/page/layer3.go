package page

import (
	"strings"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// Layer3 is the themes, as JSON shows them.
type Layer3 struct {
	Knowledge tools.Knowledge       `json:"knowledge"`
	Themes    []framework.ThemeFile `json:"themes"`
	Readings  []framework.Reading   `json:"readings"`
}

func layer3Of(f *framework.Framework) Layer3 {
	ids := idsOf(f.Themes, func(t *framework.Theme) string { return t.ID.Value })
	l := Layer3{knowledgeOf(f), []framework.ThemeFile{}, readingsOn(f, ids...)}
	for _, t := range f.Themes {
		l.Themes = append(l.Themes, t.ThemeFile)
	}
	return l
}

func layer3Markdown(f *framework.Framework) string {
	var m markdown
	m.heading(1, "Layer 3")
	for _, id := range []string{framework.ThemesLayer, framework.ThemesNeed} {
		if entry, ok := f.Entry(id); ok {
			m.point(0, bold(id), " ", plain(entry.Says))
		}
	}
	m.paragraph("\nA theme's status is the first that applies: **unneeded**, its need is false; **unjustified**, its stated prerequisite does not run " +
		"and is to be skipped; **not_yet**, it does not run; **blocked**, a guard is false; else **ready**. Inferred prerequisites are advice.")
	for _, t := range f.Themes {
		m.heading(2, t.ID.Value+" "+plain(t.Title.Value))
		m.theme(f, t.ThemeFile)
	}
	m.readings(layer3Of(f).Readings, nil)
	m.source(f)
	return m.page()
}

// theme is what a theme needs, and what must hold before it starts.
func (m *markdown) theme(f *framework.Framework, t framework.ThemeFile) {
	m.paragraph(code(t.Slug.Value), " · ", plain(t.Says.Value))
	need := code(t.Need.When.Value)
	if len(t.Need.AnyStands) > 0 {
		need = words.Or(texts(t.Need.AnyStands)) + " stands"
	}
	m.point(0, "Need: ", plain(t.Need.Says.Value))
	m.more(0, need)
	m.prerequisite(f, "Runs first, stated", t.Prerequisite)
	for _, p := range t.Inferred {
		m.prerequisite(f, "Runs first, inferred", p)
	}
	for _, g := range t.Guards {
		m.point(0, "Guard: ", plain(g.Says.Value))
		m.more(0, code(g.When.Value))
	}
	for _, r := range t.Routes {
		m.point(0, "Route: ", plain(r.Says.Value))
		m.more(0, "When "+code(r.When.Value)+" · see "+strings.Join(texts(r.Options), ", "))
	}
}

func (m *markdown) prerequisite(f *framework.Framework, basis string, p framework.Prerequisite) {
	if !p.Statement.IsZero() {
		basis += " by " + p.Statement.Value
	}
	m.point(0, basis, ": ", capabilityLink(f, p.Capability.Value), ". ", plain(p.Says.Value))
}
