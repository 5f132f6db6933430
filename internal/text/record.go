package text

import (
	"net/url"
	"path"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/markdown"
	"github.com/vanhoutenbos/layer2/internal/record"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// Decided is the content of a decision record's body.
type Decided struct {
	Record *record.Record
	// Evaluation is the full answer for the record's capability, on the same facts.
	Evaluation *tools.Evaluation
	// Comparison compares its tools; nil if they were not considered.
	Comparison *tools.Comparison
	// Supersedes is the file that the record replaces, if any.
	Supersedes string
}

// Record returns the body of a decision record in the format of MADR 4.0, to follow the front matter.
func Record(f *framework.Framework, d Decided) string {
	c, _ := f.Capability(d.Record.Capability) // the record was made from it
	v := &d.Evaluation.Verdicts[0]
	m := recordPage{framework: f, Decided: d, verdict: v}
	m.Heading(1, markdown.Escape(v.Title)+": "+d.Record.Decision.String())
	m.Heading(2, "Context and Problem Statement")
	m.Paragraph(markdown.Escape(v.Title), ": is it worth its complexity, for us, now? ", markdown.Escape(c.Summary.Value), " Complexity cost: ", markdown.Escape(v.Complexity), ".")
	m.context()
	m.Heading(2, "Decision Drivers")
	m.drivers()
	m.Heading(2, "Considered Options")
	m.options()
	m.Heading(2, "Decision Outcome")
	m.outcome()
	m.Heading(3, "Consequences")
	m.consequences()
	m.Heading(3, "Confirmation")
	m.confirmation()
	if d.Comparison != nil {
		m.Heading(2, "Pros and Cons of the Options")
		m.prosAndCons()
	}
	m.Heading(2, "More Information")
	m.more()
	return m.String()
}

// recordPage builds the body of a record.
type recordPage struct {
	sheet
	framework *framework.Framework
	Decided
	verdict *tools.Verdict
}

// context writes what was known, each fact with its source, contradictions, and what was open.
func (m *recordPage) context() {
	sources := map[string]string{}
	if m.Evaluation.Sources != nil {
		for _, source := range m.Evaluation.Sources {
			sources[source.Fact] = source.Words
		}
	}
	m.Paragraph("What was known:")
	for _, known := range m.facts(m.Record.Facts) {
		text := settings(fact.Values{known})
		if source := sources[known.Fact]; source != "" {
			text += ", from " + said(source)
		}
		m.Point(0, text)
	}
	if len(m.Record.Facts) == 0 {
		m.Point(0, "nothing")
	}
	for _, conflict := range m.Evaluation.Conflicts {
		m.Point(0, markdown.Bold("Contradiction:"), " ", markdown.Escape(conflict.Says), " ", settings(conflict.Facts))
	}
	m.unsettled(sources)
	if m.Record.Verdict == decide.Undetermined {
		m.openQuestions(m.verdict)
	}
}

// unsettled writes what had been raised and left open, each fact with what was said.
func (m *recordPage) unsettled(sources map[string]string) {
	if len(m.Record.Unsettled) > 0 {
		m.Point(0, markdown.Bold("Raised and left open:"))
	}
	for _, name := range m.framework.Dictionary.Select(m.Record.Unsettled) {
		text := markdown.Code(name)
		if source := sources[name]; source != "" {
			text += ", from " + said(source)
		}
		m.Point(1, text)
	}
}

func (m *recordPage) facts(list []fact.Setting) fact.Values {
	return m.framework.Dictionary.Name(list)
}

// drivers writes the statements for and against, one per entry.
func (m *recordPage) drivers() {
	for _, r := range m.verdict.For {
		m.sentences("For it", []tools.Statement{{ID: r.ID, Says: r.Says}})
	}
	for _, kind := range objections {
		for _, o := range m.verdict.Against {
			if o.Effect == kind.effect {
				m.sentences(kind.name, []tools.Statement{{ID: answering(o), Says: o.Says}})
			}
		}
	}
	if len(m.verdict.For)+len(m.verdict.Against) == 0 {
		m.Point(0, "No statement of the framework certainly argues for or against it.")
	}
}

// options writes the verdicts that were possible, what it would have taken for the others, and the tools if they were compared.
func (m *recordPage) options() {
	listed := map[string]bool{}
	for _, possible := range m.verdict.Possible {
		listed[possible] = true
		text := "left open by what was known"
		if m.Record.Verdict != decide.Undetermined {
			text = "what the framework says on these facts: " + why(possible, m.verdict.Reasons)
		}
		m.Point(0, markdown.Bold(possible), ": ", text)
	}
	for _, flip := range m.verdict.Flips {
		if m.Record.Verdict == decide.Undetermined {
			break // they rest on what the provisional verdict assumes
		}
		listed[flip.Verdict] = true
		text := " if " + settings(flip.Set)
		if len(flip.Given) > 0 {
			text += ", given " + settings(flip.Given)
		}
		m.Point(0, markdown.Bold(flip.Verdict), ": not on these facts; it would change to this", text)
	}
	if decision := m.Record.Decision.String(); !listed[decision] {
		m.Point(0, markdown.Bold(decision), ": no change in what was known makes the framework say so")
	}
	if m.Comparison == nil {
		return
	}
	m.Paragraph("\n", words.Capital(m.Comparison.Kind), ":\n")
	for _, o := range m.Comparison.Options {
		m.Point(0, markdown.Escape(o.Name), " [", o.ID, "]", fitOf(o))
	}
}

// fitOf returns how well an option fits, and why.
func fitOf(o tools.Option) string {
	if o.Class == nil {
		return ": " + markdown.Escape(o.UseWhen)
	}
	parts := []string{*o.Class}
	if o.Tie {
		parts[0] += ", tied"
	}
	add := func(name string, clauses []string) {
		if len(clauses) > 0 {
			parts = append(parts, name+" "+words.And(clauses))
		}
	}
	says := func(c tools.Clause) string { return markdown.Escape(c.Says) }
	open := func(o tools.Open) string { return markdown.Escape(o.Says) }
	add("holds:", words.Each(o.Fits, says))
	add("fails:", words.Each(o.Fails, says))
	add("unknown:", words.Each(o.Unknown, open))
	add("could rule it out:", words.Each(o.CouldRuleOut, open))
	return ": " + strings.Join(parts, "; ")
}

// outcome writes the decision and its reason: the framework's, or the one given by people who decided otherwise.
func (m *recordPage) outcome() {
	r, v := m.Record, m.verdict
	reason := why(v.Verdict, v.Reasons)
	switch {
	case strings.HasPrefix(reason, "needed"):
		reason = "it is " + reason
	case strings.HasPrefix(reason, "too small"):
		reason = "the platform is " + reason
	}
	if r.Reason != "" {
		reason = markdown.Escape(strings.TrimSuffix(r.Reason, "."))
	}
	m.Paragraph("Chosen option: \"", r.Decision.String(), "\", because ", reason, ".")
	switch {
	case r.Verdict == decide.Undetermined:
		m.Paragraph("The facts leave ", words.Or(v.Possible), " open. ", m.assumed())
	case r.Decision != r.Verdict:
		m.Paragraph("The framework says **", v.Verdict, "**: ", why(v.Verdict, v.Reasons), ".")
	}
}

// assumed says what a decision presumes beyond the facts.
func (m *recordPage) assumed() string {
	if p := m.verdict.Provisional; p != nil && p.Verdict == m.Record.Decision.String() {
		return "It was assumed that " + assumptions(p.Assuming) + "."
	}
	var open []string
	for _, q := range m.verdict.Ask {
		open = append(open, markdown.Code(q.Fact))
	}
	return "It was assumed, not known, that the open facts turn out so that the framework says " + m.Record.Decision.String() +
		"; open: " + words.And(open) + "."
}

// consequences writes what to do, what has to improve, and the exit strategy.
func (m *recordPage) consequences() {
	v := m.verdict
	var fix []tools.Statement
	for _, o := range v.Against {
		if o.Effect == "blocker" {
			fix = append(fix, tools.Statement{ID: o.ID, Says: o.Says})
		}
	}
	if m.Record.Decision != decide.Wait {
		fix = nil
	}
	m.sentences("Fix first", fix)
	if v.ToDo != nil {
		m.sentences("To do", v.ToDo)
	}
	switch m.Record.Decision {
	case decide.Skip, decide.Wait:
		if len(fix) == 0 && len(v.ToDo) == 0 {
			m.Paragraph("Nothing is to be done.")
		}
	default:
		m.start(v)
	}
}

// confirmation writes what would make layer2 check fail.
func (m *recordPage) confirmation() {
	r := m.Record
	by := map[record.State][]string{}
	for _, c := range r.Confirmations(m.framework) {
		by[c.State] = append(by[c.State], m.becoming(c.Set))
	}
	if r.Verdict == decide.Undetermined {
		m.Paragraph("`layer2 check` fails when the open facts turn out so that ", r.Decision.String(), " is no longer possible.")
		return
	}
	subject := "`layer2 check`"
	for _, kind := range []struct {
		state record.State
		verb  string
	}{{record.Broken, "fails"}, {record.Doubtful, "warns"}} {
		if changes := by[kind.state]; len(changes) > 0 {
			m.Paragraph(subject, " ", kind.verb, " when ", strings.Join(changes, ", or "), ".")
			subject = "It"
		}
	}
	m.Paragraph(subject, " also fails when the framework changes so that it no longer says ", r.Verdict.String(), " on these facts.")
}

// becoming returns a change of facts in words: "services reaches 6".
func (m *recordPage) becoming(changes []fact.Setting) string {
	parts := make([]string, len(changes))
	for i, change := range m.facts(changes) {
		verb := " becomes "
		if present := m.present(changes[i].Fact); present.Kind.Numeric() {
			verb = " reaches "
			if low := present.Number; present.Range == nil && change.Value.Number < low || present.Range != nil && change.Value.Number < present.Range.Low {
				verb = " falls to "
			}
		}
		parts[i] = change.Fact + verb + change.Value.String()
	}
	return words.And(parts)
}

// present returns what was known about a fact.
func (m *recordPage) present(index int) fact.Value {
	for _, known := range m.Record.Facts {
		if known.Fact == index {
			return known.Value
		}
	}
	return fact.Value{}
}

// prosAndCons writes those of the tools, and what has changed since the framework was written.
func (m *recordPage) prosAndCons() {
	for _, o := range m.Comparison.Options {
		m.Heading(3, markdown.Escape(o.Name))
		for _, pro := range o.Pros {
			m.Point(0, "Good, because: ", markdown.Escape(pro))
		}
		for _, con := range o.Cons {
			m.Point(0, "Bad, because: ", markdown.Escape(con))
		}
		for _, u := range o.Updates {
			m.Point(0, "Neutral, since ", markdown.Escape(u.Date), ": ", markdown.Escape(u.Says), " (", markdown.Escape(u.Source), ")")
		}
	}
}

// more writes what the record is based on.
func (m *recordPage) more() {
	if m.Supersedes != "" {
		there := url.PathEscape(path.Base(m.Supersedes)) // in the same folder
		m.Point(0, "Supersedes [", markdown.Escape(words.Escape(m.Supersedes)), "](", there, ").")
	}
	for _, reading := range m.verdict.Readings {
		m.Point(0, markdown.Code(reading.ID), ": ", markdown.Escape(reading.Says))
	}
	m.Point(0, "Knowledge ", markdown.Escape(m.framework.Version), " (", m.framework.Fingerprint, "). The front matter has the statements as they read that day.")
}
