// Package soak calls the built program again and again over its pipes, and watches its memory.
package soak

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

var calls = flag.Int("calls", 2_000, "how many calls to make")

const (
	// ahead is how many calls are on their way at once: more than the server has workers, so that answers come in any order.
	ahead = 16
	// growth is by how many KiB the resident memory may be larger over the last tenth of the calls than over the first. What is
	// alive between calls is the same after every one, so it would be 0 but for the garbage collector, which lets the heap grow to
	// twice what is alive before it collects (7 MiB here) and gives memory back to the system late: one such heap more or less is
	// no leak. 200 bytes a call that stay are: they are 10 MiB over 50,000 calls.
	growth = 8 << 10
)

// TestTheServerAnswersForEverInTheSameMemory makes a mixed set of calls, good and bad ones, and checks each reply for its id and
// for the kind of answer that its call must have.
func TestTheServerAnswersForEverInTheSameMemory(t *testing.T) {
	server := start(t)
	var memory []int // resident, in KiB, once in every hundredth part
	began := time.Now()
	waiting := map[string]question{}
	for sent, answered := 0, 0; answered < *calls; answered++ {
		for ; sent < *calls && sent-answered < ahead; sent++ {
			q := questions[sent%len(questions)]
			id := strconv.Itoa(sent)
			waiting[id] = q
			server.say(q.message(id))
		}
		id, kind := server.next()
		q, asked := waiting[id]
		if !asked || kind != q.want {
			t.Fatalf("after %d calls, %q is answered with %s, want %s", answered, id, kind, q.want)
		}
		delete(waiting, id)
		if answered%max(*calls/100, 1) == 0 {
			memory = append(memory, server.resident())
		}
	}
	seconds := time.Since(began).Seconds()
	server.hangUp()
	tenth := len(memory) / 10
	first, last := median(memory[:tenth]), median(memory[len(memory)-tenth:])
	fmt.Printf("%d calls, %.0f a second, resident %.1f MiB in the first tenth, %.1f MiB in the last\n",
		*calls, float64(*calls)/seconds, float64(first)/1024, float64(last)/1024)
	if last > first+growth {
		t.Errorf("resident memory grew from %d KiB to %d KiB: more than %d KiB is a leak\n%v", first, last, growth, memory)
	}
}

// question is a message, and the kind of its answer.
type question struct{ method, params, want string }

// The kinds of answers.
const (
	answer  = "an answer"
	mistake = "a mistake" // a tool's mistake, which the caller can correct
	failure = "an error"  // the protocol's
)

// questions take turns. What is most work comes as often as the rest.
var questions = []question{
	{"tools/call", `{"name":"evaluate_trigger","arguments":{"capabilities":["service-mesh"],"facts":{"services":7,"layer1_stable":true}}}`, answer},
	{"tools/call", `{"name":"evaluate_trigger","arguments":{"facts":{"services":7,"developers":12,"tenancy":"multi"}}}`, answer},
	{"tools/call", `{"name":"evaluate_trigger","arguments":{"facts":{"services":"5..6","ha_claimed":true},"unsettled":["ha_setup"],` +
		`"sources":{"ha_setup":"I'd have to ask the hosting partner"}}}`, answer},
	{"tools/call", `{"name":"compare_tools","arguments":{"capability":"distributed-tracing","facts":{"services":7}}}`, answer},
	{"tools/call", `{"name":"plan_layer3","arguments":{"running":["cost-visibility"],"facts":{"services":7}}}`, answer},
	{"tools/call", `{"name":"cite","arguments":{"ids":["SM-T1","R3","nothing"]}}`, answer},
	{"tools/call", `{"name":"evaluate_trigger","arguments":{"facts":{"servces":7,"tenancy":"many","services":-1}}}`, mistake},
	{"tools/call", `{"name":"evaluate_trigger","arguments":{"facts":{"services":"6..5","ha_setup":true},"unsettled":["ha_setup","ha_setp"]}}`, mistake},
	{"tools/call", `{"name":"cite","arguments":{"ids":["` + strings.Repeat("w", 10_000) + `"]}}`, mistake},
	{"tools/call", `{"name":"nobody","arguments":{}}`, failure},
	{"tools/list", `{}`, answer},
	{"resources/read", `{"uri":"layer2://capabilities/service-mesh"}`, answer},
	{"resources/read", `{"uri":"layer2://statements/SM-T99"}`, failure},
	{"completion/complete", `{"ref":{"type":"ref/resource","uri":"layer2://statements/{id}"},"argument":{"name":"id","value":"SM"}}`, answer},
	{"tools/burn", `{}`, failure},
	{"ping", `[]`, failure},
	{"ping", `{}`, answer},
}

func (q question) message(id string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":%q,"method":%q,"params":%s}`, id, q.method, q.params)
}

func median(values []int) int {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// process is the program, and the pipes to it.
type process struct {
	t       *testing.T
	command *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
	log     bytes.Buffer
}

// start builds the program and starts it as a host does.
func start(t *testing.T) *process {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "layer2")
	if output, err := exec.Command("go", "build", "-o", binary, "../../cmd/layer2").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	p := &process{t: t, command: exec.CommandContext(context.Background(), binary, "serve")}
	p.command.Stderr = &p.log
	in, err := p.command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.in, p.out = in, bufio.NewReaderSize(out, 1<<20)
	if err := p.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.command.Process.Kill() }) // it has ended, unless the test failed
	return p
}

func (p *process) say(line string) {
	if _, err := io.WriteString(p.in, line+"\n"); err != nil {
		p.t.Fatalf("%v: %s", err, p.log.String())
	}
}

// next returns the id of the next reply, and what kind of answer it is.
func (p *process) next() (id, kind string) {
	line, err := p.out.ReadBytes('\n')
	if err != nil {
		p.t.Fatalf("%v: %s", err, p.log.String())
	}
	var reply struct {
		ID     string
		Error  *struct{ Code int }
		Result *struct{ IsError bool }
	}
	if err := json.Unmarshal(line, &reply); err != nil || (reply.Error == nil) == (reply.Result == nil) {
		p.t.Fatalf("%v in %s", err, line)
	}
	switch {
	case reply.Error != nil:
		return reply.ID, failure
	case reply.Result.IsError:
		return reply.ID, mistake
	}
	return reply.ID, answer
}

// resident is the memory of the process that is not swapped out, in KiB.
func (p *process) resident() int {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.command.Process.Pid))
	if err != nil {
		p.t.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if fields := strings.Fields(line); len(fields) == 3 && fields[0] == "VmRSS:" {
			kib, err := strconv.Atoi(fields[1])
			if err != nil {
				p.t.Fatal(err)
			}
			return kib
		}
	}
	p.t.Fatalf("no VmRSS in %s", status)
	return 0
}

// hangUp ends the session: the program says no more, and ends well.
func (p *process) hangUp() {
	if err := p.in.Close(); err != nil {
		p.t.Error(err)
	}
	if rest, err := io.ReadAll(p.out); err != nil || len(rest) > 0 {
		p.t.Errorf("after the last answer: %v, %.200q", err, rest)
	}
	if err := p.command.Wait(); err != nil {
		p.t.Errorf("%v: %s", err, p.log.String())
	}
}
