package mcpserver

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rs/zerolog"
)

// gate sits between the pipes and the library's stdio server, which on its own loses replies when the input ends, may answer later
// requests before initialize, answers cancelled requests, and rounds large ids. The library reads from and writes to the gate.
// Each request gets a number of the gate's own on the way in, and its reply gets the client's id back on the way out.
//
// Only whole JSON-RPC messages, one per line, are written to the client.
type gate struct {
	ctx    context.Context // no line is read after it ends
	stop   context.CancelCauseFunc
	lines  <-chan line
	rest   []byte // of the line that the library is reading
	first  int64  // the initialize request, whose reply later lines wait for
	grace  time.Duration
	logger zerolog.Logger

	mu        sync.Mutex
	last      int64
	pending   map[int64]message // requests whose replies the client awaits
	settled   chan struct{}     // signals that a request was answered
	lastAsked int64
	asked     map[int64]chan json.RawMessage // our requests that await the client's reply
	ended     chan struct{}                  // closed when the input has ended
	forms     atomic.Pointer[formSupport]    // nil if the client shows no forms

	writing sync.Mutex
	out     io.Writer
	line    []byte // buffer of the line being written
}

// newGate starts reading. When the input or ctx ends, running requests have the grace period to be answered. The caller closes the
// gate.
func newGate(ctx context.Context, in io.Reader, out io.Writer, grace time.Duration, logger zerolog.Logger) *gate {
	ctx, stop := context.WithCancelCause(ctx)
	return &gate{
		ctx: ctx, stop: stop,
		lines:   lines(ctx, in),
		grace:   grace,
		logger:  logger,
		pending: map[int64]message{},
		settled: make(chan struct{}, 1),
		asked:   map[int64]chan json.RawMessage{},
		ended:   make(chan struct{}),
		out:     out,
	}
}

// maximumPending is how many requests may run before reading pauses. It is below the library's queue size: a call that finds the
// queue full runs on the reading goroutine, and could wait for a reply that is never read.
const maximumPending = 90

func (g *gate) close() { g.stop(nil) }

// Read returns the library's next line, and io.EOF only once every request has been answered.
func (g *gate) Read(p []byte) (int, error) {
	for len(g.rest) == 0 {
		next, err := g.next()
		if err != nil {
			return 0, err
		}
		g.rest = next
	}
	n := copy(p, g.rest)
	g.rest = g.rest[n:]
	return n, nil
}

// next waits for a line and returns what the library should see of it, which may be nothing.
func (g *gate) next() ([]byte, error) {
	g.wait(func() bool { return g.pending[g.first].id == nil && len(g.pending) < maximumPending })
	select {
	case <-g.ctx.Done():
		return nil, g.finish(io.EOF)
	case line, ok := <-g.lines:
		switch {
		case !ok:
			return nil, g.finish(io.EOF)
		case errors.Is(line.err, errLineTooLong):
			return nil, g.send(errorLine(nil, failure{Code: codeInvalidRequest, Message: line.err.Error()}))
		case line.err != nil:
			return nil, g.finish(line.err)
		}
		return g.admit(line.text)
	}
}

// admit answers what the library should not see and passes on the rest.
func (g *gate) admit(text []byte) ([]byte, error) {
	m, failed := parse(text)
	switch {
	case failed != nil && m.id == nil && m.method != "": // a notification is not answered, however wrong
		return nil, nil
	case failed != nil:
		return nil, g.send(errorLine(m.id, *failed))
	case m.method == "":
		g.takeReply(m)
		return nil, nil
	case m.id == nil && m.method == "notifications/cancelled":
		return g.cancel(m), nil
	case m.id == nil:
		return m.notification(), nil
	case m.method == listen:
		return nil, g.send(errorLine(m.id, noListening()))
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.last++
	g.pending[g.last] = m
	if m.method == "initialize" {
		g.first = g.last
		g.forms.Store(formSupportOf(m))
	}
	return m.request(g.last), nil
}

// cancel forgets a request, so that its reply is dropped, and returns the line that tells the library, which may miss it if the
// call has not begun. Initialize cannot be cancelled.
func (g *gate) cancel(m message) []byte {
	id := m.member("requestId")
	if id == nil {
		return nil
	}
	key, _ := idKey(id)
	g.mu.Lock()
	defer g.mu.Unlock()
	for number, asked := range g.pending {
		if asked.key == key && number != g.first {
			delete(g.pending, number)
			m.params = fmt.Appendf(nil, `{"requestId":%d}`, number)
			return m.notification()
		}
	}
	return nil
}

// finish waits for every request to be answered, at most for the grace period, and returns the error that ends the library's
// reading. Requests to the client get no reply any more.
func (g *gate) finish(end error) error {
	select {
	case <-g.ended:
	default:
		close(g.ended)
	}
	g.wait(func() bool { return len(g.pending) == 0 })
	return end
}

// wait returns once done reports true, or after the grace period.
func (g *gate) wait(done func() bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if done() {
		return
	}
	late := time.NewTimer(g.grace)
	defer late.Stop()
	for !done() {
		g.mu.Unlock()
		select {
		case <-g.settled:
			g.mu.Lock()
		case <-late.C:
			g.mu.Lock()
			return
		}
	}
}

// Write takes one message from the library and sends it under the client's id, unless the request was cancelled.
func (g *gate) Write(p []byte) (int, error) {
	r, ok := parseReply(p)
	if !ok {
		return len(p), nil // not a reply; requests to the client do not go through the library
	}
	g.mu.Lock()
	asked, awaited := g.pending[r.number]
	g.mu.Unlock()

	var err error
	switch {
	case !awaited:
	case r.failed:
		err = g.send(errorLine(asked.id, corrected(asked, p, g.logger)))
	default:
		err = g.send(p[:r.start], asked.id, p[r.end:])
	}
	g.settle(r.number)
	return len(p), err
}

// settle marks a request as answered.
func (g *gate) settle(number int64) {
	g.mu.Lock()
	delete(g.pending, number)
	g.mu.Unlock()
	select {
	case g.settled <- struct{}{}:
	default: // a signal is pending already
	}
}

// send writes one line in a single call. If that fails, the client is gone, and reading ends too.
func (g *gate) send(parts ...[]byte) error {
	g.writing.Lock()
	defer g.writing.Unlock()
	g.line = g.line[:0]
	for _, part := range parts {
		g.line = append(g.line, part...)
	}
	_, err := g.out.Write(g.line)
	if err != nil {
		err = fmt.Errorf("write to the client: %w", err)
		g.stop(err)
	}
	return err
}
