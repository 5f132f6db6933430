package tools

import (
	"encoding/json"
	"strings"
	"testing"
)

// An object is taken apart in its order; keys that stand twice are both there, values are as they were written.
func TestMembersOfAnObject(t *testing.T) {
	for object, want := range map[string]string{
		`{}`:                                 "",
		` { } `:                              "",
		`{"a":1}`:                            "a=1",
		"\n{ \"b\" : true ,\t\"a\":-1e3}":    "b=true a=-1e3",
		`{"a":1,"a":null}`:                   "a=1 a=null",
		`{"a":{"b":[1,{"c":"}"}]},"d":[ ]}`:  `a={"b":[1,{"c":"}"}]} d=[ ]`,
		`{"a":"\"\\","b":"],:{","c":"\\\""}`: `a="\"\\" b="],:{" c="\\\""`,
		`{"\u0061\"b":0,"é":"é"}`:            `a"b=0 é="é"`,
	} {
		list, err := members(json.RawMessage(object))
		var got []string
		for _, m := range list {
			got = append(got, m.key+"="+string(m.value))
		}
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%s has the members %q, want %q (%v)", object, got, want, err)
		}
	}
	for _, wrong := range []string{``, `[]`, `"a"`, `{`, `{"a"}`, `{"a":}`, `{"a":1,}`, `{"a":1}}`, `{"a":1} {}`, `{a:1}`, `{"a":tru}`} {
		if list, err := members(json.RawMessage(wrong)); err == nil {
			t.Errorf("%s has the members %v, but is no object", wrong, list)
		}
	}
}
