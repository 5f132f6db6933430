package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/vanhoutenbos/layer2/evals/client"
	"github.com/vanhoutenbos/layer2/internal/cli"
)

// service is `layer2 serve --http` as it runs.
type service struct {
	url    string
	stop   context.CancelFunc
	status chan int
	out    bytes.Buffer
	log    chan string // the lines behind the first
}

// startService runs the program until it says where it serves.
func startService(t *testing.T, flags ...string) *service {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	s := &service{stop: stop, status: make(chan int, 1), log: make(chan string, 1_000)}
	reader, writer := io.Pipe()
	go func() {
		arguments := append([]string{"serve", "--http", "127.0.0.1:0"}, flags...)
		s.status <- cli.Run(ctx, arguments, cli.Streams{In: strings.NewReader(""), Out: &s.out, Err: writer})
		writer.Close()
	}()
	t.Cleanup(stop)
	lines := bufio.NewScanner(reader)
	if !lines.Scan() {
		t.Fatal("it said nothing")
	}
	var first struct{ Message, URL string }
	if err := json.Unmarshal(lines.Bytes(), &first); err != nil || first.Message != "serving over HTTP" {
		t.Fatalf("%v in %s", err, lines.Text())
	}
	s.url = first.URL
	go func() {
		defer close(s.log)
		for lines.Scan() {
			s.log <- lines.Text()
		}
	}()
	return s
}

// end stops the program as a signal does, and is its exit status and what it had logged.
func (s *service) end(t *testing.T) (status int, log string) {
	t.Helper()
	s.stop()
	select {
	case status = <-s.status:
	case <-time.After(10 * time.Second):
		t.Fatal("still serving")
	}
	var lines []string
	for line := range s.log {
		lines = append(lines, line)
	}
	return status, strings.Join(lines, "\n")
}

func TestServeOverHTTP(t *testing.T) {
	s := startService(t)
	for _, protocol := range []string{client.Modern, client.Legacy, client.LegacyJune} {
		client, err := client.ConnectHTTP(t.Context(), s.url, protocol)
		if err != nil {
			t.Fatal(err)
		}
		if client.Hello.Name != "layer2" || client.Hello.Version != cli.Version || client.Hello.Protocol != protocol {
			t.Errorf("hello %+v", client.Hello)
		}
		result, err := client.CallTool(t.Context(), "evaluate_trigger", json.RawMessage(`{"capability":"service-mesh","facts":{"services":2}}`))
		if err != nil || result.Failed || !strings.Contains(result.Text, "SKIP: too small for it (scale)") {
			t.Errorf("%s: %v %s", protocol, err, result.Text)
		}
		if err := client.Close(); err != nil {
			t.Error(err)
		}
	}
	status, log := s.end(t)
	if status != 0 || s.out.Len() > 0 || !strings.HasSuffix(log, `"message":"stopped"}`) {
		t.Errorf("exit %d, said %q, logged\n%s", status, s.out.String(), log)
	}
	if strings.Contains(log, "service-mesh") || !strings.Contains(log, `"method":"POST","path":"/mcp","status":200,"duration":`) {
		t.Errorf("logged\n%s", log)
	}
}

func TestPagesOfNamedOriginsMayAskOverHTTP(t *testing.T) {
	s := startService(t, "--origin", "https://app.example.com", "--origin", "https://chat.example.com", "--log-level", "info", "--drain", "1s")
	for origin, want := range map[string]int{
		"https://app.example.com": http.StatusOK, "https://chat.example.com": http.StatusOK, "https://evil.example": http.StatusForbidden,
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url, strings.NewReader(`{"jsonrpc":"2.0","id":1,"method":"ping"}`))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Origin", origin)
		response, err := http.DefaultTransport.RoundTrip(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("%s: %s", origin, response.Status)
		}
	}
	if status, log := s.end(t); status != 0 {
		t.Errorf("exit %d\n%s", status, log)
	}
}

// A proxy in front keeps the Host and the path that clients use; a program's page may ask too.
func TestBehindAProxyOverHTTP(t *testing.T) {
	s := startService(t, "--url", "https://platform.example.com/layer2/mcp", "--origin", "vscode-webview://*", "--origin", "app://obsidian.md")
	for _, test := range []struct {
		host, path, origin string
		want               int
	}{
		{"platform.example.com", "/layer2/mcp", "", http.StatusOK},
		{"platform.example.com:443", "/mcp/", "vscode-webview://0a1b", http.StatusOK},
		{"", "/mcp", "app://obsidian.md", http.StatusOK},
		{"evil.example", "/layer2/mcp", "", http.StatusForbidden},
		{"platform.example.com", "/layer2/mcp", "app://evil.example", http.StatusForbidden},
		{"platform.example.com", "/layer2", "", http.StatusNotFound},
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, strings.TrimSuffix(s.url, "/mcp")+test.path,
			strings.NewReader(`{"jsonrpc":"2.0","id":1,"method":"ping"}`))
		if err != nil {
			t.Fatal(err)
		}
		request.Host = test.host
		request.Header.Set("Content-Type", "application/json")
		if test.origin != "" {
			request.Header.Set("Origin", test.origin)
		}
		response, err := http.DefaultTransport.RoundTrip(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != test.want {
			t.Errorf("%+v: %s", test, response.Status)
		}
	}
	if status, log := s.end(t); status != 0 {
		t.Errorf("exit %d\n%s", status, log)
	}
}
