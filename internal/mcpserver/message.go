package mcpserver

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// Codes of JSON-RPC and of MCP.
const (
	codeParse          = -32700
	codeInvalidRequest = -32600
	codeMethodNotFound = -32601
	codeInvalidParams  = -32602
	codeInternal       = -32603
)

// Limits on what an error gives back, in characters: the library echoes whatever it was given.
const (
	maximumError = 2_000
	maximumEcho  = 80
)

// message is a request, a notification when id is empty, or a reply when method is.
type message struct {
	id     json.RawMessage // as the client wrote it
	key    string          // the id in one form: 1, 1.0 and 1e0 are the same
	method string
	params json.RawMessage // an object, or empty
	result json.RawMessage // of a reply; empty if that is an error
}

// failure is the error of a JSON-RPC reply.
type failure struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Data    json.RawMessage `json:"data,omitempty"`
}

// parse reads one line. The message holds the id even of a line that fails, if it has a valid one.
// A reply is a message without a method.
func parse(line []byte) (message, *failure) {
	fields := map[string]json.RawMessage{}
	if len(line) == 0 || line[0] != '{' || !utf8.Valid(line) || json.Unmarshal(line, &fields) != nil {
		return message{}, notAnObject(line)
	}
	var m message
	if id, ok := fields["id"]; ok {
		key, ok := idKey(id)
		if !ok {
			return m, &failure{Code: codeInvalidRequest, Message: "id must be a string or an integer"}
		}
		m.id, m.key = id, key
	}
	if string(fields["jsonrpc"]) != `"2.0"` {
		return m, &failure{Code: codeInvalidRequest, Message: `jsonrpc must be "2.0"`}
	}
	method, asks := fields["method"]
	if !asks && (fields["result"] != nil || fields["error"] != nil) {
		m.result = fields["result"]
		return m, nil
	}
	if json.Unmarshal(method, &m.method) != nil || m.method == "" {
		return m, &failure{Code: codeInvalidRequest, Message: "method must be a string"}
	}
	if params := fields["params"]; params != nil && string(params) != "null" {
		if params[0] != '{' {
			return m, &failure{Code: codeInvalidParams, Message: "params must be an object"}
		}
		m.params = params
	}
	return m, nil
}

func notAnObject(line []byte) *failure {
	switch {
	case !utf8.Valid(line): // a client that is strict could not read its own id in the reply
		return &failure{Code: codeParse, Message: "the message is not UTF-8"}
	case !json.Valid(line):
		return &failure{Code: codeParse, Message: "the message is not JSON"}
	case line[0] == '[':
		return &failure{Code: codeInvalidRequest, Message: "batches are not part of MCP: send each message by itself"}
	}
	return &failure{Code: codeInvalidRequest, Message: "a message must be an object"}
}

// idKey is an id in the one form by which ids are compared. Only strings and integers are ids.
func idKey(id json.RawMessage) (string, bool) {
	text := string(id)
	switch {
	case text[0] == '"':
		var s string
		err := json.Unmarshal(id, &s)
		return `"` + s, err == nil
	case text[0] != '-' && (text[0] < '0' || text[0] > '9'):
		return "", false
	case text == "-0":
		return "0", true
	case !strings.ContainsAny(text, ".eE"):
		return text, true
	}
	const exact = 1 << 53 // beyond it a number with a point or an exponent is not surely an integer
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n != math.Trunc(n) || math.Abs(n) > exact {
		return "", false
	}
	return strconv.FormatInt(int64(n), 10), true
}

// request is the line that asks the library, under a number of the gate's own.
func (m message) request(number int64) []byte {
	line := append([]byte(`{"jsonrpc":"2.0","id":`), strconv.AppendInt(nil, number, 10)...)
	return m.appendCall(append(line, ','))
}

// notification is the line that tells the library.
func (m message) notification() []byte {
	return m.appendCall([]byte(`{"jsonrpc":"2.0",`))
}

func (m message) appendCall(line []byte) []byte {
	line = append(line, `"method":`...)
	line = append(line, encode(m.method)...)
	if m.params != nil {
		line = append(line, `,"params":`...)
		line = append(line, m.params...)
	}
	return append(line, "}\n"...)
}

// text is the string at a name of the parameters, empty if there is none.
func (m message) text(name string) string {
	var text string
	if json.Unmarshal(m.member(name), &text) != nil {
		return ""
	}
	return text
}

// member is the value at a name of the parameters, nil if there is none.
func (m message) member(name string) json.RawMessage {
	fields := map[string]json.RawMessage{}
	if m.params == nil || json.Unmarshal(m.params, &fields) != nil {
		return nil
	}
	return fields[name]
}

// errorLine is the reply that says what went wrong. An id that could not be read is null.
func errorLine(id json.RawMessage, f failure) []byte {
	if id == nil {
		id = json.RawMessage("null")
	}
	f.Message = words.CutLines(f.Message, maximumError)
	line := append([]byte(`{"jsonrpc":"2.0","id":`), id...)
	line = append(line, `,"error":`...)
	line = append(line, encode(f)...)
	return append(line, "}\n"...)
}

// reply is what the library wrote: where its id stands, and whether it is an error.
type reply struct {
	number     int64
	start, end int // of the id
	failed     bool
}

// parseReply reads no further than it must: the library writes the id and the outcome first, and the result may be long.
func parseReply(line []byte) (reply, bool) {
	const opening = `{"jsonrpc":"2.0","id":`
	rest, ok := bytes.CutPrefix(line, []byte(opening))
	id, rest, found := bytes.Cut(rest, []byte(","))
	number, err := strconv.ParseInt(string(id), 10, 64)
	if !ok || !found || err != nil {
		return reply{}, false
	}
	return reply{
		number: number,
		start:  len(opening),
		end:    len(opening) + len(id),
		failed: bytes.HasPrefix(rest, []byte(`"error":`)),
	}, true
}

// encode is a value as JSON, with <, > and & as they are.
func encode(v any) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return []byte("null") // only strings and failures come here, which always marshal
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}
