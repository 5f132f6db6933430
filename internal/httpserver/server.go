// Package httpserver is what stands between a network and a handler: who may ask from where, how much, for how long and how many
// at once, whether the server is well, and how it stops. It knows nothing of what the handler answers.
//
// Read server.go, then guard.go for what a request must pass and origin.go for who may ask from a browser.
package httpserver

import (
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

// Path is where the handler is.
const Path = "/mcp"

// How long a client may take. A call takes milliseconds; the rest is the network.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 15 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = 2 * time.Minute
)

// maximumHeader is the size of all headers of a request, in bytes.
const maximumHeader = 64 << 10

// maximumRunning is how many requests run at once if nothing else is said.
const maximumRunning = 128

// Config is how a handler is served.
type Config struct {
	// Origins are the web origins that may ask from a browser, each as scheme://host or scheme://host:port.
	Origins []string
	// Drain is how long running requests may take once the server is told to stop.
	Drain time.Duration
	// Running is how many requests may run at once; more are told to come again. Zero is 128.
	Running int
	// Logger is told of every request: method, path, status and duration, never what is in it.
	Logger zerolog.Logger
}

// Server serves a handler at Path, and /healthz and /readyz beside it.
type Server struct {
	http     *http.Server
	drain    time.Duration
	logger   zerolog.Logger
	stopping atomic.Bool
}

// New prepares to serve a handler. It fails when an origin is none.
func New(handler http.Handler, c Config) (*Server, error) {
	origins, err := newOrigins(c.Origins)
	if err != nil {
		return nil, err
	}
	if c.Running == 0 {
		c.Running = maximumRunning
	}
	s := &Server{drain: c.Drain, logger: c.Logger}
	routes := http.NewServeMux()
	routes.Handle(Path, local(origins.guard(onlyPost(bounded(handler, c.Running)))))
	routes.HandleFunc("GET /healthz", s.healthy)
	routes.HandleFunc("GET /readyz", s.ready)
	s.http = &http.Server{
		Handler:           logged(routes, c.Logger),
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maximumHeader,
		ErrorLog:          log.New(c.Logger, "", 0),
	}
	return s, nil
}

// Serve answers until ctx ends. Then it takes no more requests, and returns nil when the running ones are answered, at the latest
// after the drain time. It closes the listener.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	ended := make(chan error, 1)
	go func() { ended <- s.http.Serve(listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve HTTP: %w", err)
	case <-ctx.Done():
	}
	s.stopping.Store(true)
	// Shutdown, not Serve, says when the running requests are answered: Serve returns at once.
	drain, done := context.WithTimeout(context.WithoutCancel(ctx), s.drain)
	defer done()
	if err := s.http.Shutdown(drain); err != nil {
		s.logger.Warn().Dur("drain", s.drain).Msg("not every connection had ended by then; they are cut off")
		_ = s.http.Close() // nobody is left to be told
	}
	return nil
}

// healthy says that the process lives.
func (s *Server) healthy(w http.ResponseWriter, _ *http.Request) {
	_, _ = io.WriteString(w, "ok\n")
}

// ready says whether new requests should be sent here.
func (s *Server) ready(w http.ResponseWriter, _ *http.Request) {
	if s.stopping.Load() {
		http.Error(w, "stopping", http.StatusServiceUnavailable)
		return
	}
	_, _ = io.WriteString(w, "ready\n")
}
