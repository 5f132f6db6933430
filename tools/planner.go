package tools

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// planner puts the steps of a plan in order (R2), given the explanations of all capabilities and themes.
type planner struct {
	*Situation
	shown    []*framework.Theme
	named    bool // the caller named the themes, so they are wanted whether or not they are needed
	verdicts map[string]decide.Explanation
	themes   map[*framework.Theme]decide.ThemeExplanation
}

func newPlanner(s *Situation, shown []*framework.Theme, named bool) *planner {
	p := &planner{
		Situation: s, shown: shown, named: named,
		verdicts: map[string]decide.Explanation{},
		themes:   map[*framework.Theme]decide.ThemeExplanation{},
	}
	for _, c := range s.framework.Capabilities {
		p.verdicts[c.ID.Value] = c.Decision.Brief(s.Situation)
	}
	for _, t := range s.framework.Themes {
		p.themes[t] = t.Decision.Explain(s.Situation, s.runs[t.Prerequisite.Capability.Value])
	}
	return p
}

func (p *planner) plan() *Plan {
	plan := &Plan{
		Themes: []Theme{}, OtherThemes: []OtherTheme{}, IfConfirmed: []Confirm{}, DecideFirst: []Named{}, FixFirst: []Fix{}, Later: []Later{}, AskFirst: []AskFirst{},
	}
	for _, t := range p.framework.Themes {
		if e := p.themes[t]; p.wanted(t) {
			plan.Themes = append(plan.Themes, p.explainTheme(t))
		} else {
			plan.OtherThemes = append(plan.OtherThemes, OtherTheme{t.ID.Value, t.Slug.Value, e.Status.String()})
		}
	}
	for _, c := range p.framework.Capabilities {
		if p.runs[c.ID.Value] != decide.Yes {
			p.classify(plan, c, p.verdicts[c.ID.Value])
		}
	}
	plan.Sequence = p.sequence()
	plan.IfConfirmed = p.ifConfirmed()
	plan.Mermaid = p.mermaid(plan.Sequence, plan.IfConfirmed)
	return plan
}

// classify files a capability that is not known to run and is not a step under the right list. A capability to skip is in none.
func (p *planner) classify(plan *Plan, c *framework.Capability, e decide.Explanation) {
	id := c.ID.Value
	switch {
	case e.Verdict == decide.Consider:
		plan.DecideFirst = append(plan.DecideFirst, Named{id})
	case e.Verdict == decide.Wait && slices.Contains(e.Reasons, decide.Readiness):
		plan.FixFirst = append(plan.FixFirst, Fix{id, blockers(c, e)})
	case e.Verdict == decide.Wait:
		plan.Later = append(plan.Later, Later{id, until(e)})
	case e.Verdict == decide.Undetermined:
		plan.AskFirst = append(plan.AskFirst, AskFirst{id, p.first(e.Ask)})
	}
}

// blockers returns what blocks a capability: the foundation, then the blockers that hold.
func blockers(c *framework.Capability, e decide.Explanation) []string {
	list := []string{}
	for _, o := range e.Against {
		if o.ID == c.Model.Foundation.ID {
			list = slices.Insert(list, 0, o.ID)
		} else if o.Effect == decide.Blocker {
			list = append(list, o.ID)
		}
	}
	return list
}

// until returns what would end a wait: for scale, the required statements that fail; for timing, the statements for later that hold.
func until(e decide.Explanation) []string {
	list := []string{}
	for _, o := range e.Against {
		scale := o.Effect == decide.Unmet && slices.Contains(e.Reasons, decide.Scale)
		timing := o.Effect == decide.Argues && slices.Contains(e.Reasons, decide.Timing)
		if scale || timing {
			list = append(list, o.ID)
		}
	}
	return list
}

// foundationStep is the id of the step that comes before all others while Layer 1 is not stable.
const foundationStep = "layer-1"

func (p *planner) sequence() []Step {
	steps := []Step{}
	add := func(s Step) {
		s.Step = len(steps) + 1
		steps = append(steps, s)
	}
	if rule, fails := p.foundationFails(); fails {
		add(p.foundationStep(rule))
	}
	for _, c := range p.starting() {
		add(p.capabilityStep(c))
	}
	for _, t := range p.framework.Themes {
		if p.wanted(t) && p.themes[t].Status == decide.Ready {
			add(p.themeStep(t))
		}
	}
	return steps
}

// foundationFails reports whether the rule that blocks every capability certainly holds, and returns it.
func (p *planner) foundationFails() (decide.Statement, bool) {
	for _, c := range p.framework.Capabilities {
		if truth, known := c.Decision.Holds(c.Model.Foundation.ID, p.Situation.Situation); known {
			return c.Model.Foundation, truth == decide.Yes
		}
	}
	return decide.Statement{}, false
}

func (p *planner) foundationStep(rule decide.Statement) Step {
	return Step{
		ID:       foundationStep,
		Measure:  []Measure{{framework.FoundationLayer, says(p.framework, framework.FoundationLayer), p.known(rule.When.Facts())}},
		Exit:     Statement{framework.ExitRule, says(p.framework, framework.ExitRule)},
		BuildsOn: []string{}, Questions: []string{},
		Then: fmt.Sprintf("Start the next step when Layer 1 is stable (%s).", framework.FoundationLayer),
	}
}

// wanted reports whether a theme is told in full: the caller named it or, if none was named, its need is certain.
func (p *planner) wanted(t *framework.Theme) bool {
	if p.named {
		return slices.Contains(p.shown, t)
	}
	return p.themes[t].Need == decide.Yes
}

// starting returns the capabilities to start.
func (p *planner) starting() []*framework.Capability {
	return p.inOrder(func(e decide.Explanation) bool { return starts(e.Verdict) })
}

