package text

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// Sheet returns a facts file for a terminal: what is known and its sources, facts that no verdict rests on, and what to ask first. Lines
// fit into width columns unless a single word does not.
func Sheet(s *tools.FactSheet, width int) string {
	t := table{width: width}
	t.known(s)
	t.unsettled(s)
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
	sourced(t, s, s.Facts, func(known fact.Named) (string, string) { return known.Fact, known.String() })
	if len(s.Running) > 0 {
		t.WriteString(wrap("It runs: "+strings.Join(s.Running, ", "), "", "    ", t.width))
	}
	if len(s.NotRunning) > 0 {
		t.WriteString(wrap("It does not run: "+strings.Join(s.NotRunning, ", "), "", "    ", t.width))
	}
}

// unsettled writes the facts that were raised and left open, each with what was said.
func (t *table) unsettled(s *tools.FactSheet) {
	if len(s.Unsettled) == 0 {
		return
	}
	t.WriteString("\nRAISED AND LEFT OPEN\n")
	sourced(t, s, s.Unsettled, func(name string) (string, string) { return name, name })
}

// sourced writes a line for each fact, with the sources in a column of their own.
func sourced[T any](t *table, s *tools.FactSheet, facts []T, of func(T) (name, line string)) {
	sources := map[string]string{}
	for _, source := range s.Sources {
		sources[source.Fact] = source.Words
	}
	column := 0
	for _, fact := range facts {
		if name, line := of(fact); sources[name] != "" {
			column = max(column, utf8.RuneCountInString(line))
		}
	}
	for _, fact := range facts {
		name, line := of(fact)
		if words := sources[name]; words != "" {
			line = asIs(fmt.Sprintf("%-*s  ", column, line)) + asIs(quoted(words))
		}
		t.WriteString(wrap(line, "", "    ", t.width))
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
