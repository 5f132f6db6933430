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

// serve speaks MCP on stdin and stdout, or over HTTP if an address is given, until the input or ctx ends.
func serve(ctx context.Context, i *invocation) error {
	if err := i.checkCount(0, 0, "layer2 serve"); err != nil {
		return err
	}
	if err := i.checkHTTP(); err != nil {
		return err
	}
	signal.Ignore(syscall.SIGPIPE) // a client that closes stderr still wants answers
	if i.http.address != "" {
		return serveHTTP(ctx, i)
	}
	if i.facts == "-" {
		return &usageError{"--facts -: standard input carries the protocol; name a file", "layer2 serve --facts " + defaultFacts}
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
	i.draining.Store(true) // before the log says that it serves
	logger.Info().Str("version", Version).Str("knowledge", f.Version).Str("fingerprint", f.Fingerprint).Msg("serving on stdio")
	in := &inputWatch{Reader: i.In}
	err = server.Serve(ctx, in, i.Out)
	if err == nil && ctx.Err() == nil && !in.received {
		logger.Warn().Msg("standard input ended before any message: a client has to start layer2 serve and keep its input open")
	}
	return err
}

// inputWatch notes whether anything but white space was read.
type inputWatch struct {
	io.Reader
	received bool
}

func (h *inputWatch) Read(p []byte) (int, error) {
	n, err := h.Reader.Read(p)
	h.received = h.received || len(bytes.TrimSpace(p[:n])) > 0
	return n, err
}

// liveFacts returns a workspace that is read again whenever its file changes. The file must be valid at the start.
func (i *invocation) liveFacts(f *framework.Framework) (tools.Workspace, error) {
	if i.facts == "" {
		return tools.Workspace{}, nil
	}
	file := factsfile.NewFile(f, i.facts)
	w, err := file.Read()
	w.Live = file.Read
	return w, countMistakes(i.facts, err)
}

// factsOnce returns a workspace that is read once.
func (i *invocation) factsOnce(f *framework.Framework) (tools.Workspace, error) {
	return i.workspace(f, i.facts)
}

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
	if i.decisions.served != "" {
		if workspace.Decisions, err = record.OpenLive(f, i.decisions.served); err != nil {
			return nil, nil, fmt.Errorf("--decisions: %w", err)
		}
	}
	server, err := mcpserver.New(mcpserver.Config{Framework: f, Workspace: workspace, Version: Version, Logger: logger})
	return server, f, err
}

func version(_ context.Context, i *invocation) error {
	if err := i.checkCount(0, 0, "layer2 version"); err != nil {
		return err
	}
	f, err := i.framework()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(i.Out, "layer2 %s, knowledge %s (%s)\n", Version, f.Version, f.Fingerprint)
	return err
}
