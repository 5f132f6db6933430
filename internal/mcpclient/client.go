// Package mcpclient is the client's side of the protocol, for `layer2 call` and for the evals: it starts the real server within
// the process and speaks to it in bytes, through pipes and the gate, as a host would, or to one anywhere over HTTP.
//
// It is mcp-go's own client, on its transports over streams and HTTP: that is another reading of the specification than a client
// of ours would be, and it negotiates both eras. Its in-process client is not used, since that calls the server without a byte
// between.
package mcpclient

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/mark3labs/mcp-go/client"
	"github.com/mark3labs/mcp-go/client/transport"
	"github.com/mark3labs/mcp-go/mcp"
)

// Protocols that a client can speak.
const (
	Modern     = mcp.ProtocolVersion20260728 // stateless, found by server/discover
	Legacy     = "2025-11-25"                // with initialize
	LegacyJune = "2025-06-18"
)

// Server is what can be connected to.
type Server interface {
	Serve(ctx context.Context, in io.Reader, out io.Writer) error
}

// Client is a connection. It is safe for concurrent use. Close it.
type Client struct {
	// Hello is what the server said of itself.
	Hello Hello
	mcp   *client.Client
	// ended waits until nothing of the connection is left.
	ended func() error
}

// Hello is a server's introduction, the same in both eras.
type Hello struct {
	Name, Title, Version, Protocol, Instructions string
}

// Result is the answer of a tool. When Failed is set, Text says what the caller did wrong.
type Result struct {
	Structured json.RawMessage
	Text       string
	Failed     bool
}

// Connect serves a client of the given protocol. The connection ends with ctx, or with Close. An error says that the server does
// not speak that protocol, for a connection in another is of no use to anybody here.
func Connect(ctx context.Context, server Server, protocol string, options ...Option) (*Client, error) {
	requests, toServer := io.Pipe()
	replies, fromServer := io.Pipe()
	served := make(chan error, 1)
	go func() {
		err := server.Serve(ctx, requests, fromServer)
		requests.CloseWithError(io.ErrClosedPipe) // nobody waits for a server that has left
		fromServer.CloseWithError(io.EOF)
		served <- err
	}()
	ended := func() error {
		// What is still being answered has no reader any more, and must not keep the server.
		if _, err := io.Copy(io.Discard, replies); err != nil {
			return err
		}
		return <-served
	}
	return connect(ctx, transport.NewIO(replies, toServer, io.NopCloser(strings.NewReader(""))), protocol, ended, options)
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
	return connect(ctx, over, protocol, ended, options)
}

func connect(
	ctx context.Context, over transport.Interface, protocol string, ended func() error, options []Option,
) (*Client, error) {
	c := &Client{mcp: client.NewClient(over, append(options, client.WithProtocolVersion(protocol))...), ended: ended}
	if err := c.hello(ctx, protocol); err != nil {
		return nil, errors.Join(fmt.Errorf("connect: %w", err), c.Close())
	}
	return c, nil
}

func (c *Client) hello(ctx context.Context, protocol string) error {
	if err := c.mcp.Start(ctx); err != nil {
		return err
	}
	request := mcp.InitializeRequest{}
	request.Params.ProtocolVersion = protocol
	request.Params.ClientInfo = mcp.Implementation{Name: "layer2", Version: "call"}
	result, err := c.mcp.Initialize(ctx, request)
	if err != nil {
		return err
	}
	if result.ProtocolVersion != protocol {
		return fmt.Errorf("the server speaks %s, not %s", result.ProtocolVersion, protocol)
	}
	info := result.ServerInfo
	c.Hello = Hello{info.Name, info.Title, info.Version, result.ProtocolVersion, result.Instructions}
	return nil
}

// Close hangs up. A server that was started for this client has ended then, and the error is the one with which it did.
func (c *Client) Close() error {
	hungUp := c.mcp.Close()
	return errors.Join(c.ended(), hungUp)
}

// ListTools is all tools, in the server's order.
func (c *Client) ListTools(ctx context.Context) ([]mcp.Tool, error) {
	result, err := c.mcp.ListTools(ctx, mcp.ListToolsRequest{})
	if err != nil {
		return nil, fmt.Errorf("tools/list: %w", err)
	}
	return result.Tools, nil
}

// CallTool calls a tool with arguments as they are, empty for none. The error is one of the protocol's.
func (c *Client) CallTool(ctx context.Context, name string, arguments json.RawMessage) (Result, error) {
	request := mcp.CallToolRequest{}
	request.Params.Name = name
	request.Params.RawArguments = arguments
	result, err := c.mcp.CallTool(ctx, request)
	if err != nil {
		return Result{}, fmt.Errorf("call %s: %w", name, err)
	}
	var text strings.Builder
	for _, content := range result.Content {
		if content, ok := content.(mcp.TextContent); ok {
			text.WriteString(content.Text)
		}
	}
	return Result{Structured: result.RawStructuredContent, Text: text.String(), Failed: result.IsError}, nil
}

// ListResources is all resources that the server lists, in its order.
func (c *Client) ListResources(ctx context.Context) ([]mcp.Resource, error) {
	result, err := c.mcp.ListResources(ctx, mcp.ListResourcesRequest{})
	if err != nil {
		return nil, fmt.Errorf("resources/list: %w", err)
	}
	return result.Resources, nil
}

// ListTemplates is all resource templates.
func (c *Client) ListTemplates(ctx context.Context) ([]mcp.ResourceTemplate, error) {
	result, err := c.mcp.ListResourceTemplates(ctx, mcp.ListResourceTemplatesRequest{})
	if err != nil {
		return nil, fmt.Errorf("resources/templates/list: %w", err)
	}
	return result.ResourceTemplates, nil
}

// ReadResource is the text of a resource, and its MIME type.
func (c *Client) ReadResource(ctx context.Context, uri string) (text, mime string, err error) {
	request := mcp.ReadResourceRequest{}
	request.Params.URI = uri
	result, err := c.mcp.ReadResource(ctx, request)
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
	result, err := c.mcp.ListPrompts(ctx, mcp.ListPromptsRequest{})
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
	result, err := c.mcp.GetPrompt(ctx, request)
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
	result, err := c.mcp.Complete(ctx, request)
	if err != nil {
		return mcp.Completion{}, fmt.Errorf("complete %s: %w", what, err)
	}
	return result.Completion, nil
}
