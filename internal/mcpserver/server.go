// Package mcpserver shows layer2 over the Model Context Protocol: the tools, the resources, the prompts and their completions,
// on standard input and output or over HTTP, to clients of the stateless protocol (2026-07-28) and of those before it that open
// with initialize. Only here, in mcpclient and in the evals is mcp-go imported.
//
// Read server.go, then tool.go, resource.go and prompt.go for what is shown, and gate.go and http.go for what stands between the
// client and mcp-go; what corrects both of them is in corrected.go.
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

// Who the server says it is.
const (
	name        = "layer2"
	title       = "Layer 2 decisions"
	description = "Says whether a platform capability is worth its complexity now, from a written decision framework."
	website     = "https://github.com/vanhoutenbos/layer2"
)

const (
	// grace is how long a running request may take after the input has ended.
	grace = 5 * time.Second
	// freshness is how long a client may keep what it has read: the knowledge is part of the program.
	freshness = time.Hour
)

// instructions tell a model in which order to use what.
//
//go:embed instructions.md
var instructions string

// Config is what a server is made from.
type Config struct {
	Framework *framework.Framework
	// Workspace is the facts that every call starts from.
	Workspace tools.Workspace
	// Version is the program's.
	Version string
	// Logger must not write to standard output.
	Logger zerolog.Logger
}

// Server is the tools, resources and prompts over one framework, ready to be served.
type Server struct {
	// Library is mcp-go's server. What is added to it before the server is served can be seen by clients too.
	Library *server.MCPServer
	logger  zerolog.Logger
}

// New builds the server. It fails when what should be shown contradicts itself.
func New(c Config) (*Server, error) { return Build(c.Surface()) }

// Surface is what a server made from this shows.
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
	// text is the answer of a tool as lines that a person reads.
	text func(answer any) string
	// Resources are listed, in this order.
	Resources []page.Resource
	// statements can be read, and are not listed.
	statements []page.Resource
	Prompts    []prompt.Prompt
	// records are the decision records; nil if there are none.
	records *record.LiveFolder
	// private says that the knowledge is somebody's own, and not to be cached for others.
	private bool
	version string
	logger  zerolog.Logger
}

// Build makes a server of what it should show. It fails where that contradicts itself.
func Build(s Surface) (*Server, error) {
	catalogue, err := newCatalogue(s.Resources, s.statements)
	if err != nil {
		return nil, fmt.Errorf("mcp server: %w", err)
	}
	catalogue.keep(s.records)
	prompts := promptList(s.Prompts)
	hooks := &server.Hooks{}
	hooks.AddAfterListTools(listed(s.tools))
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
	if s.records != nil { // they are somebody's own, and change while the server runs
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
		library.AddResourceTemplate(recordsOf(), readRecord(s.records))
	}
	library.AddPrompts(prompts.offered(s.logger)...)
	return &Server{Library: library, logger: s.logger}, nil
}

// Serve answers one client, whose lines come from in, until the input ends or ctx does; both are a good end and give nil. What
// is running then is still answered, for a few seconds at most. One Server serves one client at a time.
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
		// The gate alone decides when to stop, so that ctx does not cut off what is running.
		ended <- stdio.Listen(context.WithoutCancel(ctx), gate, gate)
	}()
	select {
	case err := <-ended:
		return gate.verdict(err)
	case <-ctx.Done():
	}
	select {
	case err := <-ended:
		return gate.verdict(err)
	case <-time.After(2 * gate.grace): // the client neither reads nor disconnects
		return nil
	}
}

// verdict is how serving ended: an error of the library's, or of the client that could not be written to.
func (g *gate) verdict(err error) error {
	if cause := context.Cause(g.ctx); cause != nil && !errors.Is(cause, context.Canceled) && !errors.Is(cause, context.DeadlineExceeded) {
		err = cause
	}
	if err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}
