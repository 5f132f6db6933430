// Package transports holds the ways to the server against one another: whatever a client asks, the answer is the same bytes.
package transports

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/vanhoutenbos/layer2/evals"
	"github.com/vanhoutenbos/layer2/evals/client"
	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/evals/sweep"
	"github.com/vanhoutenbos/layer2/internal/httpserver"
	"github.com/vanhoutenbos/layer2/internal/mcpserver"
)

// way is a connection to the server.
type way struct {
	name   string
	client *client.Client
}

// connect opens every way to one server: stdio and HTTP, each in both eras. The first is what the others are held against.
func connect(t *testing.T) []way {
	t.Helper()
	f := shipped.Framework(t)
	server, err := mcpserver.New(mcpserver.Config{Framework: f, Version: "test", Logger: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	address := listen(t, server)
	var ways []way
	for _, protocol := range []string{client.Modern, client.Legacy, client.LegacyJune} {
		ways = append(ways, dial(t, "HTTP "+protocol, func(ctx context.Context) (*client.Client, error) {
			return client.ConnectHTTP(ctx, address, protocol)
		}))
	}
	// One server serves one client on stdio at a time.
	stdio := dial(t, "stdio "+client.Modern, func(ctx context.Context) (*client.Client, error) {
		return client.Connect(ctx, server, client.Modern)
	})
	return append([]way{stdio}, ways...)
}

// listen serves on a port of this machine, as layer2 serve --http does, and is the address.
func listen(t *testing.T, server *mcpserver.Server) string {
	t.Helper()
	round, err := httpserver.New(server.Handler(), httpserver.Config{Drain: time.Minute, Logger: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	listener, err := httpserver.Listen("127.0.0.1:0", false)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- round.Serve(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return "http://" + listener.Addr().String() + httpserver.Path
}

func dial(t *testing.T, name string, connect func(context.Context) (*client.Client, error)) way {
	t.Helper()
	client, err := connect(context.Background())
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	t.Cleanup(func() {
		if err := client.Close(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	})
	return way{name, client}
}

// same asks by every way and compares.
func same(t *testing.T, ways []way, what string, ask func(*client.Client) (string, error)) {
	t.Helper()
	want := ""
	for i, way := range ways {
		got, err := ask(way.client)
		switch {
		case err != nil:
			t.Fatalf("%s: %s: %v", way.name, what, err)
		case i == 0:
			want = got
		case got != want:
			t.Errorf("%s\n over %s: %s\n over %s: %s", what, ways[0].name, want, way.name, got)
		}
	}
}

// TestEveryAnswerIsTheSameBytesByEveryWay plays the calls of all cases, or of some.
func TestEveryAnswerIsTheSameBytesByEveryWay(t *testing.T) {
	cases, err := evals.Cases(os.DirFS("../cases"))
	if err != nil {
		t.Fatal(err)
	}
	ways := connect(t)
	calls, played := 0, 0
	for i, c := range cases {
		if !sweep.Takes(i) {
			continue
		}
		played++
		checks, err := c.Checks()
		if err != nil {
			t.Fatal(err)
		}
		for _, check := range checks {
			calls++
			same(t, ways, fmt.Sprintf("%s: %s %s", c.Name, check.Tool, check.Arguments), answer(check.Tool, check.Arguments))
		}
	}
	if calls < played {
		t.Errorf("%d calls for %d cases", calls, played)
	}
	t.Logf("%d cases, %d calls, %d ways", played, calls, len(ways))
}

// answer is both channels of a call as one text.
func answer(tool string, arguments json.RawMessage) func(*client.Client) (string, error) {
	return func(client *client.Client) (string, error) {
		result, err := client.CallTool(context.Background(), tool, arguments)
		if err == nil && result.Text == "" {
			err = fmt.Errorf("the text is empty")
		}
		if err == nil && result.Failed == (len(result.Structured) > 0) {
			err = fmt.Errorf("failed %v with structured content %s", result.Failed, result.Structured)
		}
		return string(bytes.Join([][]byte{result.Structured, []byte(result.Text)}, []byte("\n"))), err
	}
}

// TestARefusalIsTheSameByEveryWay says the same mistakes.
func TestARefusalIsTheSameByEveryWay(t *testing.T) {
	ways := connect(t)
	for _, arguments := range []string{
		`{"capabilities":["service-mash"]}`, `{"facts":{"services":"many"}}`, `{"facts":{"services":7,"services":8}}`,
		`{"facts":{"services":9007199254740993}}`, `{"no such":1}`, `{"facts":{"wörter <&>":1}}`,
		`{"facts":{"services":"6..5"}}`, `{"facts":{"ha_setup":true},"unsettled":["ha_setup","ha_setp"]}`,
	} {
		same(t, ways, arguments, answer("evaluate_trigger", json.RawMessage(arguments)))
	}
}

// TestEveryResourceIsTheSameByEveryWay reads all that is listed, and compares what is shown.
func TestEveryResourceIsTheSameByEveryWay(t *testing.T) {
	ways := connect(t)
	list, err := ways[0].client.ListResources(context.Background())
	if err != nil || len(list) == 0 {
		t.Fatal(len(list), err)
	}
	for _, resource := range list {
		same(t, ways, resource.URI, func(client *client.Client) (string, error) {
			text, mime, err := client.ReadResource(context.Background(), resource.URI)
			return mime + "\n" + text, err
		})
	}
	same(t, ways, "resources/list", func(client *client.Client) (string, error) {
		resources, err := client.ListResources(context.Background())
		return words(resources), err
	})
	same(t, ways, "resources/templates/list", func(client *client.Client) (string, error) {
		templates, err := client.ListTemplates(context.Background())
		return words(templates), err
	})
	same(t, ways, "tools/list", func(client *client.Client) (string, error) {
		tools, err := client.ListTools(context.Background())
		return words(tools), err
	})
	same(t, ways, "completion/complete", func(client *client.Client) (string, error) {
		completion, err := client.Complete(context.Background(), "layer2://statements/{id}", "id", "SM-")
		return words(completion), err
	})
}

// TestEveryPromptIsTheSameByEveryWay fills each prompt with the first value that its arguments complete to, or with a sentence.
func TestEveryPromptIsTheSameByEveryWay(t *testing.T) {
	ways := connect(t)
	prompts, err := ways[0].client.ListPrompts(context.Background())
	if err != nil || len(prompts) == 0 {
		t.Fatal(len(prompts), err)
	}
	same(t, ways, "prompts/list", func(client *client.Client) (string, error) {
		prompts, err := client.ListPrompts(context.Background())
		return words(prompts), err
	})
	for _, prompt := range prompts {
		filled := map[string]string{}
		for _, argument := range prompt.Arguments {
			var first string
			same(t, ways, prompt.Name+" "+argument.Name, func(client *client.Client) (string, error) {
				completion, err := client.CompletePrompt(context.Background(), prompt.Name, argument.Name, "", filled)
				if err == nil && len(completion.Values) > 0 {
					first = completion.Values[0]
				}
				return words(completion), err
			})
			switch {
			case !argument.Required:
			case first == "":
				filled[argument.Name] = "Four services, in one region."
			default:
				filled[argument.Name] = first
			}
		}
		same(t, ways, prompt.Name, func(client *client.Client) (string, error) {
			messages, err := client.GetPrompt(context.Background(), prompt.Name, filled)
			return words(messages), err
		})
	}
}

func words(list any) string {
	text, err := json.Marshal(list)
	if err != nil {
		return err.Error()
	}
	return string(text)
}
