package httpserver

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
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
		return nil, fmt.Errorf("others can reach %q, and there is no authentication yet: it comes next; "+
			"listen on 127.0.0.1:%d, or say --insecure if something in front of it keeps strangers out", address, resolved.Port)
	}
	listener, err := net.ListenTCP("tcp", resolved)
	if err != nil {
		return nil, fmt.Errorf("listen on %q: %w", address, err)
	}
	return listener, nil
}

// local refuses a name that is not this machine's own where only this machine can ask: a web site may have its name point here,
// and its pages then count as ours in a browser.
func local(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		at, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
		if at != nil && loopback(at.String()) && !loopback(r.Host) {
			http.Error(w, "the Host must be localhost or a loopback address here", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// loopback says whether a host, with or without a port, is this machine.
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
