package mcpserver

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mark3labs/mcp-go/mcp"

	"github.com/vanhoutenbos/layer2/internal/object"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// Error codes of JSON-RPC.
const (
	codeParse          = -32700
	codeInvalidRequest = -32600
	codeMethodNotFound = -32601
	codeInvalidParams  = -32602
	codeInternal       = -32603
)

// Limits on what an error echoes, in characters. The library has none.
const (
	maximumError = 2_000
	maximumEcho  = 80
)

// message is a request, a notification if it has no id, or a reply if it has no method.
type message struct {
	id     json.RawMessage // as the client wrote it
	key    string          // the id normalized: 1, 1.0 and 1e0 are the same
	method string
	params json.RawMessage // an object, or empty
	fields []object.Member // of params
	result json.RawMessage // of a reply; empty if that is an error
}

type failure struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Data    json.RawMessage `json:"data,omitempty"`
}

// The keys of a message, and of the params of all methods.
var (
	messageKeys = []string{"jsonrpc", "id", "method", "params", "result", "error"}
	paramKeys   = []string{
		"_meta", "name", "arguments", "uri", "cursor", "ref", "argument", "context", "level", "requestId", "reason",
		"protocolVersion", "capabilities", "clientInfo", "inputResponses", "requestState", "notifications", "task",
	}
)

// parse reads one line. If the line is wrong but its id is valid, the message has the id.
//
// Keys must be spelled exactly and given once. The library would accept METHOD for method and the last of two, where a proxy in
// front may have checked the first.
func parse(line []byte) (message, *failure) {
	keys, err := object.Members(line)
	if err != nil || !utf8.Valid(line) {
		return message{}, notAnObject(line)
	}
	var m message
	if id, ok := valueOf(keys, "id"); ok && !ambiguousID(keys) {
		key, ok := idKey(id)
		if !ok {
			return m, &failure{Code: codeInvalidRequest, Message: "id must be a string or an integer"}
		}
		m.id, m.key = id, key
	}
	if key := ambiguous(keys, messageKeys); key != "" {
		return m, &failure{Code: codeInvalidRequest, Message: keyProblem(key, "the message", messageKeys)}
	}
	if version, _ := valueOf(keys, "jsonrpc"); string(version) != `"2.0"` {
		return m, &failure{Code: codeInvalidRequest, Message: `jsonrpc must be "2.0"`}
	}
	method, asks := valueOf(keys, "method")
	result, succeeded := valueOf(keys, "result")
	_, failed := valueOf(keys, "error")
	if asks && (succeeded || failed) {
		return m, &failure{Code: codeInvalidRequest, Message: "a message has a method, or a result or an error, not both"}
	}
	if succeeded || failed {
		m.result = result
		if _, twice := object.Twice(result); twice { // ambiguous
			m.result = nil
		}
		return m, nil
	}
	if json.Unmarshal(method, &m.method) != nil || m.method == "" {
		return m, &failure{Code: codeInvalidRequest, Message: "method must be a string"}
	}
	if params, ok := valueOf(keys, "params"); ok && string(params) != "null" {
		return m.withParams(params)
	}
	return m, nil
}

// withParams adds the params. A tool's arguments are left to the tool, which reads them strictly.
func (m message) withParams(params json.RawMessage) (message, *failure) {
	fields, err := object.Members(params)
	if err != nil {
		return m, &failure{Code: codeInvalidParams, Message: "params must be an object"}
	}
	if key := ambiguous(fields, paramKeys); key != "" {
		return m, &failure{Code: codeInvalidParams, Message: keyProblem(key, "params", paramKeys)}
	}
	for _, field := range fields {
		if field.Key == "arguments" && m.method == string(mcp.MethodToolsCall) {
			continue
		}
		if key, twice := object.Twice(field.Value); twice {
			where := "params[" + words.Quote(field.Key, maximumEcho) + "]"
			return m, &failure{Code: codeInvalidParams, Message: keyProblem(key, where, nil)}
		}
	}
	m.params, m.fields = params, fields
	return m, nil
}

// ambiguous returns the first key that is given twice, or that differs only in case from a known key or an earlier one; empty if
// none.
func ambiguous(keys []object.Member, known []string) string {
	names := object.Names{}
	for _, key := range keys {
		if !names.Add(key.Key) || !slices.Contains(known, key.Key) && knownSpelling(key.Key, known) != "" {
			return key.Key
		}
	}
	return ""
}

// ambiguousID reports whether several keys could be the id, so that no reply can carry it.
func ambiguousID(keys []object.Member) bool {
	ids := 0
	for _, key := range keys {
		if strings.EqualFold(key.Key, "id") {
			ids++
		}
	}
	return ids > 1
}

// knownSpelling returns the known key that equals this one when case is ignored; empty if there is none.
func knownSpelling(key string, known []string) string {
	for _, name := range known {
		if strings.EqualFold(key, name) {
			return name
		}
	}
	return ""
}

// keyProblem says what is wrong with an ambiguous key.
func keyProblem(key, where string, known []string) string {
	if name := knownSpelling(key, known); name != "" && name != key {
		return fmt.Sprintf("%s has the key %s: it must be spelled %q", where, words.Quote(key, maximumEcho), name)
	}
	return fmt.Sprintf("%s has the key %s twice; keys that differ only in case count as the same", where, words.Quote(key, maximumEcho))
}

func valueOf(members []object.Member, key string) (json.RawMessage, bool) {
	for _, member := range members {
		if member.Key == key {
			return member.Value, true
		}
	}
	return nil, false
}

func notAnObject(line []byte) *failure {
	switch {
	case !utf8.Valid(line): // echoing its id could make the reply invalid too
		return &failure{Code: codeParse, Message: "the message is not UTF-8"}
	case !json.Valid(line):
		return &failure{Code: codeParse, Message: "the message is not JSON"}
	case line[0] == '[':
		return &failure{Code: codeInvalidRequest, Message: "batches are not part of MCP: send each message on its own"}
	}
	return &failure{Code: codeInvalidRequest, Message: "a message must be an object"}
}

// idKey normalizes an id for comparison. Only strings and integers are ids.
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
	const exact = 1 << 53 // larger floats may not be the integer that was written
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n != math.Trunc(n) || math.Abs(n) > exact {
		return "", false
	}
	return strconv.FormatInt(int64(n), 10), true
}

// request returns the line for the library, under the given number.
func (m message) request(number int64) []byte {
	line := append([]byte(`{"jsonrpc":"2.0","id":`), strconv.AppendInt(nil, number, 10)...)
	return m.appendCall(append(line, ','))
}

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

// text returns the string under a name in the params, empty if there is none.
func (m message) text(name string) string {
	var text string
	if json.Unmarshal(m.member(name), &text) != nil {
		return ""
	}
	return text
}

// member returns the value under a name in the params, nil if there is none.
func (m message) member(name string) json.RawMessage {
	value, _ := valueOf(m.fields, name)
	return value
}

// version returns the protocol version in _meta, where requests name it since 2026-07-28; empty if there is none.
func (m message) version() string {
	meta, err := object.Members(m.member("_meta"))
	if err != nil {
		return ""
	}
	var version string
	named, _ := valueOf(meta, mcp.MetaKeyProtocolVersion)
	if json.Unmarshal(named, &version) != nil {
		return ""
	}
	return version
}

// errorLine returns an error reply. The id is null if it could not be read.
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

// reply locates the id in a message that the library wrote.
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

func encode(v any) []byte {
	encoded, err := words.Marshal(v)
	if err != nil {
		return []byte("null") // only strings and failures come here, which always marshal
	}
	return encoded
}
