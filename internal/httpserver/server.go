// Package httpserver is what stands between a network and a handler: who may ask from where, how much, for how long and how many
// at once, whether the server is well, and how it stops. It knows nothing of what the handler answers.
//
// Read server.go, then guard.go for what a request must pass, origin.go for who may ask from a browser, and url.go for what a proxy in
// front changes.
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

// Limits if nothing else is said.
const (
	maximumRunning     = 128   // requests
	maximumConnections = 1_024 // open at once, idle ones too
)

// Config is how a handler is served.
type Config struct {
	// Origins are the web origins that may ask from a browser, each as scheme://host or scheme://host:port, or as scheme://* for all
	// of a scheme of programs, such as vscode-webview.
	Origins []string
	// URL is the whole address at which clients reach the handler through a proxy that keeps the Host; empty without one.
	URL string
	// Drain is how long running requests may take once the server is told to stop.
	Drain time.Duration
	// Running is how many requests may run at once; more are told to try again later. Zero is 128.
	Running int
	// Connections is how many may be open at once; more wait to be accepted. Zero is 1,024.
	Connections int
	// Logger is told of every request: method, path, status and duration, never what is in it.
	Logger zerolog.Logger
}

// Server serves a handler at Path, and /healthz and /readyz beside it.
type Server struct {
	http        *http.Server
	connections int
	drain       time.Duration
	logger      zerolog.Logger
	stopping    atomic.Bool
}

// New prepares to serve a handler, which must have read the whole request when it begins to answer: from then on the request holds
// no place. It fails when an origin or the URL is none.
func New(handler http.Handler, c Config) (*Server, error) {
	origins, err := newOrigins(c.Origins)
	if err != nil {
		return nil, err
	}
	proxy, err := newReached(c.URL)
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

// closeIdle closes the connections on which nothing is asked, so that those who only keep one open do not keep others out.
func (s *Server) closeIdle() {
	s.http.SetKeepAlivesEnabled(false) // which closes them
	s.http.SetKeepAlivesEnabled(!s.stopping.Load())
}

// routes leads to the endpoint, with or without a slash behind its path, and to what says how the server is. It redirects nowhere:
// a client would repeat its POST as a GET, or not at all.
func (s *Server) routes(endpoint http.Handler, proxy reached) http.Handler {
	health := http.NewServeMux()
	health.HandleFunc("GET "+healthPath, s.healthy)
	health.HandleFunc("GET "+readyPath, s.ready)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case proxy.at(r.URL.Path):
			endpoint.ServeHTTP(w, r)
		case isHealth(r.URL.Path), r.RequestURI == "*": // the latter is not a path, as in the first line of HTTP/2: refused there
			health.ServeHTTP(w, r)
		default:
			proxy.nothing(w, r)
		}
	})
}

// Where the server says how it is.
const (
	healthPath = "/healthz"
	readyPath  = "/readyz"
)

func isHealth(path string) bool { return path == healthPath || path == readyPath }

// Serve answers until ctx ends. Then it takes no more requests, and returns nil when the running ones are answered, at the latest
// after the drain time. It closes the listener.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	ended := make(chan error, 1)
	go func() { ended <- s.http.Serve(newCapped(listener, s.connections, s.closeIdle)) }()
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

// ready reports whether new requests should be sent here.
func (s *Server) ready(w http.ResponseWriter, _ *http.Request) {
	if s.stopping.Load() {
		http.Error(w, "stopping", http.StatusServiceUnavailable)
		return
	}
	_, _ = io.WriteString(w, "ready\n")
}
