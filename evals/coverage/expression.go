package coverage

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
)

// Values are what is known of a platform, as JSON or YAML gives it: booleans, numbers, strings, lists of strings.
type Values map[string]any

// Expression is a condition taken apart into its atoms. It is read with Go's own parser and not with the product's, so that the
// two can be held against each other: the fragment of CEL that the knowledge uses is Go but for [] and in.
type Expression struct {
	Source string
	Atoms  []Atom
	root   ast.Expr
}

// Atom is a comparison of one fact with one literal, or a bare boolean fact.
type Atom struct {
	// Source is the atom as Go writes it, Fact the fact that it is about.
	Source, Fact string
	// Number is the literal, where it is a number.
	Number *float64
	node   ast.Expr
	truth  func(value any) bool
}

// goes writes what is not Go in a condition as Go: an empty set as nil, membership as an operator that binds alike.
var goes = strings.NewReplacer("[]", "nil", " in ", " % ")

// NewExpression reads a condition.
func NewExpression(source string) (*Expression, error) {
	root, err := parser.ParseExpr(goes.Replace(source))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", source, err)
	}
	e := &Expression{Source: source, root: root}
	if err := e.collect(root); err != nil {
		return nil, fmt.Errorf("%s: %w", source, err)
	}
	return e, nil
}

// collect finds the atoms, from left to right.
func (e *Expression) collect(node ast.Expr) error {
	switch n := node.(type) {
	case *ast.ParenExpr:
		return e.collect(n.X)
	case *ast.UnaryExpr:
		if n.Op == token.NOT {
			return e.collect(n.X)
		}
	case *ast.BinaryExpr:
		if n.Op == token.LAND || n.Op == token.LOR {
			if err := e.collect(n.X); err != nil {
				return err
			}
			return e.collect(n.Y)
		}
		return e.comparison(n)
	case *ast.Ident:
		e.Atoms = append(e.Atoms, Atom{Source: n.Name, Fact: n.Name, node: n, truth: func(value any) bool { return value == true }})
		return nil
	}
	return fmt.Errorf("%T is nothing that a condition is made of", node)
}

// comparison adds an atom with two sides.
func (e *Expression) comparison(n *ast.BinaryExpr) error {
	left, right := n.X, n.Y
	if n.Op == token.REM { // "x" in set
		left, right = right, left
	}
	fact, ok := left.(*ast.Ident)
	if !ok {
		return fmt.Errorf("a comparison without a fact")
	}
	atom := Atom{Fact: fact.Name, node: n}
	switch literal := right.(type) {
	case *ast.Ident:
		if literal.Name != "nil" {
			return fmt.Errorf("a comparison of two facts")
		}
		atom.Source = fmt.Sprintf("%s %s []", fact.Name, n.Op)
		atom.truth = func(value any) bool { return (len(members(value)) == 0) == (n.Op == token.EQL) }
	case *ast.BasicLit:
		atom.Source = fmt.Sprintf("%s %s %s", fact.Name, n.Op, literal.Value)
		if literal.Kind == token.STRING {
			text, err := strconv.Unquote(literal.Value)
			if err != nil {
				return err
			}
			atom.truth = textual(n.Op, text)
			break
		}
		number, err := strconv.ParseFloat(literal.Value, 64)
		if err != nil {
			return err
		}
		atom.Number = &number
		atom.truth = func(value any) bool { return ordered(n.Op, Number(value), number) }
	default:
		return fmt.Errorf("a comparison with %T", right)
	}
	e.Atoms = append(e.Atoms, atom)
	return nil
}

func textual(operator token.Token, text string) func(any) bool {
	return func(value any) bool {
		if operator == token.REM {
			for _, member := range members(value) {
				if member == text {
					return true
				}
			}
			return false
		}
		return (value == text) == (operator == token.EQL)
	}
}

func ordered(operator token.Token, a, b float64) bool {
	switch operator {
	case token.LSS:
		return a < b
	case token.LEQ:
		return a <= b
	case token.GTR:
		return a > b
	case token.GEQ:
		return a >= b
	case token.NEQ:
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

// Facts are the facts that the condition is about, each once, in the order in which they appear.
func (e *Expression) Facts() []string {
	var facts []string
	seen := map[string]bool{}
	for _, atom := range e.Atoms {
		if !seen[atom.Fact] {
			seen[atom.Fact] = true
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

// Vector evaluates the condition; not ok if a fact of it is not among the values.
func (e *Expression) Vector(values Values) (v Vector, ok bool) {
	atoms := make([]byte, len(e.Atoms))
	for i, atom := range e.Atoms {
		value := values[atom.Fact]
		if value == nil {
			return Vector{}, false
		}
		atoms[i] = 'F'
		if atom.truth(value) {
			atoms[i] = 'T'
		}
	}
	return Vector{string(atoms), e.holds(string(atoms))}, true
}

// holds is the condition's truth if its atoms have these truths.
func (e *Expression) holds(atoms string) bool {
	var truth func(ast.Expr) bool
	truth = func(node ast.Expr) bool {
		for i, atom := range e.Atoms {
			if atom.node == node {
				return atoms[i] == 'T'
			}
		}
		switch n := node.(type) {
		case *ast.ParenExpr:
			return truth(n.X)
		case *ast.UnaryExpr:
			return !truth(n.X)
		case *ast.BinaryExpr:
			if n.Op == token.LAND {
				return truth(n.X) && truth(n.Y)
			}
			return truth(n.X) || truth(n.Y)
		}
		panic("no such node") // collect has refused it
	}
	return truth(e.root)
}
