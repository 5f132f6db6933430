package mcpserver

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/rs/zerolog"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/page"
	"github.com/vanhoutenbos/layer2/tools"
)

func TestAFaultIsLoggedUnderTheIdThatTheClientGets(t *testing.T) {
	for _, tool := range []string{"break", "fault"} {
		t.Run(tool, func(t *testing.T) {
			var log bytes.Buffer
			reply := serveAll(t, fixture(t, &log), call("1", tool))[0]
			if strings.Contains(reply, "secret") || strings.Contains(reply, "goroutine") {
				t.Errorf("the client was told too much: %s", reply)
			}
			id := regexp.MustCompile(`[0-9a-f]{8}`).FindString(reply)
			var entry struct{ Level, In, ID, Cause, Stack string }
			for line := range strings.Lines(log.String()) {
				if err := json.Unmarshal([]byte(line), &entry); err != nil {
					t.Fatal(err)
				}
				if entry.Level == "error" {
					break
				}
			}
			if id == "" || entry.ID != id || entry.In != tool || entry.Cause == "" || !strings.Contains(entry.Stack, "tool.go") {
				t.Errorf("reply %s\nlog %s", reply, log.String())
			}
		})
	}
}

func TestAnAnswerThatIsCutOffIsAnErrorOfTheProtocol(t *testing.T) {
	tool := tools.Tool{Name: "t", Call: func(ctx context.Context, _ json.RawMessage) (any, error) {
		return nil, fmt.Errorf("evaluate: %w", ctx.Err())
	}}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, err := handler(tool, nil, zerolog.Nop())(ctx, mcp.CallToolRequest{})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that of the context", err)
	}
}

func TestStructuredContentIsTheSameInBothEras(t *testing.T) {
	const meta = `,"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}`
	server := fixture(t, io.Discard)
	legacy := call("1", "tell")
	modern := strings.Replace(legacy, `"arguments":{}`, `"arguments":{}`+meta, 1)
	var got [2]json.RawMessage
	for i, line := range []string{legacy, modern} {
		var reply struct {
			Result struct{ StructuredContent json.RawMessage }
		}
		if err := json.Unmarshal([]byte(serveAll(t, server, line)[0]), &reply); err != nil {
			t.Fatal(err)
		}
		got[i] = reply.Result.StructuredContent
	}
	if len(got[0]) == 0 || !bytes.Equal(got[0], got[1]) {
		t.Errorf("legacy %s, modern %s", got[0], got[1])
	}
}

func TestNamesAndAddressesAreUnique(t *testing.T) {
	a := resource("layer2://a", "a", "text/markdown", "")
	for _, b := range []page.Resource{
		resource("layer2://a", "b", "text/markdown", ""),
		resource("layer2://b", "a", "text/markdown", ""),
	} {
		if _, err := newCatalogue([]page.Resource{a}, []page.Resource{b}); err == nil {
			t.Errorf("%s named %s was accepted beside %s named %s", b.URI, b.Name, a.URI, a.Name)
		}
	}
}

func TestCompletionsAreAtMostAHundred(t *testing.T) {
	var statements []page.Resource
	for i := range 250 {
		id := fmt.Sprintf("SM-T%d", i)
		statements = append(statements, resource(statementRoot+id, id, "text/markdown", ""))
	}
	c, err := newCatalogue(nil, statements)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		typed        string
		shown, total int
		more         bool
		first        string
	}{
		{"", 100, 250, true, "SM-T0"},
		{"sm-t1", 100, 111, true, "SM-T1"},
		{"SM-T24", 11, 11, false, "SM-T24"},
		{"T249", 1, 1, false, "SM-T249"},
	} {
		got, err := c.CompleteResourceArgument(t.Context(), "layer2://statements/{id}", mcp.CompleteArgument{Name: "id", Value: test.typed}, mcp.CompleteContext{})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Values) != test.shown || got.Total != test.total || got.HasMore != test.more || got.Values[0] != test.first {
			t.Errorf("%q: %d of %d, more %v, first %s", test.typed, len(got.Values), got.Total, got.HasMore, got.Values[0])
		}
	}
}

// The library is not shown the input schemas, so that it could not check such an argument against its header.
func TestNoArgumentTravelsInAHeader(t *testing.T) {
	for _, tool := range tools.All(shipped.Framework(t), tools.Workspace{}) {
		if bytes.Contains(tool.Input, []byte("x-mcp-header")) {
			t.Errorf("%s has an argument that does", tool.Name)
		}
	}
}

func TestKnowledgeOfOnesOwnIsNotCachedForOthers(t *testing.T) {
	server, err := Build(Surface{private: true, logger: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	const list = `{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{` +
		`"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}`
	if reply := serveAll(t, server, list)[0]; !strings.Contains(reply, `"cacheScope":"private"`) {
		t.Errorf("reply %s", reply)
	}
}
