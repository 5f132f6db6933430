package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os/signal"
	"syscall"

	"github.com/vanhoutenbos/layer2/internal/factsfile"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/mcpserver"
	"github.com/vanhoutenbos/layer2/internal/record"
	"github.com/vanhoutenbos/layer2/tools"
)

// serve speaks MCP on stdin and stdout until stdin ends or the context is cancelled, or over HTTP if an address is given.
func serve(ctx context.Context, i *invocation) error {
	if err := i.want(0, 0, "layer2 serve"); err != nil {
		return err
	}
	if err := i.checkHTTP(); err != nil {
		return err
	}
	signal.Ignore(syscall.SIGPIPE) // a client that closes standard error wants no log, but answers
	if i.http.address != "" {
		return serveHTTP(ctx, i)
	}
	if i.facts == "-" {
		return &usageError{"--facts -: standard input is the client's, and the facts are read again when they change: name a file", "layer2 serve --facts " + defaultFacts}
	}
	server, f, err := i.server(i.liveFacts)
	if err != nil {
		return err
	}
	if terminal(i.In) {
		fmt.Fprint(i.Err, "layer2 speaks MCP on stdin and waits for a client. To ask it yourself, type Ctrl-D and then:\n",
			"  layer2 call evaluate_trigger '{\"capability\":\"service-mesh\",\"facts\":{\"services\":2}}'\n")
	}
	logger, err := i.logger()
	if err != nil {
		return err
	}
	i.draining.Store(true) // before anybody is told that it serves
	logger.Info().Str("version", Version).Str("knowledge", f.Version).Str("fingerprint", f.Fingerprint).Msg("serving on stdio")
	in := &attentive{Reader: i.In}
	err = server.Serve(ctx, in, i.Out)
	if err == nil && ctx.Err() == nil && !in.anything {
		logger.Warn().Msg("standard input ended before any message: a client has to start layer2 serve and keep its input open")
	}
	return err
}

// attentive notes whether anything but blank space was read.
type attentive struct {
	io.Reader
	anything bool
}

func (h *attentive) Read(p []byte) (int, error) {
	n, err := h.Reader.Read(p)
	h.anything = h.anything || len(bytes.TrimSpace(p[:n])) > 0
	return n, err
}

// liveFacts is a workspace that is read again when its file has changed. It has to be right at the start too.
func (i *invocation) liveFacts(f *framework.Framework) (tools.Workspace, error) {
	if i.facts == "" {
		return tools.Workspace{}, nil
	}
	file := factsfile.NewFile(f, i.facts)
	w, err := file.Read()
	w.Live = file.Read
	return w, mistaken(i.facts, err)
}

// factsOnce is a workspace that is read once.
func (i *invocation) factsOnce(f *framework.Framework) (tools.Workspace, error) {
	return i.workspace(f, i.facts)
}

// server builds the server that the flags ask for.
func (i *invocation) server(facts func(*framework.Framework) (tools.Workspace, error)) (*mcpserver.Server, *framework.Framework, error) {
	logger, err := i.logger()
	if err != nil {
		return nil, nil, err
	}
	f, err := i.framework()
	if err != nil {
		return nil, nil, err
	}
	workspace, err := facts(f)
	if err != nil {
		return nil, nil, err
	}
	if i.decisions.onFile != "" {
		if workspace.Decisions, err = record.OpenLive(f, i.decisions.onFile); err != nil {
			return nil, nil, fmt.Errorf("--decisions: %w", err)
		}
	}
	server, err := mcpserver.New(mcpserver.Config{Framework: f, Workspace: workspace, Version: Version, Logger: logger})
	return server, f, err
}

// version prints the versions of the program and of the knowledge.
func version(_ context.Context, i *invocation) error {
	if err := i.want(0, 0, "layer2 version"); err != nil {
		return err
	}
	f, err := i.framework()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(i.Out, "layer2 %s, knowledge %s (%s)\n", Version, f.Version, f.Fingerprint)
	return err
}
