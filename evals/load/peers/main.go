// Command peers is a server on the official SDK whose one tool gives back an answer that it was given at its start: the other
// ground that layer2 could have been built on, as cheap as it can be.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

func main() {
	file := flag.String("answer", "", "the `FILE` of the result that every call gets, as JSON")
	address := flag.String("http", "", "the `address` to serve on, instead of stdin and stdout")
	flag.Parse()
	if err := run(*file, *address); err != nil {
		log.Fatal(err)
	}
}

func run(file, address string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var answer struct {
		Content           []mcp.TextContent
		StructuredContent json.RawMessage
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return err
	}
	result := mcp.CallToolResult{StructuredContent: answer.StructuredContent}
	for _, content := range answer.Content {
		result.Content = append(result.Content, &content)
	}
	echo := mcp.NewServer(&mcp.Implementation{Name: "official", Version: "0"}, nil)
	// The method, not the function of that name: it checks no arguments, so that nothing but the SDK is measured.
	tool := &mcp.Tool{Name: "evaluate_trigger", InputSchema: json.RawMessage(`{"type":"object"}`)}
	echo.AddTool(tool, func(context.Context, *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		answer := result // of its own: the SDK writes into what it is given
		return &answer, nil
	})
	if address == "" {
		return echo.Run(context.Background(), &mcp.StdioTransport{})
	}
	options := &mcp.StreamableHTTPOptions{Stateless: true, JSONResponse: true}
	routes := http.NewServeMux()
	routes.Handle("/mcp", mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return echo }, options))
	return (&http.Server{Addr: address, Handler: routes, ReadHeaderTimeout: 5 * time.Second}).ListenAndServe()
}
