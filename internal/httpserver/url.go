package httpserver

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
)

// publicAddress is how clients reach the endpoint through a proxy that passes on the Host, and maybe the path. The zero value
// means that there is no proxy.
type publicAddress struct {
	url   string
	hosts []string // in lower case, with and without the default port
	path  string
}

// CheckURL returns what is wrong with the address that clients are to use, or nil.
func CheckURL(address string) error {
	_, err := newPublicAddress(address)
	return err
}

func newPublicAddress(address string) (publicAddress, error) {
	if address == "" {
		return publicAddress{}, nil
	}
	wrong := func(problem string) (publicAddress, error) {
		return publicAddress{}, fmt.Errorf("%q %s; it is the full address that clients use, such as https://platform.example.com/layer2/mcp", address, problem)
	}
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return wrong("is not a URL")
	case u.Scheme != "https" && u.Scheme != "http":
		return wrong("must begin with https:// or http://")
	case u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return wrong("must have no user, no query and no fragment")
	}
	host, err := hostOf(u)
	switch {
	case err != nil:
		return wrong(err.Error())
	case u.Path == "" || u.Path == "/":
		return wrong("has no path")
	case u.Path != path.Clean(u.Path) || u.RawPath != "" || strings.Contains(u.Path, "*"):
		return wrong("must have a plain path, without a trailing slash")
	case isHealth(u.Path):
		return wrong("is the path of a health check")
	}
	hosts := []string{host}
	if u.Port() == "" {
		hosts = append(hosts, net.JoinHostPort(strings.ToLower(u.Hostname()), defaultPorts[u.Scheme]))
	}
	return publicAddress{url: address, hosts: hosts, path: u.Path}, nil
}

var defaultPorts = map[string]string{"http": "80", "https": "443"}

// hostOf returns the host of a URL as browsers and clients send it: in lower case, without the default port.
func hostOf(u *url.URL) (string, error) {
	name := strings.ToLower(u.Hostname())
	switch {
	case name == "":
		return "", errors.New("has no host")
	case strings.ContainsFunc(name, func(r rune) bool { return r > '~' }):
		return "", errors.New("has characters that no host name is sent with: write its ASCII form, xn--…")
	case strings.ContainsFunc(name, notOfHosts):
		return "", errors.New("has no plain host; wildcards are not supported")
	}
	if u.Port() == defaultPorts[u.Scheme] {
		u.Host = strings.TrimSuffix(u.Host, ":"+u.Port())
	}
	return strings.TrimSuffix(strings.ToLower(u.Host), ":"), nil
}

// notOfHosts reports whether no host name or address has the character.
func notOfHosts(r rune) bool {
	return (r < 'a' || r > 'z') && (r < '0' || r > '9') && !strings.ContainsRune("-._:", r)
}

// at reports whether a path is the endpoint's.
func (p publicAddress) at(path string) bool {
	path = strings.TrimSuffix(path, "/")
	return path == Path || p.path != "" && path == p.path
}

// host reports whether clients reach the server by this Host.
func (p publicAddress) host(host string) bool { return slices.Contains(p.hosts, strings.ToLower(host)) }

// notFound tells a client on another path, as of the HTTP+SSE transport, where the endpoint is.
func (p publicAddress) notFound(w http.ResponseWriter, _ *http.Request) {
	where := Path
	if p.url != "" {
		where = p.url
	}
	http.Error(w, "not found: MCP over streamable HTTP (not SSE) is at "+where, http.StatusNotFound)
}
