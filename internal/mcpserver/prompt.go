package mcpserver

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"

	"github.com/vanhoutenbos/layer2/internal/page"
	"github.com/vanhoutenbos/layer2/internal/prompt"
	"github.com/vanhoutenbos/layer2/internal/words"
)

type promptList []prompt.Prompt

func (s promptList) serverPrompts(logger zerolog.Logger) []server.ServerPrompt {
	var list []server.ServerPrompt
	for _, p := range s {
		list = append(list, server.ServerPrompt{Prompt: declarePrompt(p), Handler: promptHandler(p, logger)})
	}
	return list
}

func declarePrompt(p prompt.Prompt) mcp.Prompt {
	offered := mcp.Prompt{Name: p.Name, Title: p.Title, Description: p.Description}
	for _, a := range p.Arguments {
		offered.Arguments = append(offered.Arguments, mcp.PromptArgument{
			Name: a.Name, Title: a.Title, Description: a.Description, Required: a.Required,
		})
	}
	return offered
}

// promptHandler answers prompts/get. The caller's mistakes become invalid params.
func promptHandler(p prompt.Prompt, logger zerolog.Logger) server.PromptHandlerFunc {
	return func(ctx context.Context, request mcp.GetPromptRequest) (result *mcp.GetPromptResult, err error) {
		defer func() {
			if cause := recover(); cause != nil {
				result, err = nil, internalError(logger, p.Name, fmt.Sprint(cause))
			}
		}()
		messages, err := p.Messages(ctx, request.Params.Arguments)
		var mistake prompt.Mistake
		switch {
		case errors.As(err, &mistake):
			return nil, errors.New(invalidParams + words.CutLines(mistake.Error(), maximumError))
		case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
			return nil, err
		case err != nil:
			return nil, internalError(logger, p.Name, err.Error())
		}
		result = &mcp.GetPromptResult{Description: p.Description}
		for _, m := range messages {
			result.Messages = append(result.Messages, mcp.PromptMessage{Role: mcp.RoleUser, Content: content(m)})
		}
		return result, nil
	}
}

func content(m prompt.Message) mcp.Content {
	if m.Page == nil {
		return mcp.NewTextContent(m.Text)
	}
	return mcp.NewEmbeddedResource(contents(*m.Page))
}

func contents(resource page.Resource) mcp.TextResourceContents {
	return mcp.TextResourceContents{URI: resource.URI, MIMEType: resource.MIMEType, Text: resource.Text()}
}

// list restores the order of the prompts; the library sorts them by name.
func (s promptList) list(_ context.Context, _ any, _ *mcp.ListPromptsRequest, result *mcp.ListPromptsResult) {
	place := map[string]int{}
	for i, p := range s {
		place[p.Name] = i
	}
	slices.SortFunc(result.Prompts, func(a, b mcp.Prompt) int { return place[a.Name] - place[b.Name] })
}

// CompletePromptArgument returns the values an argument can have, given the arguments filled in so far.
func (s promptList) CompletePromptArgument(
	_ context.Context, name string, argument mcp.CompleteArgument, filled mcp.CompleteContext,
) (*mcp.Completion, error) {
	i := slices.IndexFunc(s, func(p prompt.Prompt) bool { return p.Name == name })
	if i < 0 {
		return nil, fmt.Errorf("%s%s", invalidParams, unknownPrompt(name))
	}
	a, ok := s[i].Argument(argument.Name)
	if !ok {
		return nil, fmt.Errorf("%s%s is not an argument of %s", invalidParams, words.Quote(argument.Name, maximumEcho), name)
	}
	stays, values := a.Complete(argument.Value, filled.Arguments)
	typed := argument.Value[min(len(stays), len(argument.Value)):]
	matches := rank(values, typed)
	for i, match := range matches {
		matches[i] = stays + match
	}
	return completion(matches), nil
}

func unknownPrompt(name string) string {
	return fmt.Sprintf("unknown prompt %s: prompts/list names them all", words.Quote(name, maximumEcho))
}
