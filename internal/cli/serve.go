package cli

import (
	"context"
	"fmt"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/mcpserver"
	"github.com/vanhoutenbos/layer2/internal/record"
)

// serve speaks MCP on stdin and stdout until stdin ends or the context is cancelled, or over HTTP if an address is given.
func serve(ctx context.Context, i *invocation) error {
	if err := i.want(0, 0, "layer2 serve"); err != nil {
		return err
	}
	if err := i.checkHTTP(); err != nil {
		return err
	}
	if i.http.address != "" {
		return serveHTTP(ctx, i)
	}
	server, f, err := i.server()
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
	logger.Info().Str("version", Version).Str("knowledge", f.Version).Str("fingerprint", f.Fingerprint).Msg("serving on stdio")
	return server.Serve(ctx, i.In, i.Out)
}

// server builds the server that the flags ask for.
func (i *invocation) server() (*mcpserver.Server, *framework.Framework, error) {
	logger, err := i.logger()
	if err != nil {
		return nil, nil, err
	}
	f, err := i.framework()
	if err != nil {
		return nil, nil, err
	}
	workspace, err := i.workspace(f, i.facts)
	if err != nil {
		return nil, nil, err
	}
	if i.decisions.onFile != "" {
		if workspace.Decisions, err = record.OpenArchive(f, i.decisions.onFile); err != nil {
			return nil, nil, fmt.Errorf("--decisions %s: %w", i.decisions.onFile, err)
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
