package text_test

import (
	"fmt"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/text"
	"github.com/vanhoutenbos/layer2/knowledge"
	"github.com/vanhoutenbos/layer2/tools"
)

func ExampleAnswer() {
	f, err := framework.Load(knowledge.Files, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	c := tools.Cite(f, []string{"R3", "R33"})
	c.Knowledge.Fingerprint = "0123456789ab" // it changes with every word of the knowledge
	fmt.Print(text.Answer(c))
	// Output:
	// Knowledge 1.1.0 (0123456789ab)
	//
	// Found
	//   R3 (statement): Measure impact: first name the number it must improve; every capability has to solve a
	//       measurable problem.
	//     Readings: reading:measured-problem
	// Unknown
	//   "R33": nearest R3
}
