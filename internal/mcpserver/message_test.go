package mcpserver

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

func TestIdsAreComparedByTheirValue(t *testing.T) {
	for _, test := range []struct {
		id, key string
		valid   bool
	}{
		{`1`, "1", true},
		{`1.0`, "1", true},
		{`1e0`, "1", true},
		{`-0`, "0", true},
		{`-12`, "-12", true},
		{`1E2`, "100", true},
		{`9007199254740993`, "9007199254740993", true},
		{`9007199254740992.0`, "9007199254740992", true},
		{`"1"`, `"1`, true},
		{`"\u0041"`, `"A`, true},
		{`1.5`, "", false},
		{`1e300`, "", false},
		{`1e999`, "", false},
		{`null`, "", false},
		{`true`, "", false},
		{`{}`, "", false},
		{`[1]`, "", false},
	} {
		key, valid := idKey(json.RawMessage(test.id))
		if valid != test.valid || valid && key != test.key {
			t.Errorf("%s: %q %v, want %q %v", test.id, key, valid, test.key, test.valid)
		}
	}
}

func TestLinesAreReadUpToALimit(t *testing.T) {
	for _, test := range []struct {
		input string
		want  []string // "!" for a line that is too long
	}{
		{"", nil},
		{"ab\n", []string{"ab"}},
		{"ab", []string{"ab"}},
		{"\n\n", []string{"", ""}},
		{"12345678901234567890\nab", []string{"12345678901234567890", "ab"}},
		{"123456789012345678901\nab\n", []string{"!", "ab"}},
		{"123456789012345678901", []string{"!"}},
		{strings.Repeat("x", 100) + "\n" + strings.Repeat("y", 20), []string{"!", strings.Repeat("y", 20)}},
	} {
		reader := bufio.NewReaderSize(strings.NewReader(test.input), 16) // the least: lines come in pieces
		var got []string
		for {
			text, err := readLine(reader, 20)
			if errors.Is(err, errLineTooLong) {
				got = append(got, "!")
				continue
			}
			if err != nil {
				if !errors.Is(err, io.EOF) {
					t.Fatal(err)
				}
				break
			}
			got = append(got, string(text))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%q: %q, want %q", test.input, got, test.want)
		}
	}
}

// FuzzParse holds that whatever the client says, the library gets one well-formed line and the client one well-formed reply.
func FuzzParse(f *testing.F) {
	for _, line := range []string{
		`{"jsonrpc":"2.0","id":1,"method":"ping"}`, `{"jsonrpc":"2.0","id":"a","method":"x","params":{"y":[1e9]}}`, `[]`, `{}`, `x`,
		`{"jsonrpc":"2.0","id":1.0,"id":2,"method":"m\u0000","params":null}`, `{"id":{}}`, `null`, `"`, "{\"\xff\":1}",
	} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.TrimSpace(text)
		if text == "" || strings.Contains(text, "\n") {
			return
		}
		m, failed := parse([]byte(text))
		var line []byte
		switch {
		case failed != nil:
			line = errorLine(m.id, *failed)
		case m.method == "":
			return
		case m.id == nil:
			line = m.notification()
		default:
			line = m.request(7)
		}
		if !json.Valid(line) || strings.Count(string(line), "\n") != 1 || line[len(line)-1] != '\n' {
			t.Errorf("%q became %q", text, line)
		}
	})
}
