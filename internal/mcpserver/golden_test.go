package mcpserver

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"github.com/vanhoutenbos/layer2/evals/golden"
	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/page"
	"github.com/vanhoutenbos/layer2/tools"
)

func shippedServer(t testing.TB) *Server {
	t.Helper()
	server, err := New(Config{Framework: shipped.Framework(t), Workspace: tools.Workspace{}, Version: "0.0.0", Logger: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	return server
}

// The surface is compared byte for byte: the order of tools, properties and resources is part of it. Each tool has a file of its own, so
// that a change of one shows in one place.
func TestTheSurface(t *testing.T) {
	server := shippedServer(t)
	for method, file := range map[string]string{
		"server/discover":          "discover",
		"tools/list":               "tools",
		"resources/list":           "resources",
		"resources/templates/list": "templates",
		"prompts/list":             "prompts",
	} {
		t.Run(file, func(t *testing.T) {
			line := fmt.Sprintf(`{"jsonrpc":"2.0","id":1,"method":%q,"params":{"_meta":{`+
				`"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}`, method)
			reply := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(serveAll(t, server, line)[0])
			var listed struct {
				Result struct{ Tools []json.RawMessage }
			}
			if err := json.Unmarshal([]byte(reply), &listed); err != nil {
				t.Fatal(err)
			}
			for _, tool := range listed.Result.Tools {
				var named struct{ Name string }
				if err := json.Unmarshal(tool, &named); err != nil {
					t.Fatal(err)
				}
				golden.Compare(t, "testdata/tools/"+named.Name+".json", indented(t, tool))
				reply = strings.Replace(reply, string(tool), strconv.Quote(named.Name), 1)
			}
			// Sizes move with every word of the knowledge; that they are right is tested where the resources are read.
			golden.Compare(t, "testdata/"+file+".json", size.ReplaceAll(indented(t, []byte(reply)), []byte(`"size": 0`)))
		})
	}
}

func indented(t *testing.T, text []byte) []byte {
	t.Helper()
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, text, "", "  "); err != nil {
		t.Fatal(err)
	}
	return append(pretty.Bytes(), '\n')
}

var size = regexp.MustCompile(`"size": \d+`)

func TestEveryStatementOfTheFrameworkCanBeRead(t *testing.T) {
	f := shipped.Framework(t)
	var lines []string
	for i, s := range page.Statements(f) {
		lines = append(lines, fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"resources/read","params":{"uri":%q}}`, i, s.URI))
	}
	if len(lines) < 300 {
		t.Fatalf("%d statements", len(lines))
	}
	for _, reply := range serveAll(t, shippedServer(t), strings.Join(lines, "\n")) {
		if !strings.Contains(reply, `"text":"`) {
			t.Errorf("reply %s", reply)
		}
	}
}

func TestTheInstructionsAreShort(t *testing.T) {
	// Under 150 tokens: no tokenizer makes more of plain English than one token for four characters and a half.
	if len(instructions) > 650 {
		t.Errorf("%d characters", len(instructions))
	}
	for _, tool := range tools.All(shipped.Framework(t), tools.Workspace{}) {
		if !strings.Contains(instructions, tool.Name) {
			t.Errorf("%s is not mentioned", tool.Name)
		}
	}
}
