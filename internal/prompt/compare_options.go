package prompt

import (
	"context"

	"github.com/vanhoutenbos/layer2/internal/text"
	"github.com/vanhoutenbos/layer2/tools"
)

const compareText = `Which option would fit, if the capability is worth having? Below are its card and layer2's comparison on the facts given.

Say first whether it is worth having now: the verdict opens the comparison, and an option for what is not worth having is no
recommendation. Then say which option fits best and which come next, by class, with the pros and cons as they are; show ties as
ties. No scores. Where a condition is unknown, ask its question instead of guessing, and call compare_tools again with the answer.
Say it where a dated update changes how a claim of the source reads today. Keep the ids.
`

func compareOptions(l *library) Prompt {
	return Prompt{
		Name: "compare-options", Title: "Compare the options for a capability",
		Description: "Whether the capability is worth having, then which of its tools or approaches fits, and what is not known.",
		Arguments:   []Argument{l.capability(), facts(), l.unsettled()},
		Write: func(_ context.Context, given map[string]string) ([]Message, error) {
			arguments, err := call(given, "capability", "facts", "unsettled")
			if err != nil {
				return nil, err
			}
			comparison, err := tools.CompareTools(l.framework, l.workspace, arguments)
			if err != nil {
				return nil, err
			}
			return []Message{{Text: compareText}, l.card(given["capability"]), {Text: text.Answer(comparison)}}, nil
		},
	}
}
