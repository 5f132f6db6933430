package page

import (
	"strings"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/markdown"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// Layer3 is the page of the themes in its JSON form.
type Layer3 struct {
	Knowledge tools.Knowledge       `json:"knowledge"`
	Themes    []framework.ThemeFile `json:"themes"`
	Readings  []framework.Reading   `json:"readings"`
}

func layer3Of(f *framework.Framework) Layer3 {
	ids := words.Each(f.Themes, func(t *framework.Theme) string { return t.ID.Value })
	l := Layer3{tools.KnowledgeOf(f), []framework.ThemeFile{}, readingsOn(f, ids...)}
	for _, t := range f.Themes {
		l.Themes = append(l.Themes, t.ThemeFile)
	}
	return l
}

func layer3Markdown(f *framework.Framework) string {
	var m sheet
	m.Heading(1, "Layer 3")
	for _, id := range []string{framework.ThemesLayer, framework.ThemesNeed} {
		if entry, ok := f.Entry(id); ok {
			m.Point(0, markdown.Bold(id), " ", markdown.Escape(entry.Says))
		}
	}
	m.Paragraph("\nA theme's status is the first that applies: **unneeded**, its need is false; **unjustified**, its stated prerequisite does not run " +
		"and is to be skipped; **not_yet**, it does not run; **blocked**, a guard is false; else **ready**. Inferred prerequisites are advice.")
	for _, t := range f.Themes {
		m.Heading(2, t.ID.Value+" "+markdown.Escape(t.Title.Value))
		m.theme(f, t.ThemeFile)
	}
	m.readings(layer3Of(f).Readings, nil)
	m.source(f)
	return m.String()
}

// theme writes what a theme needs, and what must hold before it starts.
func (m *sheet) theme(f *framework.Framework, t framework.ThemeFile) {
	m.Paragraph(markdown.Code(t.Slug.Value), " · ", markdown.Escape(t.Says.Value))
	need := markdown.Code(t.Need.When.Value)
	if len(t.Need.AnyStands) > 0 {
		need = words.Or(texts(t.Need.AnyStands)) + " stands"
	}
	m.Point(0, "Need: ", markdown.Escape(t.Need.Says.Value))
	m.More(0, need)
	m.prerequisite(f, "Runs first, stated", t.Prerequisite)
	for _, p := range t.Inferred {
		m.prerequisite(f, "Runs first, inferred", p)
	}
	for _, g := range t.Guards {
		m.Point(0, "Guard: ", markdown.Escape(g.Says.Value))
		m.More(0, markdown.Code(g.When.Value))
	}
	for _, r := range t.Routes {
		m.Point(0, "Route: ", markdown.Escape(r.Says.Value))
		m.More(0, "When "+markdown.Code(r.When.Value)+" · see "+strings.Join(texts(r.Options), ", "))
	}
}

func (m *sheet) prerequisite(f *framework.Framework, basis string, p framework.Prerequisite) {
	if !p.Statement.IsZero() {
		basis += " by " + p.Statement.Value
	}
	m.Point(0, basis, ": ", capabilityLink(f, p.Capability.Value), ". ", markdown.Escape(p.Says.Value))
}
