// Package client asks a server all that the evals want to know of it: mcpclient, which is what `layer2 call` needs, with
// resources, prompts and completions, over HTTP too, and in the older protocols.
package client

import (
	"context"
	"fmt"
	"net/http"

	"github.com/mark3labs/mcp-go/client/transport"
	"github.com/mark3labs/mcp-go/mcp"

	"github.com/vanhoutenbos/layer2/internal/mcpclient"
)

// Protocols that a client can speak.
const (
	Modern     = mcpclient.Modern
	Legacy     = "2025-11-25" // with initialize
	LegacyJune = "2025-06-18"
)

// Client is a connection. It is safe for concurrent use. Close it.
type Client struct{ *mcpclient.Client }

// Connect is mcpclient.Connect.
func Connect(ctx context.Context, server mcpclient.Server, protocol string, options ...Option) (*Client, error) {
	return whole(mcpclient.Connect(ctx, server, protocol, options...))
}

// ConnectHTTP speaks the given protocol to the server at an address such as http://127.0.0.1:8080/mcp.
func ConnectHTTP(ctx context.Context, address, protocol string, options ...Option) (*Client, error) {
	connections := &http.Transport{} // of its own, so that Close leaves none behind
	over, err := transport.NewStreamableHTTP(address, transport.WithHTTPBasicClient(&http.Client{Transport: connections}))
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	ended := func() error {
		connections.CloseIdleConnections()
		return nil
	}
	return whole(mcpclient.Over(ctx, over, protocol, ended, options...))
}

// whole gives a connection the methods of this package.
func whole(c *mcpclient.Client, err error) (*Client, error) {
	if err != nil {
		return nil, err
	}
	return &Client{c}, nil
}

// ListResources is all resources that the server lists, in its order.
func (c *Client) ListResources(ctx context.Context) ([]mcp.Resource, error) {
	result, err := c.Library.ListResources(ctx, mcp.ListResourcesRequest{})
	if err != nil {
		return nil, fmt.Errorf("resources/list: %w", err)
	}
	return result.Resources, nil
}

// ListTemplates is all resource templates.
func (c *Client) ListTemplates(ctx context.Context) ([]mcp.ResourceTemplate, error) {
	result, err := c.Library.ListResourceTemplates(ctx, mcp.ListResourceTemplatesRequest{})
	if err != nil {
		return nil, fmt.Errorf("resources/templates/list: %w", err)
	}
	return result.ResourceTemplates, nil
}

// ReadResource is the text of a resource, and its MIME type.
func (c *Client) ReadResource(ctx context.Context, uri string) (text, mime string, err error) {
	request := mcp.ReadResourceRequest{}
	request.Params.URI = uri
	result, err := c.Library.ReadResource(ctx, request)
	if err != nil {
		return "", "", fmt.Errorf("read %s: %w", uri, err)
	}
	for _, content := range result.Contents {
		if content, ok := content.(mcp.TextResourceContents); ok {
			return content.Text, content.MIMEType, nil
		}
	}
	return "", "", fmt.Errorf("read %s: it holds no text", uri)
}

// ListPrompts is all prompts, in the server's order.
func (c *Client) ListPrompts(ctx context.Context) ([]mcp.Prompt, error) {
	result, err := c.Library.ListPrompts(ctx, mcp.ListPromptsRequest{})
	if err != nil {
		return nil, fmt.Errorf("prompts/list: %w", err)
	}
	return result.Prompts, nil
}

// GetPrompt is the messages of a prompt, filled in.
func (c *Client) GetPrompt(ctx context.Context, name string, arguments map[string]string) ([]mcp.PromptMessage, error) {
	request := mcp.GetPromptRequest{}
	request.Params.Name = name
	request.Params.Arguments = arguments
	result, err := c.Library.GetPrompt(ctx, request)
	if err != nil {
		return nil, fmt.Errorf("get prompt %s: %w", name, err)
	}
	return result.Messages, nil
}

// Complete is the values of a template's variable that fit what was typed.
func (c *Client) Complete(ctx context.Context, template, variable, typed string) (mcp.Completion, error) {
	request := mcp.CompleteRequest{}
	request.Params.Ref = mcp.ResourceReference{Type: "ref/resource", URI: template}
	request.Params.Argument = mcp.CompleteArgument{Name: variable, Value: typed}
	return c.complete(ctx, template, request)
}

// CompletePrompt is the values of a prompt's argument that fit what was typed, given what else was filled in.
func (c *Client) CompletePrompt(
	ctx context.Context, prompt, argument, typed string, filled map[string]string,
) (mcp.Completion, error) {
	request := mcp.CompleteRequest{}
	request.Params.Ref = mcp.PromptReference{Type: "ref/prompt", Name: prompt}
	request.Params.Argument = mcp.CompleteArgument{Name: argument, Value: typed}
	request.Params.Context.Arguments = filled
	return c.complete(ctx, prompt, request)
}

func (c *Client) complete(ctx context.Context, what string, request mcp.CompleteRequest) (mcp.Completion, error) {
	result, err := c.Library.Complete(ctx, request)
	if err != nil {
		return mcp.Completion{}, fmt.Errorf("complete %s: %w", what, err)
	}
	return result.Completion, nil
}
