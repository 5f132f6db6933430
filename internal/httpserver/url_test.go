package httpserver

import (
	"net/http"
	"strings"
	"testing"
)

func TestASlashBehindThePathChangesNothing(t *testing.T) {
	s := start(t, echo, Config{Origins: []string{named}})
	response, text := s.ask(t, http.MethodPost, "/mcp/", "a message", http.Header{"Origin": {named}})
	if response.StatusCode != http.StatusOK || text != "a message" || response.Header.Get("Access-Control-Allow-Origin") != named {
		t.Errorf("%s %q %v", response.Status, text, response.Header)
	}
	for path, header := range map[string]http.Header{"/mcp/": {"Origin": {"https://evil.example"}}, "/mcp": {"Host": {"evil.example"}}} {
		if response, _ := s.ask(t, http.MethodPost, path, "x", header); response.StatusCode != http.StatusForbidden {
			t.Errorf("%s %v: %s", path, header, response.Status)
		}
	}
	if response, _ := s.ask(t, http.MethodGet, "/mcp/", "", http.Header{}); response.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("GET: %s", response.Status)
	}
}

// Nothing is redirected: who asks elsewhere is told where the endpoint is, and not one word of his own.
func TestElsewhereTheEndpointIsNamed(t *testing.T) {
	for url, where := range map[string]string{"": "/mcp", "https://platform.example.com/layer2/mcp": "https://platform.example.com/layer2/mcp"} {
		s := start(t, echo, Config{URL: url})
		for _, path := range []string{
			"/", "/sse", "/messages", "/messages/?session_id=1", "/MCP", "/mcp/x", "/mcp//", "//mcp", "/x/../mcp", "/./mcp", "/mcp/.",
			"/healthz/", "/.well-known/oauth-protected-resource", "/layer2", "/layer2/healthz", "/SECRET",
		} {
			for _, method := range []string{http.MethodGet, http.MethodPost} {
				response, text := s.ask(t, method, path, "", http.Header{})
				if want := "not found: MCP over streamable HTTP (not SSE) is at " + where + "\n"; response.StatusCode != http.StatusNotFound || text != want {
					t.Errorf("%s %s: %s %q", method, path, response.Status, text)
				}
			}
		}
	}
}

func TestBehindAProxyThatKeepsTheHost(t *testing.T) {
	for _, test := range []struct {
		url             string
		answered, other []string // hosts
		paths           []string
	}{
		{
			"https://Platform.example.com/layer2/mcp",
			[]string{"platform.example.com", "PLATFORM.example.com", "platform.example.com:443", "localhost", "127.0.0.1:8080"},
			[]string{"platform.example.com:80", "platform.example.com:8443", "x.platform.example.com", "platform.example.com.evil.example", "example.com", "evil.example"},
			[]string{"/layer2/mcp", "/layer2/mcp/", "/mcp", "/mcp/"},
		},
		{
			"http://platform.example.com:80/mcp",
			[]string{"platform.example.com", "platform.example.com:80"},
			[]string{"platform.example.com:443"},
			[]string{"/mcp"},
		},
		{
			"https://platform.example.com:8443/tools/layer2",
			[]string{"platform.example.com:8443"},
			[]string{"platform.example.com", "platform.example.com:443"},
			[]string{"/tools/layer2", "/mcp"},
		},
		{
			"https://[2001:db8::1]/mcp",
			[]string{"[2001:db8::1]", "[2001:DB8::1]:443"},
			[]string{"[2001:db8::2]"},
			[]string{"/mcp"},
		},
	} {
		s := start(t, echo, Config{URL: test.url})
		for _, path := range test.paths {
			for _, host := range test.answered {
				if response, text := s.ask(t, http.MethodPost, path, "a message", http.Header{"Host": {host}}); text != "a message" {
					t.Errorf("%s: %s at %s: %s", test.url, path, host, response.Status)
				}
			}
			for _, host := range test.other {
				response, text := s.ask(t, http.MethodPost, path, "x", http.Header{"Host": {host}})
				if response.StatusCode != http.StatusForbidden || !strings.Contains(text, "--url") {
					t.Errorf("%s: %s at %s: %s %q", test.url, path, host, response.Status, text)
				}
			}
		}
		// Pages of the proxy's host are not the server's own: other programs may be behind it too.
		own := http.Header{"Host": {test.answered[0]}, "Origin": {"https://" + test.answered[0]}}
		if response, _ := s.ask(t, http.MethodPost, Path, "x", own); response.StatusCode != http.StatusForbidden {
			t.Errorf("%s: its own page: %s", test.url, response.Status)
		}
	}
}

func TestWithoutAURLTheRefusalNamesTheFlag(t *testing.T) {
	s := start(t, echo, Config{})
	response, text := s.ask(t, http.MethodPost, Path, "x", http.Header{"Host": {"platform.example.com"}})
	if response.StatusCode != http.StatusForbidden || !strings.Contains(text, "--url https://HOST/mcp") || strings.Contains(text, "platform") {
		t.Errorf("%s %q", response.Status, text)
	}
}

func TestURLsThatAreNone(t *testing.T) {
	for _, url := range []string{
		"platform.example.com", "platform.example.com/mcp", "/mcp", "ftp://platform.example.com/mcp", "https:///mcp", "https://platform.example.com",
		"https://platform.example.com/", "https://*.example.com/mcp", "https://*/mcp", "https://platform.example.com/*", "https://platform.example.com/mcp/",
		"https://platform.example.com//mcp", "https://platform.example.com/a/../mcp", "https://user:word@platform.example.com/mcp",
		"https://platform.example.com/mcp?x", "https://platform.example.com/mcp#x", "https://platform.example.com/mcp?", "https://plat form/mcp",
		"https://platform.example.com:port/mcp", "https://bücher.example/mcp", "https://platform.example.com/m%2fcp", "https://platform.example.com/healthz",
		"https://platform.example.com/readyz", "https://a,b/mcp", "https://platform.example.com:/mcp:\x00",
	} {
		if err := CheckURL(url); err == nil {
			t.Errorf("%q was taken", url)
		}
		if _, err := New(http.HandlerFunc(echo), Config{URL: url}); err == nil {
			t.Errorf("%q was served", url)
		}
	}
}
