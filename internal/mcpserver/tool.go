package mcpserver

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"

	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// placeholderSchema stands in for every input schema except in tools/list. Over HTTP the library would read the real one on each
// call, looking for arguments that travel in headers, of which no tool has any.
var placeholderSchema = json.RawMessage(`{"type":"object"}`)

// declare returns a tool as a client sees it, but for its input schema. Schemas are sent as raw bytes to keep their property
// order.
func declare(tool tools.Tool) mcp.Tool {
	// Not NewTool with WithRawInputSchema: that sets two input schemas, and tools/list is then never answered.
	declared := mcp.NewToolWithRawSchema(tool.Name, tool.Description, placeholderSchema)
	declared.RawOutputSchema = tool.Output
	declared.Title = tool.Title
	declared.Annotations = mcp.ToolAnnotation{
		Title:           tool.Title,
		ReadOnlyHint:    new(true),
		DestructiveHint: new(false),
		IdempotentHint:  new(true),
		OpenWorldHint:   new(false),
	}
	return declared
}

// restoreTools fills in the input schemas and restores the order of the tools; the library sorts them by name.
func restoreTools(all []tools.Tool) server.OnAfterListToolsFunc {
	place := map[string]int{}
	for i, tool := range all {
		place[tool.Name] = i
	}
	return func(_ context.Context, _ any, _ *mcp.ListToolsRequest, result *mcp.ListToolsResult) {
		for i, known := range result.Tools {
			if at, ours := place[known.Name]; ours {
				result.Tools[i].RawInputSchema = all[at].Input
			}
		}
		slices.SortFunc(result.Tools, func(a, b mcp.Tool) int { return place[a.Name] - place[b.Name] })
	}
}

// handler answers a call both as JSON and as text. A caller's mistake becomes a result that the model can act on; any other error
// is a protocol error.
func handler(tool tools.Tool, text func(answer any) string, logger zerolog.Logger) server.ToolHandlerFunc {
	return func(ctx context.Context, call mcp.CallToolRequest) (result *mcp.CallToolResult, err error) {
		defer func() {
			if cause := recover(); cause != nil {
				result, err = nil, internalError(logger, tool.Name, fmt.Sprint(cause))
			}
		}()
		ctx, rounds := withAsker(ctx, call)
		// The raw bytes: a duplicate key or a large number would not survive the library's own decoding.
		answer, err := tool.Call(ctx, call.Params.RawArguments)
		if err == nil {
			err = rounds.done()
		}
		var mistakes *tools.Mistakes
		var replies repliesError
		switch {
		case errors.Is(err, errUnanswered):
			return rounds.inputRequired(), nil
		case errors.As(err, &replies):
			return nil, errors.New(invalidParams + replies.Error())
		case errors.As(err, &mistakes):
			return mcp.NewToolResultError(words.CutLines(mistakes.Error(), maximumError)), nil
		case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
			return nil, err
		case err != nil:
			return nil, internalError(logger, tool.Name, err.Error())
		}
		return mcp.NewToolResultStructured(answer, text(answer)), nil
	}
}

// internalError logs a fault under an id and returns the error for the client, which has only the id.
func internalError(logger zerolog.Logger, where, cause string) error {
	id := make([]byte, 4)
	rand.Read(id) // never fails
	logger.Error().Str("in", where).Hex("id", id).Str("cause", cause).Bytes("stack", debug.Stack()).Msg("internal error")
	return fmt.Errorf("internal error %x in %s: this is a fault of the server, its log has the details under this id", id, where)
}
