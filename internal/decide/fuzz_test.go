package decide

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// FuzzParse holds that whatever is written, parsing ends with a mistake at a place within it, or with a condition that means the
// same when it is printed from its tree and parsed again, and whose diagram says what walking the tree says.
func FuzzParse(f *testing.F) {
	dictionary := picnicFacts(f)
	situations := picnics(dictionary)
	f.Fuzz(func(t *testing.T, source string) {
		condition, err := Parse(source, dictionary)
		if err != nil {
			var mistake *SyntaxError
			if !errors.As(err, &mistake) || mistake.Column < 1 || mistake.Column > len(source)+1 || strings.Contains(mistake.Problem, "\n") {
				t.Fatalf("%q: %v", source, err)
			}
			return
		}
		printed := printedFrom(condition.root, dictionary)
		again, err := Parse(printed, dictionary)
		if err != nil {
			if len(printed) > maximumLength || strings.Contains(err.Error(), "nested deeper") {
				return // the printer spends a parenthesis on everything
			}
			t.Fatalf("%q is printed as %q: %v", source, printed, err)
		}
		if twice := printedFrom(again.root, dictionary); twice != printed {
			t.Fatalf("%q is printed as %q, and that as %q", source, printed, twice)
		}
		sameTruth(t, dictionary, condition, again, situations)
	})
}

// sameTruth compares the diagrams of a condition and of its print, and both with the tree.
func sameTruth(t *testing.T, dictionary *fact.Dictionary, condition, again *Condition, situations []fact.Situation) {
	t.Helper()
	one, err := NewPredicate(dictionary, condition)
	other, otherErr := NewPredicate(dictionary, again)
	if err != nil || otherErr != nil {
		if err == nil || otherErr == nil || err.Error() != otherErr.Error() || !strings.Contains(err.Error(), "tell apart") {
			t.Fatalf("%s: %v; printed: %v", condition, err, otherErr)
		}
		return
	}
	if one.Canonical(dictionary) != other.Canonical(dictionary) {
		t.Fatalf("%s means\n%s, and printed\n%s", condition, one.Canonical(dictionary), other.Canonical(dictionary))
	}
	for _, situation := range situations {
		want := No
		if walked(condition.root, situation) {
			want = Yes
		}
		if got := one.Truth(situation); got != want {
			t.Fatalf("%s with %v is %v, and its tree %v", condition, situation, got, want)
		}
	}
}

// walked is the truth of a tree where everything is known.
func walked(e *expression, s fact.Situation) bool {
	switch e.operator {
	case and:
		return walked(e.left, s) && walked(e.right, s)
	case or:
		return walked(e.left, s) || walked(e.right, s)
	case not:
		return !walked(e.left, s)
	}
	return e.matches(s[e.fact])
}

// printedFrom writes a tree with a pair of parentheses for every operator.
func printedFrom(e *expression, dictionary *fact.Dictionary) string {
	switch e.operator {
	case and:
		return "(" + printedFrom(e.left, dictionary) + " && " + printedFrom(e.right, dictionary) + ")"
	case or:
		return "(" + printedFrom(e.left, dictionary) + " || " + printedFrom(e.right, dictionary) + ")"
	case not:
		return "!(" + printedFrom(e.left, dictionary) + ")"
	case is:
		return dictionary.Fact(e.fact).Name
	case contains:
		return `"` + e.literal.Text + `" in ` + dictionary.Fact(e.fact).Name
	}
	for sign, operator := range comparisons {
		if operator == e.operator {
			return dictionary.Fact(e.fact).Name + " " + sign + " " + literalOf(e.literal)
		}
	}
	panic("no operator")
}

func literalOf(v fact.Value) string {
	switch v.Kind {
	case fact.Boolean:
		return strconv.FormatBool(v.Bool)
	case fact.Number:
		return strconv.FormatFloat(v.Number, 'f', -1, 64)
	case fact.Choice:
		return `"` + v.Text + `"`
	}
	return "[]"
}

// picnics are situations in which everything is known, with numbers at and round what seeds compare with.
func picnics(dictionary *fact.Dictionary) []fact.Situation {
	var situations []fact.Situation
	numbers := []float64{0, 1, 4, 5, 6, fact.Largest}
	for i := range 12 {
		s := dictionary.NewSituation()
		for index := range s {
			f := dictionary.Fact(index)
			turn := i + index
			s[index] = fact.Value{Kind: f.Kind}
			switch f.Kind {
			case fact.Boolean:
				s[index].Bool = turn%2 == 0
			case fact.Integer:
				s[index].Number = numbers[turn%len(numbers)]
			case fact.Number:
				s[index].Number = min(numbers[turn%len(numbers)]+0.5*float64(turn%2), fact.Largest)
			case fact.Choice:
				s[index].Text = f.Values[turn%len(f.Values)]
			case fact.Set:
				for m, member := range f.Values {
					if turn>>m&1 == 1 {
						s[index].Members = append(s[index].Members, member)
					}
				}
			}
		}
		situations = append(situations, s)
	}
	return situations
}
