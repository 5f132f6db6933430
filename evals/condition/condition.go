// Package condition reads the conditions of a knowledge for the evals: as a tree that can be evaluated, taken apart into its atoms,
// changed and written again. It parses with Go's own parser and shares no code with the product, so that the two can be held
// against each other: the fragment of CEL that the knowledge uses is Go, except for [] and in.
package condition

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
)

// Expression is a condition as a tree: an atom, or one of && || ! over others. An atom compares one fact with one literal, or is
// a boolean fact alone.
type Expression struct {
	// Sign is && || or !, or the comparison of an atom: one of Signs, or in. It is empty for a fact alone.
	Sign string
	// Left and Right are the operands of && and ||; ! has Left alone.
	Left, Right *Expression
	// Fact and Literal are those of an atom, the literal as it is written, with its quotes.
	Fact, Literal string
}

// The connectives, and membership in a set.
const (
	And = "&&"
	Or  = "||"
	Not = "!"
	In  = "in"
)

// Signs are the comparisons, from low to high.
var Signs = []string{"<", "<=", "==", ">=", ">", "!="}

// asGo writes what is not Go in a condition as Go: an empty set as nil, membership as an operator that binds tightly enough.
var asGo = strings.NewReplacer("[]", "nil", " in ", " % ")

// Parse reads a condition that the loader took. What it reads it writes back to the letter, or it returns an error.
func Parse(source string) (*Expression, error) {
	root, err := parser.ParseExpr(asGo.Replace(source))
	if err != nil {
		return nil, fmt.Errorf("condition %q: %w", source, err)
	}
	e, err := tree(root)
	if err != nil {
		return nil, fmt.Errorf("condition %q: %w", source, err)
	}
	if written := e.String(); written != source {
		return nil, fmt.Errorf("condition %q is read as %q", source, written)
	}
	return e, nil
}

func tree(node ast.Expr) (*Expression, error) {
	switch n := node.(type) {
	case *ast.ParenExpr:
		return tree(n.X)
	case *ast.Ident:
		return &Expression{Fact: n.Name}, nil
	case *ast.UnaryExpr:
		if n.Op != token.NOT {
			break
		}
		operand, err := tree(n.X)
		return &Expression{Sign: Not, Left: operand}, err
	case *ast.BinaryExpr:
		if n.Op != token.LAND && n.Op != token.LOR {
			return comparison(n)
		}
		left, err := tree(n.X)
		if err != nil {
			return nil, err
		}
		right, err := tree(n.Y)
		return &Expression{Sign: n.Op.String(), Left: left, Right: right}, err
	}
	return nil, fmt.Errorf("a condition has no %T", node)
}

// comparison is an atom with two sides: the fact on the left, but for membership.
func comparison(n *ast.BinaryExpr) (*Expression, error) {
	e := &Expression{Sign: n.Op.String()}
	left, right := n.X, n.Y
	if n.Op == token.REM {
		e.Sign, left, right = In, right, left
	}
	fact, ok := left.(*ast.Ident)
	if !ok {
		return nil, fmt.Errorf("a comparison without a fact")
	}
	e.Fact = fact.Name
	switch literal := right.(type) {
	case *ast.BasicLit:
		e.Literal = literal.Value
	case *ast.Ident:
		if literal.Name != "nil" {
			return nil, fmt.Errorf("a comparison of two facts")
		}
		e.Literal = "[]"
	default:
		return nil, fmt.Errorf("a comparison with %T", right)
	}
	return e, nil
}

// String is the condition, with the parentheses that it needs.
func (e *Expression) String() string {
	within := func(part *Expression, needs ...string) string {
		if slices.Contains(needs, part.Sign) {
			return "(" + part.String() + ")"
		}
		return part.String()
	}
	switch e.Sign {
	case "":
		return e.Fact
	case Not:
		return Not + within(e.Left, append(slices.Clone(Signs), And, Or, In)...)
	case And:
		return within(e.Left, Or) + " && " + within(e.Right, Or, And)
	case Or:
		return e.Left.String() + " || " + within(e.Right, Or)
	case In:
		return e.Literal + " in " + e.Fact
	}
	return e.Fact + " " + e.Sign + " " + e.Literal
}
