// Command bare is the least that an mcp-go server on stdio can be: what layer2 is measured against.
package main

import (
	"context"
	"log"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func main() {
	bare := server.NewMCPServer("bare", "0", server.WithToolCapabilities(false))
	bare.AddTool(mcp.NewTool("hello"), func(context.Context, mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		return mcp.NewToolResultText("hello"), nil
	})
	if err := server.ServeStdio(bare); err != nil {
		log.Fatal(err)
	}
}
