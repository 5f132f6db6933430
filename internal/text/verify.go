package text

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/verify"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// Report returns the findings in a knowledge: new ones first, then baseline entries that are gone, then known findings with their
// reasons, and a summary in the last line.
func Report(r *verify.Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Knowledge %s (%s)\n", r.Knowledge.Version, r.Knowledge.Fingerprint)
	if len(r.New) > 0 {
		fmt.Fprintf(&b, "\nNew: not in the baseline\n\n")
		for _, f := range r.New {
			finding(&b, f)
		}
	}
	if len(r.Gone) > 0 {
		fmt.Fprintf(&b, "\nGone: in the baseline, but no longer found\n\n")
		for _, e := range r.Gone {
			fmt.Fprintf(&b, "%s %s%s\n    was known: %s\n", e.Kind, e.Subject, bracketed(e.With), e.Why)
		}
	}
	if len(r.Known) > 0 {
		fmt.Fprintf(&b, "\nKnown: the baseline says why\n\n")
		for _, k := range r.Known {
			finding(&b, k.Finding)
			fmt.Fprintf(&b, "    known: %s\n", k.Why)
		}
	}
	fmt.Fprintf(&b, "\n%s.\n", findings(r))
	return b.String()
}

// finding writes a finding like a compiler message: place, kind, sentence; and below it what shows it.
func finding(b *strings.Builder, f verify.Finding) {
	fmt.Fprintf(b, "%s:%d: %s: %s\n", f.File, f.Line, f.Kind, f.Says)
	if len(f.Witness) > 0 {
		fmt.Fprintln(b, inLines("    shown by ", f.Witness.Lines()))
	}
	if f.Share != "" {
		fmt.Fprintf(b, "    in %s of the states\n", percent(f.Share))
	}
}

// findings counts them.
func findings(r *verify.Report) string {
	known := words.Count(len(r.Known), "finding")
	if r.Clean() {
		return known + ", all of them known"
	}
	return fmt.Sprintf("%s new, %s of the baseline gone, %s known", words.Count(len(r.New), "finding"), words.Count(len(r.Gone), "entry"), known)
}

func bracketed(with []string) string {
	if len(with) == 0 {
		return ""
	}
	return " [" + strings.Join(with, "; ") + "]"
}

// Difference returns what a change of the knowledge does to the verdicts, as a review comment would put it.
func Difference(d *verify.Difference) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Knowledge %s (%s) -> %s (%s)\n", d.Old.Version, d.Old.Fingerprint, d.New.Version, d.New.Fingerprint)
	for _, c := range d.Changed {
		fmt.Fprintf(&b, "\n%s: the outcome changes in %s of %s states\n", c.Capability, percent(c.Share), c.States)
		for _, g := range c.Groups {
			group(&b, g)
		}
	}
	b.WriteString("\n")
	for _, part := range []struct {
		says string
		ids  []string
	}{{"New", d.Added}, {"Gone", d.Removed}, {"No outcome changes", d.Same}} {
		if len(part.ids) > 0 {
			fmt.Fprintf(&b, "%s: %s\n", part.says, strings.Join(part.ids, ", "))
		}
	}
	return b.String()
}

func group(b *strings.Builder, g verify.Group) {
	fmt.Fprintf(b, "\n  %s -> %s in %s, %s\n", g.From, g.To, states(g.States), percent(g.Share))
	within := words.Each(g.Within, func(w verify.Within) string { return w.Fact + " = " + strings.Join(w.Values, " or ") })
	if len(within) > 0 {
		fmt.Fprintln(b, inLines("    only where  ", within))
	}
	fmt.Fprintln(b, inLines("    for example ", g.Witness.Lines()))
	for _, e := range g.By {
		fmt.Fprintf(b, "    because of  %s, %s:%d\n                was %s\n                is  %s\n", e.ID, e.File, e.Line, orNothing(e.Was), orNothing(e.Is))
	}
}

func orNothing(text string) string {
	if text == "" {
		return "nothing"
	}
	return text
}

func states(count string) string {
	if count == "1" {
		return "1 state"
	}
	return count + " states"
}

// lineWidth is the width at which lists of facts are wrapped.
const lineWidth = 120

// inLines joins parts with commas after a head, wrapped so that later lines align with the first part.
func inLines(head string, parts []string) string {
	var b strings.Builder
	b.WriteString(head)
	indent := strings.Repeat(" ", len(head))
	column := len(head)
	for i, part := range parts {
		if i+1 < len(parts) {
			part += ","
		}
		switch {
		case i == 0:
		case column+1+len(part) > lineWidth:
			b.WriteString("\n" + indent)
			column = len(indent)
		default:
			b.WriteString(" ")
			column++
		}
		b.WriteString(part)
		column += len(part)
	}
	return b.String()
}

// percent returns an exact fraction and its percentage: 1/8 (12.5 %).
func percent(fraction string) string {
	share, ok := new(big.Rat).SetString(fraction)
	if !ok {
		return fraction
	}
	f, _ := share.Float64()
	return fraction + " (" + strconv.FormatFloat(100*f, 'g', 3, 64) + " %)"
}
