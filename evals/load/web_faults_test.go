package load

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// layer2OverHTTP starts the program as it comes, apart from its log.
func layer2OverHTTP(t *testing.T) *process {
	return startHTTP(t, "layer2", "serve", "--log-level", "disabled")
}

// raw is a connection without a client.
func raw(t testing.TB, p *process) *net.TCPConn {
	t.Helper()
	connection, err := net.Dial("tcp", p.address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { connection.Close() })
	return connection.(*net.TCPConn)
}

// post is the head of a request with a message of so many bytes.
func post(bytes int) string {
	var head strings.Builder
	_ = headers().Write(&head)
	return fmt.Sprintf("POST /mcp HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: %d\r\n\r\n", &head, bytes)
}

// TestSlowClientsAreCutOff opens many connections that say nothing, or a byte of the headers or of the message now and then, and
// never reach an end. Meanwhile others are answered; in time the slow ones are cut off.
func TestSlowClientsAreCutOff(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, says string
		cut        time.Duration
		with       string // what the server says before it hangs up
	}{
		{"silent", "", 5 * time.Second, ""},
		{"headers by bytes", "POST /mcp HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", 5 * time.Second, ""},
		{"message by bytes", post(60_000) + `{"jsonrpc":"2.0`, 15 * time.Second, "HTTP/1.1 408 "},
		{"long message by bytes", post(4_000_000) + `{"jsonrpc":"2.0`, 15 * time.Second, "HTTP/1.1 408 "},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.cut > 5*time.Second && !*full {
				t.Skip("takes 15 s; with -full. The same is tested in internal/httpserver with shorter timeouts")
			}
			t.Parallel()
			p := layer2OverHTTP(t)
			before := p.descriptors()
			connections := make([]*net.TCPConn, size(200, 1_000))
			for i := range connections {
				connections[i] = raw(t, p)
				_, _ = io.WriteString(connections[i], c.says)
			}
			p.well(t)
			began := time.Now()
			var slow sync.WaitGroup
			for _, connection := range connections {
				slow.Go(func() { trickle(t, connection, c.says != "", 2*c.cut, c.with) })
			}
			slow.Wait()
			t.Logf("%d connections cut off after %.1f s, %.0f MB at most", len(connections), time.Since(began).Seconds(), p.megabytes("VmHWM"))
			p.letsGo(t, before)
			p.well(t)
			p.stop(t)
		})
	}
}

// trickle sends bytes until the server hangs up, which it must in time.
func trickle(t *testing.T, connection *net.TCPConn, talks bool, within time.Duration, want string) {
	_ = connection.SetReadDeadline(time.Now().Add(within))
	done := make(chan struct{})
	defer close(done)
	go func() {
		for talks {
			select {
			case <-done:
				return
			case <-time.After(200 * time.Millisecond):
				_, _ = connection.Write([]byte("x"))
			}
		}
	}()
	said, err := io.ReadAll(connection)
	var network net.Error
	switch {
	case errors.As(err, &network) && network.Timeout():
		t.Error("not cut off")
	case !strings.HasPrefix(string(said), want) && !resets(err):
		t.Errorf("said %.100q before it disconnected, not %q", said, want)
	}
}

// TestLongMessagesDoNotKeepOthersOut has more clients begin a long message than may run at once, and never end it.
func TestLongMessagesDoNotKeepOthersOut(t *testing.T) {
	t.Parallel()
	p := layer2OverHTTP(t)
	before := p.descriptors()
	var connections []*net.TCPConn
	for range 200 {
		connection := raw(t, p)
		_, _ = io.WriteString(connection, post(4_000_000)+"{")
		connections = append(connections, connection)
	}
	time.Sleep(200 * time.Millisecond)
	p.well(t)
	for _, connection := range connections {
		connection.Close()
	}
	p.letsGo(t, before)
	p.well(t)
	p.stop(t)
}

// TestClientsThatVanish ask and do not wait: their connection is reset before, while or after they are answered, or they stop
// talking and still listen.
func TestClientsThatVanish(t *testing.T) {
	t.Parallel()
	p := layer2OverHTTP(t)
	before := p.descriptors()
	message := call(1, oneFull)
	request := post(len(message)) + string(message)
	many(t, size(300, 5_000), func(i int) {
		connection := raw(t, p)
		defer connection.Close()
		part := request[:len(request)*(i%4+1)/4] // some ask in whole
		_, _ = io.WriteString(connection, part)
		switch {
		case i%8 < 4:
			_ = connection.SetLinger(0) // so that closing resets
		case len(part) == len(request):
			_ = connection.CloseWrite() // half-open: it has said everything
			response, err := http.ReadResponse(bufio.NewReader(connection), nil)
			if err != nil || response.StatusCode != http.StatusOK {
				t.Errorf("who only listens any more is not answered: %v", err)
			}
		}
	})
	p.letsGo(t, before)
	p.well(t)
	p.stop(t)
}

