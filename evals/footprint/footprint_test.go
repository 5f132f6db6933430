// Package footprint measures what the program weighs, side by side with a bare mcp-go server: the stripped binary, the time from
// start to the first reply on stdio, and the resident memory when idle. The numbers are printed, and never a reason to fail:
//
//	go test ./evals/footprint -v
package footprint

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// starts is how often each program is started; the median counts.
const starts = 15

// program is one of those that are compared.
type program struct {
	name, source string
	arguments    []string
	path         string
	times        []time.Duration
	memory       string
}

func TestFootprint(t *testing.T) {
	programs := []*program{
		{name: "bare mcp-go", source: "./evals/footprint/bare"},
		{name: "layer2", source: "./cmd/layer2", arguments: []string{"serve", "--log-level", "disabled"}},
	}
	for _, p := range programs {
		p.build(t)
	}
	for range starts {
		for _, p := range programs { // by turns, so that a busy machine is unfair to none
			p.start(t)
		}
	}
	t.Log("                 binary   start to first reply   resident, idle")
	for _, p := range programs {
		info, err := os.Stat(p.path)
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(p.times)
		t.Logf("%-12s %7.1f MB %15.1f ms %16s", p.name, float64(info.Size())/1e6, p.times[starts/2].Seconds()*1e3, p.memory)
	}
	t.Log("budget          12.0 MB    the bare one's + 25 ms          25 MB")
}

// build makes the program as it is released.
func (p *program) build(t *testing.T) {
	p.path = filepath.Join(t.TempDir(), "program")
	command := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", p.path, p.source)
	command.Dir = "../.."
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("build %s: %v\n%s", p.source, err, out)
	}
}

const initialize = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},` +
	`"clientInfo":{"name":"footprint","version":"0"}}}` + "\n"

// start runs the program until it has introduced itself and been idle for a moment.
func (p *program) start(t *testing.T) {
	command := exec.Command(p.path, p.arguments...)
	in, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	command.Stderr = &said
	began := time.Now()
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Write([]byte(initialize)); err != nil {
		t.Error(err)
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	p.times = append(p.times, time.Since(began))
	var reply struct {
		Result struct{ ServerInfo struct{ Name string } }
	}
	if err != nil || json.Unmarshal(line, &reply) != nil || reply.Result.ServerInfo.Name == "" {
		t.Errorf("%s answered %q (%v)", p.name, line, err)
	}
	time.Sleep(20 * time.Millisecond)
	p.memory = resident(command.Process.Pid)
	in.Close()
	if err := command.Wait(); err != nil {
		t.Errorf("%s: %v\n%s", p.name, err, said.String())
	}
}

// resident is the memory of a process that is not shared with others or swapped, where the system tells.
func resident(pid int) string {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return "not told here"
	}
	for line := range strings.Lines(string(status)) {
		var kilobytes int
		if n, _ := fmt.Sscanf(line, "VmRSS: %d kB", &kilobytes); n == 1 {
			return fmt.Sprintf("%.1f MB", float64(kilobytes)*1024/1e6)
		}
	}
	return "not told here"
}
