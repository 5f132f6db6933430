package load

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// caller is a client over either transport.
type caller interface {
	ask(id int, arguments string) ([]byte, error)
}

// contender is a program that is asked, and what came of it.
type contender struct {
	name, program string
	arguments     []string
	process       *process
	caller        caller
	length        int // of its reply
	times         times
	spent         time.Duration // on processors
}

// TestThroughMCP prints how layer2 does beside servers that only repeat its answer, by turns, so that a busy machine is unfair to
// none. It fails when one of them does not answer, or with fewer or more bytes than layer2.
func TestThroughMCP(t *testing.T) {
	t.Log(machine())
	t.Logf("%-28s %-9s %8s %10s %10s %6s %10s %6s %8s", "", "server", "calls/s", "p50", "p99", "× echo", "processor", "× echo", "bytes")
	for _, question := range []struct{ name, arguments string }{{"one full", oneFull}, {"all brief", allBrief}} {
		answer := answerOf(t, question.arguments)
		for _, transport := range []string{"stdio", "HTTP"} {
			for _, atOnce := range []int{1, 16} {
				what := fmt.Sprintf("%s, %s, %d at once", question.name, transport, atOnce)
				compare(t, what, question.arguments, contenders(transport, answer), atOnce)
			}
		}
	}
	t.Log(machine())
}

// answerOf keeps the result of a call in a file, for the others to repeat.
func answerOf(t *testing.T, arguments string) (file string) {
	p := startStdio(t, "layer2", "serve", "--log-level", "disabled")
	line, err := newPipe(p).ask(0, arguments)
	var reply struct{ Result json.RawMessage }
	if err != nil || json.Unmarshal(line, &reply) != nil || !bytes.Contains(reply.Result, []byte(`"structuredContent":{`)) {
		t.Fatalf("%v %s", err, line)
	}
	p.stop(t)
	file = filepath.Join(t.TempDir(), "answer.json")
	if err := os.WriteFile(file, reply.Result, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func contenders(transport, answer string) []*contender {
	all := []*contender{
		{name: "layer2", program: "layer2", arguments: []string{"serve", "--log-level", "disabled"}},
		{name: "echo", program: "echo", arguments: []string{"--answer", answer}},
		{name: "official", program: "official", arguments: []string{"--answer", answer}},
	}
	if transport == "HTTP" { // as it comes it logs a line a request, the others nothing
		all = append(all, &contender{name: "with log", program: "layer2", arguments: []string{"serve"}})
	}
	return all
}

// start connects to the contenders.
func (c *contender) start(t *testing.T, transport string, atOnce int) (stop func()) {
	if transport == "stdio" {
		p := startStdio(t, c.program, c.arguments...)
		c.process, c.caller = p, newPipe(p)
		return func() { p.in.Close(); p.end(t) }
	}
	p := startHTTP(t, c.program, c.arguments...)
	client := newWeb(p.address, atOnce)
	c.process, c.caller = p, client
	return func() { client.close(); p.Process.Kill(); p.end(t) }
}

func compare(t *testing.T, what, arguments string, all []*contender, atOnce int) {
	transport := "stdio"
	if len(all) > 3 {
		transport = "HTTP"
	}
	for _, c := range all {
		defer c.start(t, transport, atOnce)()
		reply, err := c.caller.ask(1, arguments)
		if err != nil {
			t.Fatalf("%s: %s: %v\n%s", what, c.name, err, reply)
		}
		if c.length = len(reply); !near(c.length, all[0].length) {
			t.Errorf("%s: %s answers with %d bytes, layer2 with %d: %.200s", what, c.name, c.length, all[0].length, reply)
		}
	}
	for round := range size(2, 6) {
		for _, c := range all {
			if round == 1 { // the first was to warm up
				c.times, c.spent = times{}, 0
			}
			before := c.process.processor()
			if err := c.times.run(size(60, 1_000), atOnce, func() error { return c.once(arguments) }); err != nil {
				t.Fatalf("%s: %s: %v", what, c.name, err)
			}
			c.spent += c.process.processor() - before
		}
	}
	for _, c := range all {
		t.Logf("%-28s %-9s %8.0f %7.0f µs %7.0f µs %6.2f %7.0f µs %6.2f %8d", what, c.name, c.times.perSecond(),
			micro(c.times.percentile(50)), micro(c.times.percentile(99)),
			micro(c.times.percentile(50))/micro(all[1].times.percentile(50)),
			c.processor(), c.processor()/all[1].processor(), c.length)
	}
}

// processor is the microseconds on a processor that a call took.
func (c *contender) processor() float64 { return micro(c.spent) / float64(len(c.times.each)) }

func micro(d time.Duration) float64 { return d.Seconds() * 1e6 }

// once makes a call whose reply must be as long as the first.
func (c *contender) once(arguments string) error {
	reply, err := c.caller.ask(1, arguments)
	if err == nil && !near(len(reply), c.length) {
		err = fmt.Errorf("answered %.200s", reply)
	}
	return err
}

// near says that two replies differ by no more than their ids and what a server says of itself: layer2 has a description.
func near(a, b int) bool { return max(a, b)-min(a, b) < 400 }