// refused is something that no client should send, and the statuses with which it is refused; 0 is hanging up without a word.
type refused struct {
	name, says string
	with       []int
}

func nonsense() []refused {
	message := func(body string) string { return post(len(body)) + body }
	noise := make([]byte, 4_000)
	rand.Read(noise)
	huge := strings.Repeat("x", 5<<20)
	nested := func(deep int) string { return strings.Repeat("[", deep) + strings.Repeat("]", deep) }
	facts := func(value string) string { return string(call(1, `{"facts":{"services":`+value+`}}`)) }
	chunked := "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n500000\r\n"
	return []refused{
		{"noise", string(noise) + "\r\n\r\n", []int{400}},
		{"TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + string(noise[:500]) + "\r\n\r\n", []int{400}},
		{"HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", []int{400, 505}},
		{"two lengths", "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n123456", []int{400}},
		{"headers of 100 KiB", "POST /mcp HTTP/1.1\r\nHost: localhost\r\nX-Long: " + huge[:100<<10] + "\r\n\r\n", []int{431}},
		{"path of 100 KiB", "POST /" + huge[:100<<10] + " HTTP/1.1\r\nHost: localhost\r\n\r\n", []int{431}},
		{"another path", "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n", []int{404}},
		{"another method", "DELETE /mcp HTTP/1.1\r\nHost: localhost\r\n\r\n", []int{405}},
		{"another host", "POST /mcp HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 2\r\n\r\n{}", []int{403}},
		{"5 MiB announced", post(5<<20) + huge[:1_000], []int{413}},
		{"5 MiB in a chunk", chunked + huge + "\r\n0\r\n\r\n", []int{400, 503, 0}},
		{"noise as message", message(string(noise)), []int{400}},
		{"nothing as message", post(0), []int{400}},
		{"2 million brackets", message(nested(1_000_000)), []int{400, 503}},
		{"nested facts", message(facts(nested(5_000))), []int{200}},
		{"deeper facts", message(facts(nested(500_000))), []int{400, 503}},
		{"a fact of 4 MB", message(facts(`"` + huge[:4_000_000] + `"`)), []int{200, 503}},
	}
}

// TestNonsenseIsRefused sends what no client should, again and again and by many at once. What reaches the tool is refused by the
// tool; nothing is given back at length.
func TestNonsenseIsRefused(t *testing.T) {
	t.Parallel()
	p := layer2OverHTTP(t)
	before := p.descriptors()
	kinds := nonsense()
	many(t, len(kinds)*size(3, 100), func(i int) { provoke(t, p, kinds[i%len(kinds)]) })
	t.Logf("%.0f MB at most", p.megabytes("VmHWM"))
	if most := p.megabytes("VmHWM"); most > 400 {
		t.Errorf("took %.0f MB", most)
	}
	p.letsGo(t, before)
	p.well(t)
	p.stop(t)
}

func provoke(t *testing.T, p *process, r refused) {
	connection := raw(t, p)
	defer connection.Close()
	_ = connection.SetDeadline(time.Now().Add(30 * time.Second))
	go func() { _, _ = io.WriteString(connection, r.says) }()
	response, err := http.ReadResponse(bufio.NewReader(connection), nil)
	status, body := 0, []byte{}
	switch {
	case err == nil:
		status = response.StatusCode
		body, _ = io.ReadAll(response.Body)
	case !resets(err):
		t.Errorf("%s: %v", r.name, err)
		return
	}
	for _, want := range r.with {
		if status == want {
			if len(body) > 4_000 || status == http.StatusOK && !bytes.Contains(body, []byte(`"isError":true`)) {
				t.Errorf("%s: status %d and %d bytes: %.300s", r.name, status, len(body), body)
			}
			return
		}
	}
	t.Errorf("%s: status %d (%v), not %v: %.300s", r.name, status, err, r.with, body)
}

// resets reports whether a connection was closed or reset by the other side.
func resets(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || err != nil && strings.Contains(err.Error(), "reset by peer")
}

// many does something so many times, 16 at once.
func many(t testing.TB, times int, do func(i int)) {
	t.Helper()
	var next atomic.Int64
	var workers sync.WaitGroup
	for range 16 {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < times; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	workers.Wait()
}
