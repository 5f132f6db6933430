package client_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/rs/zerolog"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/vanhoutenbos/layer2/evals/client"
	"github.com/vanhoutenbos/layer2/evals/readback"
	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/mcpserver"
	"github.com/vanhoutenbos/layer2/internal/record"
	"github.com/vanhoutenbos/layer2/tools"
)

// keeping is a server with decision records, their folder, and a function that writes the record of the verdict on a number of services.
func keeping(t *testing.T) (server *mcpserver.Server, folder string, write func(file string, services float64)) {
	t.Helper()
	f := shipped.Framework(t)
	folder = t.TempDir()
	archive, err := record.OpenLive(f, folder)
	if err != nil {
		t.Fatal(err)
	}
	server, err = mcpserver.New(mcpserver.Config{
		Framework: f, Workspace: tools.Workspace{Decisions: archive}, Version: "1.2.3", Logger: zerolog.Nop(),
	})
	if err != nil {
		t.Fatal(err)
	}
	mesh, _ := f.Capability("service-mesh")
	fact, _ := f.Dictionary.Index("services")
	return server, folder, func(file string, services float64) {
		today := f.Dictionary.NewSituation()
		today[fact].Kind, today[fact].Number = f.Dictionary.Fact(fact).Kind, services
		r := record.New(f, mesh, today, mesh.Decision.Brief(today).Verdict, "", "2026-11-23")
		if err := os.WriteFile(filepath.Join(folder, file), []byte(r.FrontMatter(f)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// asked is the record that an answer names, once the answer has been held against the schema and its text.
func asked(t *testing.T, client *client.Client, schema *jsonschema.Schema, arguments string) string {
	t.Helper()
	result, err := client.CallTool(t.Context(), "evaluate_trigger", json.RawMessage(arguments))
	if err != nil || result.Failed {
		t.Fatal(result.Text, err)
	}
	structured, err := jsonschema.UnmarshalJSON(bytes.NewReader(result.Structured))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(structured); err != nil {
		t.Error(err)
	}
	answer, err := readback.Answer(result.Text)
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := json.Marshal(answer) // an answer
	said, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil || !reflect.DeepEqual(said, structured) {
		t.Errorf("the text says\n%s\nand the structured part\n%s", raw, result.Structured)
	}
	var read struct {
		Verdicts []struct{ Record json.RawMessage }
	}
	if err := json.Unmarshal(result.Structured, &read); err != nil {
		t.Fatal(err)
	}
	return string(read.Verdicts[0].Record)
}

// outputOf is the output schema of evaluate_trigger.
func outputOf(t *testing.T, client *client.Client) *jsonschema.Schema {
	t.Helper()
	list, err := client.ListTools(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(list[0].OutputSchema)
	if err != nil || list[0].Name != "evaluate_trigger" {
		t.Fatal(list[0].Name, err)
	}
	plain, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("output.json", plain); err != nil {
		t.Fatal(err)
	}
	return compiler.MustCompile("output.json")
}

func TestAnAgentFindsWhatWasDecided(t *testing.T) {
	for _, protocol := range protocols {
		t.Run(protocol, func(t *testing.T) {
			server, _, write := keeping(t)
			client := connect(t, server, protocol)
			schema := outputOf(t, client)
			const two, all = `{"capabilities":["service-mesh"],"facts":{"services":2}}`, `{}`
			if got := asked(t, client, schema, two); got != "null" {
				t.Errorf("before anything was decided: %s", got)
			}
			write("0004-service-mesh-skip.md", 2)
			const kept = `{"file":"0004-service-mesh-skip.md","verdict":"skip","decision":"skip","differs":`
			if got := asked(t, client, schema, two); got != kept+"false}" {
				t.Errorf("on the same facts: %s", got)
			}
			if got := asked(t, client, schema, all); got != kept+"false}" {
				t.Errorf("where nothing is known: %s", got)
			}
			const needed = `{"capabilities":["service-mesh"],"facts":{"services":7,"mtls_needed":true,"network_policies_sufficient":false,"layer1_stable":true}}`
			if got := asked(t, client, schema, needed); got != kept+"true}" {
				t.Errorf("where a mesh is needed: %s", got)
			}
			completion, err := client.Complete(t.Context(), "layer2://records/{n}", "n", "")
			if err != nil || len(completion.Values) != 1 || completion.Values[0] != "4" {
				t.Errorf("%+v, %v", completion, err)
			}
			text, mime, err := client.ReadResource(t.Context(), "layer2://records/4")
			if err != nil || mime != "text/markdown" || !strings.HasPrefix(text, "---\nstatus: proposed\n") {
				t.Errorf("%s %q, %v", mime, text, err)
			}
			if _, _, err := client.ReadResource(t.Context(), "layer2://records/5"); err == nil || !strings.Contains(err.Error(), "resource not found") {
				t.Errorf("error %v", err)
			}
			messages, err := client.GetPrompt(t.Context(), "draft-decision-record", map[string]string{
				"capability": "service-mesh", "facts": `{"services":7,"mtls_needed":true,"network_policies_sufficient":false,"layer1_stable":true}`,
			})
			if err != nil {
				t.Fatal(err)
			}
			task, _ := messages[0].Content.(mcp.TextContent)
			for _, want := range []string{`"0004-service-mesh-skip.md"`, "layer2://records/4", "Today's verdict differs"} {
				if !strings.Contains(task.Text, want) {
					t.Errorf("the prompt does not say %q:\n%s", want, task.Text)
				}
			}
		})
	}
}

func TestARecordThatBecomesUnreadableIsSaidAndNotLeftOut(t *testing.T) {
	server, folder, write := keeping(t)
	client := connect(t, server, client.Modern)
	write("0001-a.md", 2)
	file := filepath.Join(folder, "0001-a.md")
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, bytes.Replace(content, []byte("record: 1"), []byte("record: 2"), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	schema := outputOf(t, client)
	for arguments, want := range map[string]string{
		`{"capabilities":["service-mesh"]}`: `"unreadable":["0001-a.md"]`,
		`{"capabilities":["auditing"]}`:     `"unreadable":[]`,
	} {
		if got := asked(t, client, schema, arguments); got != "null" {
			t.Errorf("%s: %s", arguments, got)
		}
		result, err := client.CallTool(t.Context(), "evaluate_trigger", json.RawMessage(arguments))
		if err != nil || !strings.Contains(string(result.Structured), want) {
			t.Errorf("%s: %s, %v", arguments, result.Structured, err)
		}
	}
}
