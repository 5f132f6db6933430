// Package page turns typed answers into text, and the knowledge into pages: what a person reads, beside what a program does.
//
// Text is the compact channel of an answer; evals/readback reads it back. Table and Section are an evaluation for people. Resources
// and Statements are the knowledge as Markdown and as JSON. Everything is deterministic: same input, same bytes.
package page

import (
	"fmt"

	"github.com/vanhoutenbos/layer2/tools"
)

// commonLength is what most texts have room in, in bytes.
const commonLength = 4 << 10

// Text says in lines what the structured part of an answer says: the same ids, verdicts, facts and questions. It takes the
// answers of package tools, or pointers to them; anything else is a mistake in the program.
func Text(answer any) string {
	var w writer
	w.Grow(commonLength)
	switch a := answer.(type) {
	case *tools.Evaluation:
		w.evaluation(a)
	case *tools.Comparison:
		w.comparison(a)
	case *tools.Plan:
		w.plan(a)
	case *tools.Citations:
		w.citations(a)
	case tools.Evaluation:
		w.evaluation(&a)
	case tools.Comparison:
		w.comparison(&a)
	case tools.Plan:
		w.plan(&a)
	case tools.Citations:
		w.citations(&a)
	default:
		panic(fmt.Sprintf("page: no text for a %T", answer))
	}
	return w.String()
}
