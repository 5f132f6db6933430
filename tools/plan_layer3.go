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

// PlanLayer3Input is the input of plan_layer3. The schema of its facts comes from the dictionary.
type PlanLayer3Input struct {
	Running   Running  `json:"running,omitempty" jsonschema_description:"as in evaluate_trigger"`
	Themes    []string `json:"themes,omitempty" jsonschema_description:"themes that are wanted, by Z1..Z6 or slug; if left out, those that are needed"`
	Facts     struct{} `json:"facts,omitempty"`
	Unsettled []string `json:"unsettled,omitempty" jsonschema_description:"as in evaluate_trigger"`
	Sources   Sources  `json:"sources,omitempty" jsonschema_description:"as in evaluate_trigger"`
}

const planLayer3Text = `In which order, one step at a time, and which Layer 3 themes (zero trust, active multi-region, continuous chaos, SLO, cost ` +
	`and security automation) are needed, justified and ready. Gives the sequence with measure, exit and questions of each step, and what ` +
	`to decide, fix or ask first. Use it when several capabilities or a theme are on the table. Not for a single yes or no (evaluate_trigger).`

// Plan is the answer of plan_layer3.
type Plan struct {
	Header
	Themes      []Theme      `json:"themes" jsonschema_description:"the wanted ones"`
	OtherThemes []OtherTheme `json:"other_themes"`
	Sequence    []Step       `json:"sequence"`
	IfConfirmed []Confirm    `json:"if_confirmed" jsonschema_description:"what would follow, once what it assumes is known"`
	DecideFirst []Named      `json:"decide_first"`
	FixFirst    []Fix        `json:"fix_first"`
	Later       []Later      `json:"later"`
	AskFirst    []AskFirst   `json:"ask_first"`
	Mermaid     string       `json:"mermaid"`
}

// Theme is how far a theme of Layer 3 has come.
type Theme struct {
	ID            string         `json:"id"`
	Slug          string         `json:"slug"`
	Title         string         `json:"title"`
	Status        string         `json:"status" jsonschema:"enum=unneeded,enum=unjustified,enum=not_yet,enum=blocked,enum=ready,enum=undetermined"`
	Possible      []string       `json:"possible"`
	Reasons       []string       `json:"because" jsonschema_description:"ids and facts that decide it"`
	Prerequisites []Prerequisite `json:"prerequisites"`
	Guards        []Condition    `json:"guards"`
	Need          Condition      `json:"need"`
	Advice        []string       `json:"advice"`
	Ask           []Question     `json:"ask"`
}

// OtherTheme is a theme that nobody asked for.
type OtherTheme struct {
	ID     string `json:"id"`
	Slug   string `json:"slug"`
	Status string `json:"status"`
}

// Confirm is an undetermined capability that would be a step if what it assumes is confirmed.
type Confirm struct {
	ID       string       `json:"id"`
	Verdict  string       `json:"verdict" jsonschema:"enum=prepare,enum=adopt"`
	Assuming []Assumption `json:"assuming"`
}

// Prerequisite is a capability that should run first.
type Prerequisite struct {
	Capability string `json:"capability"`
	Basis      string `json:"basis" jsonschema:"enum=stated,enum=inferred"`
	Running    *bool  `json:"running" jsonschema:"nullable"`
	Verdict    string `json:"verdict"`
}

// Condition is a condition and whether it holds.
type Condition struct {
	When  string `json:"when"`
	State string `json:"state" jsonschema:"enum=true,enum=false,enum=unknown"`
}

// Step is one step of the sequence, of which one is taken at a time (R2).
type Step struct {
	Step      int       `json:"step"`
	ID        string    `json:"id"`
	Verdict   *string   `json:"verdict" jsonschema:"nullable"`
	Measure   []Measure `json:"measure"`
	Exit      Statement `json:"exit"`
	BuildsOn  []string  `json:"builds_on"`
	Questions []string  `json:"questions"`
	Then      string    `json:"then"`
}

// Named is a capability by its id.
type Named struct {
	Capability string `json:"capability"`
}

// Fix is a capability that waits for readiness, and what blocks it.
type Fix struct {
	Capability string   `json:"capability"`
	Blockers   []string `json:"blockers"`
}

// Later is a capability that waits for scale or timing, and what would end the wait.
type Later struct {
	Capability string   `json:"capability"`
	Until      []string `json:"until"`
}

// AskFirst is an undetermined capability and its first question.
type AskFirst struct {
	Capability string     `json:"capability"`
	Ask        []Question `json:"ask"`
}

