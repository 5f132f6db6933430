// Command fixtureserver is layer2 over HTTP with the fixtures of the conformance suite on it: the same builder, the same endpoint
// and the same guards as `layer2 serve --http`, and besides what layer2 shows, what the suite looks for. It is never shipped.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/httpserver"
	"github.com/vanhoutenbos/layer2/internal/mcpserver"
	"github.com/vanhoutenbos/layer2/knowledge"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := serve(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "fixtureserver:", err)
		stop()
		os.Exit(1)
	}
}

// serve listens on a free port of this machine and logs the address.
func serve(ctx context.Context) error {
	logger := zerolog.New(os.Stderr)
	f, err := framework.Load(knowledge.Files, nil)
	if err != nil {
		return err
	}
	surface := mcpserver.Config{Framework: f, Version: "fixtures", Logger: logger}.Surface()
	surface.Prompts = append(surface.Prompts, prompts()...)
	surface.Resources = append(surface.Resources, resources()...)
	shown, err := mcpserver.Build(surface)
	if err != nil {
		return err
	}
	add(shown.Library)
	round, err := httpserver.New(shown.Handler(), httpserver.Config{Drain: time.Second, Logger: logger})
	if err != nil {
		return err
	}
	listener, err := httpserver.Listen("127.0.0.1:0", false)
	if err != nil {
		return err
	}
	logger.Info().Str("url", "http://"+listener.Addr().String()+httpserver.Path).Msg("serving")
	return round.Serve(ctx, listener)
}

// add puts on the server what layer2 has no type for.
func add(s *server.MCPServer) {
	addContent(s)
	addNews(s)
	addForms(s)
	addRounds(s)
}
