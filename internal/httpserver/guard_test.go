package httpserver

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// direct is the status of a GET that reaches the routes without a network.
func direct(t *testing.T, server *Server, path string) int {
	t.Helper()
	recorder := httptest.NewRecorder()
	server.http.Handler.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, path, nil))
	return recorder.Code
}

const named = "https://app.example.com"

func TestWhoMayAsk(t *testing.T) {
	s := start(t, echo, Config{Origins: []string{named}})
	own := "http://" + s.address
	for _, test := range []struct {
		who    string
		header http.Header
		want   int
	}{
		{"a program", http.Header{}, http.StatusOK},
		{"a page of this server", http.Header{"Origin": {own}, "Sec-Fetch-Site": {"same-origin"}}, http.StatusOK},
		{"an old browser's page of this server", http.Header{"Origin": {own}}, http.StatusOK},
		{"a page of the named origin", http.Header{"Origin": {named}, "Sec-Fetch-Site": {"cross-site"}}, http.StatusOK},
		{"an old browser's page of the named origin", http.Header{"Origin": {named}}, http.StatusOK},
		{"another page", http.Header{"Origin": {"https://evil.example"}}, http.StatusForbidden},
		{"another page, by a new browser", http.Header{"Origin": {"https://evil.example"}, "Sec-Fetch-Site": {"cross-site"}}, http.StatusForbidden},
		{"another page that calls itself ours", http.Header{"Origin": {"https://evil.example"}, "Sec-Fetch-Site": {"same-origin"}}, http.StatusForbidden},
		{"a page of another port here", http.Header{"Origin": {"http://127.0.0.1:1"}, "Sec-Fetch-Site": {"same-site"}}, http.StatusForbidden},
		{"the named host without TLS", http.Header{"Origin": {"http://app.example.com"}}, http.StatusForbidden},
		{"a host that begins like it", http.Header{"Origin": {named + ".evil.example"}}, http.StatusForbidden},
		{"a page in a sandbox", http.Header{"Origin": {"null"}}, http.StatusForbidden},
		{"no origin at all", http.Header{"Origin": {"://"}}, http.StatusForbidden},
		{"a program's page of the same host", http.Header{"Origin": {"capacitor://" + s.address}}, http.StatusForbidden},
		{"a page of no scheme of the same host", http.Header{"Origin": {"//" + s.address}}, http.StatusForbidden},
		{"an address that is more than an origin", http.Header{"Origin": {own + "/page"}}, http.StatusForbidden},
		{"an origin with a user", http.Header{"Origin": {"http://u:p@" + s.address}}, http.StatusForbidden},
		{"two origins", http.Header{"Origin": {named, "https://evil.example"}}, http.StatusForbidden},
		{"a request across sites without an origin", http.Header{"Sec-Fetch-Site": {"cross-site"}}, http.StatusForbidden},
		{"a page whose name points here", http.Header{"Host": {"evil.example"}, "Origin": {"http://evil.example"}}, http.StatusForbidden},
	} {
		t.Run(test.who, func(t *testing.T) {
			response, _ := s.ask(t, http.MethodPost, Path, "x", test.header)
			if response.StatusCode != test.want {
				t.Errorf("%s, want %d", response.Status, test.want)
			}
			allowed := response.Header.Get("Access-Control-Allow-Origin")
			if isNamed := test.header.Get("Origin") == named && len(test.header["Origin"]) == 1; isNamed != (allowed == named) {
				t.Errorf("allowed %q", allowed)
			}
			if allowed == "" && response.Header.Get("Access-Control-Expose-Headers") != "" {
				t.Error("headers are exposed to nobody")
			}
			if test.header.Get("Host") == "" && response.Header.Get("Vary") != "Origin" {
				t.Errorf("Vary: %q", response.Header.Get("Vary"))
			}
		})
	}
}

// Where others can reach the server, it does not know its own name: that a page has the same name says nothing.
func TestAPageOfTheSameNameIsAStrangerOnANetwork(t *testing.T) {
	o, err := newOrigins(nil)
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequest(http.MethodPost, "http://layer2.internal/mcp", nil)
	request.Header.Set("Origin", "http://layer2.internal")
	if o.allow(request) {
		t.Error("it was let in")
	}
}

