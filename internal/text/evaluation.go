package text

import (
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// evaluation is the text of evaluate_trigger.
func (w *writer) evaluation(e *tools.Evaluation) {
	w.header(e.Header)
	w.unreadable(e.Unreadable)
	w.interview(e)
	// One verdict alone has its questions in it; several share many of theirs, so these stand once, at the end.
	alone := len(e.Verdicts) == 1
	var asked []tools.Question
	for i := range e.Verdicts {
		v := &e.Verdicts[i]
		if i == 0 || v.Title != "" { // brief ones stand close together
			w.gap()
		}
		w.verdict(v, alone)
		if !alone {
			asked = append(asked, v.Ask...)
		}
	}
	w.questions("Ask first", e.Ask, capabilitiesOf(e.Verdicts))
	w.questions("Other questions", without(asked, e.Ask), nil)
}

// interview is what the person said when asked.
func (w *writer) interview(e *tools.Evaluation) {
	if e.Answered == nil {
		return
	}
	answered := "nothing"
	if len(e.Answered) > 0 {
		answered = facts(e.Answered)
	}
	w.line(0, "Answered when asked: ", answered)
	if e.LeftOpen != nil {
		w.list(0, "Left open when asked: ", e.LeftOpen)
	}
}

// header opens every answer of the deciding tools.
func (w *writer) header(h tools.Header) {
	w.knowledge(h.Knowledge)
	w.list(0, "From the workspace: ", h.FromWorkspace)
	w.list(0, "Not used here: ", h.Unused)
	w.ignored(h.Ignored)
	if len(h.Conflicts) > 0 {
		w.line(0, "Conflicting facts")
	}
	for _, c := range h.Conflicts {
		w.line(1, c.Says, inParentheses(facts(c.Facts)))
	}
	w.sources(h)
}

// ignored names the arguments that the tool does not take, quoted as data.
func (w *writer) ignored(names []string) {
	var list []string
	for _, name := range names {
		list = append(list, asIs(quoted(name)))
	}
	w.list(0, ignored+": ", list)
}

// ignored is what a text calls arguments that were left aside.
const ignored = "Ignored, because this tool has no such argument"

// sources are the words that say each fact, quoted as data, and the facts that have none.
func (w *writer) sources(h tools.Header) {
	if h.Sources == nil {
		return
	}
	if len(h.Sources) == 0 {
		w.line(0, "Sources: none")
	} else {
		w.line(0, "Sources")
	}
	for _, source := range h.Sources {
		w.line(1, source.Fact, ": ", asIs(quoted(source.Words)))
	}
	if h.Unsourced != nil {
		w.list(0, "Without a source: ", h.Unsourced)
	}
}

func (w *writer) knowledge(k tools.Knowledge) {
	w.line(0, "Knowledge ", k.Version, " (", k.Fingerprint, ")")
}

// verdict is one capability. A full one has a title, and its statements in words; a brief one has ids. Questions stand in it
// with their words if it is alone, else by the names of their facts.
func (w *writer) verdict(v *tools.Verdict, alone bool) {
	verdict := settled(v.Verdict, v.Reasons)
	if v.Verdict == undetermined {
		verdict = ruling(v.Verdict, v.Possible, words.Or(v.Reasons))
	}
	w.line(0, nameOf(v), ": ", verdict)
	if v.Complexity != "" {
		w.line(1, "Complexity cost: ", v.Complexity)
	}
	w.onFile(v.Record)
	if v.Provisional != nil {
		w.provisional(v.Provisional)
	}
	w.reasons(v)
	if v.Sufficient != nil {
		w.list(1, "Based on: ", v.Sufficient)
	}
	if alone {
		w.asked(v.Ask)
	} else {
		w.list(1, "Ask: ", factsOf(v.Ask))
	}
	w.flips(v.Flips)
	w.statements("To do", v.ToDo)
	w.measures(v.Measure, 1)
	if v.Exit != nil {
		w.line(1, "Exit strategy ", v.Exit.ID, ": ", v.Exit.Says)
	}
	w.statements("Decision points", v.Questions)
	w.statements("Builds on", v.BuildsOn)
	w.statements("Does not replace", v.Keeps)
	w.optional("Readings: ", v.Readings)
	w.optional("See also: ", v.Cites)
}

// unreadable are the files whose decisions nobody can read.
func (w *writer) unreadable(files []string) {
	if len(files) == 0 {
		return
	}
	w.line(0, "Unreadable decision records (layer2 check says why)")
	for _, name := range files {
		w.line(1, asIs(quoted(name)))
	}
}

// onFile is what was decided before; nothing where no decisions are kept.
func (w *writer) onFile(o *tools.OnFile) {
	switch {
	case o == nil:
	case o.Unreadable:
		w.line(1, "Decision record: unreadable, see above")
	case o.Record == nil:
		w.line(1, "Decision record: none")
	default:
		name := "Decision record"
		if o.Differs {
			name = "Decision record, but today's verdict differs"
		}
		w.line(1, name, ": verdict ", o.Verdict, ", decision ", o.Decision, ", in ", asIs(quoted(o.File)))
	}
}

// nameOf is "Service mesh (service-mesh, runs)", or in a brief verdict "service-mesh (runs)".
func nameOf(v *tools.Verdict) string {
	var notes []string
	name := v.Title
	if name == "" {
		name = v.Capability
	} else {
		notes = append(notes, v.Capability)
	}
	if v.Running != nil {
		notes = append(notes, runs(v.Running))
	}
	return name + inParentheses(strings.Join(notes, ", "))
}

// provisional is a verdict that never stands without what it assumes.
func (w *writer) provisional(p *tools.Provisional) {
	opening := "Provisionally " + settled(p.Verdict, p.Reasons) + ", assuming"
	if len(p.Assuming) == 0 || p.Assuming[0].Says == "" {
		w.line(1, opening, " ", assumed(p.Assuming))
		return
	}
	w.line(1, opening)
	for _, a := range p.Assuming {
		w.line(2, a.Fact, " = ", presumption(a).String(), ": ", a.Says)
	}
}

// presumption is the value that an assumption takes silence for.
func presumption(a tools.Assumption) fact.Value {
	if a.Value != nil {
		return *a.Value
	}
	return a.Presumed
}

// assumed writes assumptions with neighbours of one value joined: "a and b are false; c is true".
func assumed(list []tools.Assumption) string {
	var groups []string
	for i := 0; i < len(list); {
		shared := presumption(list[i]).String()
		var names []string
		for ; i < len(list) && presumption(list[i]).String() == shared; i++ {
			names = append(names, list[i].Fact)
		}
		verb := " are "
		if len(names) == 1 {
			verb = " is "
		}
		groups = append(groups, words.And(names)+verb+shared)
	}
	return strings.Join(groups, "; ")
}

// reasons are the statements for and against: in a full verdict each with its words, the facts that it rests on and how it
// speaks, in a brief one the ids.
func (w *writer) reasons(v *tools.Verdict) {
	if v.Title == "" {
		w.list(1, "For: ", words.Each(v.For, func(r tools.Support) string { return r.ID }))
		w.list(1, "Against: ", words.Each(v.Against, func(o tools.Objection) string { return o.ID }))
		return
	}
	w.opening("For", len(v.For))
	for _, r := range v.For {
		w.line(2, r.ID, ": ", r.Says, given(r.Facts))
	}
	w.opening("Against", len(v.Against))
	for _, o := range v.Against {
		w.line(2, o.ID, " ", effect(o), ": ", o.Says, given(o.Facts))
	}
}

// opening is the line over a list; one over an empty list says so.
func (w *writer) opening(name string, entries int) {
	if entries == 0 {
		name += ": nothing"
	}
	w.line(1, name)
}

// effect is how an objection speaks, with what it answers: "floor", "answers SM-T1, SM-T2".
func effect(o tools.Objection) string {
	if len(o.Answers) == 0 {
		return o.Effect
	}
	answers := "answers " + strings.Join(o.Answers, ", ")
	if o.Effect == "answers" {
		return answers
	}
	return o.Effect + ", " + answers
}

// flips are what would change a decided verdict.
func (w *writer) flips(flips []tools.Flip) {
	if len(flips) == 0 {
		return
	}
	w.line(1, "Would change to")
	for _, f := range flips {
		change := facts(f.Set)
		if len(f.Given) > 0 {
			change += "; given " + facts(f.Given)
		}
		w.line(2, strings.ToUpper(f.Verdict), inParentheses(words.Or(f.Reasons)), ", if ", change)
	}
}

// measures are what has to improve.
func (w *writer) measures(measures []tools.Measure, depth int) {
	for _, m := range measures {
		w.line(depth, "Measure ", m.ID, ": ", m.Says, inParentheses(facts(m.Facts)))
	}
}

// statements is a list of statements with their words.
func (w *writer) statements(name string, statements []tools.Statement) {
	if len(statements) == 0 {
		return
	}
	w.line(1, name)
	for _, s := range statements {
		w.line(2, s.ID, ": ", s.Says)
	}
}

// optional is a list of names that a brief verdict leaves out.
func (w *writer) optional(name string, items []string) {
	if items != nil {
		w.list(1, name, items)
	}
}

func capabilitiesOf(verdicts []tools.Verdict) []string {
	return words.Each(verdicts, func(v tools.Verdict) string { return v.Capability })
}
