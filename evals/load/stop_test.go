//go:build unix

package load

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// load is what clients saw who asked one call after the other until the server was gone.
type load struct {
	answers atomic.Int64
	// unheard is the calls to which no byte of an answer came: they can safely be made again.
	unheard atomic.Int64
	broken  atomic.Pointer[string] // an answer that is none
	asking  sync.WaitGroup
}

// loaded runs 16 clients over HTTP, each on its own connection, until their calls fail.
func loaded(p *process) *load {
	l := &load{}
	for i := range 16 {
		client := newWeb(p.address, 1)
		l.asking.Go(func() {
			defer client.close()
			for gone := 0; gone < 3; {
				reply, err := client.ask(i, oneFull)
				var refused *refusal
				switch {
				case err == nil && answered(reply, i, "Service mesh"):
					l.answers.Add(1)
				case err == nil, errors.As(err, &refused), len(reply) > 0:
					said := fmt.Sprintf("%v %.300s", err, reply)
					l.broken.Store(&said)
					return
				default:
					l.unheard.Add(1)
					gone++
				}
			}
		})
	}
	return l
}

// TestSIGTERMUnderLoad stops the server in the middle of it: what it has begun to answer it answers whole, and ends with 0. So it does
// to those of whose message it had only half.
func TestSIGTERMUnderLoad(t *testing.T) {
	t.Parallel()
	for range size(2, 20) {
		p := startHTTP(t, "layer2", "serve", "--log-level", "info")
		message := string(call(1, oneFull))
		half := make([]*net.TCPConn, 8)
		for i := range half {
			half[i] = raw(t, p)
			_, _ = io.WriteString(half[i], post(len(message))+message[:100])
		}
		clients := loaded(p)
		time.Sleep(200 * time.Millisecond)
		began := time.Now()
		if err := p.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		clients.asking.Wait() // until no call succeeds any more
		for _, connection := range half {
			_, _ = io.WriteString(connection, message[100:])
			reply, err := io.ReadAll(connection)
			if _, body, _ := strings.Cut(string(reply), "\r\n\r\n"); err != nil || !answered([]byte(body), 1, "Service mesh") {
				t.Errorf("what was begun is not answered: %v %.300s", err, reply)
			}
		}
		status, by := p.end(t)
		took := time.Since(began)
		if said := clients.broken.Load(); said != nil {
			t.Errorf("an answer is cut off: %s", *said)
		}
		// The calls that it logged as answered and the replies received are the same: none was cut off.
		logged := strings.Count(p.said.String(), `"path":"/mcp","status":200`)
		heard := int(clients.answers.Load()) + len(half)
		if status != 0 || logged != heard || heard == len(half) || took > 10*time.Second {
			t.Errorf("status %d, signal %v after %v; %d logged as answered, %d heard", status, by, took, logged, heard)
		}
		t.Logf("SIGTERM: status %d after %.0f ms; %d answered, all whole", status, took.Seconds()*1e3, logged)
	}
}

// TestKillUnderLoad kills the server in the middle of it. There is nothing that could be left behind: another one serves at the same
// address at once.
func TestKillUnderLoad(t *testing.T) {
	t.Parallel()
	p := layer2OverHTTP(t)
	for range size(2, 20) {
		clients := loaded(p)
		time.Sleep(200 * time.Millisecond)
		if _, by := p.signal(t, syscall.SIGKILL); by != syscall.SIGKILL {
			t.Errorf("ended by %v", by)
		}
		clients.asking.Wait()
		if clients.answers.Load() == 0 {
			t.Error("there was no load")
		}
		began := time.Now()
		p = startHTTPAt(t, p.address, "layer2", "serve", "--log-level", "disabled")
		p.well(t)
		t.Logf("kill -9: %d answered before; serves again after %.0f ms", clients.answers.Load(), time.Since(began).Seconds()*1e3)
	}
	p.stop(t)
}

