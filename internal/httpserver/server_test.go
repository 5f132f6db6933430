package httpserver

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"
)

// Of the traps of mcp-go that concern HTTP, these are closed here, whatever the handler is:
//
//	Origin is never checked                                TestWhoMayAsk
//	only a loopback Host is checked, and with Origin       TestWhoMayAsk, TestAnotherNameOfThisMachine
//	CORS lacks the modern headers                          TestAPageOfANamedOriginMayAsk
//	no body limit                                          TestLongMessages
//	GET opens a stream, PUT is 404, DELETE is 200          TestOnlyPOSTIsAnswered
//	ListenAndServe returns at once on Shutdown             TestRunningRequestsAreAnsweredBeforeTheEnd
//
// The others are closed in internal/mcpserver.

// running is a server that was started. Its handler answers with what it was sent.
type running struct {
	address string
	stop    context.CancelFunc
	ended   chan error
	log     *bytes.Buffer
}

func echo(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(w, r.Body)
}

func start(t *testing.T, handler http.HandlerFunc, c Config, changes ...func(*Server)) *running {
	t.Helper()
	r := &running{ended: make(chan error, 1), log: &bytes.Buffer{}}
	c.Logger = zerolog.New(zerolog.SyncWriter(r.log))
	server, err := New(handler, c)
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range changes {
		change(server)
	}
	listener, err := Listen("127.0.0.1:0", false)
	if err != nil {
		t.Fatal(err)
	}
	r.address = listener.Addr().String()
	ctx, stop := context.WithCancel(t.Context())
	r.stop = stop
	go func() { r.ended <- server.Serve(ctx, listener) }()
	t.Cleanup(stop)
	return r
}

// ask is the status, the headers and the text of an answer.
func (r *running) ask(t *testing.T, method, path, body string, header http.Header) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, "http://"+r.address+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header = header.Clone()
	if host := header.Get("Host"); host != "" {
		request.Host = host
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(text)
}

func TestRunningRequestsAreAnsweredBeforeTheEnd(t *testing.T) {
	entered, leave := make(chan struct{}), make(chan struct{})
	s := start(t, func(w http.ResponseWriter, r *http.Request) {
		close(entered)
		<-leave
		if err := r.Context().Err(); err != nil {
			t.Error("the request was cancelled:", err)
		}
		echo(w, r)
	}, Config{Drain: 10 * time.Second})
	answered := make(chan string, 1)
	go func() {
		_, text := s.ask(t, http.MethodPost, Path, "a long call", http.Header{})
		answered <- text
	}()
	<-entered
	s.stop()
	waitUntil(t, "no new connection is taken", func() bool {
		connection, err := net.Dial("tcp", s.address)
		if err == nil {
			connection.Close()
		}
		return err != nil
	})
	select {
	case err := <-s.ended:
		t.Fatal("the end came before the answer", err)
	default:
	}
	close(leave)
	if text := <-answered; text != "a long call" {
		t.Errorf("answered %q", text)
	}
	if err := <-s.ended; err != nil {
		t.Error(err)
	}
}

func TestWhatDoesNotEndIsCutOffAfterTheDrain(t *testing.T) {
	entered := make(chan struct{})
	s := start(t, func(_ http.ResponseWriter, r *http.Request) {
		close(entered)
		<-r.Context().Done()
	}, Config{Drain: 50 * time.Millisecond})
	failed := make(chan error, 1)
	go func() {
		response, err := http.Post("http://"+s.address+Path, "", strings.NewReader("x"))
		if err == nil {
			response.Body.Close()
		}
		failed <- err
	}()
	<-entered
	s.stop()
	if err := <-s.ended; err != nil {
		t.Error(err)
	}
	if err := <-failed; err == nil {
		t.Error("the request was answered")
	}
}

func TestHangingUpCancels(t *testing.T) {
	entered, cancelled := make(chan struct{}), make(chan struct{})
	s := start(t, func(_ http.ResponseWriter, r *http.Request) {
		close(entered)
		<-r.Context().Done()
		close(cancelled)
	}, Config{})
	connection, err := net.Dial("tcp", s.address)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(connection, "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx"); err != nil {
		t.Fatal(err)
	}
	<-entered
	connection.Close()
	select {
	case <-cancelled:
	case <-time.After(5 * time.Second):
		t.Error("still running")
	}
}

func TestAnIdleConnectionDoesNotHoldUpTheEnd(t *testing.T) {
	s := start(t, echo, Config{Drain: time.Minute})
	s.ask(t, http.MethodPost, Path, "x", http.Header{}) // and the connection is kept
	s.stop()
	select {
	case err := <-s.ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(5 * time.Second):
		t.Error("still serving")
	}
}

