package text

import (
	"slices"
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
	// A single verdict has its questions in words; several verdicts share many, whose words come once, at the end.
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
	w.askFirst(e.Ask, capabilitiesOf(e.Verdicts))
	w.questions("Other questions", without(asked, e.Ask), nil)
}

// askFirst writes the questions over several capabilities: in words, or by name beside verdicts in full.
func (w *writer) askFirst(questions []tools.Question, all []string) {
	if len(questions) == 0 || questions[0].Question != "" {
		w.questions("Ask first", questions, all)
		return
	}
	w.gap()
	w.listed("Ask first: ", words.Each(questions, func(q tools.Question) string { return q.Fact + " (" + askers(q.Capabilities, all) + ")" }))
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
	w.said, w.unsettled = h.Sources, h.Unsettled
	w.knowledge(h.Knowledge)
	w.list(0, "From the workspace: ", h.FromWorkspace)
	w.list(0, "Raised and left open: ", h.Unsettled)
	w.listed("Not used here: ", unused(h.Unused))
	w.ignored(h.Ignored)
	if len(h.Conflicts) > 0 {
		w.line(0, "Conflicting facts")
	}
	for _, c := range h.Conflicts {
		w.line(1, c.Says, inParentheses(facts(c.Facts)))
	}
	w.sources(h)
}

// unused returns "cloud, gitops (compare_tools would)" for neighbours that the same tools would use.
func unused(list []tools.Unused) []string {
	var groups []string
	for i := 0; i < len(list); {
		var facts []string
		by := list[i].UsedBy
		for ; i < len(list) && slices.Equal(list[i].UsedBy, by); i++ {
			facts = append(facts, list[i].Fact)
		}
		group := strings.Join(facts, ", ")
		if len(by) > 0 {
			group += " (" + words.And(by) + " would)"
		}
		groups = append(groups, group)
	}
	return groups
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
	w.line(0, nameOf(v), ": ", outcome(v))
	if v.Running != nil && *v.Running {
		w.line(1, runsAlready, ": ", today(v))
	}
	if v.Complexity != "" {
		w.line(1, "Complexity cost: ", v.Complexity)
	}
	w.decisionRecord(v.Record)
	w.provisional(v)
	w.reasons(v)
	if v.Sufficient != nil {
		w.list(1, "Based on: ", v.Sufficient)
	}
	switch {
	case alone:
		w.asked(v.Ask)
	case v.Title == "":
		w.list(1, "Ask: ", factsOf(v.Ask))
	default:
		w.askedInShort(v.Ask)
	}
	w.flips(v.Flips)
	w.edges(v.Edges)
	w.statements("To do", v.ToDo)
	w.measures(v.Measure, 1)
	if v.Exit != nil {
		w.line(1, "Exit strategy ", v.Exit.ID, ": ", v.Exit.Says)
	}
	w.statements("Decision points", v.Questions)
	w.statements("Builds on", v.BuildsOn)
	w.statements("Does not replace", v.Keeps)
	w.statements("Readings", v.Readings)
	w.optional("See also: ", v.Cites)
}

// outcome returns the verdict and what settled it, or what is possible and what is certain all the same.
func outcome(v *tools.Verdict) string {
	if v.Verdict != undetermined {
		return settled(v.Verdict, v.Reasons)
	}
	text := ruling(v.Verdict, v.Possible, "")
	if v.Direction != nil {
		text += ": " + directions[*v.Direction]
	}
	return text
}

// directions say in words what is certain of an undetermined verdict.
var directions = map[string]string{
	"not_now": "not now, whatever the answers",
	"pursue":  "worth pursuing, whatever the answers",
}

// runsAlready is how texts introduce what the verdict means for a capability that runs.
const runsAlready = "Runs already"

// today says what the verdict means for a capability that runs: nothing is to be started, or removed.
func today(v *tools.Verdict) string {
	switch v.Verdict {
	case "prepare", "adopt":
		return "today's facts would still justify it"
	case "consider":
		return "today's facts would make it a close call"
	case undetermined:
		return "whether today's facts would still justify it is open"
	}
	return "today's facts would not start it. That is no advice to remove it: they may be its success"
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

// nameOf returns "Service mesh (service-mesh, runs already)", or in a brief verdict "service-mesh (runs already)".
func nameOf(v *tools.Verdict) string {
	var notes []string
	name := v.Title
	if name == "" {
		name = v.Capability
	} else {
		notes = append(notes, v.Capability)
	}
	switch {
	case v.Running == nil:
	case *v.Running:
		notes = append(notes, "runs already")
	default:
		notes = append(notes, "does not run")
	}
	return name + inParentheses(strings.Join(notes, ", "))
}

// reasons writes the statements for, waiting and against: in a full verdict with their words, the facts they rest on and their effect, in a
// brief one their ids.
func (w *writer) reasons(v *tools.Verdict) {
	if v.Title == "" {
		w.list(1, "For: ", words.Each(v.For, func(r tools.Support) string { return r.ID }))
		w.list(1, "Waiting: ", words.Each(v.Waiting, func(o tools.Waiting) string { return o.ID }))
		w.list(1, "Against: ", words.Each(v.Against, func(o tools.Objection) string { return o.ID }))
		return
	}
	w.opening("For", len(v.For))
	for _, r := range v.For {
		w.line(2, r.ID, ": ", r.Says, given(r.Facts))
	}
	if len(v.Waiting) > 0 {
		w.line(1, "Waiting")
	}
	for _, o := range v.Waiting {
		w.line(2, o.ID, ": ", o.Says, given(o.Facts))
		w.list(3, "Counts, unless this answers it: ", o.On)
	}
	w.opening("Against", len(v.Against))
	for _, o := range v.Against {
		w.line(2, o.ID, " ", effect(o), ": ", o.Says, given(o.Facts))
		if o.Effect == "blocker" {
			w.saidOf(o.Facts)
		}
	}
}

// saidOf quotes what was said of some facts, as data.
func (w *writer) saidOf(facts fact.Values) {
	for _, known := range facts {
		for _, source := range w.said {
			if source.Fact == known.Fact {
				w.line(3, source.Fact, ": ", asIs(quoted(source.Words)))
			}
		}
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
	answers := "answers " + strings.Join(answered(o), ", ")
	if o.Effect == "answers" {
		return answers
	}
	return o.Effect + ", " + answers
}

// answered returns what an objection answers, each with whether it holds: "SM-T1 (holds)".
func answered(o tools.Objection) []string {
	list := slices.Clone(o.Answers)
	for i, state := range o.States {
		list[i] += inParentheses(holding[state])
	}
	return list
}

// holding says in words whether what is answered holds.
var holding = map[string]string{"true": "holds", "false": "does not hold", "unknown": "may hold"}

// edges writes the numbers that lie on a boundary.
func (w *writer) edges(edges []tools.Edge) {
	for _, e := range edges {
		w.line(1, "On a boundary: ", e.Fact, " = ", e.Value.String(), "; ", e.Next.String(), " ", arrow, " ", words.Or(e.Possible))
	}
}

// flips writes what would change the verdict, or the provisional one.
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
