package decide

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Canonical returns a decision as text, in a form that depends on everything its explanations rest on but not on how it was written.
// Decisions over the same facts with equal texts explain every situation alike. If the texts differ, then a diagram does, or the cases in
// which a statement is shown, or the input to the order of questions.
func (d *Decision) Canonical() string {
	var w canonicalWriter
	for level := range d.variables {
		w.variable(d, level)
	}
	for _, s := range d.model.Statements {
		if s.Decides() {
			w.statement(d, s)
		}
	}
	if f := d.holds[d.model.Foundation.ID]; f != nil {
		w.diagram(d.model.Foundation.ID+" unmet if", f, d.variables, d.dictionary)
	}
	w.line("measure %s", d.model.Measure)
	w.diagram("outcome", d.outcomes, d.variables, d.dictionary)
	return w.String()
}

// Canonical returns the same text for two conditions exactly if they hold in the same situations.
func (p *Predicate) Canonical(dictionary *fact.Dictionary) string {
	var w canonicalWriter
	w.diagram("holds", p.diagram, p.variables, dictionary)
	return w.String()
}

// Canonical returns the same text for two themes exactly if their need and status agree in every situation.
func (t *Theme) Canonical(dictionary *fact.Dictionary) string {
	var w canonicalWriter
	w.diagram("need", t.need, t.variables, dictionary)
	w.diagram("status", t.statuses, t.variables, dictionary)
	return w.String()
}

type canonicalWriter struct{ strings.Builder }

func (w *canonicalWriter) line(format string, arguments ...any) {
	fmt.Fprintf(w, format+"\n", arguments...)
}

// variable writes what the order of questions depends on for one fact. A fact that never matters to the verdict is neither asked for nor
// presumed, but giving it shows which rung was talked about, so its gate counts.
func (w *canonicalWriter) variable(d *Decision, level int) {
	v, t := &d.variables[level], &d.traits[level]
	fact := d.dictionary.Fact(v.fact)
	w.line("%s: gate %d", fact.Name, t.gate)
	if !slices.ContainsFunc(d.verdicts.nodes, func(n node) bool { return int(n.level) == level }) {
		return
	}
	var cells []string
	for cell := range v.cells {
		cells = append(cells, v.describe(1<<cell, fact))
	}
	w.line("  cells %s", strings.Join(cells, " | "))
	w.line("  measured %t, presumed %s", t.measured, fact.Presumed)
	if len(t.conflicts) == 0 {
		return
	}
	for _, answer := range t.answers {
		w.line("  answer %s", answer)
	}
	for _, conflict := range t.conflicts {
		w.line("  conflict %s", conflict.Canonical(d.dictionary))
	}
}

// statement writes how and when a statement is shown.
func (w *canonicalWriter) statement(d *Decision, s Statement) {
	show := func(how string, of *diagram) { w.diagram(s.ID+" "+how, of, d.variables, d.dictionary) }
	switch {
	case s.Role == Trigger:
		show("for if", d.stands[s.ID])
		show("unmet unless", d.holds[s.ID])
	case s.Role == Now:
		show("for if", d.stands[s.ID])
	case s.Required:
		show("unmet unless", d.holds[s.ID])
	case !s.Repeats:
		show(s.speaks().String()+" if", d.holds[s.ID])
	}
}

// diagram writes a function: each node once, in the order of the first path to it, with its fact and, for each child, the values that
// lead there. Equal functions give equal text, whatever cells they were built on.
func (w *canonicalWriter) diagram(name string, of *diagram, variables []variable, dictionary *fact.Dictionary) {
	names := map[node]string{}
	var lines []string
	var visit func(node) string
	visit = func(at node) string {
		if at.id < leaves {
			return strconv.Itoa(int(at.id))
		}
		if known, seen := names[at]; seen {
			return known
		}
		names[at] = "n" + strconv.Itoa(len(names))
		place := len(lines)
		lines = append(lines, "")
		lines[place] = "  " + names[at] + " " + of.branches(at, variables, dictionary, visit)
		return names[at]
	}
	root := visit(of.root)
	w.line("%s %s", name, root)
	for _, line := range lines {
		w.line("%s", line)
	}
}

// branches describes a node: its fact, and the values that lead to each child.
func (d *diagram) branches(at node, variables []variable, dictionary *fact.Dictionary, visit func(node) string) string {
	level := int(at.level)
	end := uint32(len(d.kids))
	if next := int(at.id) - leaves + 1; next < len(d.nodes) {
		end = d.nodes[next].first
	}
	kids := d.kids[at.first:end]
	name, describe := "running", func(cells cellSet) string { return strconv.FormatBool(cells == 2) }
	if level < len(variables) {
		fact := dictionary.Fact(variables[level].fact)
		name, describe = fact.Name, func(cells cellSet) string { return variables[level].describe(cells, fact) }
	}
	words := []string{name}
	for i, kid := range kids {
		if slices.Index(kids, kid) < i {
			continue
		}
		cells := cellSet(0)
		for cell, other := range kids {
			if other == kid {
				cells |= 1 << cell
			}
		}
		words = append(words, describe(cells)+" -> "+visit(kid))
	}
	return strings.Join(words, "; ")
}

// describe writes the values in some cells, in a unique form.
func (v *variable) describe(cells cellSet, about fact.Fact) string {
	if v.kind.Numeric() {
		joined := Cell{kind: v.kind}
		for rest := cells; rest != 0; rest &= rest - 1 {
			joined.merge(Cell{ranges: v.cells[rest.first()].ranges})
		}
		var words []string
		for _, r := range joined.ranges {
			words = append(words, fmt.Sprintf("%v %v %t %t", r.Low, r.High, r.LowOpen, r.HighOpen))
		}
		return strings.Join(words, ", ")
	}
	var words []string
	for _, value := range v.values(about) {
		if cells>>v.cell(value)&1 == 1 {
			words = append(words, value.String())
		}
	}
	return strings.Join(words, ", ")
}

// wholeDomain is the number of members up to which all sets are written out; above it, one set for each class that the conditions tell
// apart.
const wholeDomain = 8

// values returns the values of a fact that is not a number.
func (v *variable) values(about fact.Fact) []fact.Value {
	var values []fact.Value
	switch {
	case about.Kind == fact.Boolean:
		values = []fact.Value{{Kind: fact.Boolean}, {Kind: fact.Boolean, Bool: true}}
	case about.Kind == fact.Choice:
		for _, text := range about.Values {
			values = append(values, fact.Value{Kind: fact.Choice, Text: text})
		}
	case len(about.Values) <= wholeDomain:
		for chosen := range 1 << len(about.Values) {
			value := fact.Value{Kind: fact.Set}
			for i, member := range about.Values {
				if chosen>>i&1 == 1 {
					value.Members = append(value.Members, member)
				}
			}
			values = append(values, value)
		}
	default:
		for _, members := range v.representatives(about.Values) {
			values = append(values, fact.Value{Kind: fact.Set, Members: members})
		}
	}
	return values
}
