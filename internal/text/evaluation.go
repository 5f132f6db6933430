package text

import (
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// evaluation writes the answer of evaluate_trigger.
func (w *writer) evaluation(e *tools.Evaluation) {
	w.header(e.Header)
	w.unreadable(e.Unreadable)
	w.interview(e)
	// A single verdict includes its questions; several verdicts share many, which are listed once at the end.
	alone := len(e.Verdicts) == 1
	var asked []tools.Question
	for i := range e.Verdicts {
		v := &e.Verdicts[i]
		if i == 0 || v.Title != "" { // no blank lines between brief ones
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

// interview writes what the person said when asked.
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

// ignored is how texts introduce ignored arguments.
const ignored = "Ignored, because this tool has no such argument"

// sources writes the source of each fact, quoted as data, and the facts without one.
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

// verdict writes one capability. A full verdict has a title, and its statements in words; a brief one has ids. If it is alone, it
// includes its questions in words, otherwise only the names of their facts.
func (w *writer) verdict(v *tools.Verdict, alone bool) {
	verdict := settled(v.Verdict, v.Reasons)
	if v.Verdict == undetermined {
		verdict = ruling(v.Verdict, v.Possible, words.Or(v.Reasons))
	}
	w.line(0, nameOf(v), ": ", verdict)
	if v.Complexity != "" {
		w.line(1, "Complexity cost: ", v.Complexity)
	}
	w.decisionRecord(v.Record)
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

// unreadable lists the files with unreadable decisions.
func (w *writer) unreadable(files []string) {
	if len(files) == 0 {
		return
	}
	w.line(0, "Unreadable decision records (layer2 check says why)")
	for _, name := range files {
		w.line(1, asIs(quoted(name)))
	}
}

// decisionRecord writes the earlier decision; nothing if no decisions are kept.
func (w *writer) decisionRecord(o *tools.OptionalRecord) {
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

// nameOf returns "Service mesh (service-mesh, runs)", or in a brief verdict "service-mesh (runs)".
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

// provisional writes a provisional verdict, always with what it assumes.
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

// presumption returns the presumed value.
func presumption(a tools.Assumption) fact.Value {
	if a.Value != nil {
		return *a.Value
	}
	return a.Presumed
}

// assumed joins neighbouring assumptions with the same value: "a and b are false; c is true".
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

// reasons writes the statements for and against: in a full verdict with their words, the facts they rest on and their effect, in a brief
// one their ids.
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

// opening writes the line above a list, and says if the list is empty.
func (w *writer) opening(name string, entries int) {
	if entries == 0 {
		name += ": nothing"
	}
	w.line(1, name)
}

// effect returns how an objection argues, and what it answers: "floor", "answers SM-T1, SM-T2".
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

// flips writes what would change a decided verdict.
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

// measures writes what has to improve.
func (w *writer) measures(measures []tools.Measure, depth int) {
	for _, m := range measures {
		w.line(depth, "Measure ", m.ID, ": ", m.Says, inParentheses(facts(m.Facts)))
	}
}

// statements writes statements in words.
func (w *writer) statements(name string, statements []tools.Statement) {
	if len(statements) == 0 {
		return
	}
	w.line(1, name)
	for _, s := range statements {
		w.line(2, s.ID, ": ", s.Says)
	}
}

// optional writes a list of names that brief verdicts omit.
func (w *writer) optional(name string, items []string) {
	if items != nil {
		w.list(1, name, items)
	}
}

func capabilitiesOf(verdicts []tools.Verdict) []string {
	return words.Each(verdicts, func(v tools.Verdict) string { return v.Capability })
}