func TestAnotherNameOfThisMachine(t *testing.T) {
	s := start(t, echo, Config{})
	for host, want := range map[string]int{
		"localhost": http.StatusOK, "localhost:9": http.StatusOK, "LOCALHOST": http.StatusOK, "127.0.0.1": http.StatusOK,
		"127.8.8.8:80": http.StatusOK, "[::1]": http.StatusOK, "[::1]:9": http.StatusOK, "[::ffff:127.0.0.1]": http.StatusOK,
		"evil.example": http.StatusForbidden, "evil.example:80": http.StatusForbidden, "localhost.evil.example": http.StatusForbidden,
		"127.0.0.1.evil.example": http.StatusForbidden, "10.0.0.7": http.StatusForbidden, "0.0.0.0": http.StatusForbidden,
	} {
		if response, _ := s.ask(t, http.MethodPost, Path, "x", http.Header{"Host": {host}}); response.StatusCode != want {
			t.Errorf("%s: %s, want %d", host, response.Status, want)
		}
	}
}

func TestAPageOfANamedOriginMayAsk(t *testing.T) {
	s := start(t, echo, Config{Origins: []string{named}})
	ask := http.Header{
		"Origin": {named}, "Access-Control-Request-Method": {"POST"},
		"Access-Control-Request-Headers": {"content-type,mcp-method,mcp-name,mcp-protocol-version"},
	}
	response, _ := s.ask(t, http.MethodOptions, Path, "", ask)
	if response.StatusCode != http.StatusNoContent || response.Header.Get("Access-Control-Allow-Origin") != named ||
		response.Header.Get("Access-Control-Allow-Methods") != "POST" {
		t.Errorf("%s %v", response.Status, response.Header)
	}
	allowed := strings.Split(response.Header.Get("Access-Control-Allow-Headers"), ", ")
	for _, header := range []string{"Accept", "Authorization", "Content-Type", "Mcp-Method", "Mcp-Name", "Mcp-Protocol-Version"} {
		if !slices.Contains(allowed, header) {
			t.Errorf("%s is not among %v", header, allowed)
		}
	}
	ask.Set("Origin", "https://evil.example")
	response, _ = s.ask(t, http.MethodOptions, Path, "", ask)
	if response.StatusCode != http.StatusForbidden || response.Header.Get("Access-Control-Allow-Headers") != "" {
		t.Errorf("another page: %s %v", response.Status, response.Header)
	}
}

func TestOriginsThatAreNone(t *testing.T) {
	for _, origin := range []string{
		"", "*", "null", "app.example.com", "https://app.example.com/", "https://app.example.com/mcp", "https://app.example.com?x", "https://",
		"https://user@app.example.com", "https://app.example.com:port", "https://app.*", "https://*.example.com", "https://*", "http://*",
		"HTTPS://*", "https://bücher.example", "https://a b", "https://a,b",
		"file://", "file://x", "file://*", "FILE://*", "null://x/", "data://*", "blob://x", "about://blank", "javascript://*",
		"vscode-webview:", "vscode-webview:*", "vscode-webview://", "vscode-webview://**", "vscode-webview://a*", "vscode-webview://*/", "://*", "a b://*",
		"app://obsidian.md/", "app://obsidian.md/x", "app://é",
	} {
		if _, err := New(http.HandlerFunc(echo), Config{Origins: []string{origin}}); err == nil {
			t.Errorf("%q was taken", origin)
		}
	}
}

