package decide

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Condition is a parsed condition of the knowledge, in a fragment of CEL with the same semantics: comparisons of a fact with a literal,
// "x" in set, and bare booleans, joined by && || ! and parentheses.
type Condition struct {
	source string
	root   *expression
	facts  []int
}

// String returns the condition as written.
func (c *Condition) String() string { return c.source }

// Facts returns the facts that the condition mentions, in fact order.
func (c *Condition) Facts() []int { return c.facts }

func (c *Condition) Mentions(fact int) bool { return c != nil && slices.Contains(c.facts, fact) }

// operator is a connective, or the comparison in an atom.
type operator uint8

const (
	and operator = iota // left && right
	or                  // left || right
	not                 // !left
	is                  // the bare boolean fact
	equal
	unequal
	less
	lessOrEqual
	greater
	greaterOrEqual
	contains // literal in fact
)

// expression is a node of the syntax tree: a connective, or an atom about one fact.
type expression struct {
	operator    operator
	left, right *expression
	fact        int
	literal     fact.Value
}

// SyntaxError is a mistake in a condition.
type SyntaxError struct {
	// Column is the position in bytes, from 1.
	Column int
	// Problem is one lower-case line.
	Problem string
	// Name is the unrecognized word, if that is the mistake, and Known the words that were allowed.
	Name  string
	Known []string
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("column %d: %s", e.Column, e.Problem) }

// Parse parses a condition over the facts of a dictionary. Its error is a *SyntaxError.
func Parse(source string, dictionary *fact.Dictionary) (*Condition, error) {
	p := &parser{source: source, dictionary: dictionary}
	if err := p.advance(); err != nil {
		return nil, err
	}
	root, err := p.disjunction(0)
	if err != nil {
		return nil, err
	}
	if sign, spelled := words[p.token.text]; spelled && p.token.kind == word {
		return nil, p.problem("write %s for %s", sign, p.token)
	}
	if p.token.kind != end {
		return nil, p.problem("unexpected %s", p.token)
	}
	condition := &Condition{source: source, root: root}
	root.collect(&condition.facts)
	slices.Sort(condition.facts)
	condition.facts = slices.Compact(condition.facts)
	return condition, nil
}

func (e *expression) collect(facts *[]int) {
	switch e.operator {
	case and, or:
		e.left.collect(facts)
		e.right.collect(facts)
	case not:
		e.left.collect(facts)
	default:
		*facts = append(*facts, e.fact)
	}
}

func (e *expression) atoms(visit func(*expression)) {
	switch e.operator {
	case and, or:
		e.left.atoms(visit)
		e.right.atoms(visit)
	case not:
		e.left.atoms(visit)
	default:
		visit(e)
	}
}

// matches reports whether an atom is true for a known value of its fact.
func (e *expression) matches(v fact.Value) bool {
	switch e.operator {
	case is:
		return v.Bool
	case equal:
		return v.Equal(e.literal) || e.literal.Kind == fact.Number && v.Number == e.literal.Number
	case unequal:
		return v.Number != e.literal.Number || e.literal.Kind != fact.Number && !v.Equal(e.literal)
	case less:
		return v.Number < e.literal.Number
	case lessOrEqual:
		return v.Number <= e.literal.Number
	case greater:
		return v.Number > e.literal.Number
	case greaterOrEqual:
		return v.Number >= e.literal.Number
	case contains:
		return slices.Contains(v.Members, e.literal.Text)
	}
	panic("not an atom")
}

const (
	maximumDepth  = 64   // of parentheses and negations: a deeper condition is a mistake or an attack
	maximumLength = 4096 // bytes
	digits        = 15   // significant digits at which a decimal is still itself after a round trip
)

// words maps what people write by mistake to operators.
var words = map[string]string{"and": "&&", "or": "||", "not": "!", "AND": "&&", "OR": "||", "NOT": "!"}

// parser is a recursive-descent parser with one token of look-ahead.
type parser struct {
	source     string
	dictionary *fact.Dictionary
	offset     int
	token      token
}

func (p *parser) problem(format string, arguments ...any) *SyntaxError {
	return &SyntaxError{Column: p.token.offset + 1, Problem: fmt.Sprintf(format, arguments...)}
}

