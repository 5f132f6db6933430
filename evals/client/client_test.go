package client_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/rs/zerolog"

	"github.com/vanhoutenbos/layer2/evals/client"
	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/mcpclient"
	"github.com/vanhoutenbos/layer2/internal/mcpserver"
	"github.com/vanhoutenbos/layer2/tools"
)

var protocols = []string{client.Modern, client.Legacy, client.LegacyJune}

// newServer is the real server over the shipped knowledge.
func newServer(t testing.TB) *mcpserver.Server {
	t.Helper()
	shipped := shipped.Framework(t)
	server, err := mcpserver.New(mcpserver.Config{Framework: shipped, Workspace: tools.Workspace{}, Version: "1.2.3", Logger: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	return server
}

func connect(t testing.TB, server mcpclient.Server, protocol string, options ...client.Option) *client.Client {
	t.Helper()
	client, err := client.Connect(t.Context(), server, protocol, options...)
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

func TestEveryEraGivesTheSame(t *testing.T) {
	server := newServer(t)
	var first []mcpclient.Result
	for _, protocol := range protocols {
		t.Run(protocol, func(t *testing.T) {
			client := connect(t, server, protocol)
			if client.Hello.Name != "layer2" || client.Hello.Version != "1.2.3" || client.Hello.Protocol != protocol ||
				!strings.HasPrefix(client.Hello.Instructions, "Call evaluate_trigger first") {
				t.Errorf("hello %+v", client.Hello)
			}
			var got []mcpclient.Result
			for _, call := range [][2]string{
				{"evaluate_trigger", `{"capabilities":["service-mesh"],"facts":{"services":2}}`},
				{"evaluate_trigger", ``},
				{"plan_layer3", `{"running":["service-mesh"]}`},
				{"compare_tools", `{"capability":"service-mesh"}`},
				{"cite", `{"ids":["SM-T1"]}`},
				{"cite", `{"ids":["SM-T1"],"ids":[]}`},
				{"evaluate_trigger", `{"capabilities":["service-mosh"],"facts":{"servces":9007199254740993}}`},
			} {
				result, err := client.CallTool(t.Context(), call[0], json.RawMessage(call[1]))
				if err != nil {
					t.Fatal(err)
				}
				if result.Text == "" || result.Failed == (len(result.Structured) > 0) {
					t.Errorf("%s %s: %+v", call[0], call[1], result)
				}
				got = append(got, result)
			}
			if !got[5].Failed || !got[6].Failed || got[4].Failed {
				t.Errorf("a duplicate key and misspelt names are mistakes: %+v", got[4:])
			}
			if first == nil {
				first = got
			}
			for i := range got {
				if !bytes.Equal(got[i].Structured, first[i].Structured) || got[i].Text != first[i].Text {
					t.Errorf("call %d: %s, but %s in the first era", i, got[i].Structured, first[i].Structured)
				}
			}
		})
	}
}

func TestWhatIsListedCanBeRead(t *testing.T) {
	for _, protocol := range protocols {
		t.Run(protocol, func(t *testing.T) {
			client := connect(t, newServer(t), protocol)
			resources, err := client.ListResources(t.Context())
			if err != nil || len(resources) < 20 {
				t.Fatalf("%d resources, %v", len(resources), err)
			}
			for _, resource := range resources {
				text, mime, err := client.ReadResource(t.Context(), resource.URI)
				if err != nil || mime != resource.MIMEType || resource.Size == nil || int64(len(text)) != *resource.Size || text == "" {
					t.Errorf("%s: %s of %d bytes, %v", resource.URI, mime, len(text), err)
				}
				if mime == "application/json" && !json.Valid([]byte(text)) {
					t.Errorf("%s is not JSON", resource.URI)
				}
				if strings.HasPrefix(resource.URI, "layer2://statements/") {
					t.Errorf("%s is listed", resource.URI)
				}
			}
		})
	}
}

func TestEveryCompletionCanBeRead(t *testing.T) {
	client := connect(t, newServer(t), client.Modern)
	templates, err := client.ListTemplates(t.Context())
	if err != nil || len(templates) != 2 {
		t.Fatalf("%d templates, %v", len(templates), err)
	}
	for _, template := range templates {
		raw := template.URITemplate.Raw()
		completion, err := client.Complete(t.Context(), raw, "id", "")
		if err != nil || len(completion.Values) == 0 || completion.HasMore != (completion.Total > len(completion.Values)) {
			t.Fatalf("%s: %+v, %v", raw, completion, err)
		}
		for _, value := range completion.Values {
			for _, form := range []string{value, value + ".json"} {
				uri := strings.ReplaceAll(raw, "{id}", form)
				if text, _, err := client.ReadResource(t.Context(), uri); err != nil || text == "" {
					t.Errorf("%s: %v", uri, err)
				}
			}
		}
	}
}

func TestErrorsOfTheProtocolAreErrors(t *testing.T) {
	for protocol, notFound := range map[string]error{
		client.Modern: mcp.ErrInvalidParams, client.Legacy: mcp.ErrResourceNotFound, client.LegacyJune: mcp.ErrResourceNotFound,
	} {
		t.Run(protocol, func(t *testing.T) {
			client := connect(t, newServer(t), protocol)
			if _, err := client.CallTool(t.Context(), "evaluate", nil); !errors.Is(err, mcp.ErrInvalidParams) {
				t.Errorf("unknown tool: %v", err)
			}
			if _, _, err := client.ReadResource(t.Context(), "layer2://statements/SM-T99"); !errors.Is(err, notFound) {
				t.Errorf("unknown statement: %v, want %v", err, notFound)
			}
			if _, err := client.Complete(t.Context(), "layer2://{x}", "x", ""); !errors.Is(err, mcp.ErrInvalidParams) {
				t.Errorf("unknown template: %v", err)
			}
		})
	}
}

func TestToolsAreListedInTheirOrder(t *testing.T) {
	client := connect(t, newServer(t), client.Legacy)
	list, err := client.ListTools(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, tool := range list {
		names = append(names, tool.Name)
	}
	if want := []string{"evaluate_trigger", "compare_tools", "plan_layer3", "cite"}; !slices.Equal(names, want) {
		t.Errorf("tools %v, want %v", names, want)
	}
}
