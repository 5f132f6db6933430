package prompt

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// text is the case as lines, the strongest part first.
func (a *against) text() string {
	var b strings.Builder
	k := a.evaluation.Knowledge
	fmt.Fprintf(&b, "Knowledge %s (%s)\n\nThe decision: %s, on %s (%s).\n%s\n",
		k.Version, k.Fingerprint, a.decision, a.verdict.Title, a.verdict.Capability, a.standing())
	part(&b, "What speaks for less than it", a.objectionLines())
	part(&b, "What speaks for more than it", a.reasonLines())
	part(&b, "What holds, and counts unless it is answered", a.waitingLines())
	part(&b, "Nothing that was given is a measured problem behind it", statementLines(a.unmeasured))
	part(&b, a.flipHeading(), a.flipLines())
	part(&b, a.assumptionHeading(), a.assumptionLines())
	part(&b, "One answer alone would end it", a.defeatLines())
	part(&b, "What is not known and can still change the verdict", a.questionLines())
	part(&b, "Raised and left open, so nothing is assumed of it", a.unsettledLines())
	part(&b, "It is based on these facts, and on who says so", a.factLines())
	part(&b, "Conflicting facts", a.conflictLines())
	part(&b, "Readings, where the source is silent", statementLines(a.readings))
	return b.String()
}

func part(b *strings.Builder, heading string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s\n", heading)
	for _, line := range lines {
		fmt.Fprintf(b, "- %s\n", line)
	}
}

// standing compares the decision with the verdict.
func (a *against) standing() string {
	v := a.verdict
	possible := slices.Contains(v.Possible, a.decision)
	switch {
	case v.Verdict == a.decision:
		return fmt.Sprintf("The facts given lead to the same verdict: %s because %s.", v.Verdict, words.Or(v.Reasons))
	case v.Verdict != undetermined:
		return fmt.Sprintf("The facts given decide otherwise: %s because %s, however the unknown facts turn out.", v.Verdict, words.Or(v.Reasons))
	case possible:
		return fmt.Sprintf("The facts given do not decide: %s are all possible.%s", words.And(v.Possible), a.certain())
	}
	return fmt.Sprintf("The facts given do not decide, but rule it out: only %s are possible, however the unknown facts turn out.%s",
		words.And(v.Possible), a.certain())
}

// certain says what holds whatever the answers, and why there is no provisional verdict.
func (a *against) certain() string {
	text := ""
	if d := a.verdict.Direction; d != nil {
		text = map[string]string{"not_now": " Whatever the answers: not now.", "pursue": " Whatever the answers: worth pursuing."}[*d]
	}
	if w := a.verdict.Withheld; w != nil {
		text += map[string]string{
			"nothing_said": " Nothing was said of it, so there is not even a provisional verdict.",
			"open":         " Even if what nobody mentioned is unremarkable, several verdicts are left.",
		}[*w]
	}
	return text
}

func (a *against) objectionLines() []string {
	var lines []string
	for _, o := range a.objections {
		effect := o.Effect
		if len(o.Answers) > 0 {
			effect = "answers " + strings.Join(o.Answers, ", ")
		}
		lines = append(lines, fmt.Sprintf("%s, %s: %s%s", o.ID, effect, o.Says, known(o.Facts)))
	}
	return lines
}

func (a *against) reasonLines() []string {
	var lines []string
	for _, r := range a.reasons {
		lines = append(lines, fmt.Sprintf("%s: %s%s", r.ID, r.Says, known(r.Facts)))
	}
	return lines
}

// flipped is the verdict that the least changes would change: the provisional one if the facts do not decide.
func (a *against) flipped() string {
	if a.verdict.Provisional != nil {
		return a.verdict.Provisional.Verdict
	}
	return a.verdict.Verdict
}

// flipHeading says what the least changes would do: change a verdict that agrees with the decision, or justify a decision that
// differs.
func (a *against) flipHeading() string {
	heading := "The least that would have to be different for it to stand"
	if a.flipped() == a.decision {
		heading = "The least that would make it another verdict"
	}
	if a.verdict.Provisional != nil {
		heading += ", if what is assumed is so"
	}
	return heading
}

func (a *against) flipLines() []string {
	if a.verdict.Flips == nil {
		return nil
	}
	var lines []string
	for _, f := range a.verdict.Flips {
		if a.flipped() != a.decision && f.Verdict != a.decision {
			continue
		}
		line := fmt.Sprintf("%s because %s, if %s", f.Verdict, words.Or(f.Reasons), f.Set.String())
		if len(f.Given) > 0 {
			line += ", given " + f.Given.String()
		}
		lines = append(lines, line)
	}
	return lines
}

// assumptionHeading says whether the assumptions about unknown facts support the decision or contradict it.
func (a *against) assumptionHeading() string {
	p := a.verdict.Provisional
	if p == nil || p.Verdict == a.decision {
		return "It assumes, because nothing was said"
	}
	return fmt.Sprintf("If the unknown facts are as they usually are, it would be %s because %s, assuming", p.Verdict, words.Or(p.Reasons))
}

func (a *against) assumptionLines() []string {
	if a.verdict.Provisional == nil {
		return nil
	}
	var lines []string
	for _, assumed := range a.verdict.Provisional.Assuming {
		line := fmt.Sprintf("%s = %s: %s", assumed.Fact, assumed.Presumed, assumed.Says)
		if len(assumed.Otherwise) > 0 {
			line += "; otherwise " + words.Or(assumed.Otherwise)
		}
		lines = append(lines, line)
	}
	return lines
}

func (a *against) defeatLines() []string {
	var lines []string
	for _, d := range a.defeats {
		lines = append(lines, fmt.Sprintf("%s is %s: %s", d.fact, words.Or(d.values), words.Or(d.possible)))
	}
	return lines
}

func (a *against) questionLines() []string {
	var lines []string
	var rest []string
	for _, q := range a.verdict.Ask {
		if q.Question == "" {
			rest = append(rest, q.Fact)
			continue
		}
		lines = append(lines, fmt.Sprintf("%s: %s", q.Fact, q.Question))
	}
	if len(rest) > 0 {
		lines = append(lines, "then "+words.And(rest))
	}
	return lines
}

func (a *against) waitingLines() []string {
	var lines []string
	for _, w := range a.verdict.Waiting {
		lines = append(lines, fmt.Sprintf("%s: %s%s It waits on %s.", w.ID, w.Says, known(w.Facts), words.And(w.On)))
	}
	return lines
}

// unsettledLines lists the unsettled facts that can still change the verdict, each with its source.
func (a *against) unsettledLines() []string {
	var lines []string
	for _, name := range a.evaluation.Unsettled {
		if !slices.ContainsFunc(a.verdict.Ask, func(q tools.Question) bool { return q.Fact == name }) {
			continue
		}
		line := name
		for _, source := range a.evaluation.Sources {
			if source.Fact == name {
				line += ": " + echo(source.Words)
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// factLines lists the facts that the verdict is based on.
func (a *against) factLines() []string {
	return a.evaluation.Situation.Named(a.verdict.Sufficient).Lines()
}

func (a *against) conflictLines() []string {
	var lines []string
	for _, c := range a.evaluation.Conflicts {
		lines = append(lines, c.Says+known(c.Facts))
	}
	return lines
}

func statementLines(list []tools.Statement) []string {
	var lines []string
	for _, s := range list {
		lines = append(lines, s.ID+": "+s.Says)
	}
	return lines
}

// known puts the facts behind a sentence in parentheses.
func known(facts fact.Values) string {
	if len(facts) == 0 {
		return ""
	}
	return " (" + facts.String() + ")"
}
