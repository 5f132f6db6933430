// Command echo is a server on the SDK of layer2 whose one tool does nothing: it gives back an answer that it was given at its start.
// What layer2 takes longer than this is what deciding, wording and guarding cost.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
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
	// As bytes: there is no cheaper way to have the SDK write it.
	result := &mcp.CallToolResult{RawStructuredContent: answer.StructuredContent}
	for _, content := range answer.Content {
		result.Content = append(result.Content, content)
	}
	echo := server.NewMCPServer("echo", "0", server.WithToolCapabilities(false))
	tool := mcp.NewToolWithRawSchema("evaluate_trigger", "", json.RawMessage(`{"type":"object"}`))
	echo.AddTool(tool, func(context.Context, mcp.CallToolRequest) (*mcp.CallToolResult, error) { return result, nil })
	if address == "" {
		return server.ServeStdio(echo)
	}
	routes := http.NewServeMux()
	routes.Handle("/mcp", server.NewStreamableHTTPServer(echo, server.WithStateLess(true), server.WithDisableStreaming(true)))
	return (&http.Server{Addr: address, Handler: routes, ReadHeaderTimeout: 5 * time.Second}).ListenAndServe()
}
