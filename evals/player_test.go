package evals

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/rs/zerolog"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/mcpclient"
	"github.com/vanhoutenbos/layer2/internal/mcpserver"
)

// player plays cases through a real client and the real server, and holds every answer against what every answer promises.
type player struct {
	client    *mcpclient.Client
	contracts map[string]contract
	calls     int
}

func newPlayer(t *testing.T) *player {
	t.Helper()
	f := shipped.Framework(t)
	server, err := mcpserver.New(mcpserver.Config{Framework: f, Version: "test", Logger: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	client, err := mcpclient.Connect(context.Background(), server, mcpclient.Modern)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := client.Close(); err != nil {
			t.Error(err)
		}
	})
	return &player{client: client, contracts: contracts(t, client)}
}

// call is the structured answer of a tool. It fails unless arguments and answer fit the schemas that the tool declares, and the
// text says the same as the structured part.
func (p *player) call(t *testing.T, tool string, arguments json.RawMessage) json.RawMessage {
	t.Helper()
	p.calls++
	if err := p.contracts[tool].input.validate(arguments); err != nil {
		t.Errorf("%s %s: the arguments break the input schema: %v", tool, arguments, err)
	}
	result, err := p.client.CallTool(context.Background(), tool, arguments)
	if err != nil {
		t.Fatalf("%s %s: %v", tool, arguments, err)
	}
	if result.Failed {
		t.Fatalf("%s %s: %s", tool, arguments, result.Text)
	}
	if err := p.contracts[tool].output.validate(result.Structured); err != nil {
		t.Errorf("%s %s: the answer breaks the output schema: %v", tool, arguments, err)
	}
	sameInBoth(t, tool, result)
	return result.Structured
}
