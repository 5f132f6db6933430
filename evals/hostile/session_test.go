package hostile

import (
	"bufio"
	"bytes"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/mcpserver"
)

// protocol is the part of MCP's schema that answers here can have.
//
//go:embed protocol.json
var protocol []byte

// session is a client that writes bytes to the real server and reads lines.
type session struct {
	t       *testing.T
	in      io.WriteCloser
	lines   chan []byte
	message *jsonschema.Schema
	output  map[string]*jsonschema.Schema // by tool
}

type reply struct {
	ID     json.RawMessage
	Result struct {
		IsError           bool
		Content           []struct{ Type, Text string }
		StructuredContent json.RawMessage
		Tools             []struct {
			Name         string
			OutputSchema json.RawMessage
		}
	}
	Error *struct {
		Code    int
		Message string
		Data    json.RawMessage
	}
}

// texts are what a model or a person reads of an answer.
func (r reply) texts() []string {
	var texts []string
	for _, content := range r.Result.Content {
		texts = append(texts, content.Text)
	}
	return texts
}

// open starts a server, opens a session as a client of 2025-11-25 does, and learns what the tools declare.
func open(t *testing.T) *session {
	t.Helper()
	f := shipped.Framework(t)
	server, err := mcpserver.New(mcpserver.Config{Framework: f, Version: "test", Logger: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	toServer, in := io.Pipe()
	out, fromServer := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- server.Serve(t.Context(), toServer, fromServer)
		fromServer.Close()
	}()
	s := &session{t: t, in: in, lines: make(chan []byte), message: compiled(t, "protocol", protocol), output: map[string]*jsonschema.Schema{}}
	go s.read(out)
	t.Cleanup(func() {
		in.Close()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	s.ask(`{"jsonrpc":"2.0","id":"first","method":"initialize","params":{"protocolVersion":"2025-11-25",` +
		`"capabilities":{},"clientInfo":{"name":"hostile","version":"0"}}}`)
	for _, tool := range s.ask(`{"jsonrpc":"2.0","id":"tools","method":"tools/list"}`).Result.Tools {
		s.output[tool.Name] = compiled(t, tool.Name, tool.OutputSchema)
	}
	return s
}

func (s *session) read(out io.Reader) {
	defer close(s.lines)
	reader := bufio.NewReader(out)
	for {
		line, err := reader.ReadBytes('\n')
		if err != nil {
			return
		}
		s.lines <- line
	}
}

// outputs are the tools.
func (s *session) outputs() []string { return slices.Sorted(maps.Keys(s.output)) }

func compiled(t *testing.T, name string, schema []byte) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("https://layer2.test/"+name, document); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	made, err := compiler.Compile("https://layer2.test/" + name)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return made
}

// ask says a line and is its answer, which is valid.
func (s *session) ask(line string) reply {
	s.t.Helper()
	go io.WriteString(s.in, line+"\n")
	select {
	case answer, ok := <-s.lines:
		if !ok {
			s.t.Fatalf("the server left at %.200q", line)
		}
		s.valid("an answer", s.message, answer)
		var r reply
		if err := json.Unmarshal(answer, &r); err != nil {
			s.t.Fatalf("%v in %.300q", err, answer)
		}
		return r
	case <-time.After(time.Minute):
		s.t.Fatalf("no answer to %.200q", line)
	}
	return reply{}
}

func (s *session) valid(what string, schema *jsonschema.Schema, document []byte) {
	s.t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err == nil {
		err = schema.Validate(value)
	}
	if err != nil {
		s.t.Errorf("%s: %v in %.300q", what, err, document)
	}
}

// alive makes a normal call: its answer is the next line, so there was no second one to the line before.
func (s *session) alive(after string) {
	s.t.Helper()
	r := s.ask(`{"jsonrpc":"2.0","id":"alive","method":"tools/call","params":{"name":"evaluate_trigger",` +
		`"arguments":{"capabilities":["service-mesh"],"facts":{"services":2}}}}`)
	if string(r.ID) != `"alive"` || r.Result.IsError || !strings.Contains(string(r.Result.StructuredContent), `"verdict":"skip"`) {
		s.t.Errorf("after %s, a normal call is answered with %+v", after, r)
	}
}

var placeholder = regexp.MustCompile(`\{\{(repeat|count|nest|bytes) (.*?)\}\}`)

// spelledOut is an input with its placeholders filled in.
func spelledOut(t *testing.T, input string) string {
	return placeholder.ReplaceAllStringFunc(input, func(written string) string {
		parts := placeholder.FindStringSubmatch(written)
		if parts[1] == "bytes" {
			raw, err := hex.DecodeString(strings.ReplaceAll(parts[2], " ", ""))
			if err != nil {
				t.Fatal(err)
			}
			return string(raw)
		}
		number, text, _ := strings.Cut(parts[2], " ")
		n, err := strconv.Atoi(number)
		if err != nil {
			t.Fatal(err)
		}
		switch parts[1] {
		case "repeat":
			return strings.Repeat(text, n)
		case "nest":
			return strings.Repeat(`{"w":`, n) + "1" + strings.Repeat("}", n)
		}
		items := make([]string, n)
		for i := range items {
			items[i] = fmt.Sprintf(text, i)
		}
		return strings.Join(items, ",")
	})
}
