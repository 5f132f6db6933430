package tools

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// PlanLayer3Input is what plan_layer3 takes. The schema of facts is made from the dictionary.
type PlanLayer3Input struct {
	Running []string `json:"running,omitempty" jsonschema_description:"as in evaluate_trigger"`
	Themes  []string `json:"themes,omitempty" jsonschema_description:"themes that are wanted, by Z1..Z6 or slug; all are shown if left out"`
	Facts   struct{} `json:"facts,omitempty"`
	Sources Sources  `json:"sources,omitempty" jsonschema_description:"as in evaluate_trigger"`
}

const planLayer3Text = `In which order, one step at a time, and which Layer 3 themes (zero trust, active multi-region, continuous chaos, SLO, cost ` +
	`and security automation) are needed, justified and ready. Gives the sequence with measure, exit and questions of each step, and what ` +
	`to decide, fix or ask first. Use it when several capabilities or a theme are on the table. Not for a single yes or no (evaluate_trigger).`

func planLayer3(f *framework.Framework, w Workspace) Tool {
	alone := func(u framework.Uses) bool { return len(u.Themes) > 0 && len(u.Verdicts)+len(u.Options) == 0 }
	used := func(u framework.Uses) bool { return forVerdicts(u) || len(u.Themes) > 0 }
	return Tool{
		Name: "plan_layer3", Title: "In which order?", Description: planLayer3Text,
		Input:  inputSchema(f, PlanLayer3Input{}, alone),
		Output: schemaOf(Plan{}),
		Call: func(ctx context.Context, raw json.RawMessage) (any, error) {
			w, err := w.now(ctx)
			if err != nil {
				return nil, err
			}
			a := readArguments(f, raw, "running", "themes", "facts", "sources")
			s := a.situation(w)
			named, given := a.themes("themes")
			if err := a.mistakes.err(); err != nil {
				return nil, err
			}
			p := newPlanner(f, s, named, given)
			plan := p.plan()
			plan.Header = header(f, s, used)
			plan.Ignored = a.ignored
			return plan, nil
		},
	}
}

func themeNames(f *framework.Framework) []any {
	var names []any
	for _, t := range f.Themes {
		names = append(names, t.ID.Value, t.Slug.Value)
	}
	return names
}

// themes reads themes by id or slug, in the framework's order; all if absent.
func (a *arguments) themes(argument string) (themes []*framework.Theme, given bool) {
	wanted, given := a.some(argument)
	if !given {
		return a.framework.Themes, false
	}
	for _, name := range wanted {
		theme, ok := a.framework.Theme(name)
		if !ok {
			var known []string
			for _, t := range a.framework.Themes {
				known = append(known, t.ID.Value, t.Slug.Value)
			}
			a.mistakes.add(argument, "%s: %s is no theme; there are %s.%s", argument, echo(name), strings.Join(known, ", "), didYouMean(words.Nearest(name, known, 1)))
			continue
		}
		themes = append(themes, theme)
	}
	slices.SortFunc(themes, func(x, y *framework.Theme) int {
		return slices.Index(a.framework.Themes, x) - slices.Index(a.framework.Themes, y)
	})
	return slices.Compact(themes), true
}

// explainTheme is how far a theme has come, and why.
func (p *planner) explainTheme(t *framework.Theme) Theme {
	e := p.themes[t]
	theme := Theme{
		ID: t.ID.Value, Slug: t.Slug.Value, Title: t.Title.Value,
		Status: e.Status.String(), Possible: names(e.Possible), Because: p.becauseOf(t),
		Guards: []Condition{}, Advice: []string{},
		Need: Condition{needWords(t), e.Need.String()},
		Ask:  p.situation.questions(p.framework, e.Ask[:min(len(e.Ask), 1)]),
	}
	theme.Prerequisites = []Prerequisite{p.prerequisite(t.Prerequisite, "stated")}
	for _, inferred := range t.Inferred {
		theme.Prerequisites = append(theme.Prerequisites, p.prerequisite(inferred, "inferred"))
		if p.situation.runs[inferred.Capability.Value] == decide.No {
			theme.Advice = append(theme.Advice, inferred.Says.Value)
		}
	}
	for _, guard := range t.Guards {
		theme.Guards = append(theme.Guards, Condition{guard.When.Value, guard.When.Truth(p.situation.Situation).String()})
	}
	for _, route := range t.Routes {
		if route.When.Truth(p.situation.Situation) == decide.Yes {
			theme.Advice = append(theme.Advice, route.Says.Value)
		}
	}
	return theme
}

func (p *planner) prerequisite(of framework.Prerequisite, basis string) Prerequisite {
	id := of.Capability.Value
	return Prerequisite{id, basis, running(p.situation.runs[id]), p.verdicts[id].Verdict.String()}
}

// needWords is a theme's need as a condition, or as the triggers of which one must stand.
func needWords(t *framework.Theme) string {
	if len(t.Need.AnyStands) == 0 {
		return t.Need.When.Value
	}
	return strings.Join(texts(t.Need.AnyStands), " || ") + " stands"
}

// becauseOf is the ids and the given facts that decide a theme's status. Where several are possible, it is the facts that leave
// just these.
func (p *planner) becauseOf(t *framework.Theme) []string {
	e := p.themes[t]
	because := []string{}
	switch e.Status {
	case decide.Unneeded:
		because = append(because, framework.ThemesNeed)
		because = append(because, texts(t.Need.AnyStands)...)
	case decide.Unjustified, decide.NotYet:
		because = append(because, framework.ThemesNeed)
		if t.Prerequisite.Statement.Value != "" {
			because = append(because, t.Prerequisite.Statement.Value)
		}
	}
	return append(because, factNames(p.framework, e.Sufficient)...)
}
