// Package launch starts a server as a program of its own, for the evals that try layer2 from outside.
package launch

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"syscall"
)

// HTTP starts a server that listens on 127.0.0.1, on a port that it chooses and logs. The address names this machine localhost:
// one check of the conformance suite needs that. Call stop when done with it.
func HTTP(ctx context.Context, program string, arguments ...string) (address string, stop func(), err error) {
	command := exec.CommandContext(ctx, program, arguments...)
	log, err := command.StderrPipe()
	if err != nil {
		return "", nil, err
	}
	if err := command.Start(); err != nil {
		return "", nil, err
	}
	stop = func() {
		_ = command.Process.Signal(syscall.SIGTERM) // it may have ended by itself
		_ = command.Wait()
	}
	lines := bufio.NewReader(log)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			stop()
			return "", nil, fmt.Errorf("%s ended before it served: %w", program, err)
		}
		var entry struct{ URL string }
		if json.Unmarshal(line, &entry) == nil && entry.URL != "" {
			go func() { _, _ = io.Copy(io.Discard, lines) }() // so that it can go on logging
			return strings.Replace(entry.URL, "127.0.0.1", "localhost", 1), stop, nil
		}
	}
}
