// Package mcpclient is the client's side of the protocol, for `layer2 call`: it starts the real server within the process and
// speaks to it in bytes, through pipes and the gate, as a host would. What only the evals ask of a server is in evals/client.
//
// It is mcp-go's own client, on its transport over streams: that is another reading of the specification than a client
// of ours would be, and it negotiates both eras. Its in-process client is not used, since that calls the server without a byte
// between.
package mcpclient

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/mark3labs/mcp-go/client"
	"github.com/mark3labs/mcp-go/client/transport"
	"github.com/mark3labs/mcp-go/mcp"
)

// Modern is the protocol without sessions, found by server/discover.
const Modern = mcp.ProtocolVersion20260728

// Server is what can be connected to.
type Server interface {
	Serve(ctx context.Context, in io.Reader, out io.Writer) error
}

// Client is a connection. It is safe for concurrent use. Close it.
type Client struct {
	// Hello is what the server said of itself.
	Hello Hello
	// Library is mcp-go's client, for what has no method here.
	Library *client.Client
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
func Connect(ctx context.Context, server Server, protocol string, options ...client.ClientOption) (*Client, error) {
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
	return Over(ctx, transport.NewIO(replies, toServer, io.NopCloser(strings.NewReader(""))), protocol, ended, options...)
}

// Over connects by a transport. Close calls ended once the transport is closed.
func Over(
	ctx context.Context, over transport.Interface, protocol string, ended func() error, options ...client.ClientOption,
) (*Client, error) {
	c := &Client{Library: client.NewClient(over, append(options, client.WithProtocolVersion(protocol))...), ended: ended}
	if err := c.hello(ctx, protocol); err != nil {
		return nil, errors.Join(fmt.Errorf("connect: %w", err), c.Close())
	}
	return c, nil
}

func (c *Client) hello(ctx context.Context, protocol string) error {
	if err := c.Library.Start(ctx); err != nil {
		return err
	}
	request := mcp.InitializeRequest{}
	request.Params.ProtocolVersion = protocol
	request.Params.ClientInfo = mcp.Implementation{Name: "layer2", Version: "call"}
	result, err := c.Library.Initialize(ctx, request)
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
	hungUp := c.Library.Close()
	return errors.Join(c.ended(), hungUp)
}

// ListTools is all tools, in the server's order.
func (c *Client) ListTools(ctx context.Context) ([]mcp.Tool, error) {
	result, err := c.Library.ListTools(ctx, mcp.ListToolsRequest{})
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
	result, err := c.Library.CallTool(ctx, request)
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
