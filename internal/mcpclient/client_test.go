package mcpclient_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/rs/zerolog"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/mcpclient"
	"github.com/vanhoutenbos/layer2/internal/mcpserver"
)

// connected is a client of the real server over the shipped knowledge.
func connected(t *testing.T) *mcpclient.Client {
	t.Helper()
	shipped := shipped.Framework(t)
	server, err := mcpserver.New(mcpserver.Config{Framework: shipped, Version: "1.2.3", Logger: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	client, err := mcpclient.Connect(t.Context(), server, mcpclient.Modern)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := client.Close(); err != nil {
			t.Error(err)
		}
	})
	return client
}

func TestTheMainJob(t *testing.T) {
	client := connected(t)
	result, err := client.CallTool(t.Context(), "evaluate_trigger", json.RawMessage(`{"capability":"service-mesh","facts":{"services":2}}`))
	if err != nil {
		t.Fatal(err)
	}
	var answer struct {
		Verdicts []struct {
			Verdict string
			Against []struct{ ID string }
		}
	}
	if err := json.Unmarshal(result.Structured, &answer); err != nil {
		t.Fatal(err)
	}
	if len(answer.Verdicts) != 1 || answer.Verdicts[0].Verdict != "skip" || !strings.Contains(result.Text, "SM-N1") {
		t.Errorf("%s\n%s", result.Structured, result.Text)
	}
}

func TestCallsMayComeAtOnce(t *testing.T) {
	client := connected(t)
	var group sync.WaitGroup
	for range 50 {
		group.Go(func() {
			result, err := client.CallTool(t.Context(), "evaluate_trigger", json.RawMessage(`{"facts":{"services":9}}`))
			if err != nil || result.Failed {
				t.Errorf("%+v, %v", result, err)
			}
		})
	}
	group.Wait()
}

func TestAServerThatLeavesIsAnError(t *testing.T) {
	_, err := mcpclient.Connect(t.Context(), leaving{}, mcpclient.Modern)
	if !errors.Is(err, errLeft) {
		t.Errorf("connect: %v", err)
	}
}

var errLeft = errors.New("left")

// leaving is a server that ends before it has said anything.
type leaving struct{}

func (leaving) Serve(context.Context, io.Reader, io.Writer) error { return errLeft }
