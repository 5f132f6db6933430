package decide

import (
	"fmt"
	"slices"
	"strconv"
)

// Boundaries are the parts of a condition about one fact, as it is written there, that read otherwise for one value of it than for
// another: what a change from the one to the other crosses. Each stands once, in the order of the condition.
func (c *Condition) Boundaries(dictionary *Dictionary, fact int, from, to Value) []string {
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
func (e *expression) truth(v Value) Truth {
	truth := func(is bool) Truth { return truthOf(1 << boolean(is)) }
	switch {
	case v.Kind == Unknown:
		return Maybe
	case v.Range == nil:
		return truth(e.matches(v))
	}
	low, high := Value{Kind: v.Kind, Number: v.Range.AtLeast}, Value{Kind: v.Kind, Number: v.Range.AtMost}
	point := e.operator == equal || e.operator == unequal
	between := v.Range.AtLeast < e.literal.Number && e.literal.Number < v.Range.AtMost
	if e.matches(low) != e.matches(high) || point && between {
		return Maybe
	}
	return truth(e.matches(low))
}

var comparisonSigns = map[operator]string{equal: "==", unequal: "!=", less: "<", lessOrEqual: "<=", greater: ">", greaterOrEqual: ">="}

// text is an atom as the knowledge writes it.
func (e *expression) text(fact string) string {
	switch {
	case e.operator == is:
		return fact
	case e.operator == contains:
		return fmt.Sprintf("%q in %s", e.literal.Text, fact)
	case e.literal.Kind == Choice:
		return fmt.Sprintf("%s %s %q", fact, comparisonSigns[e.operator], e.literal.Text)
	case e.literal.Kind == Number:
		return fact + " " + comparisonSigns[e.operator] + " " + strconv.FormatFloat(e.literal.Number, 'f', -1, 64)
	case e.literal.Kind == Set:
		return fact + " " + comparisonSigns[e.operator] + " []"
	}
	return fmt.Sprintf("%s %s %t", fact, comparisonSigns[e.operator], e.literal.Bool)
}

// Moves are the values that a known fact could move to, one for each other cell in which the decision sees it: of a number the
// nearest, of a choice or a set the first. They stand in the order of the cells.
func (d *Decision) Moves(s Situation, fact int) []Value {
	level := slices.IndexFunc(d.variables, func(v variable) bool { return v.fact == fact })
	if level < 0 || s[fact].Kind == Unknown {
		return nil
	}
	v := &d.variables[level]
	var moves []Value
	for cell := range v.cells {
		if v.known(s[fact])>>cell&1 == 1 {
			continue
		}
		move := v.cells[cell].value(v.step)
		if len(v.cells[cell].intervals) > 0 {
			move.Number, _ = v.cells[cell].left(s[fact], v.step)
		}
		moves = append(moves, move)
	}
	return moves
}
