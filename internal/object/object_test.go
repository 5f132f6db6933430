package object_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/object"
)

// An object is taken apart in its order; keys that stand twice are both there, values are as they were written.
func TestMembersOfAnObject(t *testing.T) {
	for text, want := range map[string]string{
		`{}`:                                 "",
		` { } `:                              "",
		`{"a":1}`:                            "a=1",
		"\n{ \"b\" : true ,\t\"a\":-1e3}":    "b=true a=-1e3",
		`{"a":1,"a":null}`:                   "a=1 a=null",
		`{"a":{"b":[1,{"c":"}"}]},"d":[ ]}`:  `a={"b":[1,{"c":"}"}]} d=[ ]`,
		`{"a":"\"\\","b":"],:{","c":"\\\""}`: `a="\"\\" b="],:{" c="\\\""`,
		`{"\u0061\"b":0,"é":"é"}`:            `a"b=0 é="é"`,
	} {
		list, err := object.Members(json.RawMessage(text))
		var got []string
		for _, m := range list {
			got = append(got, m.Key+"="+string(m.Value))
		}
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%s has the members %q, want %q (%v)", text, got, want, err)
		}
	}
	for _, wrong := range []string{``, `[]`, `"a"`, `{`, `{"a"}`, `{"a":}`, `{"a":1,}`, `{"a":1}}`, `{"a":1} {}`, `{a:1}`, `{"a":tru}`} {
		if list, err := object.Members(json.RawMessage(wrong)); err == nil {
			t.Errorf("%s has the members %v, but is no object", wrong, list)
		}
	}
}
