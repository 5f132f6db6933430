package cli

import (
	"context"
	"flag"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/vanhoutenbos/layer2/internal/httpserver"
)

// httpFlags are the flags of serve that need --http.
type httpFlags struct {
	address  string
	url      string
	origins  []string
	insecure bool
	drain    time.Duration
}

const httpExample = "layer2 serve --http 127.0.0.1:8080"

func (h *httpFlags) define(flags *flag.FlagSet) {
	flags.StringVar(&h.address, "http", "", "speak MCP over HTTP at /mcp of this `address`, such as 127.0.0.1:8080, instead of on stdin and stdout")
	flags.StringVar(&h.url, "url", "", "with --http: the full `address` that clients use, if a proxy in front passes the Host header on, "+
		"such as https://platform.example.com/layer2/mcp")
	flags.Func("origin", "with --http: an `origin` whose pages may call, such as https://app.example.com or app://obsidian.md; may be given "+
		"several times; vscode-webview://* allows every origin of that scheme", func(origin string) error {
		h.origins = append(h.origins, origin)
		return nil
	})
	flags.BoolVar(&h.insecure, "insecure", false, "with --http: listen where other machines can connect, without authentication")
	flags.DurationVar(&h.drain, "drain", 10*time.Second, "with --http: the `time` that running calls have to finish after the server is told to stop")
}

func (i *invocation) checkHTTP() error {
	var network []string
	asked, unnamed := false, false
	i.flags.Visit(func(f *flag.Flag) {
		unnamed = unnamed || f.Name == "url" && i.http.url == ""
		switch f.Name {
		case "http":
			asked = true
		case "url", "origin", "insecure", "drain":
			network = append(network, "--"+f.Name)
		}
	})
	switch {
	case asked && i.http.address == "":
		return &usageError{"--http needs an address", httpExample}
	case asked && i.facts != "":
		return &usageError{"--facts is for one workspace, and --http serves many: each call brings its own facts", httpExample}
	case asked && i.decisions.served != "":
		return &usageError{"--decisions is for one workspace, and --http serves many", httpExample}
	case asked && i.http.drain <= 0:
		return &usageError{fmt.Sprintf("--drain must be positive, not %v", i.http.drain), httpExample + " --drain 10s"}
	case unnamed:
		return &usageError{"--url needs an address", httpExample + " --url https://platform.example.com/layer2/mcp"}
	case !asked && len(network) > 0:
		return &usageError{strings.Join(network, ", ") + ": only with --http", httpExample}
	}
	return i.http.checkNames()
}

// checkNames refuses a malformed URL or origin.
func (h *httpFlags) checkNames() error {
	if err := httpserver.CheckURL(h.url); err != nil {
		meant := suggest(h.url, httpserver.Path, httpserver.CheckURL, "https://platform.example.com/layer2/mcp")
		return &usageError{"--url: " + err.Error(), httpExample + " --url " + meant}
	}
	for _, origin := range h.origins {
		if err := httpserver.CheckOrigin(origin); err != nil {
			meant := suggest(origin, "", httpserver.CheckOrigin, "https://app.example.com")
			return &usageError{"--origin: " + err.Error(), httpExample + " --origin " + meant}
		}
	}
	return nil
}

// suggest returns the scheme and host of what was typed, followed by path, if that passes the check; else the fallback.
func suggest(typed, path string, check func(string) error, otherwise string) string {
	u, err := url.Parse(typed)
	if err != nil {
		return otherwise
	}
	if meant := u.Scheme + "://" + u.Host + path; check(meant) == nil {
		return meant
	}
	return otherwise
}

// serveHTTP speaks MCP over HTTP until ctx ends and the running calls are answered.
func serveHTTP(ctx context.Context, i *invocation) error {
	server, f, err := i.server(i.factsOnce)
	if err != nil {
		return err
	}
	logger, err := i.logger()
	if err != nil {
		return err
	}
	round, err := httpserver.New(server.Handler(), httpserver.Config{
		Origins: i.http.origins, URL: i.http.url, Drain: i.http.drain, Logger: logger,
	})
	if err != nil {
		return err
	}
	listener, err := httpserver.Listen(i.http.address, i.http.insecure)
	if err != nil {
		return err
	}
	i.draining.Store(true) // before the log says that it serves
	started := logger.Info().Str("version", Version).Str("knowledge", f.Version).Str("fingerprint", f.Fingerprint).
		Str("url", "http://"+listener.Addr().String()+httpserver.Path)
	if i.http.url != "" {
		started = started.Str("reached_at", i.http.url)
	}
	started.Msg("serving over HTTP")
	if err := round.Serve(ctx, listener); err != nil {
		return err
	}
	logger.Info().Msg("stopped")
	return nil
}