// Programs that show pages have schemes of their own. One of their origins is named like any other; all of a scheme only by a star.
func TestOriginsOfOtherSchemes(t *testing.T) {
	s := start(t, echo, Config{Origins: []string{
		"app://obsidian.md", "Capacitor://Localhost", "vscode-webview://*", "https://APP.example.com:443", "http://localhost:6274",
	}})
	for origin, want := range map[string]int{
		"app://obsidian.md":               http.StatusOK,
		"capacitor://Localhost":           http.StatusOK, // the host is as the program writes it
		"vscode-webview://0a1b2c":         http.StatusOK,
		"vscode-webview://3d4e5f":         http.StatusOK,
		"https://app.example.com":         http.StatusOK, // as browsers write it
		"http://localhost:6274":           http.StatusOK,
		"app://obsidian.md.evil":          http.StatusForbidden,
		"app://evil":                      http.StatusForbidden,
		"app://":                          http.StatusForbidden,
		"vscode-webview://":               http.StatusForbidden,
		"vscode-webview://*":              http.StatusForbidden,
		"vscode-webview://a/b":            http.StatusForbidden,
		"vscode-webview://a, https://b":   http.StatusForbidden,
		"vscode-webview-x://a":            http.StatusForbidden,
		"x-vscode-webview://a":            http.StatusForbidden,
		"https://vscode-webview://a":      http.StatusForbidden,
		"http://app.example.com":          http.StatusForbidden,
		"https://app.example.com:8443":    http.StatusForbidden,
		"http://localhost:6275":           http.StatusForbidden,
		"file://":                         http.StatusForbidden,
		"null":                            http.StatusForbidden,
		"chrome-extension://abcdefghijkl": http.StatusForbidden,
	} {
		for _, site := range []string{"", "cross-site"} {
			header := http.Header{"Origin": {origin}}
			if site != "" {
				header.Set("Sec-Fetch-Site", site)
			}
			response, _ := s.ask(t, http.MethodPost, Path, "x", header)
			allowed := response.Header.Get("Access-Control-Allow-Origin")
			if response.StatusCode != want || (allowed == origin) != (want == http.StatusOK) {
				t.Errorf("%s %s: %s, allowed %q, want %d", origin, site, response.Status, allowed, want)
			}
		}
	}
}

func TestOnlyPOSTIsAnswered(t *testing.T) {
	s := start(t, echo, Config{})
	for _, method := range []string{"GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"} {
		response, _ := s.ask(t, method, Path, "", http.Header{})
		if response.StatusCode != http.StatusMethodNotAllowed || response.Header.Get("Allow") != "POST" {
			t.Errorf("%s: %s, Allow %q", method, response.Status, response.Header.Get("Allow"))
		}
	}
}

func TestLongMessages(t *testing.T) {
	s := start(t, echo, Config{})
	for name, test := range map[string]struct {
		length  int
		chunked bool
		want    int
	}{
		"the longest":                   {maximumBody, false, http.StatusOK},
		"the longest, without length":   {maximumBody, true, http.StatusOK},
		"longer":                        {maximumBody + 1, false, http.StatusRequestEntityTooLarge},
		"longer, without saying so":     {maximumBody + 1, true, http.StatusBadRequest},
		"far longer, without saying so": {4 * maximumBody, true, http.StatusBadRequest},
	} {
		t.Run(name, func(t *testing.T) {
			var body io.Reader = strings.NewReader(strings.Repeat("x", test.length))
			if test.chunked {
				body = io.MultiReader(body)
			}
			request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+s.address+Path, body)
			if err != nil {
				t.Fatal(err)
			}
			request.Header.Set("Expect", "100-continue") // so that a refusal is read before all is sent
			response, err := http.DefaultTransport.RoundTrip(request)
			if err != nil {
				if test.length <= maximumBody+1 {
					t.Fatal(err)
				}
				return // the server disconnected on what was still being sent
			}
			defer response.Body.Close()
			text, err := io.ReadAll(response.Body)
			if err != nil {
				t.Fatal(err)
			}
			if response.StatusCode != test.want || test.want == http.StatusOK && len(text) != test.length {
				t.Errorf("%s, %d bytes", response.Status, len(text))
			}
		})
	}
}

