// Command gosdk tries the official Go SDK and prints what it did as a row, in JSON:
//
//	gosdk stdio|http VERSION PROGRAM|ADDRESS
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// modern is the first version without sessions. Before it, a resource that is not there had a code of its own.
const (
	modern         = "2026-07-28"
	legacyNotFound = -32002
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: gosdk stdio|http VERSION PROGRAM|ADDRESS")
		os.Exit(2)
	}
	t := trial{transport: os.Args[1], version: os.Args[2], target: os.Args[3], cells: map[string]string{}}
	t.run(context.Background())
	row := struct {
		Client, Transport, Era string
		Cells                  map[string]string
	}{"Go SDK " + sdkVersion(), t.transport, t.version, t.cells}
	if err := json.NewEncoder(os.Stdout).Encode(row); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type trial struct {
	transport, version, target string
	session                    *mcp.ClientSession
	forms                      int
	cells                      map[string]string
}

func (t *trial) run(ctx context.Context) {
	client := mcp.NewClient(&mcp.Implementation{Name: "layer2-evals", Version: "1"}, &mcp.ClientOptions{ElicitationHandler: t.fillIn})
	var err error
	t.session, err = client.Connect(ctx, t.over(), &mcp.ClientSessionOptions{ProtocolVersion: t.version})
	if err != nil {
		t.cells["connect"] = err.Error()
		return
	}
	t.attempt(ctx, "connect", t.hello)
	t.attempt(ctx, "list", t.list)
	t.attempt(ctx, "call", t.call)
	t.attempt(ctx, "error", t.refusals)
	t.attempt(ctx, "read", t.read)
	t.attempt(ctx, "complete", t.complete)
	t.attempt(ctx, "prompt", t.prompt)
	t.attempt(ctx, "elicit", t.elicit)
	if err := t.session.Close(); err != nil {
		t.cells["connect"] = "close: " + err.Error()
	}
}

func (t *trial) over() mcp.Transport {
	if t.transport == "http" {
		return &mcp.StreamableClientTransport{Endpoint: t.target}
	}
	return &mcp.CommandTransport{Command: exec.Command(t.target, "serve")}
}

// errUnasked is what an attempt ends with when the server rightly did not ask.
var errUnasked = errors.New("unasked")

func (t *trial) attempt(ctx context.Context, column string, work func(context.Context) error) {
	t.cells[column] = "ok"
	if err := work(ctx); err != nil {
		t.cells[column] = err.Error()
	}
}

func (t *trial) hello(context.Context) error {
	hello := t.session.InitializeResult()
	if hello.ServerInfo == nil || hello.ServerInfo.Name != "layer2" || hello.ProtocolVersion != t.version {
		return fmt.Errorf("%+v speaks %s, not %s", hello.ServerInfo, hello.ProtocolVersion, t.version)
	}
	return nil
}

func (t *trial) list(ctx context.Context) error {
	tools, err := t.session.ListTools(ctx, nil)
	if err != nil {
		return err
	}
	var names []string
	for _, tool := range tools.Tools {
		names = append(names, tool.Name)
	}
	if want := []string{"evaluate_trigger", "compare_tools", "plan_layer3", "cite"}; !slices.Equal(names, want) {
		return fmt.Errorf("tools are %v, not %v", names, want)
	}
	resources, err := t.session.ListResources(ctx, nil)
	if err != nil {
		return err
	}
	templates, err := t.session.ListResourceTemplates(ctx, nil)
	if err != nil {
		return err
	}
	prompts, err := t.session.ListPrompts(ctx, nil)
	if err != nil {
		return err
	}
	if r, m, p := len(resources.Resources), len(templates.ResourceTemplates), len(prompts.Prompts); r <= 10 || m != 2 || p != 5 {
		return fmt.Errorf("%d resources, %d templates, %d prompts", r, m, p)
	}
	return nil
}

// evaluate calls the tool and gives the verdict, and what a model would read.
func (t *trial) evaluate(ctx context.Context, arguments map[string]any) (verdict, text string, failed bool, err error) {
	result, err := t.session.CallTool(ctx, &mcp.CallToolParams{Name: "evaluate_trigger", Arguments: arguments})
	if err != nil {
		return "", "", false, err
	}
	for _, content := range result.Content {
		if content, ok := content.(*mcp.TextContent); ok {
			text += content.Text
		}
	}
	if result.IsError {
		return "", text, true, nil
	}
	var answer struct{ Verdicts []struct{ Verdict string } }
	structured, err := json.Marshal(result.StructuredContent)
	if err == nil {
		err = json.Unmarshal(structured, &answer)
	}
	if err == nil && len(answer.Verdicts) != 1 {
		err = fmt.Errorf("%d verdicts", len(answer.Verdicts))
	}
	if err != nil {
		return "", text, false, err
	}
	return answer.Verdicts[0].Verdict, text, false, nil
}

