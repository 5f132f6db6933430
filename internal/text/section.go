package text

import (
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/markdown"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// Section returns a full evaluation as Markdown to paste into a proposal or a decision record: a summary; for each capability the
// decision, the statements behind it, what is not known and what would change it; and at the end the sources of the facts, if the caller
// named any.
func Section(e *tools.Evaluation) string {
	var m sheet
	m.Heading(2, "Platform capabilities: worth their complexity now?")
	m.Columns("Capability", "Decision", "Why")
	for i := range e.Verdicts {
		v := &e.Verdicts[i]
		m.Row(markdown.Escape(titleOf(v)), shownVerdict(v), shortWhy(v))
	}
	if slices.ContainsFunc(e.Verdicts, func(v tools.Verdict) bool { return v.Provisional != nil }) {
		m.Paragraph("\nA question mark marks a provisional verdict: it holds if what it assumes, below, turns out so.")
	}
	if len(e.Conflicts) > 0 {
		m.Paragraph("\nThese facts contradict each other; clear that up first:\n")
	}
	for _, c := range e.Conflicts {
		m.Point(0, markdown.Escape(c.Says), " ", settings(c.Facts))
	}
	for i := range e.Verdicts {
		m.decision(&e.Verdicts[i])
	}
	m.sources(e.Header)
	m.Paragraph("\n<sub>layer2, knowledge ", markdown.Escape(e.Knowledge.Version), " (", e.Knowledge.Fingerprint, ")</sub>")
	return m.String()
}

// shortWhy returns the reason for the summary.
func shortWhy(v *tools.Verdict) string {
	switch p := v.Provisional; {
	case v.Verdict != undetermined:
		return words.Capital(why(v.Verdict, v.Reasons))
	case p != nil:
		return "Provisional: " + why(p.Verdict, p.Reasons)
	}
	return "Between " + words.And(v.Possible) + ": see what is not known"
}

// decision writes the part about one capability.
func (m *sheet) decision(v *tools.Verdict) {
	m.Heading(3, markdown.Escape(titleOf(v))+": "+shownVerdict(v))
	m.opening(v)
	m.arguments(v)
	m.openQuestions(v)
	m.changes(v)
	if v.ToDo != nil {
		m.sentences("To do", v.ToDo)
	}
	m.start(v)
}

// opening writes the decision in a sentence or two, and the provisional one with what it assumes.
func (m *sheet) opening(v *tools.Verdict) {
	text := "Not decided between " + words.And(v.Possible) + "."
	if v.Verdict != undetermined {
		text = words.Capital(why(v.Verdict, v.Reasons)) + "."
	}
	if v.Direction != nil {
		text += " " + words.Capital(directions[*v.Direction]) + "."
	}
	if v.Running != nil && *v.Running {
		text = runsAlready + ": " + today(v) + ". " + text
	}
	if v.Complexity != "" {
		text += " Complexity cost: " + markdown.Escape(v.Complexity) + "."
	}
	m.Paragraph(text)
	if p := v.Provisional; p != nil {
		m.Paragraph("Provisionally **", p.Verdict, "** (", why(p.Verdict, p.Reasons), "), assuming that ", assumptions(p.Assuming), ".")
	}
}

// assumptions returns what is presumed, in words, each followed by the fact and its value.
func assumptions(list []tools.Assumption) string {
	parts := make([]string, len(list))
	for i, a := range list {
		note := markdown.Code(fact.Named{Fact: a.Fact, Value: presumption(a)}.String())
		if len(a.Otherwise) > 0 {
			note += "; else " + words.Or(a.Otherwise)
		}
		parts[i] = note
		if a.Says != "" {
			parts[i] = markdown.Escape(a.Says) + inParentheses(note)
		}
	}
	return words.And(parts)
}

// objections says in words how a statement argues against, in display order.
var objections = []struct{ effect, name string }{
	{"floor", "Does not apply here"},
	{"blocker", "Fix first"},
	{"answers", "Answered by something simpler"},
	{"later", "For later"},
	{"unmet", "Not met"},
}

// arguments writes the statements for and against as sentences with their ids, and the facts they rest on.
func (m *sheet) arguments(v *tools.Verdict) {
	var reasons []tools.Statement
	known := fact.Values{}
	for _, r := range v.For {
		reasons = append(reasons, tools.Statement{ID: r.ID, Says: r.Says})
		known = joinFacts(known, r.Facts)
	}
	m.sentences("For it", reasons)
	for _, o := range v.Waiting {
		m.Point(0, markdown.Bold("Waiting:"), " ", sentence(tools.Statement{ID: o.ID, Says: o.Says}), " It counts, unless this answers it: ", markdown.Codes(o.On), ".")
		known = joinFacts(known, o.Facts)
	}
	for _, kind := range objections {
		var list []tools.Statement
		for _, o := range v.Against {
			if o.Effect == kind.effect {
				list = append(list, tools.Statement{ID: answering(o), Says: o.Says})
				known = joinFacts(known, o.Facts)
			}
		}
		m.sentences(kind.name, list)
	}
	if len(known) > 0 {
		m.Point(0, markdown.Bold("Known:"), " ", settings(known))
	}
}

// answering returns the id of an objection with what it answers.
func answering(o tools.Objection) string {
	if len(o.Answers) == 0 {
		return o.ID
	}
	return o.ID + " answers " + strings.Join(o.Answers, ", ")
}

// sentences writes statements in one paragraph, each with its id.
func (m *sheet) sentences(name string, list []tools.Statement) {
	if len(list) > 0 {
		m.Point(0, markdown.Bold(name+":"), " ", strings.Join(words.Each(list, sentence), " "))
	}
}

// sentence returns what a statement says, with its id before the full stop.
func sentence(s tools.Statement) string {
	if text, full := strings.CutSuffix(s.Says, "."); full {
		return markdown.Escape(text) + " [" + s.ID + "]."
	}
	return markdown.Escape(s.Says) + " [" + s.ID + "]"
}

// openQuestions writes what is not known and could change the verdict.
func (m *sheet) openQuestions(v *tools.Verdict) {
	if len(v.Ask) == 0 {
		m.Point(0, markdown.Bold("Not known:"), " nothing that could change this verdict.")
		return
	}
	m.Point(0, markdown.Bold("Not known,"), " the most telling first:")
	var rest []string
	for _, q := range v.Ask {
		if q.Question == "" {
			rest = append(rest, q.Fact)
			continue
		}
		m.Point(1, markdown.Escape(q.Question), " ", markdown.Code(q.Fact), " (", markdown.Escape(q.Domain()), ")", leads(q))
	}
	if len(rest) > 0 {
		m.Point(1, "then ", markdown.Codes(rest))
	}
}

// leads returns what each answer to a question leads to.
func leads(q tools.Question) string {
	if len(q.Answers) == 0 {
		return ""
	}
	return ": " + markdown.Escape(answersOf(q)) + "."
}

func (m *sheet) changes(v *tools.Verdict) {
	if len(v.Flips) == 0 {
		return
	}
	words := words.Each(v.Flips, func(f tools.Flip) string {
		text := f.Verdict + " if " + settings(f.Set)
		if len(f.Given) > 0 {
			text += ", given " + settings(f.Given)
		}
		return text
	})
	m.Point(0, markdown.Bold("Would change it:"), " ", strings.Join(words, "; "), ".")
}

// start writes what to know before starting: the measure, the exit strategy, the decision points, and what it builds on.
func (m *sheet) start(v *tools.Verdict) {
	if v.Measure != nil {
		for _, measure := range v.Measure {
			text := sentence(tools.Statement{ID: measure.ID, Says: measure.Says})
			if len(measure.Facts) > 0 {
				text += " Today " + settings(measure.Facts) + "."
			}
			m.Point(0, markdown.Bold("Measure of success:"), " ", text)
		}
	}
	if v.Exit != nil {
		m.sentences("Exit strategy", []tools.Statement{*v.Exit})
	}
	if v.Questions != nil {
		m.sentences("Decision points", v.Questions)
	}
	if v.BuildsOn != nil {
		m.sentences("Builds on", v.BuildsOn)
	}
	if v.Keeps != nil {
		m.sentences("Does not replace", v.Keeps)
	}
}

// sources writes the source of each fact as code: sources are data in which nothing acts as markup.
func (m *sheet) sources(h tools.Header) {
	if h.Sources == nil {
		return
	}
	m.Heading(3, "Where the facts come from")
	if len(h.Sources) == 0 {
		m.Point(0, "No fact has a source.")
	}
	for _, source := range h.Sources {
		m.Point(0, markdown.Code(source.Fact), ": ", said(source.Words))
	}
	if len(h.Unsourced) > 0 {
		m.Point(0, markdown.Bold("Without a source:"), " ", markdown.Codes(h.Unsourced))
	}
}

// said returns somebody's words as quoted code: data in which nothing acts as markup.
func said(text string) string { return markdown.Code(`"` + words.Escape(text) + `"`) }

// settings returns facts and values as code.
func settings(list fact.Values) string {
	return strings.Join(words.Each(list, func(known fact.Named) string { return markdown.Code(known.String()) }), ", ")
}

// joinFacts appends facts that are not yet in the list.
func joinFacts(known fact.Values, more fact.Values) fact.Values {
next:
	for _, fact := range more {
		for _, k := range known {
			if k.Fact == fact.Fact {
				continue next
			}
		}
		known = append(known, fact)
	}
	return known
}