func TestMoreThanCanRunAreToldToComeAgain(t *testing.T) {
	entered, leave := make(chan struct{}, 2), make(chan struct{})
	s := start(t, func(w http.ResponseWriter, r *http.Request) {
		entered <- struct{}{}
		<-leave
		echo(w, r)
	}, Config{Running: 2})
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() {
			if response, _ := s.ask(t, http.MethodPost, Path, "x", http.Header{}); response.StatusCode != http.StatusOK {
				t.Errorf("one that runs: %s", response.Status)
			}
		})
		<-entered
	}
	response, _ := s.ask(t, http.MethodPost, Path, "x", http.Header{})
	if response.StatusCode != http.StatusServiceUnavailable || response.Header.Get("Retry-After") != "1" {
		t.Errorf("one too many: %s, Retry-After %q", response.Status, response.Header.Get("Retry-After"))
	}
	if response, _ := s.ask(t, http.MethodGet, "/readyz", "", http.Header{}); response.StatusCode != http.StatusOK {
		t.Errorf("health: %s", response.Status) // it needs no place
	}
	close(leave)
	all.Wait()
	if response, _ := s.ask(t, http.MethodPost, Path, "x", http.Header{}); response.StatusCode != http.StatusOK {
		t.Errorf("after the others: %s", response.Status)
	}
}

func TestWhoSendsSlowlyHoldsNoPlace(t *testing.T) {
	s := start(t, echo, Config{Running: 1})
	for range 10 {
		connection, err := net.Dial("tcp", s.address)
		if err != nil {
			t.Fatal(err)
		}
		defer connection.Close()
		if _, err := io.WriteString(connection, "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf"); err != nil {
			t.Fatal(err)
		}
	}
	if response, _ := s.ask(t, http.MethodPost, Path, "x", http.Header{}); response.StatusCode != http.StatusOK {
		t.Errorf("another client: %s", response.Status)
	}
}

// Clients that ask and read nothing are more than there are places, for short messages and for long ones, and still others are
// answered, short and long.
func TestWhoReadsNothingHoldsNoPlace(t *testing.T) {
	answer := bytes.Repeat([]byte("x"), 16<<20) // more than the buffers between two ends of a connection hold
	for name, length := range map[string]int{"short": 10, "long": 2 * smallBody} {
		t.Run(name, func(t *testing.T) {
			answering := make(chan struct{}, maximumLong+2)
			s := start(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Unread") == "" {
					echo(w, r)
					return
				}
				answering <- struct{}{}
				_, _ = w.Write(answer)
			}, Config{Running: maximumLong})
			for range maximumLong + 2 {
				connection, err := net.Dial("tcp", s.address)
				if err != nil {
					t.Fatal(err)
				}
				defer connection.Close()
				head := fmt.Sprintf("POST /mcp HTTP/1.1\r\nHost: localhost\r\nUnread: yes\r\nContent-Length: %d\r\n\r\n", length)
				if _, err := io.WriteString(connection, head+strings.Repeat("x", length)); err != nil {
					t.Fatal(err)
				}
				select {
				case <-answering:
				case <-time.After(20 * time.Second):
					t.Fatal("one of them was not even answered")
				}
				// The place is given back as the answer begins, a moment after the handler is in.
				waitUntil(t, "others are answered", func() bool {
					response, text := s.ask(t, http.MethodPost, Path, strings.Repeat("y", length), http.Header{})
					return response.StatusCode == http.StatusOK && len(text) == length
				})
			}
		})
	}
}

func TestAHandlerThatPanicsHoldsNoPlace(t *testing.T) {
	s := start(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Break") != "" {
			panic(http.ErrAbortHandler)
		}
		echo(w, r)
	}, Config{Running: 1})
	for range 3 {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+s.address+Path, strings.NewReader(strings.Repeat("x", 2*smallBody)))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Break", "yes")
		if response, err := http.DefaultTransport.RoundTrip(request); err == nil {
			response.Body.Close()
			t.Error("it was answered")
		}
	}
	if response, _ := s.ask(t, http.MethodPost, Path, "x", http.Header{}); response.StatusCode != http.StatusOK {
		t.Errorf("another client: %s", response.Status)
	}
}