func (t *trial) call(ctx context.Context) error {
	verdict, text, failed, err := t.evaluate(ctx, map[string]any{"capabilities": []string{"service-mesh"}, "facts": map[string]any{"services": 2}})
	if err == nil && (failed || verdict != "skip" || !strings.Contains(text, "SKIP")) {
		err = fmt.Errorf("verdict %q: %s", verdict, text)
	}
	return err
}

func (t *trial) refusals(ctx context.Context) error {
	_, text, failed, err := t.evaluate(ctx, map[string]any{"capabilities": []string{"service-mesh"}, "facts": map[string]any{"servces": 2}})
	if err != nil {
		return err
	}
	if !failed || !strings.Contains(text, "services") {
		return fmt.Errorf("a wrong fact: %v, %s", failed, text)
	}
	_, err = t.session.CallTool(ctx, &mcp.CallToolParams{Name: "no_such_tool"})
	return refused(err, jsonrpc.CodeInvalidParams)
}

// refused is nil if an error has the code.
func refused(err error, code int64) error {
	var wire *jsonrpc.Error
	if !errors.As(err, &wire) || wire.Code != code {
		return fmt.Errorf("not refused with %d but: %w", code, err)
	}
	return nil
}

func (t *trial) read(ctx context.Context) error {
	result, err := t.session.ReadResource(ctx, &mcp.ReadResourceParams{URI: "layer2://capabilities/service-mesh"})
	if err != nil {
		return err
	}
	if len(result.Contents) != 1 || !strings.Contains(result.Contents[0].Text, "SM-T1") {
		return fmt.Errorf("%d contents", len(result.Contents))
	}
	_, err = t.session.ReadResource(ctx, &mcp.ReadResourceParams{URI: "layer2://capabilities/none"})
	if t.version < modern {
		return refused(err, legacyNotFound)
	}
	return refused(err, jsonrpc.CodeInvalidParams)
}

func (t *trial) complete(ctx context.Context) error {
	result, err := t.session.Complete(ctx, &mcp.CompleteParams{
		Ref:      &mcp.CompleteReference{Type: "ref/resource", URI: "layer2://capabilities/{id}"},
		Argument: mcp.CompleteParamsArgument{Name: "id", Value: "service"},
	})
	if err == nil && !slices.Equal(result.Completion.Values, []string{"service-mesh"}) {
		err = fmt.Errorf("%v", result.Completion.Values)
	}
	return err
}

func (t *trial) prompt(ctx context.Context) error {
	result, err := t.session.GetPrompt(ctx, &mcp.GetPromptParams{Name: "compare-options", Arguments: map[string]string{"capability": "service-mesh"}})
	if err != nil {
		return err
	}
	text, err := json.Marshal(result.Messages)
	if err != nil || !strings.Contains(string(text), "service-mesh") {
		return fmt.Errorf("%s: %w", text, err)
	}
	_, err = t.session.GetPrompt(ctx, &mcp.GetPromptParams{Name: "compare-options"})
	return refused(err, jsonrpc.CodeInvalidParams)
}

func (t *trial) elicit(ctx context.Context) error {
	verdict, text, _, err := t.evaluate(ctx, map[string]any{"capabilities": []string{"service-mesh"}, "ask_user": true})
	switch {
	case err != nil:
		return err
	case t.transport == "http" && t.version < modern && t.forms == 0 && verdict == "undetermined":
		return errUnasked
	case t.forms != 1 || verdict != "skip":
		return fmt.Errorf("%d forms, verdict %q: %s", t.forms, verdict, text)
	}
	return nil
}

// fillIn is the person.
func (t *trial) fillIn(context.Context, *mcp.ElicitRequest) (*mcp.ElicitResult, error) {
	t.forms++
	return &mcp.ElicitResult{Action: "accept", Content: map[string]any{"services": 2}}, nil
}

// sdkVersion is the version of the SDK that was built in.
func sdkVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if module.Path == "github.com/modelcontextprotocol/go-sdk" {
				return strings.TrimPrefix(module.Version, "v")
			}
		}
	}
	return "of an unknown version"
}
