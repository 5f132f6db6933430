package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

// The fixtures that ask the client for something and are called again with the reply, as is done since 2026-07-28. Older clients
// have to be asked in the middle of a call, which over HTTP would take sessions: layer2 has none, and does not ask them.

// signed is a state that the client has to bring back as it was.
const signed = "state-1"

func form(message, field, kind string) mcp.ElicitationParams {
	return mcp.ElicitationParams{Message: message, RequestedSchema: map[string]any{
		"type": "object", "properties": map[string]any{field: map[string]any{"type": kind}}, "required": []string{field},
	}}
}

func question(text string, most int) mcp.CreateMessageParams {
	return mcp.CreateMessageParams{
		Messages:  []mcp.SamplingMessage{{Role: mcp.RoleUser, Content: mcp.NewTextContent(text)}},
		MaxTokens: most,
	}
}

// ask adds a tool that asks until the client has brought everything, and then tells what it brought.
func ask(s *server.MCPServer, name, schema string, requests func(mcp.CallToolRequest) *server.InputRequestBuilder) {
	addTool(s, name, schema, func(ctx context.Context, call mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		if !server.IsModernRequest(ctx) {
			return mcp.NewToolResultError("a client of this protocol cannot be asked over HTTP"), nil
		}
		asked := requests(call).ToolResult()
		brought := call.Params.MultiRoundTripParams
		if asked.RequestState == signed && brought.RequestState != "" && brought.RequestState != signed {
			return nil, errors.New("invalid params: this requestState is none of the server's")
		}
		for id, request := range asked.InputRequests {
			reply, ok := brought.InputResponses[id]
			if !ok || reply.DecodeFor(mcp.MCPMethod(request.Method)) != nil {
				return asked, nil
			}
		}
		return mcp.NewToolResultText(fmt.Sprintf("state-ok: %d replies", len(brought.InputResponses))), nil
	})
}

func addForms(s *server.MCPServer) {
	ask(s, "test_elicitation", `{"type":"object","properties":{"message":{"type":"string"}},"required":["message"]}`,
		func(call mcp.CallToolRequest) *server.InputRequestBuilder {
			return server.NewInputRequestBuilder("").Elicit("user", form(call.GetString("message", ""), "username", "string"))
		})
	ask(s, "test_sampling", `{"type":"object","properties":{"prompt":{"type":"string"}},"required":["prompt"]}`,
		func(call mcp.CallToolRequest) *server.InputRequestBuilder {
			return server.NewInputRequestBuilder("").Sample("answer", question(call.GetString("prompt", ""), 100))
		})
	for _, name := range []string{"test_elicitation_sep1034_defaults", "test_elicitation_sep1330_enums", "test_streaming_elicitation"} {
		ask(s, name, noArguments, func(mcp.CallToolRequest) *server.InputRequestBuilder {
			return server.NewInputRequestBuilder("").Elicit("user", form("Your name?", "name", "string"))
		})
	}
	addTool(s, "test_missing_capability", noArguments, func(_ context.Context, call mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		if can := call.Params.Meta.ClientCapabilities(); can == nil || can.Sampling == nil {
			return nil, mcp.MissingRequiredClientCapabilityError{Capability: "sampling"}
		}
		return mcp.NewToolResultText("it can"), nil
	})
}

func addRounds(s *server.MCPServer) {
	once := func(name string, builder func() *server.InputRequestBuilder) {
		ask(s, "test_input_required_result_"+name, noArguments, func(mcp.CallToolRequest) *server.InputRequestBuilder { return builder() })
	}
	once("elicitation", func() *server.InputRequestBuilder {
		return server.NewInputRequestBuilder("").Elicit("user_name", form("What is your name?", "name", "string"))
	})
	once("sampling", func() *server.InputRequestBuilder {
		return server.NewInputRequestBuilder("").Sample("capital_question", question("What is the capital of France?", 100))
	})
	once("list_roots", func() *server.InputRequestBuilder { return server.NewInputRequestBuilder("").Roots("client_roots") })
	for _, name := range []string{"request_state", "tampered_state"} {
		once(name, func() *server.InputRequestBuilder {
			return server.NewInputRequestBuilder(signed).Elicit("confirm", form("Please confirm", "ok", "boolean"))
		})
	}
	once("multiple_inputs", func() *server.InputRequestBuilder {
		return server.NewInputRequestBuilder(signed).Elicit("user_name", form("What is your name?", "name", "string")).
			Sample("greeting", question("Generate a greeting", 50)).Roots("client_roots")
	})
	ask(s, "test_input_required_result_capabilities", noArguments, func(call mcp.CallToolRequest) *server.InputRequestBuilder {
		b := server.NewInputRequestBuilder("")
		can := call.Params.Meta.ClientCapabilities()
		if can != nil && can.Sampling != nil {
			b.Sample("question", question("Which one?", 50))
		}
		if can != nil && can.Elicitation != nil {
			b.Elicit("form", form("Which one?", "one", "string"))
		}
		return b
	})
	// The second round asks something else, and says so in its state.
	ask(s, "test_input_required_result_multi_round", noArguments, func(call mcp.CallToolRequest) *server.InputRequestBuilder {
		if call.Params.RequestState == "" {
			return server.NewInputRequestBuilder("round-1").Elicit("step1", form("Step 1: What is your name?", "name", "string"))
		}
		return server.NewInputRequestBuilder("round-2").Elicit("step2", form("Step 2: What is your favorite color?", "color", "string"))
	})
	s.AddPrompt(mcp.NewPrompt("test_input_required_result_prompt", mcp.WithPromptDescription("A prompt that asks first")),
		func(_ context.Context, request mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
			if server.ElicitationResponse(request.Params.InputResponses, "user_context") == nil {
				return server.NewInputRequestBuilder("").
					Elicit("user_context", form("What context should the prompt use?", "context", "string")).PromptResult(), nil
			}
			return &mcp.GetPromptResult{Messages: []mcp.PromptMessage{{Role: mcp.RoleUser, Content: mcp.NewTextContent("With that context.")}}}, nil
		})
}
