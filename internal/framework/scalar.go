package framework

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
)

// Scalar is a value of a fact as the knowledge writes it, before it is held against the fact: true or false, a number, a text
// or a list of texts. It remembers where it stands.
type Scalar struct {
	// Written has the kind that the value looks like: Boolean, Number, Choice or Set.
	Written decide.Value
	Line    int
	Column  int
}

// MarshalJSON writes the value alone.
func (s Scalar) MarshalJSON() ([]byte, error) {
	switch s.Written.Kind {
	case decide.Boolean:
		return json.Marshal(s.Written.Bool)
	case decide.Number, decide.Integer:
		return json.Marshal(s.Written.Number)
	case decide.Choice:
		return json.Marshal(s.Written.Text)
	case decide.Set:
		return json.Marshal(append([]string{}, s.Written.Members...))
	}
	return []byte("null"), nil
}

// String is the value as a person writes it.
func (s Scalar) String() string {
	switch s.Written.Kind {
	case decide.Boolean:
		return strconv.FormatBool(s.Written.Bool)
	case decide.Number, decide.Integer:
		return strconv.FormatFloat(s.Written.Number, 'f', -1, 64)
	case decide.Choice:
		return shown(s.Written.Text)
	case decide.Set:
		return "[" + strings.Join(s.Written.Members, ", ") + "]"
	}
	return "nothing"
}

func (s Scalar) place() place { return place{s.Line, s.Column} }

// Of is the value for a fact of the dictionary; an error where the fact cannot have it.
func (s Scalar) Of(fact decide.Fact) (decide.Value, error) {
	w := s.Written
	switch fact.Kind {
	case decide.Boolean:
		if w.Kind == decide.Boolean {
			return w, nil
		}
	case decide.Integer, decide.Number:
		if w.Kind == decide.Number {
			return numberOf(fact, w.Number)
		}
	case decide.Choice:
		if w.Kind == decide.Choice && slices.Contains(fact.Values, w.Text) {
			return w, nil
		}
		if w.Kind == decide.Choice {
			return decide.Value{}, noValue(fact, w.Text)
		}
	case decide.Set:
		if w.Kind == decide.Set {
			return setOf(fact, w.Members)
		}
	}
	return decide.Value{}, fmt.Errorf("%s is %s and cannot be %s", fact.Name, indefinite(fact.Kind), s)
}

func numberOf(fact decide.Fact, n float64) (decide.Value, error) {
	switch {
	case n < 0 || n > decide.Largest:
		return decide.Value{}, fmt.Errorf("%s is between 0 and %d, not %g", fact.Name, int64(decide.Largest), n)
	case fact.Kind == decide.Integer && n != math.Trunc(n):
		return decide.Value{}, fmt.Errorf("%s is an integer, not %g", fact.Name, n)
	}
	return decide.Value{Kind: fact.Kind, Number: n}, nil
}

// setOf puts members in the order of the fact's values, each once.
func setOf(fact decide.Fact, members []string) (decide.Value, error) {
	for _, member := range members {
		if !slices.Contains(fact.Values, member) {
			return decide.Value{}, noValue(fact, member)
		}
	}
	value := decide.Value{Kind: decide.Set}
	for _, member := range fact.Values {
		if slices.Contains(members, member) {
			value.Members = append(value.Members, member)
		}
	}
	return value, nil
}

func noValue(fact decide.Fact, value string) error {
	return fmt.Errorf("%s is not one of %s's values: %s%s", shown(value), fact.Name, strings.Join(fact.Values, ", "), meant(value, fact.Values))
}

// indefinite is a kind with its article.
func indefinite(kind decide.Kind) string {
	if kind == decide.Integer {
		return "an " + kind.String()
	}
	return "a " + kind.String()
}