func planLayer3(f *framework.Framework, w Workspace) Tool {
	typed := func(u framework.Uses) bool { return len(u.Themes) > 0 && len(u.Verdicts)+len(u.Options) == 0 }
	return Tool{
		Name: "plan_layer3", Title: "In which order?", Description: planLayer3Text,
		Input:  inputSchema(f, PlanLayer3Input{}, typed),
		Output: schemaOf(Plan{}),
		Call: func(_ context.Context, raw json.RawMessage) (any, error) {
			return answer(PlanLayer3(f, w, raw))
		},
	}
}

func PlanLayer3(f *framework.Framework, w Workspace, raw json.RawMessage) (*Plan, error) {
	w, err := w.now()
	if err != nil {
		return nil, err
	}
	a := readArguments(f, raw, "running", "themes", "facts", "unsettled", "sources")
	s := a.situation(w)
	themes, named := a.themes("themes")
	if err := a.mistakes.err(); err != nil {
		return nil, err
	}
	return s.Plan(themes, named), nil
}

// Plan puts the steps in order. Themes that were named count as wanted, whether or not they are needed.
func (s *Situation) Plan(themes []*framework.Theme, named bool) *Plan {
	plan := newPlanner(s, themes, named).plan()
	verdicts := forVerdictsOf(s.framework.Capabilities)
	plan.Header = s.header(func(u framework.Uses) bool { return verdicts(u) || len(u.Themes) > 0 })
	return plan
}

func themeNames(f *framework.Framework) []any {
	var names []any
	for _, t := range f.Themes {
		names = append(names, t.ID.Value, t.Slug.Value)
	}
	return names
}

// themes reads themes by id or slug and returns them in the framework's order; all if absent.
func (a *arguments) themes(argument string) (themes []*framework.Theme, given bool) {
	wanted, given := a.nonEmpty(argument)
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
			a.mistakes.add(argument, "%s: %s is not a theme; there are %s.%s", argument, echo(name), strings.Join(known, ", "), didYouMean(words.Nearest(name, known, 1)))
			continue
		}
		themes = append(themes, theme)
	}
	slices.SortFunc(themes, func(x, y *framework.Theme) int {
		return slices.Index(a.framework.Themes, x) - slices.Index(a.framework.Themes, y)
	})
	return slices.Compact(themes), true
}

func (p *planner) explainTheme(t *framework.Theme) Theme {
	e := p.themes[t]
	theme := Theme{
		ID: t.ID.Value, Slug: t.Slug.Value, Title: t.Title.Value,
		Status: e.Status.String(), Possible: names(e.Possible), Reasons: p.becauseOf(t),
		Guards: []Condition{}, Advice: []string{},
		Need: Condition{needWords(t), e.Need.String()},
		Ask:  p.first(e.Ask),
	}
	theme.Prerequisites = []Prerequisite{p.prerequisite(t.Prerequisite, "stated")}
	for _, inferred := range t.Inferred {
		theme.Prerequisites = append(theme.Prerequisites, p.prerequisite(inferred, "inferred"))
		if p.runs[inferred.Capability.Value] == decide.No {
			theme.Advice = append(theme.Advice, inferred.Says.Value)
		}
	}
	for _, guard := range t.Guards {
		theme.Guards = append(theme.Guards, Condition{guard.When.Value, guard.When.Truth(p.Situation.Situation).String()})
	}
	for _, route := range t.Routes {
		if route.When.Truth(p.Situation.Situation) == decide.Yes {
			theme.Advice = append(theme.Advice, route.Says.Value)
		}
	}
	return theme
}

func (p *planner) prerequisite(of framework.Prerequisite, basis string) Prerequisite {
	id := of.Capability.Value
	return Prerequisite{id, basis, running(p.runs[id]), p.verdicts[id].Verdict.String()}
}

// needWords returns a theme's need as a condition, or as the triggers of which one must stand.
func needWords(t *framework.Theme) string {
	if len(t.Need.AnyStands) == 0 {
		return t.Need.When.Value
	}
	return strings.Join(texts(t.Need.AnyStands), " || ") + " stands"
}

// becauseOf returns the ids and given facts that decide a theme's status. If several statuses are possible, it returns the facts that
// narrow it down to these.
func (p *planner) becauseOf(t *framework.Theme) []string {
	e := p.themes[t]
	reasons := []string{}
	switch e.Status {
	case decide.Unneeded:
		reasons = append(reasons, framework.ThemesNeed)
		reasons = append(reasons, texts(t.Need.AnyStands)...)
	case decide.Unjustified, decide.NotYet:
		reasons = append(reasons, framework.ThemesNeed)
		if t.Prerequisite.Statement.Value != "" {
			reasons = append(reasons, t.Prerequisite.Statement.Value)
		}
	}
	return append(reasons, p.framework.Dictionary.Select(e.Sufficient)...)
}
