package httpserver

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// allowedHeaders are the request headers that a page of an allowed origin may send.
const allowedHeaders = "Accept, Authorization, Content-Type, Last-Event-ID, Mcp-Method, Mcp-Name, Mcp-Protocol-Version, Mcp-Session-Id"

// exposedHeaders are the response headers that it may read.
const exposedHeaders = "Retry-After, WWW-Authenticate"

// origins are the web origins whose pages may call.
type origins struct {
	named      map[string]bool
	schemes    map[string]bool // all of whose origins may call
	protection *http.CrossOriginProtection
}

func newOrigins(list []string) (*origins, error) {
	o := &origins{named: map[string]bool{}, schemes: map[string]bool{}, protection: http.NewCrossOriginProtection()}
	for _, text := range list {
		scheme, host, err := parseOrigin(text)
		switch {
		case err != nil:
			return nil, err
		case host == anyHost:
			o.schemes[scheme] = true
		default:
			o.named[scheme+"://"+host] = true
		}
	}
	return o, nil
}

// CheckOrigin returns what is wrong with an origin that is to be allowed, or nil.
func CheckOrigin(origin string) error {
	_, _, err := parseOrigin(origin)
	return err
}

// anyHost stands for every origin of a scheme. An empty host does not, because an unset variable leaves one.
const anyHost = "*"

// opaque are the schemes whose pages have no origin of their own: browsers send null for all of them.
var opaque = []string{"about", "blob", "data", "file", "javascript"}

// parseOrigin splits an origin, in the form in which browsers send it. For http and https that is lower case, without the default
// port; for other schemes the host is taken as it is.
func parseOrigin(text string) (scheme, host string, err error) {
	scheme, host, found := strings.Cut(text, "://")
	scheme = strings.ToLower(scheme)
	web := scheme == "http" || scheme == "https"
	wrong := func(problem string) (string, string, error) {
		return "", "", fmt.Errorf("%q %s", text, problem)
	}
	u, parseErr := url.Parse(scheme + "://" + host)
	switch {
	case !found || strings.TrimLeft(scheme, "abcdefghijklmnopqrstuvwxyz0123456789+-.") != "" || scheme == "":
		return wrong("is not an origin: name it as https://app.example.com or app://obsidian.md")
	case slices.Contains(opaque, scheme):
		return wrong("is not an origin: browsers send null for all pages of " + scheme + ":, whatever their source")
	case host == anyHost && web:
		return wrong("would allow every web site: name each origin")
	case host == anyHost:
		return scheme, host, nil
	case parseErr != nil || u.Host == "" || strings.Contains(host, anyHost):
		return wrong("has no plain host: name the origin as https://app.example.com or app://obsidian.md")
	case u.Host != host:
		return wrong("is more than an origin: keep only the scheme and the host, " + scheme + "://" + u.Host)
	case !web && strings.ContainsFunc(host, notOfOrigins):
		return wrong("has characters that no origin has")
	case !web:
		return scheme, host, nil
	}
	if host, err = hostOf(u); err != nil {
		return wrong(err.Error())
	}
	return scheme, host, nil
}

// names reports whether an origin is allowed, itself or by its scheme.
func (o *origins) names(origin string) bool {
	if o.named[origin] {
		return true
	}
	scheme, host, found := strings.Cut(origin, "://")
	return found && o.schemes[scheme] && host != "" && !strings.ContainsFunc(host, notOfOrigins)
}

// notOfOrigins reports whether no host has the character, whatever the scheme.
func notOfOrigins(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`/?#@\*,`, r) }

// guard refuses requests from other origins, and answers CORS for the allowed ones.
func (o *origins) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Origin")
		if !o.allow(r) {
			http.Error(w, "this origin is not allowed: name it with --origin", http.StatusForbidden)
			return
		}
		if origin := r.Header.Get("Origin"); origin != "" && o.names(origin) {
			w.Header().Set("Access-Control-Allow-Origin", origin)
			w.Header().Set("Access-Control-Expose-Headers", exposedHeaders)
			if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
				preflight(w)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

func preflight(w http.ResponseWriter) {
	w.Header().Set("Access-Control-Allow-Methods", http.MethodPost)
	w.Header().Set("Access-Control-Allow-Headers", allowedHeaders)
	w.Header().Set("Access-Control-Max-Age", "7200")
	w.WriteHeader(http.StatusNoContent)
}

// allow reports whether a request comes from a program, a page of an allowed origin, or a page of this very server on this
// machine. On other addresses the server does not know its own name, so a page that has it may be anybody's.
func (o *origins) allow(r *http.Request) bool {
	switch list := r.Header.Values("Origin"); {
	case len(list) > 1:
		return false
	case len(list) == 1 && o.names(list[0]):
		return true
	case len(list) == 1:
		origin, err := url.Parse(list[0])
		own := err == nil && (origin.Scheme == "http" || origin.Scheme == "https") && list[0] == origin.Scheme+"://"+origin.Host
		if !own || origin.Host != r.Host || !loopback(r.Host) {
			return false
		}
	}
	return o.protection.Check(r) == nil
}
