package load

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// process is a program that runs: over HTTP at an address, or on pipes.
type process struct {
	*exec.Cmd
	address string // host:port
	in      io.WriteCloser
	out     io.ReadCloser
	said    bytes.Buffer // on stderr; to be read when it has ended
	ended   chan struct{}
	failed  error // why it ended, if not with 0
}

// startHTTP runs a program until it takes connections.
func startHTTP(t testing.TB, name string, arguments ...string) *process {
	t.Helper()
	// The port is free now, and nobody else on this machine asks for one by number.
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()
	return startHTTPAt(t, address, name, arguments...)
}

func startHTTPAt(t testing.TB, address, name string, arguments ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command(filepath.Join(programs, name), append(arguments, "--http", address)...), address: address}
	p.start(t)
	for began := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		connection, err := net.Dial("tcp", address)
		if err == nil {
			connection.Close()
			return p
		}
		if p.over() || time.Since(began) > 10*time.Second {
			p.Process.Kill()
			<-p.ended
			t.Fatalf("%s takes no connections: %v\n%s", name, err, p.said.String())
		}
	}
}

// startStdio runs a program on pipes.
func startStdio(t testing.TB, name string, arguments ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command(filepath.Join(programs, name), arguments...)}
	var err error
	if p.in, err = p.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	// Not StdoutPipe: Wait would close it while replies are in it.
	out, toUs, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	p.out, p.Stdout = out, toUs
	p.start(t)
	toUs.Close()
	t.Cleanup(func() { out.Close() })
	return p
}

func (p *process) start(t testing.TB) {
	t.Helper()
	p.ended = make(chan struct{})
	p.Stderr = &p.said
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		p.failed = p.Wait()
		close(p.ended)
	}()
	t.Cleanup(func() {
		p.Process.Kill()
		<-p.ended
	})
}

// over reports whether it has ended.
func (p *process) over() bool {
	select {
	case <-p.ended:
		return true
	default:
		return false
	}
}

// signal sends a signal and is how the program ended.
func (p *process) signal(t testing.TB, signal syscall.Signal) (status int, by syscall.Signal) {
	t.Helper()
	if err := p.Process.Signal(signal); err != nil {
		t.Errorf("%v: %v", signal, err)
	}
	return p.end(t)
}

// end waits for the end: the exit status, or the signal that ended it.
func (p *process) end(t testing.TB) (status int, by syscall.Signal) {
	t.Helper()
	select {
	case <-p.ended:
	case <-time.After(25 * time.Second):
		t.Fatal("it does not end")
	}
	var exit *exec.ExitError
	if errors.As(p.failed, &exit) {
		if how := exit.Sys().(syscall.WaitStatus); how.Signaled() {
			return -1, how.Signal()
		}
	}
	return p.ProcessState.ExitCode(), 0
}

// stop tells it to stop, which has to be with status 0.
func (p *process) stop(t testing.TB) {
	t.Helper()
	if status, by := p.signal(t, syscall.SIGTERM); status != 0 {
		t.Errorf("stopped with status %d, signal %v\n%s", status, by, p.said.String())
	}
}

// megabytes is a size of the process from /proc: VmRSS is the memory that it holds, VmHWM the most that it has held. It is zero
// where the system does not tell, and bounds on it then hold.
func (p *process) megabytes(what string) float64 {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.Process.Pid))
	for line := range strings.Lines(string(status)) {
		var kilobytes int
		if n, _ := fmt.Sscanf(line, what+": %d kB", &kilobytes); n == 1 {
			return float64(kilobytes) * 1024 / 1e6
		}
	}
	return 0
}

// processor is the time that the process has spent on processors, zero where the system does not tell. It does not depend on what
// else the machine does, as the clock does.
func (p *process) processor() time.Duration {
	stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.Process.Pid))
	_, behindName, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(behindName)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// descriptors is how many files and connections the process holds open, zero where the system does not tell.
func (p *process) descriptors() int {
	open, _ := os.ReadDir(fmt.Sprintf("/proc/%d/fd", p.Process.Pid))
	return len(open)
}

// letsGo waits until the process holds no more connections than before.
func (p *process) letsGo(t testing.TB, before int) {
	t.Helper()
	p.letsGoWithin(t, before, 10*time.Second)
}

func (p *process) letsGoWithin(t testing.TB, before int, within time.Duration) {
	t.Helper()
	const some = 3 // of calls that were just made
	for began := time.Now(); p.descriptors() > before+some; time.Sleep(50 * time.Millisecond) {
		if time.Since(began) > within {
			t.Errorf("%d descriptors are open, %d were", p.descriptors(), before)
			return
		}
	}
}