// TestSIGTERMUnderLoadOnStdio stops the server while calls queue up: each that it has taken is answered in a whole line, once.
func TestSIGTERMUnderLoadOnStdio(t *testing.T) {
	t.Parallel()
	for range size(2, 20) {
		p := startStdio(t, "layer2", "serve", "--log-level", "disabled")
		go func() {
			for id := 1; ; id++ {
				if _, err := p.in.Write(append(call(id, oneFull), '\n')); err != nil {
					return
				}
			}
		}()
		lines := bufio.NewScanner(p.out)
		lines.Buffer(nil, 1<<20)
		heard := map[string]bool{}
		for lines.Scan() {
			var reply struct {
				ID     json.Number
				Result *struct{ IsError bool }
			}
			if err := json.Unmarshal(lines.Bytes(), &reply); err != nil || reply.Result == nil || reply.Result.IsError || heard[reply.ID.String()] {
				t.Errorf("%v %.300s", err, lines.Text())
			}
			heard[reply.ID.String()] = true
			if len(heard) == 100 {
				if err := p.Process.Signal(syscall.SIGTERM); err != nil {
					t.Error(err)
				}
			}
		}
		for id := 1; id <= len(heard); id++ {
			if !heard[fmt.Sprint(id)] {
				t.Errorf("call %d of %d was not answered", id, len(heard))
			}
		}
		if status, by := p.end(t); status != 0 || len(heard) < 100 {
			t.Errorf("status %d, signal %v after %d answers\n%s", status, by, len(heard), p.said.String())
		}
	}
}

// TestTheClientDiesUnderLoad closes both pipes in the middle of it, as the death of a client does. The server does not outlive it.
func TestTheClientDiesUnderLoad(t *testing.T) {
	t.Parallel()
	for range size(3, 20) {
		p := startStdio(t, "layer2", "serve", "--log-level", "disabled")
		client := newPipe(p)
		for range 8 {
			go func() {
				for err := error(nil); err == nil; _, err = client.ask(0, oneFull) {
				}
			}()
		}
		time.Sleep(100 * time.Millisecond)
		p.in.Close()
		p.out.Close()
		began := time.Now()
		// Writing to a pipe that nobody reads ends a program, if it has not ended before.
		if status, by := p.end(t); by != syscall.SIGPIPE && by != 0 || by == 0 && status != 0 && status != 2 {
			t.Errorf("status %d, signal %v\n%s", status, by, p.said.String())
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("outlived its client by %v", took)
		}
	}
}

// TestNonsenseOnStdio says what no client should, between calls. Every call is answered, and each line of nonsense gets at most one
// short error.
func TestNonsenseOnStdio(t *testing.T) {
	t.Parallel()
	p := startStdio(t, "layer2", "serve", "--log-level", "disabled")
	said := nonsenseLines()
	times := size(2, 50)
	go func() {
		for id := 1; id <= times*len(said); id++ {
			_, _ = p.in.Write(append(said[id%len(said)], '\n'))
			_, _ = p.in.Write(append(call(id, normal), '\n'))
		}
		p.in.Close()
	}()
	heard, errors, long := map[int]bool{}, 0, 0
	lines := bufio.NewScanner(p.out)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		id := idOf(lines.Bytes())
		switch {
		case id > 0 && answered(lines.Bytes(), id, normally) && !heard[id]:
			heard[id] = true
		case len(lines.Bytes()) < 4_000 && bytes.Contains(lines.Bytes(), []byte(`"error":{"code":-32`)):
			errors++
			if bytes.Contains(lines.Bytes(), []byte("longer than 8 MiB")) {
				long++
			}
		default:
			t.Errorf("said %.300s", lines.Text())
		}
	}
	if len(heard) != times*len(said) || errors != times*(len(said)-1) || long != times {
		t.Errorf("%d of %d calls answered, %d errors for %d lines of nonsense, %d of them for long ones",
			len(heard), times*len(said), errors, times*len(said), long)
	}
	status, by := p.end(t)
	if status != 0 {
		t.Errorf("status %d, signal %v\n%s", status, by, p.said.String())
	}
	most := float64(peakMemory(p.ProcessState)) / 1e6
	t.Logf("%d calls answered, %d errors, %.0f MB at most", len(heard), errors, most)
	if most > 250 {
		t.Errorf("took %.0f MB", most)
	}
}