func starts(v decide.Verdict) bool { return v == decide.Adopt || v == decide.Prepare }

// ifConfirmed returns what would start if what it assumes is confirmed, in the order of steps.
func (p *planner) ifConfirmed() []Confirm {
	list := []Confirm{}
	for _, c := range p.inOrder(func(e decide.Explanation) bool { return e.Provisional != nil && starts(e.Provisional.Verdict) }) {
		e := c.Decision.Explain(p.Situation.Situation)
		provisional := p.provisional(e)
		p.completeAssumptions(provisional, e)
		list = append(list, Confirm{c.ID.Value, provisional.Verdict, provisional.Assuming})
	}
	return list
}

// inOrder returns the capabilities that are chosen and not known to run: prerequisites of named themes first, then what a regulation
// demands, then the cheaper ones, then the framework's order.
func (p *planner) inOrder(chosen func(decide.Explanation) bool) []*framework.Capability {
	var list []*framework.Capability
	for _, c := range p.framework.Capabilities {
		if p.runs[c.ID.Value] != decide.Yes && chosen(p.verdicts[c.ID.Value]) {
			list = append(list, c)
		}
	}
	slices.SortStableFunc(list, func(a, b *framework.Capability) int {
		return cmp.Or(
			cmp.Compare(truth(p.prepares(b)), truth(p.prepares(a))),
			cmp.Compare(truth(p.regulated(b)), truth(p.regulated(a))),
			cmp.Compare(costRank(a), costRank(b)),
		)
	})
	return list
}

// prepares reports whether a theme named by the caller has the capability as its stated prerequisite.
func (p *planner) prepares(c *framework.Capability) bool {
	return p.named && slices.ContainsFunc(p.shown, func(t *framework.Theme) bool { return t.Prerequisite.Capability.Value == c.ID.Value })
}

// regulated reports whether a reason for now stands that comes from a regulation.
func (p *planner) regulated(c *framework.Capability) bool {
	return slices.ContainsFunc(p.verdicts[c.ID.Value].For, func(id string) bool { return statement(p.framework, id).Regulation })
}

// costRank orders complexity costs; one that the source does not state counts as medium.
func costRank(c *framework.Capability) int {
	costs := []string{"low", "low-medium", "medium", "medium-high", "high"}
	if i := slices.Index(costs, c.Complexity.Value); i >= 0 {
		return i
	}
	return slices.Index(costs, "medium")
}

func (p *planner) capabilityStep(c *framework.Capability) Step {
	e := p.verdicts[c.ID.Value]
	verdict := e.Verdict.String()
	step := Step{
		ID: c.ID.Value, Verdict: &verdict,
		Measure:  p.measure(c, e),
		Exit:     exitOf(p.framework, c),
		BuildsOn: statementIDs(c.BuildsOn), Questions: []string{},
	}
	for _, q := range c.Questions {
		step.Questions = append(step.Questions, q.ID.Value)
	}
	var ids []string
	for _, measure := range step.Measure {
		ids = append(ids, measure.ID)
	}
	step.Then = fmt.Sprintf("Start the next step when its measure (%s) is met.", strings.Join(ids, ", "))
	if ids[0] == c.Model.Measure {
		step.Then = fmt.Sprintf("Start the next step when the number that %s asks for is named and met.", c.Model.Measure)
	}
	return step
}

func (p *planner) themeStep(t *framework.Theme) Step {
	verdict := decide.Ready.String()
	step := Step{
		ID: t.ID.Value, Verdict: &verdict, Measure: []Measure{}, BuildsOn: []string{}, Questions: []string{},
		Exit: Statement{framework.ExitRule, says(p.framework, framework.ExitRule)},
	}
	if c, ok := p.framework.Capability(t.Prerequisite.Capability.Value); ok {
		step.BuildsOn = statementIDs(c.BuildsOn)
		step.Then = fmt.Sprintf("Start the next step when the number that %s asks for is named and met.", c.Model.Measure)
	}
	return step
}

func statementIDs(list []framework.Statement) []string {
	ids := []string{}
	for _, s := range list {
		ids = append(ids, s.ID.Value)
	}
	return ids
}

// mermaid draws the sequence and, dashed behind it, what would follow if it is confirmed.
func (p *planner) mermaid(steps []Step, confirm []Confirm) string {
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	last := "none"
	if len(steps) == 0 {
		b.WriteString("  none[\"Nothing is certain to start now\"]\n")
	}
	for _, s := range steps {
		verdict := "first"
		if s.Verdict != nil {
			verdict = *s.Verdict
		}
		fmt.Fprintf(&b, "  s%d[\"%d. %s: %s\"]\n", s.Step, s.Step, label(p.title(s.ID)), verdict)
		if s.Step > 1 {
			fmt.Fprintf(&b, "  s%d --> s%d\n", s.Step-1, s.Step)
		}
		last = fmt.Sprint("s", s.Step)
	}
	for i, c := range confirm {
		fmt.Fprintf(&b, "  c%d[\"If confirmed: %s: %s\"]\n  %s -.-> c%d\n", i+1, label(p.title(c.ID)), c.Verdict, last, i+1)
		last = fmt.Sprint("c", i+1)
	}
	return b.String()
}

// label escapes text for a quoted label. Characters that are special in Mermaid, its directives, HTML or Markdown are written as numeric
// codes.
func label(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r < utf8.RuneSelf && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" .,:-()/'?!+", r) {
			fmt.Fprintf(&b, "#%d;", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func (p *planner) title(id string) string {
	if c, ok := p.framework.Capability(id); ok {
		return c.Title.Value
	}
	if t, ok := p.framework.Theme(id); ok {
		return t.Title.Value
	}
	return "Layer 1"
}
