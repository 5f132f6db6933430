package mutation

import (
	"slices"
	"strconv"
	"strings"

	"github.com/vanhoutenbos/layer2/evals/condition"
	"github.com/vanhoutenbos/layer2/internal/fact"
)

// change is one way to write a text otherwise.
type change struct {
	operator string
	to       string
}

// conditionChanges are all mutants of a condition, each once.
func conditionChanges(source string, dictionary *fact.Dictionary) ([]change, error) {
	root, err := condition.Parse(source)
	if err != nil {
		return nil, err
	}
	m := &conditionMutator{root: root, dictionary: dictionary, seen: map[string]bool{source: true}}
	if root.Left != nil && root.Right != nil {
		m.try(root, "negation", &condition.Expression{Sign: "!", Left: copyOf(root)})
	}
	m.mutate(root)
	return m.changes, nil
}

type conditionMutator struct {
	root       *condition.Expression
	dictionary *fact.Dictionary
	seen       map[string]bool
	changes    []change
}

func copyOf(e *condition.Expression) *condition.Expression {
	c := *e
	return &c
}

// try writes the condition down with one part replaced.
func (m *conditionMutator) try(part *condition.Expression, operator string, with *condition.Expression) {
	was := *part
	*part = *with
	if to := m.root.String(); !m.seen[to] {
		m.seen[to] = true
		m.changes = append(m.changes, change{operator, to})
	}
	*part = was
}

func (m *conditionMutator) mutate(e *condition.Expression) {
	switch e.Sign {
	case "&&", "||":
		other := map[string]string{"&&": "||", "||": "&&"}[e.Sign]
		m.try(e, "connective", &condition.Expression{Sign: other, Left: e.Left, Right: e.Right})
		m.try(e, "connective", e.Left)
		m.try(e, "connective", e.Right)
		m.mutate(e.Left)
		m.mutate(e.Right)
	case "!":
		m.try(e, "negation", e.Left)
		if e.Left.Sign != "" { // a fact that is negated once more is the fact
			m.mutate(e.Left)
		}
	case "":
		m.try(e, "negation", &condition.Expression{Sign: "!", Left: copyOf(e)})
	default:
		m.comparison(e)
	}
}

// comparison mutates the sign and the literal of a comparison.
func (m *conditionMutator) comparison(e *condition.Expression) {
	index, _ := m.dictionary.Index(e.Fact)
	about := m.dictionary.Fact(index)
	with := func(operator, sign, literal string) {
		m.try(e, operator, &condition.Expression{Sign: sign, Fact: e.Fact, Literal: literal})
	}
	switch about.Kind {
	case fact.Integer, fact.Number:
		for _, sign := range condition.Signs {
			with("operator", sign, e.Literal)
		}
		limit, _ := strconv.ParseFloat(e.Literal, 64)
		step := max(about.Step, 1)
		if about.Kind == fact.Number {
			step = about.Step
		}
		for _, n := range []float64{limit - step, limit + step} {
			with("constant", e.Sign, strconv.FormatFloat(n, 'f', -1, 64))
		}
	case fact.Choice:
		with("operator", opposite(e.Sign), e.Literal)
		m.neighbours(e, about.Values)
	case fact.Set:
		if e.Sign == condition.In {
			m.try(e, "negation", &condition.Expression{Sign: condition.Not, Left: copyOf(e)})
			m.neighbours(e, about.Values)
			return
		}
		with("operator", opposite(e.Sign), e.Literal)
		for _, member := range about.Values { // some rule, or none: now one rule, or not that one
			in := &condition.Expression{Sign: "in", Fact: e.Fact, Literal: strconv.Quote(member)}
			if e.Sign == "==" {
				in = &condition.Expression{Sign: "!", Left: in}
			}
			m.try(e, "constant", in)
		}
	}
}

// neighbours puts the value before and the value behind in the place of a text literal.
func (m *conditionMutator) neighbours(e *condition.Expression, values []string) {
	place := slices.Index(values, strings.Trim(e.Literal, `"`))
	for _, i := range []int{place - 1, place + 1} {
		if i >= 0 && i < len(values) {
			m.try(e, "constant", &condition.Expression{Sign: e.Sign, Fact: e.Fact, Literal: strconv.Quote(values[i])})
		}
	}
}

func opposite(sign string) string { return map[string]string{"==": "!=", "!=": "=="}[sign] }
