package text_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/tools"
)

// asker calls the tools of the shipped knowledge.
type asker struct {
	*testing.T
	framework *framework.Framework
	tools     []tools.Tool
}

func newAsker(t *testing.T) asker {
	f := shipped.Framework(t)
	return asker{t, f, tools.All(f, tools.Workspace{})}
}

// call is the answer of a tool.
func (a asker) call(name, arguments string) any {
	a.Helper()
	for _, tool := range a.tools {
		if tool.Name == name {
			answer, err := tool.Call(context.Background(), json.RawMessage(arguments))
			if err != nil {
				a.Fatalf("%s %s: %v", name, arguments, err)
			}
			return answer
		}
	}
	a.Fatalf("no tool %q", name)
	return nil
}
