//go:build unix

package cli_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/vanhoutenbos/layer2/internal/cli"
)

// TestSignals sends real signals to the program, which waits for input that never comes. Whether the signal arrives while it starts or
// while it waits, the end is the same.
func TestSignals(t *testing.T) {
	if line := os.Getenv("COMMAND"); line != "" {
		ctx, stop := cli.UntilSignal(context.Background()) // as main does
		defer stop()
		os.Stderr.WriteString("ready\n")
		os.Exit(cli.Run(ctx, strings.Fields(line), cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
	}
	for _, test := range []struct {
		line      string
		interrupt int
		terminate int
	}{
		{"assess -", 130, 143},
		{"assess pipe", 130, 143},
		{"assess --fleet -", 130, 143},
		{"assess --fleet pipe", 130, 143},
		{"call evaluate_trigger -", 130, 143},
		{"call evaluate_trigger --facts pipe", 130, 143},
		{"facts --facts -", 130, 143},
		{"record service-mesh --facts pipe", 130, 143},
		{"check --facts -", 130, 143},
		{"verify --baseline pipe", 130, 143},
		{"serve", 0, 0},
		{"serve --http 127.0.0.1:0", 0, 0},
	} {
		for signal, want := range map[syscall.Signal]int{syscall.SIGINT: test.interrupt, syscall.SIGTERM: test.terminate} {
			t.Run(test.line+" "+signal.String(), func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o644); err != nil {
					t.Fatal(err)
				}
				status, out, problems := signalled(t, dir, test.line, signal)
				if status != want || out != "" || strings.Contains(problems, "canceled") || strings.Contains(problems, "layer2:") {
					t.Errorf("exit %d, want %d\n%s%s", status, want, out, problems)
				}
				if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
					t.Errorf("%v is left behind", entries)
				}
			})
		}
	}
}

// signalled runs a command line in a folder until it is ready, and sends it a signal. Its input stays open.
func signalled(t *testing.T, dir, line string, signal syscall.Signal) (status int, out, problems string) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(program, "-test.run=^TestSignals$")
	command.Dir, command.Env = dir, append(os.Environ(), "COMMAND="+line)
	in, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	stderr, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stdout bytes.Buffer
	command.Stdout = &stdout
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	watchdog := time.AfterFunc(time.Minute, func() { _ = command.Process.Kill() })
	defer watchdog.Stop()
	ready := make([]byte, len("ready\n"))
	if _, err := io.ReadFull(stderr, ready); err != nil || string(ready) != "ready\n" {
		t.Fatalf("%q %v", ready, err)
	}
	if strings.HasPrefix(line, "serve") { // it drains once it serves
		for served := ""; !strings.Contains(served, "serving"); {
			piece := make([]byte, 1)
			if _, err := stderr.Read(piece); err != nil {
				t.Fatal(served, err)
			}
			served += string(piece)
		}
	}
	if err := command.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(stderr)
	if err != nil {
		t.Fatal(err)
	}
	err = command.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return command.ProcessState.ExitCode(), stdout.String(), string(rest)
}
