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

// gate stands between the pipes and the library's stdio server, which by itself loses replies when the input ends, may answer
// later requests before initialize, answers what was cancelled and bends large ids. To the library it is the input and the
// output. Every request passes in under a number of the gate's own, and its reply leaves under the client's id.
//
// Nothing but whole JSON-RPC messages, one a line, leaves it.
type gate struct {
	ctx    context.Context // when it ends, no further line is read
	stop   context.CancelCauseFunc
	lines  <-chan line
	rest   []byte // of the line that the library is reading
	first  int64  // the initialize request, whose reply later lines wait for
	grace  time.Duration
	logger zerolog.Logger

	mu        sync.Mutex
	last      int64
	pending   map[int64]message // the requests that the client waits for
	settled   chan struct{}     // a request was answered
	lastAsked int64
	asked     map[int64]chan json.RawMessage // the requests that wait for the client
	ended     chan struct{}                  // closed when the client says no more
	person    atomic.Pointer[person]         // to whom the client can put forms

	writing sync.Mutex
	out     io.Writer
	line    []byte // that is being written
}

// newGate reads until the input or ctx ends, then gives running requests the grace to be answered. Close it.
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

// maximumPending is how many requests may be running before the next line is read. It is less than the library's queue holds:
// a call that finds the queue full would run while nothing is read, and could wait for a reply that is never heard.
const maximumPending = 90

// close lets go of the input.
func (g *gate) close() { g.stop(nil) }

// Read gives the library its next line, and io.EOF only when every request was answered.
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

// next waits for a line and is what of it concerns the library, which may be nothing.
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
		g.hear(m)
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
		g.person.Store(personOf(m))
	}
	return m.request(g.last), nil
}

// cancel forgets a request, so that its reply is dropped, and is the line that tells the library. The library may overlook it
// when the call has not begun. Only initialize cannot be cancelled.
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

// finish waits until every request is answered, or until the grace is over, and is the error that ends the library's reading.
// Requests to the client will have no reply.
func (g *gate) finish(end error) error {
	select {
	case <-g.ended:
	default:
		close(g.ended)
	}
	g.wait(func() bool { return len(g.pending) == 0 })
	return end
}

// wait returns when done holds, at the latest after the grace.
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

// Write takes one message of the library's and sends it on under the client's id, unless the request was cancelled.
func (g *gate) Write(p []byte) (int, error) {
	r, ok := parseReply(p)
	if !ok {
		return len(p), nil // no reply: what this server asks of the client does not go through the library
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

// settle notes that a request needs no further answer.
func (g *gate) settle(number int64) {
	g.mu.Lock()
	delete(g.pending, number)
	g.mu.Unlock()
	select {
	case g.settled <- struct{}{}:
	default: // the one who waits has not looked since the last time
	}
}

// send writes one whole line, at once. When it fails, the client is gone and reading ends too.
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