func TestConnectionsAreCapped(t *testing.T) {
	s := start(t, echo, Config{Connections: 2})
	var open []net.Conn
	for range 3 {
		connection, err := net.Dial("tcp", s.address)
		if err != nil {
			t.Fatal(err)
		}
		defer connection.Close()
		open = append(open, connection)
	}
	answered := make(chan int, 1)
	go func() {
		response, err := http.ReadResponse(bufio.NewReader(open[2]), nil)
		if err != nil {
			t.Error(err)
			close(answered)
			return
		}
		response.Body.Close()
		answered <- response.StatusCode
	}()
	if _, err := io.WriteString(open[2], "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx"); err != nil {
		t.Fatal(err)
	}
	select {
	case status := <-answered:
		t.Fatalf("the third was answered with %d while two were open", status)
	case <-time.After(100 * time.Millisecond):
	}
	open[0].Close()
	if status := <-answered; status != http.StatusOK {
		t.Errorf("the third: %d", status)
	}
}

// TestIdleConnectionsMakeRoom fills the server with clients that asked once and keep their connection.
func TestIdleConnectionsMakeRoom(t *testing.T) {
	const most = 4
	s := start(t, echo, Config{Connections: most})
	const request = "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx"
	for range 3 * most {
		connection, err := net.Dial("tcp", s.address)
		if err != nil {
			t.Fatal(err)
		}
		defer connection.Close()
		if _, err := io.WriteString(connection, request); err != nil {
			t.Fatal(err)
		}
		_ = connection.SetReadDeadline(time.Now().Add(30 * time.Second))
		response, err := http.ReadResponse(bufio.NewReader(connection), nil)
		if err != nil {
			t.Fatal(err)
		}
		if response.Body.Close(); response.StatusCode != http.StatusOK {
			t.Fatal(response.Status)
		}
	}
}

// Stopping ends the wait for a connection to end, too.
func TestAFullServerStops(t *testing.T) {
	s := start(t, echo, Config{Connections: 1, Drain: 10 * time.Millisecond})
	connection, err := net.Dial("tcp", s.address)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	if _, err := io.WriteString(connection, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if _, err := connection.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	s.stop()
	select {
	case err := <-s.ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it goes on")
	}
}

func TestLongMessagesHoldPlacesOfTheirOwn(t *testing.T) {
	entered, leave := make(chan struct{}, maximumLong), make(chan struct{})
	s := start(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Stay") != "" {
			entered <- struct{}{}
			<-leave
		}
		echo(w, r)
	}, Config{})
	long := strings.Repeat("x", 2*smallBody)
	var all sync.WaitGroup
	for range maximumLong {
		all.Go(func() {
			if response, text := s.ask(t, http.MethodPost, Path, long, http.Header{"Stay": {"yes"}}); text != long {
				t.Errorf("one that has a place: %s", response.Status)
			}
		})
		<-entered
	}
	if response, _ := s.ask(t, http.MethodPost, Path, long, http.Header{}); response.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("one too many: %s", response.Status)
	}
	if response, _ := s.ask(t, http.MethodPost, Path, "x", http.Header{}); response.StatusCode != http.StatusOK {
		t.Errorf("a small one: %s", response.Status)
	}
	close(leave)
	all.Wait()
	if response, _ := s.ask(t, http.MethodPost, Path, long, http.Header{}); response.StatusCode != http.StatusOK {
		t.Errorf("after the others: %s", response.Status)
	}
}

func TestOnlyThisMachineCanReachItUnlessSaidOtherwise(t *testing.T) {
	for _, address := range []string{"127.0.0.1:0", "localhost:0", "[::1]:0", "127.9.9.9:0"} {
		listener, err := Listen(address, false)
		if err != nil {
			if strings.Contains(err.Error(), "cannot assign") { // a machine without IPv6
				continue
			}
			t.Errorf("%s: %v", address, err)
			continue
		}
		listener.Close()
	}
	for _, address := range []string{":8080", "0.0.0.0:8080", "[::]:8080", "192.0.2.1:8080"} {
		_, err := Listen(address, false)
		if err == nil || !strings.Contains(err.Error(), "--insecure") || !strings.Contains(err.Error(), "127.0.0.1:8080") {
			t.Errorf("%s: %v", address, err)
		}
	}
	listener, err := Listen("0.0.0.0:0", true)
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	for _, address := range []string{"", "8080", "localhost", "127.0.0.1:eighty", "127.0.0.1:99999"} {
		if _, err := Listen(address, true); err == nil {
			t.Errorf("%q was taken", address)
		}
	}
}
