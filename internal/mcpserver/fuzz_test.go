package mcpserver

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzGate holds that whatever a client says, line by line, the server ends well, says nothing but whole JSON-RPC messages, one a
// line, and answers every request once, what cannot be read with a null id, and nothing else. Round what the client says stands
// a request that is still running when it is cancelled: that one is never answered.
func FuzzGate(f *testing.F) {
	server := fixture(f, io.Discard)
	f.Fuzz(func(t *testing.T, said string) {
		if strings.Contains(said, "await") || strings.Contains(said, "held") {
			t.Skip() // that is this test's own
		}
		input := call(`"held"`, "await") + "\n" + said + "\n" + cancelled(`"held"`) + "\n" + ping(`"last"`)
		var out bytes.Buffer
		if err := server.Serve(t.Context(), strings.NewReader(input), &out); err != nil {
			t.Fatal(err)
		}
		expected := expectedOf(said)
		expected.answers[`"last`]++
		got := map[string]int{}
		for line := range strings.Lines(out.String()) {
			got[answered(t, line)]++
		}
		for key, n := range got {
			if n > expected.answers[key] {
				t.Errorf("%d answers to %s, want %d", n, key, expected.answers[key])
			}
		}
		for key, n := range expected.answers {
			if got[key] < n && !expected.cancelled[key] {
				t.Errorf("%d answers to %s, want %d: %q", got[key], key, n, out.String())
			}
		}
	})
}

// answered is the id, in its one form, that a line answers; null for what could not be read.
func answered(t *testing.T, line string) string {
	t.Helper()
	var reply map[string]json.RawMessage
	if !strings.HasSuffix(line, "\n") || !utf8.ValidString(line) || json.Unmarshal([]byte(line), &reply) != nil {
		t.Fatalf("not a whole message: %q", line)
	}
	if string(reply["jsonrpc"]) != `"2.0"` || (reply["result"] == nil) == (reply["error"] == nil) || len(reply) != 3 {
		t.Fatalf("no reply of JSON-RPC: %q", line)
	}
	if failed := reply["error"]; failed != nil {
		var f failure
		if err := json.Unmarshal(failed, &f); err != nil || f.Code == 0 || f.Message == "" || utf8.RuneCountInString(f.Message) > maximumError {
			t.Fatalf("no error of JSON-RPC: %v: %q", err, line)
		}
	}
	if string(reply["id"]) == "null" {
		return "null"
	}
	key, ok := idKey(reply["id"])
	if !ok {
		t.Fatalf("no id: %q", line)
	}
	return key
}

// expectation is how often each id has to be answered, and which may have been cancelled before.
type expectation struct {
	answers   map[string]int
	cancelled map[string]bool
}

// expectedOf reads what a client says as JSON-RPC does, from its own specification.
func expectedOf(said string) expectation {
	e := expectation{map[string]int{}, map[string]bool{}}
	for line := range strings.SplitSeq(said, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		var m map[string]json.RawMessage
		if !utf8.ValidString(line) || json.Unmarshal([]byte(line), &m) != nil || m == nil {
			e.answers["null"]++
			continue
		}
		right, idIsClear := spelled(line)
		id, has := m["id"]
		key, valid := "null", true
		if has && idIsClear {
			if key, valid = idKey(id); !valid {
				key = "null"
			}
		}
		var method string
		named := json.Unmarshal(m["method"], &method) == nil && method != ""
		replies := m["result"] != nil || m["error"] != nil
		both := m["method"] != nil && replies // a request and a reply at once
		right = right && valid && string(m["jsonrpc"]) == `"2.0"` && !both
		switch {
		case right && replies: // to nothing
		case right && named && !has: // a notification, however wrong its params
			if method == "notifications/cancelled" {
				e.cancel(m["params"])
			}
		default:
			e.answers[key]++
		}
	}
	return e
}

// spelled reports whether the keys of a message are all there once and in small letters where JSON-RPC knows them, and whether there is
// one id.
func spelled(line string) (right, oneID bool) {
	var keys []string
	right = true
	ids := 0
	tokens := json.NewDecoder(strings.NewReader(line))
	_, _ = tokens.Token() // the brace
	for tokens.More() {
		token, _ := tokens.Token()
		key := token.(string)
		for _, other := range append([]string{"jsonrpc", "id", "method", "params", "result", "error"}, keys...) {
			if strings.EqualFold(key, other) && (key != other || slices.Contains(keys, key)) {
				right = false
			}
		}
		if strings.EqualFold(key, "id") {
			ids++
		}
		keys = append(keys, key)
		var value json.RawMessage
		_ = tokens.Decode(&value)
	}
	return right, ids <= 1
}

func (e *expectation) cancel(params json.RawMessage) {
	var of map[string]json.RawMessage
	if json.Unmarshal(params, &of) == nil && of["requestId"] != nil {
		if key, ok := idKey(of["requestId"]); ok {
			e.cancelled[key] = true
		}
	}
}
