package httpserver

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// What a page of a named origin may send. Browsers ask for each by name.
const allowedHeaders = "Accept, Authorization, Content-Type, Last-Event-ID, Mcp-Method, Mcp-Name, Mcp-Protocol-Version, Mcp-Session-Id"

// What it may read besides the answer.
const exposedHeaders = "Retry-After, WWW-Authenticate"

// origins are the web origins whose pages may ask.
type origins struct {
	named      map[string]bool
	protection *http.CrossOriginProtection
}

func newOrigins(list []string) (*origins, error) {
	o := &origins{named: map[string]bool{}, protection: http.NewCrossOriginProtection()}
	for _, origin := range list {
		origin = strings.ToLower(origin)
		if err := o.protection.AddTrustedOrigin(origin); err != nil {
			return nil, err
		}
		if !strings.HasPrefix(origin, "https://") && !strings.HasPrefix(origin, "http://") {
			return nil, fmt.Errorf("invalid origin %q: the scheme must be http or https", origin)
		}
		o.named[origin] = true
	}
	return o, nil
}

// guard refuses requests of other pages, and tells browsers that pages of the named origins may ask.
func (o *origins) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Origin")
		if !o.allow(r) {
			http.Error(w, "pages of this origin may not ask: name it with --origin", http.StatusForbidden)
			return
		}
		if origin := r.Header.Get("Origin"); o.named[origin] {
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

// allow says whether a request comes from a program, from a page of a named origin, or from a page of this very server on this
// machine. Elsewhere the server does not know its own name, so that a page with its name may be anybody's.
func (o *origins) allow(r *http.Request) bool {
	switch list := r.Header.Values("Origin"); {
	case len(list) > 1:
		return false
	case len(list) == 1 && !o.named[list[0]]:
		origin, err := url.Parse(list[0])
		if err != nil || origin.Host != r.Host || !loopback(r.Host) {
			return false
		}
	}
	return o.protection.Check(r) == nil
}
