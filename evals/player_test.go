package evals

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/knowledge"
	"github.com/vanhoutenbos/layer2/tools"
)

type player struct {
	tools []tools.Tool
	calls int
}

func newPlayer(t *testing.T) *player {
	f, err := framework.Load(knowledge.Files, nil)
	if err != nil {
		t.Fatal(err)
	}
	return &player{tools: tools.All(f, tools.Workspace{})}
}

func (p *player) call(t *testing.T, name string, args json.RawMessage) json.RawMessage {
	p.calls++
	for _, tool := range p.tools {
		if tool.Name == name {
			a, err := tool.Call(context.Background(), args)
			if err != nil {
				t.Fatal(err)
			}
			raw, _ := json.Marshal(a)
			return raw
		}
	}
	return nil
}
