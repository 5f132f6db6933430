package text

import (
	"strings"

	"github.com/vanhoutenbos/layer2/tools"
)

// comparison writes the answer of compare_tools. It starts with the verdict on the capability: whether to have one at all comes first.
func (w *writer) comparison(c *tools.Comparison) {
	w.header(c.Header)
	w.gap()
	w.verdict(&c.Verdict, false)
	w.gap()
	w.line(0, "Options: ", c.Kind)
	asked := c.Verdict.Ask
	for _, o := range c.Options {
		w.option(&o)
		for _, open := range append(o.Unknown[:len(o.Unknown):len(o.Unknown)], o.CouldRuleOut...) {
			asked = append(asked, open.Ask...)
		}
	}
	w.questions("Questions", without(asked, nil), nil)
}

// option writes one option: how well it fits and why, and its pros and cons.
func (w *writer) option(o *tools.Option) {
	class := "not ranked"
	if o.Class != nil {
		class = *o.Class
	}
	if o.Tie {
		class += ", tied"
	}
	w.line(1, o.ID, " ", o.Name, ": ", class)
	if o.UseWhen != "" {
		w.line(2, "Use when: ", o.UseWhen)
	}
	w.clauses("Holds: ", o.Fits)
	w.clauses("Fails: ", o.Fails)
	w.open("Unknown: ", o.Unknown)
	w.open("Could rule it out: ", o.CouldRuleOut)
	w.points("Pros: ", o.Pros)
	w.points("Cons: ", o.Cons)
	for _, u := range o.Updates {
		w.line(2, "Update ", u.Date, ": ", u.Says, " (", u.Source, ")")
	}
}

func (w *writer) clauses(name string, clauses []tools.Clause) {
	for _, c := range clauses {
		w.line(2, name, c.Says, inParentheses(facts(c.Facts)))
	}
}

func (w *writer) open(name string, clauses []tools.Open) {
	for _, c := range clauses {
		w.line(2, name, c.Says, " (ask ", strings.Join(factsOf(c.Ask), ", "), ")")
	}
}

func (w *writer) points(name string, points []string) {
	if len(points) > 0 {
		w.line(2, name, strings.Join(points, "; "))
	}
}
