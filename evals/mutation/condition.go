package mutation

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// change is one way to write a text otherwise.
type change struct {
	operator string
	to       string
}

// expression is a condition of the knowledge as a tree: an atom, or one of && || ! over others.
type expression struct {
	sign        string // && || ! or, for an atom, the comparison; empty for a fact alone
	left, right *expression
	fact        string
	literal     string // as written, quotes and all
}

var tokens = regexp.MustCompile(`"[^"]*"|&&|\|\||==|!=|<=|>=|\[\]|[<>!()]|[\w.]+`)

// parse reads a condition that the loader took. It knows what the shipped knowledge uses, and says so where that is not enough.
func parse(source string) (*expression, error) {
	r := &reading{tokens.FindAllString(source, -1)}
	e := r.chain("||", func() *expression { return r.chain("&&", r.operand) })
	if written := e.String(); len(r.rest) > 0 || written != source {
		return nil, fmt.Errorf("condition %q is read as %q", source, written)
	}
	return e, nil
}

type reading struct{ rest []string }

func (r *reading) next() string {
	if len(r.rest) == 0 {
		return ""
	}
	token := r.rest[0]
	r.rest = r.rest[1:]
	return token
}

func (r *reading) peek(token string) bool { return len(r.rest) > 0 && r.rest[0] == token }

func (r *reading) chain(sign string, operand func() *expression) *expression {
	left := operand()
	for r.peek(sign) {
		r.next()
		left = &expression{sign: sign, left: left, right: operand()}
	}
	return left
}

func (r *reading) operand() *expression {
	switch token := r.next(); token {
	case "!":
		return &expression{sign: "!", left: r.operand()}
	case "(":
		e := r.chain("||", func() *expression { return r.chain("&&", r.operand) })
		r.next()
		return e
	default:
		e := &expression{fact: token}
		if len(r.rest) > 0 && slices.Contains(signs, r.rest[0]) {
			e.sign, e.literal = r.next(), r.next()
		}
		return e
	}
}

// signs are the comparisons, from low to high.
var signs = []string{"<", "<=", "==", ">=", ">", "!="}

// String is the condition, with the parentheses that it needs.
func (e *expression) String() string {
	within := func(part *expression, needs ...string) string {
		if slices.Contains(needs, part.sign) {
			return "(" + part.String() + ")"
		}
		return part.String()
	}
	switch e.sign {
	case "":
		return e.fact
	case "!":
		return "!" + within(e.left, append(signs, "&&", "||", "in")...)
	case "&&":
		return within(e.left, "||") + " && " + within(e.right, "||", "&&")
	case "||":
		return e.left.String() + " || " + within(e.right, "||")
	case "in":
		return e.literal + " in " + e.fact
	}
	return e.fact + " " + e.sign + " " + e.literal
}

// conditionChanges are all mutants of a condition, each once.
func conditionChanges(source string, dictionary *fact.Dictionary) ([]change, error) {
	root, err := parse(source)
	if err != nil {
		return nil, err
	}
	m := &conditionMutator{root: root, dictionary: dictionary, seen: map[string]bool{source: true}}
	if root.left != nil && root.right != nil {
		m.try(root, "negation", &expression{sign: "!", left: copyOf(root)})
	}
	m.mutate(root)
	return m.changes, nil
}

type conditionMutator struct {
	root       *expression
	dictionary *fact.Dictionary
	seen       map[string]bool
	changes    []change
}

func copyOf(e *expression) *expression {
	c := *e
	return &c
}

// try writes the condition down with one part replaced.
func (m *conditionMutator) try(part *expression, operator string, with *expression) {
	was := *part
	*part = *with
	if to := m.root.String(); !m.seen[to] {
		m.seen[to] = true
		m.changes = append(m.changes, change{operator, to})
	}
	*part = was
}

func (m *conditionMutator) mutate(e *expression) {
	switch e.sign {
	case "&&", "||":
		other := map[string]string{"&&": "||", "||": "&&"}[e.sign]
		m.try(e, "connective", &expression{sign: other, left: e.left, right: e.right})
		m.try(e, "connective", e.left)
		m.try(e, "connective", e.right)
		m.mutate(e.left)
		m.mutate(e.right)
	case "!":
		m.try(e, "negation", e.left)
		if e.left.sign != "" { // a fact that is negated once more is the fact
			m.mutate(e.left)
		}
	case "":
		m.try(e, "negation", &expression{sign: "!", left: copyOf(e)})
	default:
		m.comparison(e)
	}
}

// comparison mutates the sign and the literal of a comparison.
func (m *conditionMutator) comparison(e *expression) {
	index, _ := m.dictionary.Index(e.fact)
	about := m.dictionary.Fact(index)
	with := func(operator, sign, literal string) {
		m.try(e, operator, &expression{sign: sign, fact: e.fact, literal: literal})
	}
	switch about.Kind {
	case fact.Integer, fact.Number:
		for _, sign := range signs {
			with("operator", sign, e.literal)
		}
		limit, _ := strconv.ParseFloat(e.literal, 64)
		step := max(about.Step, 1)
		if about.Kind == fact.Number {
			step = about.Step
		}
		for _, n := range []float64{limit - step, limit + step} {
			with("constant", e.sign, strconv.FormatFloat(n, 'f', -1, 64))
		}
	case fact.Choice:
		with("operator", opposite(e.sign), e.literal)
		place := slices.Index(about.Values, strings.Trim(e.literal, `"`))
		for _, i := range []int{place - 1, place + 1} {
			if i >= 0 && i < len(about.Values) {
				with("constant", e.sign, strconv.Quote(about.Values[i]))
			}
		}
	case fact.Set:
		with("operator", opposite(e.sign), e.literal)
		for _, member := range about.Values { // some rule, or none: now one rule, or not that one
			in := &expression{sign: "in", fact: e.fact, literal: strconv.Quote(member)}
			if e.sign == "==" {
				in = &expression{sign: "!", left: in}
			}
			m.try(e, "constant", in)
		}
	}
}

func opposite(sign string) string { return map[string]string{"==": "!=", "!=": "=="}[sign] }
