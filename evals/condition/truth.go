package condition

import (
	"fmt"
	"slices"
	"strconv"
)

// Values are what is known of a platform, as JSON or YAML gives it: booleans, numbers, strings, lists of strings.
type Values map[string]any

// Atoms are the condition's atoms, from left to right.
func (e *Expression) Atoms() []*Expression {
	switch e.Sign {
	case Not:
		return e.Left.Atoms()
	case And, Or:
		return append(e.Left.Atoms(), e.Right.Atoms()...)
	}
	return []*Expression{e}
}

// Facts are the facts that the condition is about, each once, in the order in which they appear.
func (e *Expression) Facts() []string {
	var facts []string
	for _, atom := range e.Atoms() {
		if !slices.Contains(facts, atom.Fact) {
			facts = append(facts, atom.Fact)
		}
	}
	return facts
}

// Vector is the truth of every atom, and of the whole.
type Vector struct {
	Atoms string // T or F for each atom
	Holds bool
}

// Vector evaluates the condition; not ok if a fact of it is not among the values, or is a number that is known within a range.
func (e *Expression) Vector(values Values) (v Vector, ok bool) {
	var atoms []byte
	for _, atom := range e.Atoms() {
		value := values[atom.Fact]
		_, numeric := atom.Number()
		_, text := value.(string)
		if value == nil || numeric && text {
			return Vector{}, false
		}
		atoms = append(atoms, "FT"[truth[atom.holds(value)]])
	}
	return Vector{string(atoms), e.HoldsWith(string(atoms))}, true
}

var truth = map[bool]int{true: 1}

// HoldsWith is the condition's truth if its atoms have these truths, T or F for each.
func (e *Expression) HoldsWith(atoms string) bool {
	holds, _ := e.with(atoms)
	return holds
}

// with is the truth of a part whose atoms come first, and the truths of the atoms behind it.
func (e *Expression) with(atoms string) (holds bool, rest string) {
	switch e.Sign {
	case Not:
		holds, rest = e.Left.with(atoms)
		return !holds, rest
	case And, Or:
		left, rest := e.Left.with(atoms)
		right, rest := e.Right.with(rest)
		if e.Sign == And {
			return left && right, rest
		}
		return left || right, rest
	}
	return atoms[0] == 'T', atoms[1:]
}

// holds is an atom's truth for a value of its fact.
func (e *Expression) holds(value any) bool {
	switch {
	case e.Sign == "":
		return value == true
	case e.Literal == "[]":
		return (len(members(value)) == 0) == (e.Sign == "==")
	}
	if limit, ok := e.Number(); ok {
		return ordered(e.Sign, Number(value), limit)
	}
	text, err := strconv.Unquote(e.Literal)
	if err != nil {
		panic(fmt.Sprintf("%s is not a literal", e.Literal)) // the parser refused it
	}
	if e.Sign == In {
		return slices.Contains(members(value), text)
	}
	return (value == text) == (e.Sign == "==")
}

// Number is the literal of an atom, if it is a number.
func (e *Expression) Number() (n float64, ok bool) {
	n, err := strconv.ParseFloat(e.Literal, 64)
	return n, err == nil
}

func ordered(sign string, a, b float64) bool {
	switch sign {
	case "<":
		return a < b
	case "<=":
		return a <= b
	case ">":
		return a > b
	case ">=":
		return a >= b
	case "!=":
		return a != b
	}
	return a == b
}

// members are those of a set, whoever made it.
func members(value any) []string {
	switch list := value.(type) {
	case []string:
		return list
	case []any:
		var texts []string
		for _, member := range list {
			texts = append(texts, fmt.Sprint(member))
		}
		return texts
	}
	return nil
}

// Number is a numeric value, whatever its Go type.
func Number(value any) float64 {
	switch n := value.(type) {
	case int:
		return float64(n)
	case int64:
		return float64(n)
	case uint64:
		return float64(n)
	case float64:
		return n
	}
	panic(fmt.Sprintf("%v is not a number", value))
}
