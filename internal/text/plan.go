package text

import (
	"strconv"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// plan writes the answer of plan_layer3.
func (w *writer) plan(p *tools.Plan) {
	w.header(p.Header)
	w.gap()
	w.sequence(p.Sequence)
	w.ifConfirmed(p.IfConfirmed)
	w.gap()
	w.line(0, "Layer 3")
	var asked []tools.Question
	for _, t := range p.Themes {
		w.theme(&t)
		asked = append(asked, t.Ask...)
	}
	w.listed("Other themes: ", words.Each(p.OtherThemes, func(t tools.OtherTheme) string { return t.ID + " " + t.Slug + " (" + t.Status + ")" }))
	w.gap()
	w.waiting(p)
	for _, a := range p.AskFirst {
		asked = append(asked, a.Ask...)
	}
	w.questions("Questions", without(asked, nil), nil)
	if p.Mermaid != "" {
		w.WriteString("\n```mermaid\n" + strings.TrimSuffix(p.Mermaid, "\n") + "\n```\n")
	}
}

// theme writes how far a theme has come, and what that depends on.
func (w *writer) theme(t *tools.Theme) {
	reasons := strings.Join(t.Reasons, ", ")
	w.line(1, t.Title, " (", t.ID, ", ", t.Slug, "): ", ruling(t.Status, t.Possible, reasons))
	w.line(2, "Need: ", condition(t.Need))
	if len(t.Prerequisites) > 0 {
		w.line(2, "Prerequisites: ", strings.Join(words.Each(t.Prerequisites, prerequisite), "; "))
	}
	if len(t.Guards) > 0 {
		w.line(2, "Guards: ", strings.Join(words.Each(t.Guards, condition), "; "))
	}
	for _, advice := range t.Advice {
		w.line(2, "Advice: ", advice)
	}
	w.list(2, "Ask: ", factsOf(t.Ask))
}

// condition returns a condition and whether it holds: "layer1_stable (true)".
func condition(c tools.Condition) string { return c.When + " (" + c.State + ")" }

// prerequisite returns "service-mesh (stated, does not run, adopt)".
func prerequisite(p tools.Prerequisite) string {
	return p.Capability + " (" + p.Basis + ", " + runs(p.Running) + ", " + p.Verdict + ")"
}

func (w *writer) sequence(steps []tools.Step) {
	if len(steps) == 0 {
		w.line(0, "Sequence: nothing is certain to start now")
		return
	}
	w.line(0, "Sequence, one at a time")
	for _, s := range steps {
		ruled := ""
		if s.Verdict != nil {
			ruled = ": " + ruling(*s.Verdict, nil, "")
		}
		w.line(1, strconv.Itoa(s.Step), " ", s.ID, ruled)
		w.measures(s.Measure, 2)
		w.line(2, "Exit strategy ", s.Exit.ID, ": ", s.Exit.Says)
		w.list(2, "Builds on: ", s.BuildsOn)
		w.list(2, "Decision points: ", s.Questions)
		w.line(2, "Then: ", s.Then)
	}
}

// ifConfirmed writes what would start if what it assumes is confirmed, in the order of steps.
func (w *writer) ifConfirmed(list []tools.Confirm) {
	if len(list) > 0 {
		w.line(0, "If confirmed, in this order")
	}
	for _, c := range list {
		w.line(1, c.ID, ": ", strings.ToUpper(c.Verdict))
		for _, a := range c.Assuming {
			w.line(2, assumption(a), " (", a.Kind, ")")
		}
	}
}

// waiting writes the capabilities that are no step of the plan, by what they wait for.
func (w *writer) waiting(p *tools.Plan) {
	w.list(0, "Decide first: ", words.Each(p.DecideFirst, func(n tools.Named) string { return n.Capability }))
	w.listed("Fix first: ", words.Each(p.FixFirst, func(f tools.Fix) string {
		return f.Capability + inParentheses(strings.Join(f.Blockers, ", "))
	}))
	w.listed("Later: ", words.Each(p.Later, func(l tools.Later) string {
		return l.Capability + inParentheses(strings.Join(l.Until, ", "))
	}))
	w.listed("Ask first: ", words.Each(p.AskFirst, func(a tools.AskFirst) string {
		return a.Capability + inParentheses(strings.Join(factsOf(a.Ask), ", "))
	}))
}

// listed writes a list whose items contain commas.
func (w *writer) listed(name string, items []string) {
	if len(items) > 0 {
		w.line(0, name, strings.Join(items, "; "))
	}
}
