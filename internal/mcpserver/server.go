// Package mcpserver serves layer2 over the Model Context Protocol: tools, resources, prompts and completions, on stdio or HTTP, to
// clients of the stateless protocol (2026-07-28) and to older ones, which open with initialize. Besides it only mcpclient and the evals
// import mcp-go.
//
// Read server.go first, then tool.go, resource.go and prompt.go for what is served. gate.go and http.go sit between the client and
// mcp-go; the corrections that they share are in corrected.go.
package mcpserver

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"log"
	"strings"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/page"
	"github.com/vanhoutenbos/layer2/internal/prompt"
	"github.com/vanhoutenbos/layer2/internal/record"
	"github.com/vanhoutenbos/layer2/internal/text"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// The server's introduction.
const (
	name        = "layer2"
	title       = "Layer 2 decisions"
	description = "Says whether a platform capability is worth its complexity now, from a written decision framework."
	website     = "https://github.com/vanhoutenbos/layer2"
)

const (
	// grace is how long a running request may take after the input has ended.
	grace = 5 * time.Second
	// freshness is how long a client may cache what it has read. The knowledge is compiled in, so it cannot change under a client.
	freshness = time.Hour
)

// instructions tell a model in which order to use what.
//
//go:embed instructions.md
var instructions string

type Config struct {
	Framework *framework.Framework
	// Workspace has the facts that every call starts from.
	Workspace tools.Workspace
	Version   string
	// Logger must not write to standard output.
	Logger zerolog.Logger
}

// Server is ready to be served, on stdio or over HTTP.
type Server struct {
	// Library is mcp-go's server. Whatever is added to it before serving is visible to clients too.
	Library *server.MCPServer
	logger  zerolog.Logger
}

// New builds the server. It fails if the surface contradicts itself.
func New(c Config) (*Server, error) { return Build(c.Surface()) }

func (c Config) Surface() Surface {
	all := tools.All(c.Framework, c.Workspace)
	return Surface{
		tools:      all,
		text:       text.Answer,
		Resources:  page.Resources(c.Framework),
		statements: page.Statements(c.Framework),
		Prompts:    prompt.All(c.Framework, c.Workspace),
		records:    c.Workspace.Decisions,
		private:    c.Framework.Own,
		version:    c.Version,
		logger:     c.Logger,
	}
}

// Surface is everything that a client can see.
type Surface struct {
	tools []tools.Tool
	// text renders a tool's answer for a person.
	text func(answer any) string
	// Resources are listed, in this order.
	Resources []page.Resource
	// statements can be read but are not listed.
	statements []page.Resource
	Prompts    []prompt.Prompt
	// records are the decision records; nil if there are none.
	records *record.LiveFolder
	// private says that the knowledge is the user's own and must not be cached for others.
	private bool
	version string
	logger  zerolog.Logger
}

// Build makes a server that shows the surface. It fails if two resources have the same name or address.
func Build(s Surface) (*Server, error) {
	catalogue, err := newCatalogue(s.Resources, s.statements)
	if err != nil {
		return nil, fmt.Errorf("mcp server: %w", err)
	}
	catalogue.addRecords(s.records)
	prompts := promptList(s.Prompts)
	hooks := &server.Hooks{}
	hooks.AddAfterListTools(restoreTools(s.tools))
	hooks.AddAfterListResources(catalogue.list)
	hooks.AddAfterListPrompts(prompts.list)
	hooks.AddAfterListResourceTemplates(catalogue.listTemplates)
	hooks.AddOnError(func(_ context.Context, _ any, method mcp.MCPMethod, _ any, err error) {
		s.logger.Debug().Str("method", words.Cut(string(method), maximumEcho)).Str("error", words.CutLines(err.Error(), maximumError)).Msg("request failed")
	})
	scope, fresh := mcp.CacheScopePublic, freshness
	if s.private {
		scope = mcp.CacheScopePrivate
	}
	if s.records != nil { // they are private, and change while the server runs
		scope, fresh = mcp.CacheScopePrivate, 0
	}
	library := server.NewMCPServer(name, s.version,
		server.WithTitle(title),
		server.WithDescription(description),
		server.WithWebsiteURL(website),
		server.WithInstructions(strings.TrimSpace(instructions)),
		server.WithToolCapabilities(false),
		server.WithResourceCapabilities(false, false),
		server.WithPromptCapabilities(false),
		server.WithCompletions(),
		server.WithResourceCompletionProvider(catalogue),
		server.WithPromptCompletionProvider(prompts),
		server.WithCacheHints(fresh.Milliseconds(), scope),
		server.WithHooks(hooks),
	)
	for _, tool := range s.tools {
		library.AddTool(declare(tool), handler(tool, s.text, s.logger))
	}
	library.AddResources(catalogue.resources...)
	if s.records != nil {
		library.AddResourceTemplate(recordsTemplate(), readRecord(s.records))
	}
	library.AddPrompts(prompts.serverPrompts(s.logger)...)
	return &Server{Library: library, logger: s.logger}, nil
}

// Serve answers one client until its input or ctx ends; either returns nil. Requests that are still running have a few seconds to
// be answered. A Server serves one client at a time.
func (s *Server) Serve(ctx context.Context, in io.Reader, out io.Writer) error {
	return s.serve(ctx, newGate(ctx, in, out, grace, s.logger))
}

func (s *Server) serve(ctx context.Context, gate *gate) error {
	defer gate.close()
	stdio := server.NewStdioServer(s.Library)
	stdio.SetErrorLogger(log.New(s.logger, "", 0))
	stdio.SetContextFunc(func(ctx context.Context) context.Context { return context.WithValue(ctx, gateKey{}, gate) })
	ended := make(chan error, 1)
	go func() {
		// Only the gate decides when to stop, so that ctx does not cut off running requests.
		ended <- stdio.Listen(context.WithoutCancel(ctx), gate, gate)
	}()
	select {
	case err := <-ended:
		return gate.serveError(err)
	case <-ctx.Done():
	}
	select {
	case err := <-ended:
		return gate.serveError(err)
	case <-time.After(2 * gate.grace): // the client neither reads nor disconnects
		return nil
	}
}

// serveError returns the error that ended serving: the library's, or the failed write to the client.
func (g *gate) serveError(err error) error {
	if cause := context.Cause(g.ctx); cause != nil && !errors.Is(cause, context.Canceled) && !errors.Is(cause, context.DeadlineExceeded) {
		err = cause
	}
	if err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}