// disjunction parses conjunction { "||" conjunction }.
func (p *parser) disjunction(depth int) (*expression, error) {
	conjunction := func() (*expression, error) {
		return p.chain("&&", and, func() (*expression, error) { return p.relation(depth) })
	}
	return p.chain("||", or, conjunction)
}

// chain parses operands joined by one operator, left-associatively.
func (p *parser) chain(sign string, operator operator, operand func() (*expression, error)) (*expression, error) {
	left, err := operand()
	for err == nil && p.token.is(sign) {
		if err = p.advance(); err != nil {
			return nil, err
		}
		var right *expression
		if right, err = operand(); err == nil {
			left = &expression{operator: operator, left: left, right: right}
		}
	}
	return left, err
}

// relation parses a negation, a parenthesis, a comparison, a membership test or a bare boolean fact.
func (p *parser) relation(depth int) (*expression, error) {
	if depth > maximumDepth {
		return nil, p.problem("nested deeper than %d", maximumDepth)
	}
	switch {
	case p.token.is("!"):
		return p.negation(depth)
	case p.token.is("("):
		return p.parenthesis(depth)
	case p.token.kind == text:
		return p.membership()
	case p.token.kind == word:
		return p.comparison()
	case p.token.kind == number:
		return nil, p.problem("a comparison starts with the fact: write the number after it")
	}
	return nil, p.problem("want a fact, found %s", p.token)
}

// negation parses "!" before a parenthesis, a boolean fact or another negation. As in CEL it binds tighter than a comparison, so
// "!services > 5" is meaningless and refused.
func (p *parser) negation(depth int) (*expression, error) {
	if err := p.advance(); err != nil {
		return nil, err
	}
	var operand *expression
	var err error
	switch {
	case p.token.is("!"), p.token.is("("):
		operand, err = p.relation(depth + 1)
	case p.token.kind == word:
		operand, err = p.bare()
	default:
		return nil, p.problem("want a boolean fact or a parenthesis after !, found %s", p.token)
	}
	if err != nil {
		return nil, err
	}
	if p.token.compares() || p.token.is("in") {
		return nil, p.problem("! binds tighter than %s: put the comparison in parentheses", p.token)
	}
	return &expression{operator: not, left: operand}, nil
}

func (p *parser) parenthesis(depth int) (*expression, error) {
	if err := p.advance(); err != nil {
		return nil, err
	}
	inner, err := p.disjunction(depth + 1)
	if err != nil {
		return nil, err
	}
	if !p.token.is(")") {
		return nil, p.problem("want ), found %s", p.token)
	}
	return inner, p.advance()
}

func (p *parser) fact() (int, fact.Fact, error) {
	if p.token.kind != word {
		return 0, fact.Fact{}, p.problem("want a fact, found %s", p.token)
	}
	index, known := p.dictionary.Index(p.token.text)
	if sign, spelled := words[p.token.text]; spelled && !known {
		return 0, fact.Fact{}, p.problem("write %s for %s", sign, p.token)
	}
	if !known {
		err := p.problem("%q is not a fact", p.token.text)
		err.Name, err.Known = p.token.text, p.dictionary.Names()
		return 0, fact.Fact{}, err
	}
	return index, p.dictionary.Fact(index), p.advance()
}

// bare parses a boolean fact without a comparison.
func (p *parser) bare() (*expression, error) {
	start := p.token
	index, fact, err := p.fact()
	if err != nil {
		return nil, err
	}
	return alone(start, index, fact)
}

func alone(start token, index int, about fact.Fact) (*expression, error) {
	if about.Kind != fact.Boolean {
		return nil, &SyntaxError{Column: start.offset + 1, Problem: fmt.Sprintf("%s is %s and cannot stand alone: compare it", about.Name, about.Kind.Indefinite())}
	}
	return &expression{operator: is, fact: index}, nil
}

