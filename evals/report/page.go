package main

import (
	"fmt"
	"strings"

	"github.com/vanhoutenbos/layer2/evals"
)

// document is Markdown being written.
type document struct{ strings.Builder }

func (d *document) line(format string, arguments ...any) { fmt.Fprintf(d, format+"\n", arguments...) }

// row is one of a table; a bar in a cell would end it.
func (d *document) row(cells ...any) {
	for _, cell := range cells {
		fmt.Fprintf(d, "| %s ", strings.ReplaceAll(fmt.Sprint(cell), "|", `\|`))
	}
	d.line("|")
}

// table begins one; numbers is how many columns at its end hold numbers.
func (d *document) table(numbers int, headings ...any) {
	d.line("")
	d.row(headings...)
	d.WriteString(strings.Repeat("|---", len(headings)-numbers) + strings.Repeat("|--:", numbers) + "|\n")
}

// summary is the page's opening, for who reads no more.
func (r *results) summary() string {
	var d document
	d.line("# What the evals show")
	d.line("")
	d.line("Knowledge %s (%s), %d cases.", r.framework.Version, r.framework.Fingerprint, len(r.cases))
	d.line("")
	d.line("- Cases: %d of %d agree, in %d calls through MCP.", len(r.cases)-len(r.disagreeing()), len(r.cases), r.calls)
	for _, s := range r.coverage {
		d.line("- %s%s.", s, infeasible(len(s.Infeasible)))
	}
	d.line("- Mutation: %s", r.mutants)
	d.line("- Grounding: %d answers, %d values, %d ids; %d without ground.", r.grounding.Answers, r.grounding.Leaves, r.grounding.IDs, len(r.grounding.Findings))
	d.line("- Learning: %d walks from nothing to everything, %d steps; %d added a possible verdict.", wandered, r.steps, len(r.added))
	worst, paths := 0, 0
	for _, q := range r.questions {
		worst, paths = max(worst, q.Asked.Worst), paths+q.Paths
	}
	d.line("- Questions: each of %d ways to answer them ends decided, after %d at most.", paths, worst)
	over := 0
	for _, c := range r.tokens {
		if c.over() {
			over++
		}
	}
	d.line("- Tokens: %d counts, %d over their budget.", len(r.tokens), over)
	return d.String()
}

// infeasible says how many more are not feasible, if any are.
func infeasible(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(", and %d proved infeasible", n)
}

// String is how the mutants ended, or how to find out.
func (m *mutants) String() string {
	if m == nil {
		return "not read; `go test -v -run Killed ./evals/mutation -sweep 100 >mutation.txt`, then `-mutation mutation.txt`."
	}
	return fmt.Sprintf("%s killed and %s survivors of %s mutants; %s are equivalent, %s refused by the loader.", m.killed, m.survivors, m.all, m.equivalent, m.refused)
}

// page is everything behind the summary.
func (r *results) page() string {
	var d document
	r.findings(&d)
	r.effort(&d)
	r.costs(&d)
	r.verdicts(&d)
	r.others(&d)
	return d.String()
}

// findings are what is wrong, if anything is.
func (r *results) findings(d *document) {
	d.line("")
	d.line("## What is open")
	d.line("")
	before := d.Len()
	for _, p := range r.disagreeing() {
		for _, difference := range p.differences {
			d.line("- %s: %s", p.Name, strings.ReplaceAll(difference, "\n", " "))
		}
	}
	for _, s := range r.coverage {
		for _, missing := range s.Missing {
			d.line("- %s: no case covers %s", s.Title, missing)
		}
	}
	for _, finding := range append(r.grounding.Findings, r.added...) {
		d.line("- %s", finding)
	}
	if d.Len() == before {
		d.line("Nothing.")
	}
}

// effort is how many questions it takes.
func (r *results) effort(d *document) {
	d.line("")
	d.line("## Questions to a verdict")
	d.line("")
	d.line("From knowing nothing; all answers that conditions tell apart weigh the same; mean and worst. None asks what no longer matters.")
	d.line("The first two are exact; the last is a sample of %d.", games)
	d.table(8, "capability", "facts", "ways", "as asked", "worst", "in fact order", "worst", "at random", "worst")
	for _, q := range r.questions {
		d.row(q.Capability, q.Facts, q.Paths, mean(q.Asked.Mean), q.Asked.Worst, mean(q.FactOrder.Mean), q.FactOrder.Worst, mean(q.Random.Mean), q.Random.Worst)
	}
}

func mean(n float64) string { return fmt.Sprintf("%.2f", n) }

// costs is what a model pays.
func (r *results) costs(d *document) {
	d.line("")
	d.line("## Tokens")
	d.line("")
	d.line("o200k, as checked in by `evals/cost` (`UPDATE=1 go test ./...` there recounts).")
	d.table(2, "what", "tokens", "budget")
	for _, c := range r.tokens {
		budget := c.budget
		if c.over() {
			budget += " (over)"
		}
		d.row(c.name, c.tokens, budget)
	}
}

func (c count) over() bool {
	var tokens, budget int
	n, err := fmt.Sscan(c.tokens+" "+c.budget, &tokens, &budget)
	return err == nil && n == 2 && tokens > budget
}

// verdicts is a table for each capability: what every case expects, and whether the answer agrees.
func (r *results) verdicts(d *document) {
	for _, c := range r.framework.Capabilities {
		d.line("")
		d.line("## %s", c.Title)
		d.table(0, "case", "verdict", "because", "")
		for _, p := range r.cases {
			if v := p.Verdicts[c.ID.Value]; v != nil {
				d.row(p.Name, verdictOf(v), strings.Join(v.Reasons, ", "), p.agrees())
			}
		}
	}
}

// verdictOf is the verdict, with the possible ones where it is open.
func verdictOf(v *evals.Expected) string {
	if v.Possible == nil || len(*v.Possible) < 2 {
		return v.Verdict
	}
	return v.Verdict + ": " + strings.Join(*v.Possible, ", ")
}

func (p played) agrees() string {
	if len(p.differences) == 0 {
		return "✓"
	}
	return fmt.Sprintf("✗ %d", len(p.differences))
}

// others are the cases that are about no verdict.
func (r *results) others(d *document) {
	d.line("")
	d.line("## Options, themes, plans and conflicts alone")
	d.table(0, "case", "about", "")
	for _, p := range r.cases {
		if len(p.Verdicts) > 0 {
			continue
		}
		var about []string
		for _, part := range []struct {
			name string
			is   bool
		}{{"options", len(p.Options) > 0}, {"themes", len(p.Themes) > 0}, {"plan", p.Plan != nil}, {"conflicts", p.Conflicts != nil}, {"unused facts", p.Unused != nil}} {
			if part.is {
				about = append(about, part.name)
			}
		}
		d.row(p.Name, strings.Join(about, ", "), p.agrees())
	}
}
