package load

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

const protocol = "2026-07-28"

// What is asked: one capability in full, all eight in brief, and the call after every fault.
const (
	oneFull  = `{"capabilities":["service-mesh"],"facts":{"services":7,"mesh_capacity":true}}`
	allBrief = `{"facts":{"services":7,"developers":12,"layer1_stable":true,"debugging_hours_per_incident":3,"budget_concerns":true,` +
		`"ha_setup":true,"single_region_sufficient":true}}`
	normal = `{"capabilities":["service-mesh"],"facts":{"services":2}}`
	// normally is what the answer to the normal call says.
	normally = "SKIP: too small for it (scale)"
)

// call is the message that calls evaluate_trigger.
func call(id int, arguments string) []byte {
	return fmt.Appendf(nil, `{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"evaluate_trigger","arguments":%s,"_meta":{`+
		`"io.modelcontextprotocol/protocolVersion":"%s","io.modelcontextprotocol/clientCapabilities":{},`+
		`"io.modelcontextprotocol/clientInfo":{"name":"load","version":"0"}}}}`, id, arguments, protocol)
}

// headers are those of a call over HTTP.
func headers() http.Header {
	return http.Header{
		"Content-Type": {"application/json"}, "Accept": {"application/json, text/event-stream"},
		"Mcp-Protocol-Version": {protocol}, "Mcp-Method": {"tools/call"}, "Mcp-Name": {"evaluate_trigger"},
	}
}

// web is a client over HTTP with so many connections. Close it.
type web struct {
	client *http.Client
	url    string
}

func newWeb(address string, connections int) *web {
	transport := &http.Transport{MaxIdleConnsPerHost: connections, DisableCompression: true}
	return &web{&http.Client{Transport: transport, Timeout: time.Minute}, "http://" + address + "/mcp"}
}

func (w *web) close() { w.client.CloseIdleConnections() }

// post sends a message and is the status and the whole reply.
func (w *web) post(header http.Header, message io.Reader) (*http.Response, []byte, error) {
	request, err := http.NewRequest(http.MethodPost, w.url, message)
	if err != nil {
		return nil, nil, err
	}
	request.Header = header
	response, err := w.client.Do(request)
	if err != nil {
		return nil, nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return response, body, err
}

// ask calls evaluate_trigger.
func (w *web) ask(id int, arguments string) ([]byte, error) {
	response, body, err := w.post(headers(), bytes.NewReader(call(id, arguments)))
	if err == nil && response.StatusCode != http.StatusOK {
		err = &refusal{response.StatusCode, response.Header.Get("Retry-After"), string(body)}
	}
	return body, err
}

// refusal is an answer other than 200.
type refusal struct {
	status            int
	retryAfter, words string
}

func (r *refusal) Error() string { return fmt.Sprintf("status %d: %.200s", r.status, r.words) }

// well makes a normal call on a new connection and checks the answer.
func (p *process) well(t testing.TB) {
	t.Helper()
	client := newWeb(p.address, 1)
	defer client.close()
	reply, err := client.ask(1, normal)
	// A busy machine may still be at work on what others asked. Places that wait for readers would stay taken for 30 s.
	for until := time.Now().Add(15 * time.Second); err != nil && strings.Contains(err.Error(), "503") && time.Now().Before(until); {
		time.Sleep(time.Second)
		reply, err = client.ask(1, normal)
	}
	if err != nil || !answered(reply, 1, normally) {
		t.Errorf("a normal call is not answered any more: %v %.300s", err, reply)
	}
}

// answered reports whether a reply is whole, to this call, and says so.
func answered(reply []byte, id int, words string) bool {
	var r struct {
		ID     json.Number
		Result *struct{ IsError bool }
	}
	err := json.Unmarshal(reply, &r)
	return err == nil && r.ID.String() == strconv.Itoa(id) && r.Result != nil && !r.Result.IsError && strings.Contains(string(reply), words)
}

// pipe is a client on stdin and stdout that may have several calls under way.
type pipe struct {
	in      io.Writer
	writing sync.Mutex

	mu     sync.Mutex
	last   int
	waits  map[int]chan []byte
	broken error
}

func newPipe(p *process) *pipe {
	client := &pipe{in: p.in, waits: map[int]chan []byte{}}
	go client.read(p.out)
	return client
}

// read gives every reply to who waits for it.
func (p *pipe) read(out io.Reader) {
	lines := bufio.NewReaderSize(out, 64<<10)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.broken = errors.Join(errors.New("it says no more"), err)
			for _, wait := range p.waits {
				close(wait)
			}
			return
		}
		p.mu.Lock()
		id := idOf(line)
		if wait := p.waits[id]; wait != nil {
			wait <- line
			delete(p.waits, id)
		}
		p.mu.Unlock()
	}
}

// idOf is the id of a reply, which both SDKs write first, and zero if that is not a number.
func idOf(line []byte) int {
	_, rest, _ := bytes.Cut(line[:min(len(line), 60)], []byte(`"id":`))
	digits, _, _ := bytes.Cut(rest, []byte(","))
	id, _ := strconv.Atoi(string(digits))
	return id
}

// ask calls evaluate_trigger; the id is the client's own.
func (p *pipe) ask(_ int, arguments string) ([]byte, error) {
	wait := make(chan []byte, 1)
	p.mu.Lock()
	if p.broken != nil {
		defer p.mu.Unlock()
		return nil, p.broken
	}
	p.last++
	id := p.last
	p.waits[id] = wait
	p.mu.Unlock()

	p.writing.Lock()
	_, err := p.in.Write(append(call(id, arguments), '\n'))
	p.writing.Unlock()
	if err != nil {
		return nil, err
	}
	select {
	case reply, ok := <-wait:
		if !ok {
			return nil, io.ErrUnexpectedEOF
		}
		return reply, nil
	case <-time.After(time.Minute):
		return nil, errors.New("no reply in a minute")
	}
}
