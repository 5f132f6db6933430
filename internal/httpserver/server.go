// Package httpserver sits between a network and a handler: it limits who may call from where, how large, how long and how many requests
// may be, answers health checks, and stops gracefully. It knows nothing of what the handler answers.
//
// Read server.go, then guard.go for the limits on requests, origin.go for browsers, and url.go for proxies.
package httpserver

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/rs/zerolog"
)

const Path = "/mcp"

// How long a client may take. A call takes milliseconds; the rest is the network's.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 15 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = 2 * time.Minute
)

// maximumHeader is the most bytes in the headers of a request.
const maximumHeader = 64 << 10

// Default limits.
const (
	maximumRunning     = 128   // requests
	maximumConnections = 1_024 // open at once, idle ones too
)

type Config struct {
	// Origins are the web origins that may call from a browser: scheme://host, scheme://host:port, or scheme://* for every origin
	// of a program's scheme, such as vscode-webview.
	Origins []string
	// URL is the full address that clients use, if a proxy passes the Host header on; else empty.
	URL string
	// Drain is how long running requests may take after the server is told to stop.
	Drain time.Duration
	// Running is how many requests may run at once; others are told to try again later. Zero means 128.
	Running int
	// Connections is how many may be open at once; others wait to be accepted. Zero means 1,024.
	Connections int
	// Logger gets a line for every request: method, path, status and duration, never its content.
	Logger zerolog.Logger
}

// Server serves a handler at Path, next to /healthz and /readyz.
type Server struct {
	http        *http.Server
	connections int
	drain       time.Duration
	logger      zerolog.Logger
	stopping    atomic.Bool
}

// New prepares to serve a handler, which must have read the whole request before it begins to answer: from then on the request
// does not count as running. It is an error if an origin or the URL is malformed.
func New(handler http.Handler, c Config) (*Server, error) {
	origins, err := newOrigins(c.Origins)
	if err != nil {
		return nil, err
	}
	proxy, err := newPublicAddress(c.URL)
	if err != nil {
		return nil, err
	}
	s := &Server{connections: cmp.Or(c.Connections, maximumConnections), drain: c.Drain, logger: c.Logger}
	endpoint := proxy.local(origins.guard(onlyPost(bounded(handler, cmp.Or(c.Running, maximumRunning)))))
	s.http = &http.Server{
		Handler:           logged(s.routes(endpoint, proxy), proxy.at, c.Logger),
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maximumHeader,
		ErrorLog:          log.New(c.Logger, "", 0),
	}
	return s, nil
}

// closeIdle closes idle connections, so that they do not keep others out.
func (s *Server) closeIdle() {
	s.http.SetKeepAlivesEnabled(false) // which closes them
	s.http.SetKeepAlivesEnabled(!s.stopping.Load())
}

// routes leads to the endpoint, with or without a trailing slash, and to the health checks. It never redirects: a client would
// repeat its POST as a GET, or not at all.
func (s *Server) routes(endpoint http.Handler, proxy publicAddress) http.Handler {
	health := http.NewServeMux()
	health.HandleFunc("GET "+healthPath, s.healthy)
	health.HandleFunc("GET "+readyPath, s.ready)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case proxy.at(r.URL.Path):
			endpoint.ServeHTTP(w, r)
		case isHealth(r.URL.Path), r.RequestURI == "*": // "*" is not a path, as in the preface of HTTP/2: the mux refuses it
			health.ServeHTTP(w, r)
		default:
			proxy.notFound(w, r)
		}
	})
}

// The health checks.
const (
	healthPath = "/healthz"
	readyPath  = "/readyz"
)

func isHealth(path string) bool { return path == healthPath || path == readyPath }

// Serve answers until ctx ends. Then it takes no more requests, and returns nil once the running ones are answered or the drain
// time is over. It closes the listener.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	ended := make(chan error, 1)
	go func() { ended <- s.http.Serve(newCapped(listener, s.connections, s.closeIdle)) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve HTTP: %w", err)
	case <-ctx.Done():
	}
	s.stopping.Store(true)
	// Shutdown returns once the running requests are answered; http.Server.Serve returns at once.
	drain, done := context.WithTimeout(context.WithoutCancel(ctx), s.drain)
	defer done()
	if err := s.http.Shutdown(drain); err != nil {
		s.logger.Warn().Dur("drain", s.drain).Msg("closing the connections that did not end in time")
		_ = s.http.Close() // it is the end either way
	}
	return nil
}

func (s *Server) healthy(w http.ResponseWriter, _ *http.Request) {
	_, _ = io.WriteString(w, "ok\n")
}

func (s *Server) ready(w http.ResponseWriter, _ *http.Request) {
	if s.stopping.Load() {
		http.Error(w, "stopping", http.StatusServiceUnavailable)
		return
	}
	_, _ = io.WriteString(w, "ready\n")
}