// membership parses "member" in set.
func (p *parser) membership() (*expression, error) {
	literal := p.token
	if err := p.advance(); err != nil {
		return nil, err
	}
	if !p.token.is("in") {
		return nil, p.problem("want in after %q, found %s", literal.text, p.token)
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	place := p.problem("")
	index, about, err := p.fact()
	if err != nil {
		return nil, err
	}
	if about.Kind != fact.Set {
		place.Problem = fmt.Sprintf("%s is %s: only a set has members", about.Name, about.Kind.Indefinite())
		return nil, place
	}
	if !slices.Contains(about.Values, literal.text) {
		return nil, unknownValue(literal, about)
	}
	return &expression{operator: contains, fact: index, literal: fact.Value{Kind: fact.Choice, Text: literal.text}}, nil
}

func unknownValue(literal token, fact fact.Fact) *SyntaxError {
	return &SyntaxError{
		Column:  literal.offset + 1,
		Problem: fmt.Sprintf("%q is not one of %s's values: %s", literal.text, fact.Name, strings.Join(fact.Values, ", ")),
		Name:    literal.text,
		Known:   fact.Values,
	}
}

var comparisons = map[string]operator{
	"==": equal, "!=": unequal, "<": less, "<=": lessOrEqual, ">": greater, ">=": greaterOrEqual,
}

// comparison parses a fact followed by an operator and a literal, or a bare boolean.
func (p *parser) comparison() (*expression, error) {
	start := p.token
	index, about, err := p.fact()
	if err != nil {
		return nil, err
	}
	if !p.token.compares() {
		return alone(start, index, about)
	}
	sign := p.token
	if err := p.advance(); err != nil {
		return nil, err
	}
	literal, err := p.literal(about)
	if err != nil {
		return nil, err
	}
	operator := comparisons[sign.text]
	if operator != equal && operator != unequal && literal.Kind != fact.Number {
		return nil, &SyntaxError{Column: sign.offset + 1, Problem: fmt.Sprintf("%s is %s: it can only be compared with == and !=", about.Name, about.Kind.Indefinite())}
	}
	if p.token.compares() {
		return nil, p.problem("one comparison at a time: join two with &&")
	}
	return &expression{operator: operator, fact: index, literal: literal}, nil
}

// literal parses the value that a fact is compared with. Integer literals have kind Number too.
func (p *parser) literal(about fact.Fact) (fact.Value, error) {
	t := p.token
	switch about.Kind {
	case fact.Boolean:
		if t.is("true") || t.is("false") {
			return fact.Value{Kind: fact.Boolean, Bool: t.text == "true"}, p.advance()
		}
	case fact.Integer, fact.Number:
		if t.kind == number {
			n, err := p.number(about)
			if err != nil {
				return fact.Value{}, err
			}
			return fact.Value{Kind: fact.Number, Number: n}, p.advance()
		}
	case fact.Choice:
		if t.kind == text {
			if !slices.Contains(about.Values, t.text) {
				return fact.Value{}, unknownValue(t, about)
			}
			return fact.Value{Kind: fact.Choice, Text: t.text}, p.advance()
		}
	case fact.Set:
		if t.is("[") {
			if err := p.advance(); err != nil {
				return fact.Value{}, err
			}
			if !p.token.is("]") {
				return fact.Value{}, p.problem("a set can only be compared with []; test for a member with \"x\" in %s", about.Name)
			}
			return fact.Value{Kind: fact.Set}, p.advance()
		}
	}
	return fact.Value{}, p.problem("%s is %s and cannot be compared with %s", about.Name, about.Kind.Indefinite(), t)
}

func (p *parser) number(about fact.Fact) (float64, error) {
	if about.Kind == fact.Integer && strings.Contains(p.token.text, ".") {
		return 0, p.problem("%s is an integer and cannot be compared with the decimal %s", about.Name, p.token.text)
	}
	if significant := strings.Trim(strings.Replace(p.token.text, ".", "", 1), "0"); len(significant) > fact.Digits {
		return 0, p.problem("%s has more than %d significant digits", p.token.text, fact.Digits)
	}
	n, err := strconv.ParseFloat(p.token.text, 64)
	if err != nil || n > fact.Largest {
		return 0, p.problem("%s is larger than %d", p.token.text, int64(fact.Largest))
	}
	return n, nil
}
