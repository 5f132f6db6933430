package mcpserver

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/fact"
)

// The budget of a call is 1.3 times that of a tool that returns as many bytes, on the library's own stdio server.
func BenchmarkCall(b *testing.B) {
	for _, call := range []struct{ name, arguments string }{
		{"one-full", `{"capability":"service-mesh","facts":{"services":7,"mesh_capacity":true}}`},
		{"all-brief-half", `{"facts":` + halfKnown(b) + `}`},
		{"all-brief-few", `{"facts":{"services":7,"developers":12,"layer1_stable":true,` +
			`"debugging_hours_per_incident":3,"budget_concerns":true,"ha_setup":true,"single_region_sufficient":true}}`},
	} {
		params := `{"name":"evaluate_trigger","arguments":` + call.arguments + `}`
		layer2 := shippedServer(b)
		b.Run(call.name+"/layer2", func(b *testing.B) { benchmark(b, layer2.Serve, params) })
		result := ask(b, layer2.Serve, params)
		echo := server.NewMCPServer("echo", "0", server.WithToolCapabilities(false))
		echo.AddTool(mcp.NewTool("evaluate_trigger"), func(context.Context, mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			return result, nil
		})
		b.Run(call.name+"/echo", func(b *testing.B) {
			benchmark(b, func(ctx context.Context, in io.Reader, out io.Writer) error {
				return server.NewStdioServer(echo).Listen(ctx, in, out)
			}, params)
		})
	}
}

// halfKnown is every second fact with a value, as JSON.
func halfKnown(b *testing.B) string {
	f := shipped.Framework(b)
	facts := map[string]any{}
	for i := 0; i < f.Dictionary.Len(); i += 2 {
		about := f.Dictionary.Fact(i)
		switch about.Kind {
		case fact.Boolean:
			facts[about.Name] = i%4 == 0
		case fact.Integer, fact.Number:
			facts[about.Name] = 7
		case fact.Choice:
			facts[about.Name] = about.Values[len(about.Values)-1]
		case fact.Set:
			facts[about.Name] = about.Values[:1]
		}
	}
	text, err := json.Marshal(facts)
	if err != nil {
		b.Fatal(err)
	}
	return string(text)
}

type serveFunc func(ctx context.Context, in io.Reader, out io.Writer) error

// benchmark makes one call after the other over pipes.
func benchmark(b *testing.B, serve serveFunc, params string) {
	say, ended := dial(b, serve)
	b.ReportAllocs()
	for b.Loop() {
		b.SetBytes(int64(len(say(params))))
	}
	ended()
}

// ask makes one call and is its result.
func ask(b *testing.B, serve serveFunc, params string) *mcp.CallToolResult {
	say, ended := dial(b, serve)
	defer ended()
	var reply struct{ Result *mcp.CallToolResult }
	if err := json.Unmarshal(say(params), &reply); err != nil || reply.Result.IsError {
		b.Fatal(err, reply.Result)
	}
	return reply.Result
}

func dial(b *testing.B, serve serveFunc) (say func(params string) []byte, hangUp func()) {
	toServer, in := io.Pipe()
	out, fromServer := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- serve(b.Context(), toServer, fromServer) }()
	reader := bufio.NewReader(out)
	id := 0
	say = func(params string) []byte {
		id++
		if _, err := fmt.Fprintf(in, `{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":%s}`+"\n", id, params); err != nil {
			b.Fatal(err)
		}
		line, err := reader.ReadBytes('\n')
		if err != nil {
			b.Fatal(err)
		}
		return line
	}
	return say, func() {
		in.Close()
		if err := <-ended; err != nil {
			b.Error(err)
		}
	}
}
