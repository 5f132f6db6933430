package text

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// Sheet returns a facts file for a terminal: what is known and its sources, facts that no verdict rests on, and what to ask first. Lines
// fit into width columns unless a single word does not.
func Sheet(s *tools.FactSheet, width int) string {
	t := table{width: width}
	t.known(s)
	t.unneeded(s.Unneeded)
	t.conflicts(s.Conflicts)
	t.next(s.Ask)
	fmt.Fprintf(&t, "\nKnowledge %s (%s)\n", s.Knowledge.Version, s.Knowledge.Fingerprint)
	return t.String()
}

// known writes the facts, each with its source, and what runs.
func (t *table) known(s *tools.FactSheet) {
	t.WriteString("KNOWN\n")
	if len(s.Facts)+len(s.Running)+len(s.NotRunning) == 0 {
		t.WriteString("nothing\n")
	}
	sources := map[string]string{}
	for _, source := range s.Sources {
		sources[source.Fact] = source.Words
	}
	column := 0
	for _, fact := range s.Facts {
		if sources[fact.Fact] != "" {
			column = max(column, utf8.RuneCountInString(fact.String()))
		}
	}
	for _, fact := range s.Facts {
		line := fact.String()
		if words := sources[fact.Fact]; words != "" {
			line = asIs(fmt.Sprintf("%-*s  ", column, line)) + asIs(quoted(words))
		}
		t.WriteString(wrap(line, "", "    ", t.width))
	}
	if len(s.Running) > 0 {
		t.WriteString(wrap("It runs: "+strings.Join(s.Running, ", "), "", "    ", t.width))
	}
	if len(s.NotRunning) > 0 {
		t.WriteString(wrap("It does not run: "+strings.Join(s.NotRunning, ", "), "", "    ", t.width))
	}
}

// unneeded writes the known facts that could just as well be unknown.
func (t *table) unneeded(list []tools.Unneeded) {
	if len(list) == 0 {
		return
	}
	t.WriteString("\nNO VERDICT RESTS ON\n")
	words := words.Each(list, func(u tools.Unneeded) string {
		if len(u.UseIn) == 0 {
			return u.Fact
		}
		return u.Fact + glue + "(for" + glue + strings.Join(u.UseIn, ","+glue) + ")"
	})
	t.WriteString(wrap(strings.Join(words, ", "), "", "", t.width))
}
