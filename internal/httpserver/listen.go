package httpserver

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// Listen takes an address, as host:port. Unless insecure is set, it must be one that only programs on this machine can reach.
func Listen(address string, insecure bool) (net.Listener, error) {
	if address == "" {
		return nil, errors.New("listen: an address is missing, such as 127.0.0.1:8080")
	}
	resolved, err := net.ResolveTCPAddr("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen on %q: %w", address, err)
	}
	if !insecure && !resolved.IP.IsLoopback() {
		return nil, fmt.Errorf("others can reach %q, and layer2 has no authentication; "+
			"listen on 127.0.0.1:%d, or say --insecure if something in front of it keeps strangers out", address, resolved.Port)
	}
	listener, err := net.ListenTCP("tcp", resolved)
	if err != nil {
		return nil, fmt.Errorf("listen on %q: %w", address, err)
	}
	return listener, nil
}

// local refuses a name that is neither this machine's own nor the one that clients reach the server by, where only this machine can
// ask: a web site may have its name point here, and its pages then count as ours in a browser.
func (p reached) local(next http.Handler) http.Handler {
	refusal := "the Host must be localhost or a loopback address here; if a proxy in front keeps the Host that clients use, " +
		"say how they reach the server: --url https://HOST/mcp"
	if p.url != "" {
		refusal = "the Host must be localhost, a loopback address, or that of --url, " + p.hosts[0]
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		at, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
		if at != nil && loopback(at.String()) && !loopback(r.Host) && !p.host(r.Host) {
			http.Error(w, refusal, http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// loopback reports whether a host, with or without a port, is this machine.
func loopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	if strings.EqualFold(host, "localhost") {
		return true
	}
	address, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && address.Unmap().IsLoopback()
}

// roomEvery is how often a listener with no room asks for some.
const roomEvery = 250 * time.Millisecond

// capped is a listener that has so many connections open at most. Further ones wait in the system's queue until one ends.
type capped struct {
	net.Listener
	open   chan struct{}
	closed chan struct{}
	close  func() error
	full   func() // makes room, if it can, while no further one can be opened
}

func newCapped(listener net.Listener, most int, full func()) *capped {
	c := &capped{Listener: listener, full: full, open: make(chan struct{}, most), closed: make(chan struct{})}
	c.close = sync.OnceValue(func() error {
		close(c.closed)
		return listener.Close()
	})
	return c
}

// Accept is net.Listener's.
func (c *capped) Accept() (net.Conn, error) {
	for placed := false; !placed; {
		select {
		case c.open <- struct{}{}:
			placed = true
			continue
		default:
			c.full()
		}
		select {
		case c.open <- struct{}{}:
			placed = true
		case <-c.closed:
			return nil, net.ErrClosed
		case <-time.After(roomEvery):
		}
	}
	connection, err := c.Listener.Accept()
	if err != nil {
		<-c.open
		return nil, err
	}
	return &counted{connection, sync.OnceFunc(func() { <-c.open })}, nil
}

// Close is net.Listener's. It also ends an Accept that waits for a connection to end.
func (c *capped) Close() error { return c.close() }

// counted is a connection that counts until it is closed.
type counted struct {
	net.Conn
	ended func()
}

// Close is net.Conn's.
func (c *counted) Close() error {
	defer c.ended()
	return c.Conn.Close()
}
