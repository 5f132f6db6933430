package page

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/vanhoutenbos/layer2/tools"
)

// How the table is laid out: the widest verdict, and the narrowest column of words that is still read with ease.
const (
	verdictWidth = len(undetermined)
	narrowest    = 44
	askedNext    = 5
)

// Table is a full evaluation for somebody at a terminal: for each capability the verdict, why, and what to ask next; then the
// questions in words. It keeps to a width in columns, as far as single words allow.
func Table(e *tools.Evaluation, width int) string {
	t := table{width: width}
	for _, v := range e.Verdicts {
		t.nameWidth = max(t.nameWidth, utf8.RuneCountInString(titleOf(&v)))
	}
	t.stacked = width-t.nameWidth-verdictWidth-4 < narrowest
	t.head()
	for i := range e.Verdicts {
		t.verdict(&e.Verdicts[i])
	}
	t.next(e.Ask)
	t.conflicts(e.Conflicts)
	fmt.Fprintf(&t, "\nKnowledge %s (%s)\n", e.Knowledge.Version, e.Knowledge.Fingerprint)
	return t.String()
}

// table is one in the making. A stacked one has no room for columns: the words stand below the verdict.
type table struct {
	strings.Builder
	width, nameWidth int
	stacked          bool
}

func titleOf(v *tools.Verdict) string {
	if v.Title == "" {
		return v.Capability
	}
	return v.Title
}

func (t *table) head() {
	if !t.stacked {
		fmt.Fprintf(t, "%-*s  %-*s  WHY, AND WHAT TO ASK\n", t.nameWidth, "CAPABILITY", verdictWidth, "VERDICT")
	}
}

// verdict is one capability: the verdict once, beside it why, and below that what it hangs on.
func (t *table) verdict(v *tools.Verdict) {
	lead := fmt.Sprintf("%-*s  %-*s", t.nameWidth, titleOf(v), verdictWidth, v.Verdict)
	rest := strings.Repeat(" ", t.nameWidth+verdictWidth+4)
	if t.stacked {
		t.WriteString(strings.TrimRight(lead, " ") + "\n")
		lead, rest = "    ", "    "
	} else {
		lead += "  "
	}
	for i, line := range notes(v) {
		if i > 0 {
			lead = rest
		}
		t.WriteString(wrap(line, lead, rest+"  ", t.width))
	}
}

// notes are the lines beside a verdict.
func notes(v *tools.Verdict) []string {
	var lines []string
	running := ""
	if v.Running != nil && *v.Running {
		running = " It runs already."
	}
	if v.Verdict == undetermined {
		lines = append(lines, capital(or(v.Possible))+"."+running)
	} else {
		lines = append(lines, capital(why(v.Verdict, v.Because))+"."+running)
	}
	if p := v.Provisional; p != nil {
		lines = append(lines, fmt.Sprintf("Provisionally %s: %s, assuming %s.",
			strings.ToUpper(p.Verdict), why(p.Verdict, p.Because), assumed(p.Assuming)))
	}
	if ids := sides(v); ids != "" {
		lines = append(lines, ids)
	}
	if len(v.Ask) > 0 {
		lines = append(lines, "Ask: "+v.Ask[0].Fact+others(len(v.Ask)-1))
	}
	return lines
}

// sides are the statements for and against, by id.
func sides(v *tools.Verdict) string {
	var sides []string
	if len(v.For) > 0 {
		sides = append(sides, "For: "+strings.Join(idsOf(v.For, func(r tools.Reason) string { return r.ID }), ", "))
	}
	against := slices.DeleteFunc(slices.Clone(v.Against), func(o tools.Objection) bool { return o.Effect == "unmet" })
	if len(against) > 0 {
		sides = append(sides, "Against: "+strings.Join(idsOf(against, func(o tools.Objection) string { return o.ID }), ", "))
	}
	return strings.Join(sides, ". ")
}

func others(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" (and %d more)", n)
}

// next are the questions to ask first, in words.
func (t *table) next(questions []tools.Question) {
	if len(questions) == 0 {
		return
	}
	t.WriteString("\nASK NEXT\n")
	for i, q := range questions[:min(len(questions), askedNext)] {
		t.WriteString(wrap(fmt.Sprintf("%d. %s", i+1, q.Question), "", "   ", t.width))
		t.WriteString(wrap(q.Fact+" ("+domain(q)+"), asked by "+count(len(q.Capabilities)), "   ", "     ", t.width))
	}
}

func count(capabilities int) string {
	if capabilities == 1 {
		return "1 capability"
	}
	return fmt.Sprintf("%d capabilities", capabilities)
}

func (t *table) conflicts(conflicts []tools.Conflict) {
	if len(conflicts) == 0 {
		return
	}
	t.WriteString("\nTHESE FACTS DO NOT FIT TOGETHER\n")
	for _, c := range conflicts {
		t.WriteString(wrap(c.Says+inParentheses(facts(c.Facts)), "- ", "  ", t.width))
	}
}
