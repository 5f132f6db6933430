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

// reached is how clients reach the endpoint through a proxy that leaves the Host, and maybe the path, as they are. The zero
// reached is not a proxy.
type reached struct {
	url   string
	hosts []string // in small letters, with the default port and without
	path  string
}

// CheckURL says what is wrong with an address at which clients reach the endpoint; nil if it can be answered.
func CheckURL(address string) error {
	_, err := newReached(address)
	return err
}

func newReached(address string) (reached, error) {
	if address == "" {
		return reached{}, nil
	}
	wrong := func(problem string) (reached, error) {
		return reached{}, fmt.Errorf("%q %s; it is the whole address that clients use, as https://platform.example.com/layer2/mcp", address, problem)
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
		return wrong("must have a plain path, without a slash at its end")
	case isHealth(u.Path):
		return wrong("is where the server says how it is")
	}
	hosts := []string{host}
	if u.Port() == "" {
		hosts = append(hosts, net.JoinHostPort(strings.ToLower(u.Hostname()), defaultPorts[u.Scheme]))
	}
	return reached{url: address, hosts: hosts, path: u.Path}, nil
}

var defaultPorts = map[string]string{"http": "80", "https": "443"}

// hostOf is the host of a URL as browsers and clients send it: in small letters, without the port that its scheme implies.
func hostOf(u *url.URL) (string, error) {
	name := strings.ToLower(u.Hostname())
	switch {
	case name == "":
		return "", errors.New("has no host")
	case strings.ContainsFunc(name, func(r rune) bool { return r > '~' }):
		return "", errors.New("has letters that host names are not sent with: write it in its ASCII form, xn--…")
	case strings.ContainsFunc(name, notOfHosts):
		return "", errors.New("has no plain host; wildcards are not known")
	}
	if u.Port() == defaultPorts[u.Scheme] {
		u.Host = strings.TrimSuffix(u.Host, ":"+u.Port())
	}
	return strings.TrimSuffix(strings.ToLower(u.Host), ":"), nil
}

// notOfHosts says that a character is in no host name and no address.
func notOfHosts(r rune) bool {
	return (r < 'a' || r > 'z') && (r < '0' || r > '9') && !strings.ContainsRune("-._:", r)
}

// at reports whether a path is one of the endpoint's.
func (p reached) at(path string) bool {
	path = strings.TrimSuffix(path, "/")
	return path == Path || p.path != "" && path == p.path
}

// host reports whether a Host is the one that clients reach the server by.
func (p reached) host(host string) bool { return slices.Contains(p.hosts, strings.ToLower(host)) }

// nothing tells who asks elsewhere, as clients of the HTTP+SSE transport do, where the endpoint is.
func (p reached) nothing(w http.ResponseWriter, _ *http.Request) {
	where := Path
	if p.url != "" {
		where = p.url
	}
	http.Error(w, "nothing is here: MCP over streamable HTTP (not SSE) is at "+where, http.StatusNotFound)
}
