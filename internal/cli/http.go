package cli

import (
	"context"
	"flag"
	"fmt"
	"strings"
	"time"

	"github.com/vanhoutenbos/layer2/internal/httpserver"
)

// httpFlags are how serve listens on a network.
type httpFlags struct {
	address  string
	origins  []string
	insecure bool
	drain    time.Duration
}

// example is a call that works.
const example = "layer2 serve --http 127.0.0.1:8080"

func (h *httpFlags) define(flags *flag.FlagSet) {
	flags.StringVar(&h.address, "http", "", "speak MCP over HTTP at /mcp of this `address`, as 127.0.0.1:8080, instead of on stdin and stdout")
	flags.Func("origin", "with --http: a web `origin` whose pages may ask, as https://app.example.com; may stand several times", func(origin string) error {
		h.origins = append(h.origins, origin)
		return nil
	})
	flags.BoolVar(&h.insecure, "insecure", false, "with --http: listen where other machines can ask, though nobody has to say who they are")
	flags.DurationVar(&h.drain, "drain", 10*time.Second, "with --http: the `time` that running calls have to end once the server is told to stop")
}

// checkHTTP refuses flags that contradict one another.
func (i *invocation) checkHTTP() error {
	var network []string
	asked := false
	i.flags.Visit(func(f *flag.Flag) {
		switch f.Name {
		case "http":
			asked = true
		case "origin", "insecure", "drain":
			network = append(network, "--"+f.Name)
		}
	})
	switch {
	case asked && i.http.address == "":
		return &usageError{"--http needs an address", example}
	case asked && i.facts != "":
		return &usageError{"--facts is one workspace's, and --http serves many: each call gives its own facts", example}
	case asked && i.decisions.onFile != "":
		return &usageError{"--decisions is one workspace's, and --http serves many", example}
	case asked && i.http.drain <= 0:
		return &usageError{fmt.Sprintf("--drain must be more than nothing, not %v", i.http.drain), example + " --drain 10s"}
	case !asked && len(network) > 0:
		return &usageError{strings.Join(network, ", ") + ": only with --http", example}
	}
	return nil
}

// serveHTTP speaks MCP over HTTP until the context is cancelled and the running calls are answered.
func serveHTTP(ctx context.Context, i *invocation) error {
	server, f, err := i.server(i.factsOnce)
	if err != nil {
		return err
	}
	logger, err := i.logger()
	if err != nil {
		return err
	}
	round, err := httpserver.New(server.Handler(), httpserver.Config{Origins: i.http.origins, Drain: i.http.drain, Logger: logger})
	if err != nil {
		return fmt.Errorf("--origin: %w", err)
	}
	listener, err := httpserver.Listen(i.http.address, i.http.insecure)
	if err != nil {
		return err
	}
	logger.Info().Str("version", Version).Str("knowledge", f.Version).Str("fingerprint", f.Fingerprint).
		Str("url", "http://"+listener.Addr().String()+httpserver.Path).Msg("serving over HTTP")
	i.draining.Store(true)
	if err := round.Serve(ctx, listener); err != nil {
		return err
	}
	logger.Info().Msg("stopped")
	return nil
}
