package object_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/object"
)

// An object is taken apart in its order; keys that are given twice are both there, values are as they were written.
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
			t.Errorf("%s has the members %v, but is not an object", wrong, list)
		}
	}
}

func TestAKeyThatIsGivenTwice(t *testing.T) {
	for value, want := range map[string]string{
		`1`:                                    "",
		`[{"a":1},{"a":2}]`:                    "",
		`{"a":{"a":[{"a":1}]},"b":"a"}`:        "",
		`{"a":"b","b":"a"}`:                    "",
		`{"a":1e999,"b":[]}`:                   "",
		`{"a":1,"b":2,"a":3}`:                  "a",
		`{"name":1,"NAME":2}`:                  "NAME",
		`{"b":[[{"c":{},"d":[],"\u0063":1}]]}`: "c",
		`{"a":[1,"a"],"b":{"x":1},"A":0}`:      "A",
		`{"arguments":1,"argumentſ":2}`:        "argumentſ", // the long s folds to s
		`{"k":1,"\u212a":2}`:                   "\u212a",    // the Kelvin sign to k
	} {
		if got, found := object.Twice(json.RawMessage(value)); got != want || found != (want != "") {
			t.Errorf("%s: %q, want %q", value, got, want)
		}
	}
}

// Two names are the same here exactly where encoding/json takes them for the same field.
func TestNamesAreFoldedAsEncodingJSONDoes(t *testing.T) {
	for _, name := range []string{"method", "METHOD", "Method", "mEthod", "methods", "metho d", "ｍethod", "methoｄ", "metHod"} {
		var decoded struct{ Method int }
		if err := json.Unmarshal([]byte(`{"`+name+`":1}`), &decoded); err != nil {
			t.Fatal(err)
		}
		names := object.Names{}
		names.Add("method")
		if same := !names.Add(name); same != (decoded.Method == 1) {
			t.Errorf("%q: the same %v, encoding/json says %v", name, same, decoded.Method == 1)
		}
	}
}

func TestJSONThatAStringHolds(t *testing.T) {
	for value, want := range map[string]string{
		`"{\"a\":1}"`:          `{"a":1}`,
		`"{\n  \"a\": 1\n}"`:   "{\n  \"a\": 1\n}",
		`"\u007b\"a\":\"b\"}"`: `{"a":"b"}`,
		`"{}"`:                 `{}`,
		// What is not exactly an object stays the string that it is.
		`"{\"a\":1} "`:      `"{\"a\":1} "`,
		`" {\"a\":1}"`:      `" {\"a\":1}"`,
		`"{\"a\":1}\n"`:     `"{\"a\":1}\n"`,
		`"{\"a\":1"`:        `"{\"a\":1"`,
		`"{\"a\":1}{}"`:     `"{\"a\":1}{}"`,
		`"\"{}\""`:          `"\"{}\""`,
		`"[1]"`:             `"[1]"`,
		`"null"`:            `"null"`,
		`""`:                `""`,
		`"\ufeff{\"a\":1}"`: `"\ufeff{\"a\":1}"`,
		`{"a":1}`:           `{"a":1}`,
		`7`:                 `7`,
	} {
		if got := object.Held(json.RawMessage(value), "{"); string(got) != want {
			t.Errorf("%s: %s, want %s", value, got, want)
		}
	}
}
