package prompt

import (
	"context"

	"github.com/vanhoutenbos/layer2/internal/text"
	"github.com/vanhoutenbos/layer2/tools"
)

const planText = `In which order, one step at a time, and what of Layer 3 is ready? Below are the themes of Layer 3 and layer2's plan on the facts given.

Tell the plan as it stands: the steps in their order, each with its measure, its exit strategy and what must be true before the next
one starts. Then what becomes a step once its assumptions are confirmed, what has to be decided, fixed or asked first, and what comes
later and until when. A theme is ready only if the
plan says so; for any other, say what it waits for. Do not add a step, and do not join two. Put the open questions to the person
and call plan_layer3 again with the answers; if it is unknown what runs today, ask that first. Keep the ids.
`

func planLayer3(l *library) Prompt {
	return Prompt{
		Name: "plan-layer3", Title: "Plan the way to Layer 3",
		Description: "The steps in order, what is in the way, and which themes of Layer 3 are ready.",
		Arguments:   []Argument{facts(), l.unsettled(), l.running(), l.themes()},
		Write: func(_ context.Context, given map[string]string) ([]Message, error) {
			arguments, err := call(given, "facts", "unsettled", "running", "themes")
			if err != nil {
				return nil, err
			}
			plan, err := tools.PlanLayer3(l.framework, l.workspace, arguments)
			if err != nil {
				return nil, err
			}
			return []Message{{Text: planText}, l.page("layer2://layer3"), {Text: text.Answer(plan)}}, nil
		},
	}
}
