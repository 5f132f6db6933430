// Package mcpclient is the client side of MCP, for `layer2 call`: it starts the real server in this process and speaks to it in bytes,
// through pipes and the gate, as a host would. What only the evals need is in evals/client.
//
// It is mcp-go's own client over its stream transport: a reading of the specification that is independent of ours, and one that
// negotiates every version. mcp-go's in-process client would call the server's functions without sending a byte.
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

// Modern is the stateless protocol, which begins with server/discover.
const Modern = mcp.ProtocolVersion20260728

// Server serves one client, until in or ctx ends.
type Server interface {
	Serve(ctx context.Context, in io.Reader, out io.Writer) error
}

// Client is a connection to a server. It is safe for concurrent use. The caller closes it.
type Client struct {
	// Hello is the server's introduction.
	Hello Hello
	// Library is mcp-go's client, for whatever has no method here.
	Library *client.Client
	// ended waits for the server to end.
	ended func() error
}

// Hello has the same fields for every version of the protocol.
type Hello struct {
	Name, Title, Version, Protocol, Instructions string
}

// Result is the answer of a tool. If Failed, Text says what the caller did wrong.
type Result struct {
	Structured json.RawMessage
	Text       string
	Failed     bool
}

// Connect starts the server and a client of the given protocol version, joined by pipes. The connection ends with ctx, or with
// Close. It is an error if the server negotiates another version.
func Connect(ctx context.Context, server Server, protocol string, options ...client.ClientOption) (*Client, error) {
	requests, toServer := io.Pipe()
	replies, fromServer := io.Pipe()
	served := make(chan error, 1)
	go func() {
		err := server.Serve(ctx, requests, fromServer)
		requests.CloseWithError(io.ErrClosedPipe) // nothing reads the requests any more
		fromServer.CloseWithError(io.EOF)
		served <- err
	}()
	ended := func() error {
		// Drain the replies that nobody reads, or the server could not end.
		if _, err := io.Copy(io.Discard, replies); err != nil {
			return err
		}
		return <-served
	}
	return Over(ctx, transport.NewIO(replies, toServer, io.NopCloser(strings.NewReader(""))), protocol, ended, options...)
}

// Over connects through a transport. Close calls ended after the transport is closed.
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

// Close ends the connection and waits for a server that [Connect] started, whose error it returns.
func (c *Client) Close() error {
	hungUp := c.Library.Close()
	return errors.Join(c.ended(), hungUp)
}

func (c *Client) ListTools(ctx context.Context) ([]mcp.Tool, error) {
	result, err := c.Library.ListTools(ctx, mcp.ListToolsRequest{})
	if err != nil {
		return nil, fmt.Errorf("tools/list: %w", err)
	}
	return result.Tools, nil
}

// CallTool calls a tool. Arguments are sent as they are; empty means none. The error is the protocol's or the transport's; for a
// mistake of the caller see [Result].
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
