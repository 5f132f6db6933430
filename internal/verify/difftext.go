package verify

import (
	"fmt"
	"io"
	"strings"
)

// WriteText writes the difference for people, as a review comment would say it.
func (d *Difference) WriteText(out io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Knowledge %s (%s) -> %s (%s)\n", d.Old.Version, d.Old.Fingerprint, d.New.Version, d.New.Fingerprint)
	for _, c := range d.Changed {
		fmt.Fprintf(&b, "\n%s: the outcome changes in %s of %s states\n", c.Capability, percent(c.Share), c.States)
		for _, g := range c.Groups {
			g.write(&b)
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
	_, err := io.WriteString(out, b.String())
	return err
}

func (g Group) write(b *strings.Builder) {
	fmt.Fprintf(b, "\n  %s -> %s in %s, %s\n", g.From, g.To, counted(g.States), percent(g.Share))
	var within []string
	for _, w := range g.Within {
		within = append(within, w.Fact+" = "+strings.Join(w.Values, " or "))
	}
	if len(within) > 0 {
		fmt.Fprintln(b, inLines("    only where  ", within))
	}
	fmt.Fprintln(b, inLines("    for example ", g.Witness.Lines()))
	for _, e := range g.By {
		fmt.Fprintf(b, "    because of  %s, %s:%d\n                was %s\n                is  %s\n", e.ID, e.File, e.Line, orNothing(e.Was), orNothing(e.Is))
	}
}

// String is the outcome in words.
func (e End) String() string { return e.Verdict + " (" + e.Because + ")" }

func orNothing(text string) string {
	if text == "" {
		return "nothing"
	}
	return text
}

func counted(states string) string {
	if states == "1" {
		return "1 state"
	}
	return states + " states"
}
