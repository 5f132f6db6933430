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

	"github.com/vanhoutenbos/layer2/internal/words"
)

// Listen listens on host:port. Unless insecure, the host must be a loopback address.
func Listen(address string, insecure bool) (net.Listener, error) {
	if address == "" {
		return nil, errors.New("listen: the address is missing; it is host:port, such as 127.0.0.1:8080")
	}
	resolved, err := net.ResolveTCPAddr("tcp", address)
	if err != nil { // the error repeats the address
		return nil, fmt.Errorf("listen on %q: %s", address, words.Escape(err.Error()))
	}
	if !insecure && !resolved.IP.IsLoopback() {
		return nil, fmt.Errorf("others can reach %q, and layer2 has no authentication; "+
			"listen on 127.0.0.1:%d, or use --insecure if something in front of it keeps strangers out", address, resolved.Port)
	}
	listener, err := net.ListenTCP("tcp", resolved)
	if err != nil {
		return nil, fmt.Errorf("listen on %q: %w", address, err)
	}
	return listener, nil
}

// local protects a loopback server against DNS rebinding: a web site may point its own name here, and its pages then share our
// origin in a browser. It refuses a Host that is neither this machine's nor the one that clients use.
func (p publicAddress) local(next http.Handler) http.Handler {
	refusal := "the Host must be localhost or a loopback address; if a proxy in front passes on the Host that clients use, " +
		"name the address that they use: --url https://HOST/mcp"
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

// roomEvery is how often a full listener tries to make room.
const roomEvery = 250 * time.Millisecond

// capped limits the open connections of a listener. Further ones wait in the system's queue.
type capped struct {
	net.Listener
	open   chan struct{}
	closed chan struct{}
	close  func() error
	full   func() // tries to make room
}

func newCapped(listener net.Listener, most int, full func()) *capped {
	c := &capped{Listener: listener, full: full, open: make(chan struct{}, most), closed: make(chan struct{})}
	c.close = sync.OnceValue(func() error {
		close(c.closed)
		return listener.Close()
	})
	return c
}

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

// Close also ends a waiting Accept.
func (c *capped) Close() error { return c.close() }

// counted is a connection that counts towards the limit until it is closed.
type counted struct {
	net.Conn
	ended func()
}

func (c *counted) Close() error {
	defer c.ended()
	return c.Conn.Close()
}
