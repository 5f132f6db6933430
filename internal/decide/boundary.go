package decide

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Boundaries returns the comparisons in a condition about one fact that are true for one of two values but not for the other, which is
// what a change from one to the other crosses. Each is listed once, in the order of the condition.
func (c *Condition) Boundaries(dictionary *fact.Dictionary, fact int, from, to fact.Value) []string {
	var crossed []string
	c.root.atoms(func(atom *expression) {
		if atom.fact != fact || atom.truth(from) == atom.truth(to) {
			return
		}
		if text := atom.text(dictionary.Fact(fact).Name); !slices.Contains(crossed, text) {
			crossed = append(crossed, text)
		}
	})
	return crossed
}

// truth returns what is known about an atom, given what is known about its fact.
func (e *expression) truth(v fact.Value) Truth {
	truth := func(is bool) Truth { return truthOf(1 << boolean(is)) }
	switch {
	case v.Kind == fact.Unknown:
		return Maybe
	case v.Range == nil:
		return truth(e.matches(v))
	}
	low, high := fact.Value{Kind: v.Kind, Number: v.Range.Low}, fact.Value{Kind: v.Kind, Number: v.Range.High}
	point := e.operator == equal || e.operator == unequal
	between := v.Range.Low < e.literal.Number && e.literal.Number < v.Range.High
	if e.matches(low) != e.matches(high) || point && between {
		return Maybe
	}
	return truth(e.matches(low))
}

var comparisonSigns = map[operator]string{equal: "==", unequal: "!=", less: "<", lessOrEqual: "<=", greater: ">", greaterOrEqual: ">="}

// text returns an atom as the knowledge writes it.
func (e *expression) text(about string) string {
	switch {
	case e.operator == is:
		return about
	case e.operator == contains:
		return fmt.Sprintf("%q in %s", e.literal.Text, about)
	case e.literal.Kind == fact.Choice:
		return fmt.Sprintf("%s %s %q", about, comparisonSigns[e.operator], e.literal.Text)
	case e.literal.Kind == fact.Number:
		return about + " " + comparisonSigns[e.operator] + " " + strconv.FormatFloat(e.literal.Number, 'f', -1, 64)
	case e.literal.Kind == fact.Set:
		return about + " " + comparisonSigns[e.operator] + " []"
	}
	return fmt.Sprintf("%s %s %t", about, comparisonSigns[e.operator], e.literal.Bool)
}

// Moves returns one value for each other cell of a known fact: for a number the nearest in the cell, for a choice or a set the first.
// They are in cell order.
func (d *Decision) Moves(s fact.Situation, index int) []fact.Value {
	level := slices.IndexFunc(d.variables, func(v variable) bool { return v.fact == index })
	if level < 0 || s[index].Kind == fact.Unknown {
		return nil
	}
	v := &d.variables[level]
	var moves []fact.Value
	for cell := range v.cells {
		if v.known(s[index])>>cell&1 == 1 {
			continue
		}
		move := v.cells[cell].value(v.step)
		if len(v.cells[cell].ranges) > 0 {
			move.Number, _ = v.cells[cell].left(s[index], v.step)
		}
		moves = append(moves, move)
	}
	return moves
}
