package main

import (
	"context"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

// addNews adds the tools that tell something while they run: progress, and lines of a log.
func addNews(s *server.MCPServer) {
	addTool(s, "test_tool_with_progress", noArguments, func(ctx context.Context, call mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		if call.Params.Meta != nil && call.Params.Meta.ProgressToken != nil {
			for _, progress := range []int{0, 50, 100} {
				told := map[string]any{"progressToken": call.Params.Meta.ProgressToken, "progress": progress, "total": 100}
				if err := s.SendNotificationToClient(ctx, string(mcp.MethodNotificationProgress), told); err != nil {
					return nil, err
				}
			}
		}
		return mcp.NewToolResultText("done"), nil
	})
	for _, name := range []string{"test_tool_with_logging", "test_logging_tool"} {
		addTool(s, name, noArguments, func(ctx context.Context, _ mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			for _, line := range []string{"Tool execution started", "Tool processing data", "Tool execution completed"} {
				if err := s.SendLogMessageToClient(ctx, mcp.NewLoggingMessageNotification(mcp.LoggingLevelInfo, "fixtures", line)); err != nil {
					return nil, err
				}
			}
			return mcp.NewToolResultText("done"), nil
		})
	}
}
