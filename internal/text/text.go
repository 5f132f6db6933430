// Package text turns answers into text, beside the JSON that programs read.
//
// Answer is the compact channel of a tool's answer; evals/readback reads it back. Table and Section are an evaluation for people, Sheet
// what is known, Record the body of a decision record. Check, Report and Difference are what the shell's check and verify print.
// Everything is deterministic: same input, same bytes.
package text

import (
	"fmt"

	"github.com/vanhoutenbos/layer2/tools"
)

// commonLength is what most texts have room in, in bytes.
const commonLength = 4 << 10

// Answer says in lines what the structured part of an answer says: the same ids, verdicts, facts and questions. It takes the
// answers of package tools, or pointers to them; anything else is a mistake in the program.
func Answer(answer any) string {
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
		panic(fmt.Sprintf("text: none for a %T", answer))
	}
	return w.String()
}
