package decide

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Boundaries are the parts of a condition about one fact, as it is written there, that read otherwise for one value of it than for
// another: what a change from the one to the other crosses. Each stands once, in the order of the condition.
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

// truth is what is known of an atom if no more is known than a value of its fact.
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

// text is an atom as the knowledge writes it.
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

// Moves are the values that a known fact could move to, one for each other cell in which the decision sees it: of a number the
// nearest, of a choice or a set the first. They stand in the order of the cells.
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
