// Package text turns answers into text, next to the JSON that programs read.
//
// [Answer] is the compact text of a tool's answer; evals/readback parses it. [Table] and [Section] are an evaluation for people, [Sheet]
// is what is known, [Record] the body of a decision record. [Check], [Report] and [Difference] are what the commands check and verify
// print. Output is deterministic: same input, same bytes.
package text

import (
	"fmt"

	"github.com/vanhoutenbos/layer2/tools"
)

// commonLength is a size in bytes that suffices for most texts.
const commonLength = 4 << 10

// Answer returns an answer as lines that say the same as its structured form: the same ids, verdicts, facts and questions. It takes the
// answers of package tools, or pointers to them, and panics on anything else.
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
