package text

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// The layout of the table: the width of the widest verdict, and the narrowest column of text that is still easy to read.
const (
	verdictWidth = len(undetermined)
	narrowest    = 44
	askedNext    = 5
)

// Table returns a full evaluation for a terminal, to be read in ten seconds: for each capability the verdict, why, and what to ask next;
// then what the provisional verdicts assume, and the questions in words. Lines fit into width columns unless a single word does not.
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
	t.assumptions(e.Verdicts)
	t.next(e.AskFirst)
	t.conflicts(e.Conflicts)
	fmt.Fprintf(&t, "\nKnowledge %s (%s)\n", e.Knowledge.Version, e.Knowledge.Fingerprint)
	return t.String()
}

// table builds a table. A stacked one is too narrow for columns: its text is below each verdict.
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
		fmt.Fprintf(t, "%-*s  %-*s  WHY, AND WHAT TO ASK NEXT\n", t.nameWidth, "CAPABILITY", verdictWidth, "VERDICT")
	}
}

// verdict writes one capability: the verdict with its reason next to it.
func (t *table) verdict(v *tools.Verdict) {
	lead := fmt.Sprintf("%-*s  %-*s", t.nameWidth, titleOf(v), verdictWidth, shownVerdict(v))
	rest := strings.Repeat(" ", t.nameWidth+verdictWidth+4)
	if t.stacked {
		t.WriteString(strings.TrimRight(lead, " ") + "\n")
		lead, rest = "    ", "    "
	} else {
		lead += "  "
	}
	t.WriteString(wrap(note(v), lead, rest, t.width))
}

// shownVerdict returns the verdict; a provisional one has a question mark, and its assumptions are listed below the table.
func shownVerdict(v *tools.Verdict) string {
	if v.Provisional != nil {
		return v.Provisional.Verdict + "?"
	}
	return v.Verdict
}

// note returns the text next to a verdict.
func note(v *tools.Verdict) string {
	var parts []string
	switch p := v.Provisional; {
	case v.Verdict != undetermined:
		parts = append(parts, words.Capital(why(v.Verdict, v.Reasons))+".")
	case p != nil:
		parts = append(parts, "Provisional: "+why(p.Verdict, p.Reasons)+".")
	default:
		parts = append(parts, "Open between "+words.And(v.Possible)+".")
	}
	if v.Direction != nil {
		parts = append(parts, words.Capital(directions[*v.Direction])+".")
	}
	if v.Running != nil && *v.Running {
		parts = slices.Insert(parts, 0, runsAlready+": "+today(v)+".")
	}
	if ids := sides(v); ids != "" {
		parts = append(parts, ids+".")
	}
	if v.Verdict == undetermined {
		parts = append(parts, "Ask "+firstOf(v.Ask)+".")
	}
	return strings.Join(parts, " ")
}

// assumptions writes what each provisional verdict rests on: none is shown without.
func (t *table) assumptions(verdicts []tools.Verdict) {
	first := true
	for i := range verdicts {
		v := &verdicts[i]
		if v.Provisional == nil {
			continue
		}
		if first {
			t.WriteString("\nPROVISIONAL (?): HOLDS IF\n")
			first = false
		}
		t.WriteString(wrap(assumedElse(v.Provisional.Assuming)+".", titleOf(v)+": ", "  ", t.width))
	}
}

// assumedElse joins neighbouring assumptions with the same value and the same consequence if they are wrong: "a and b are false, else wait;
// c is true, else skip".
func assumedElse(list []tools.Assumption) string {
	var groups []string
	for i := 0; i < len(list); {
		first := i
		for i++; i < len(list) && presumption(list[i]).Equal(presumption(list[first])) && slices.Equal(list[i].Otherwise, list[first].Otherwise); i++ {
		}
		groups = append(groups, assumed(list[first:i])+", else "+words.Or(list[first].Otherwise))
	}
	return strings.Join(groups, "; ")
}

// firstOf returns the first question, and how many follow it.
func firstOf(questions []tools.Question) string {
	switch len(questions) {
	case 0:
		return "nothing"
	case 1:
		return questions[0].Fact
	}
	return fmt.Sprintf("%s"+glue+"(%d"+glue+"more)", questions[0].Fact, len(questions)-1)
}

// sides returns the ids of the statements for, waiting and against.
func sides(v *tools.Verdict) string {
	var sides []string
	if len(v.For) > 0 {
		sides = append(sides, "For: "+strings.Join(words.Each(v.For, func(r tools.Support) string { return r.ID }), ", "))
	}
	if len(v.Waiting) > 0 {
		sides = append(sides, "Waiting: "+strings.Join(words.Each(v.Waiting, func(o tools.Waiting) string { return o.ID }), ", "))
	}
	against := slices.DeleteFunc(slices.Clone(v.Against), func(o tools.Objection) bool { return o.Effect == "unmet" })
	if len(against) > 0 {
		sides = append(sides, "Against: "+strings.Join(words.Each(against, func(o tools.Objection) string { return o.ID }), ", "))
	}
	return strings.Join(sides, ". ")
}

// next writes the questions to ask first, in words.
func (t *table) next(questions []tools.Question) {
	if len(questions) == 0 {
		return
	}
	t.WriteString("\nASK FIRST\n")
	for i, q := range questions[:min(len(questions), askedNext)] {
		t.WriteString(wrap(fmt.Sprintf("%d. %s", i+1, q.Question), "", "   ", t.width))
		t.WriteString(wrap(q.Fact+" ("+q.Domain()+"), asked by "+words.Count(len(q.Capabilities), "capability"), "   ", "     ", t.width))
	}
}

func (t *table) conflicts(conflicts []tools.Conflict) {
	if len(conflicts) == 0 {
		return
	}
	t.WriteString("\nTHESE FACTS CONTRADICT EACH OTHER\n")
	for _, c := range conflicts {
		t.WriteString(wrap(c.Says+inParentheses(facts(c.Facts)), "- ", "  ", t.width))
	}
}
