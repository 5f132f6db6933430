package text

import (
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// provisional writes the provisional verdict, always with what it assumes, or why an undetermined verdict has none.
func (w *writer) provisional(v *tools.Verdict) {
	p := v.Provisional
	switch {
	case v.Withheld != nil:
		w.line(1, noProvisional, withheld[*v.Withheld], w.leftOpen(v))
		return
	case p == nil:
		return
	}
	opening := "Provisionally " + settled(p.Verdict, p.Reasons)
	if v.Title == "" {
		w.line(1, opening, ", assuming ", assumed(p.Assuming))
		return
	}
	w.line(1, opening)
	w.list(2, "For: ", p.For)
	for _, kind := range kinds {
		list := slices.DeleteFunc(slices.Clone(p.Assuming), func(a tools.Assumption) bool { return a.Kind != kind.name })
		if len(list) > 0 {
			w.line(2, kind.heading)
		}
		for _, a := range list {
			w.line(3, assumption(a))
		}
	}
}

// leftOpen names the questions of a verdict that were raised and left open, which nothing is presumed about.
func (w *writer) leftOpen(v *tools.Verdict) string {
	open := slices.DeleteFunc(factsOf(v.Ask), func(fact string) bool { return !slices.Contains(w.unsettled, fact) })
	if len(open) == 0 {
		return ""
	}
	return "; raised and left open: " + strings.Join(open, ", ")
}

// noProvisional is how texts introduce why there is no provisional verdict.
const noProvisional = "No provisional verdict: "

// withheld says in words why there is none.
var withheld = map[string]string{
	"nothing_said": "nothing was said about scale or need",
	"open":         "what may be presumed does not decide it",
}

// kinds are the kinds of assumptions, with what texts call them.
var kinds = []struct{ name, heading string }{
	{"unsaid", "Assuming, since nobody said otherwise"},
	{"check", "Presumed to be in order, please check"},
}

// assumption returns "environment = production: the platform serves production; else skip".
func assumption(a tools.Assumption) string {
	return a.Fact + " = " + presumption(a).String() + ": " + a.Says + "; else " + words.Or(a.Otherwise)
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