// peakMemory returns the most memory, in bytes, that a program held before it ended.
func peakMemory(ended *os.ProcessState) int64 {
	most := int64(ended.SysUsage().(*syscall.Rusage).Maxrss)
	if runtime.GOOS != "darwin" {
		most *= 1024 // macOS counts bytes, other systems kibibytes
	}
	return most
}

// nonsenseLines are errors each, apart from the last, which is a blank line.
func nonsenseLines() [][]byte {
	noise := bytes.Repeat([]byte{0xff, 0x00, 0x1b, '{'}, 1_000)
	return [][]byte{
		noise,
		[]byte("GET / HTTP/1.1"),
		[]byte("["),
		[]byte(`{"jsonrpc":"2.0","id":null,"method":"ping"}`),
		[]byte(`{"jsonrpc":"2.0","id":"x","method":7}`),
		[]byte(`{"jsonrpc":"2.0","id":"x","method":"` + strings.Repeat("m", 1<<20) + `"}`),
		bytes.Repeat([]byte("["), 4<<20),
		bytes.Repeat([]byte("x"), 9<<20), // longer than a line may be
		nil,
	}
}

// TestAClientThatNeverReads fills the pipes of a server and leaves them full. Told to stop, the server ends all the same.
func TestAClientThatNeverReads(t *testing.T) {
	if !*full {
		t.Skip("takes 11 s; with -full")
	}
	t.Parallel()
	p := startStdio(t, "layer2", "serve", "--log-level", "disabled")
	said := make(chan struct{})
	go func() {
		defer close(said)
		for id := 1; id <= 100_000; id++ {
			if _, err := p.in.Write(append(call(id, oneFull), '\n')); err != nil {
				return
			}
		}
	}()
	time.Sleep(time.Second)
	full := p.megabytes("VmRSS")
	select {
	case <-said:
		t.Error("it has read all, though nobody takes what it says")
	default:
	}
	began := time.Now()
	p.stop(t)
	<-said
	t.Logf("%.0f MB with its pipes full; ended %.1f s after SIGTERM", full, time.Since(began).Seconds())
	if full > 100 {
		t.Errorf("took %.0f MB", full)
	}
}

// TestAnswersThatNobodyTakes has more clients than calls may run at once ask over HTTP without end and never read: others are answered
// meanwhile, and these are cut off in time.
func TestAnswersThatNobodyTakes(t *testing.T) {
	t.Parallel()
	p := layer2OverHTTP(t)
	before := p.descriptors()
	// The longest page, which costs the server least: its answers fill what the system holds of them soon.
	const message = `{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"layer2://facts.json"}}`
	request := fmt.Appendf(nil, "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(message), message)
	var asking sync.WaitGroup
	var asked atomic.Int64
	var connections []*net.TCPConn
	for range 200 {
		connection := raw(t, p)
		connections = append(connections, connection)
		_ = connection.SetReadBuffer(4 << 10)
		_ = connection.SetWriteDeadline(time.Now().Add(70 * time.Second))
		asking.Go(func() {
			for _, err := connection.Write(request); err == nil; _, err = connection.Write(request) {
				asked.Add(1)
			}
		})
	}
	// Until nobody gets another word in: every answer then waits for its reader.
	for last := int64(-1); last != asked.Load(); time.Sleep(2 * time.Second) {
		last = asked.Load()
	}
	p.well(t)
	if *full { // the write timeout is 30 s
		p.letsGoWithin(t, before, 75*time.Second)
	}
	for _, connection := range connections {
		connection.Close()
	}
	asking.Wait()
	p.letsGo(t, before)
	most := p.megabytes("VmHWM")
	t.Logf("%d clients; %.0f MB at most", len(connections), most)
	if most > 150 {
		t.Errorf("took %.0f MB", most)
	}
	p.well(t)
	p.stop(t)
}