func TestHealth(t *testing.T) {
	s := start(t, echo, Config{})
	for path, want := range map[string]string{"/healthz": "ok\n", "/readyz": "ready\n"} {
		if response, text := s.ask(t, http.MethodGet, path, "", http.Header{}); response.StatusCode != http.StatusOK || text != want {
			t.Errorf("%s: %s %q", path, response.Status, text)
		}
		// A probe asks by whatever name it knows, and never changes anything.
		header := http.Header{"Host": {"10.0.0.7:8080"}}
		if response, _ := s.ask(t, http.MethodHead, path, "", header); response.StatusCode != http.StatusOK {
			t.Errorf("HEAD %s: %s", path, response.Status)
		}
		if response, _ := s.ask(t, http.MethodPost, path, "x", http.Header{}); response.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("POST %s: %s", path, response.Status)
		}
	}
	if response, _ := s.ask(t, http.MethodGet, "/", "", http.Header{}); response.StatusCode != http.StatusNotFound {
		t.Errorf("/: %s", response.Status)
	}
}

func TestAServerThatStopsIsHealthyButNotReady(t *testing.T) {
	server, err := New(http.HandlerFunc(echo), Config{})
	if err != nil {
		t.Fatal(err)
	}
	server.stopping.Store(true)
	for path, want := range map[string]int{"/healthz": http.StatusOK, "/readyz": http.StatusServiceUnavailable} {
		if got := direct(t, server, path); got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
}

func TestSlowClientsAreLeft(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*Server)
		sent   string
		want   string // the first line of what is answered
	}{
		"headers": {func(s *Server) { s.http.ReadHeaderTimeout = 50 * time.Millisecond }, "POST /mcp HTTP/1.1\r\nHost: localhost\r\n", ""},
		"a body": {
			func(s *Server) { s.http.ReadTimeout = 50 * time.Millisecond },
			"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf", "HTTP/1.1 408 Request Timeout",
		},
		"nothing more": {
			func(s *Server) { s.http.IdleTimeout = 50 * time.Millisecond },
			"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx", "HTTP/1.1 200 OK",
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, echo, Config{}, test.change)
			connection, err := net.Dial("tcp", s.address)
			if err != nil {
				t.Fatal(err)
			}
			defer connection.Close()
			if _, err := io.WriteString(connection, test.sent); err != nil {
				t.Fatal(err)
			}
			if err := connection.SetReadDeadline(time.Now().Add(5 * time.Second)); err != nil {
				t.Fatal(err)
			}
			said, err := io.ReadAll(connection) // until the server hangs up
			if err != nil {
				t.Fatalf("%v after %q", err, said)
			}
			if first, _, _ := strings.Cut(string(said), "\r\n"); first != test.want {
				t.Errorf("answered %q, want %q", first, test.want)
			}
		})
	}
}

func TestEveryTimeoutIsSet(t *testing.T) {
	server, err := New(http.HandlerFunc(echo), Config{})
	if err != nil {
		t.Fatal(err)
	}
	h := server.http
	for name, timeout := range map[string]time.Duration{
		"header": h.ReadHeaderTimeout, "read": h.ReadTimeout, "write": h.WriteTimeout, "idle": h.IdleTimeout,
	} {
		if timeout <= 0 {
			t.Errorf("%s: %v", name, timeout)
		}
	}
}

func TestARequestIsLoggedWithoutWhatIsInIt(t *testing.T) {
	s := start(t, echo, Config{Drain: time.Second})
	header := http.Header{"Authorization": {"Bearer of-a-token"}}
	s.ask(t, http.MethodPost, Path+"?token=in-the-query", "the body", header)
	s.ask(t, http.MethodGet, "/"+strings.Repeat("x", 5_000), "", http.Header{})
	s.stop()
	if err := <-s.ended; err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(s.log)
	var got []string
	for lines.Scan() {
		var entry struct {
			Level, Method, Path, Message string
			Status                       int
			Duration                     *float64
		}
		if err := json.Unmarshal(lines.Bytes(), &entry); err != nil || entry.Duration == nil {
			t.Fatalf("%v in %s", err, lines.Text())
		}
		for _, secret := range []string{"token", "body"} {
			if strings.Contains(lines.Text(), secret) {
				t.Errorf("the log holds %q: %s", secret, lines.Text())
			}
		}
		got = append(got, fmt.Sprintf("%s %s %s %.10s %d", entry.Level, entry.Message, entry.Method, entry.Path, entry.Status))
	}
	if want := "info request POST /mcp 200\ndebug request GET /xxxxxxxxx 404"; strings.Join(got, "\n") != want {
		t.Errorf("logged\n%s", strings.Join(got, "\n"))
	}
}

func waitUntil(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatal("never:", what)
}
