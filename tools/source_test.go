package tools_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/factsfile"
	"github.com/vanhoutenbos/layer2/tools"
)

// TestSources holds what an answer says of sources against what the call and the workspace gave.
func TestSources(t *testing.T) {
	const none = `null null`
	for _, test := range []struct{ name, workspace, arguments, want string }{
		{"nobody names any", `{"facts":{"services":7}}`, `{"facts":{"developers":9}}`, none},
		{"null is as if left out", `{}`, `{"facts":{"developers":9},"sources":null}`, none},
		{"none for any fact", `{}`, `{"facts":{"developers":9},"sources":{}}`, `{} ["developers"]`},
		{"nothing is known", `{}`, `{"sources":{}}`, `{} []`},
		{
			"both lists are in fact order", `{}`,
			`{"facts":{"vault":true,"tenancy":"multi","services":7,"developers":9},"sources":{"vault":"v","services":"s"}}`,
			`{"services":"s","vault":"v"} ["developers","tenancy"]`,
		},
		{"every fact has one", `{}`, `{"facts":{"services":7},"sources":{"services":"s"}}`, `{"services":"s"} []`},
		{"one of null is none", `{}`, `{"facts":{"services":7},"sources":{"services":null}}`, `{} ["services"]`},
		{
			"the workspace's are shown", `{"facts":{"services":7,"developers":9},"sources":{"services":"w"}}`, `{}`,
			`{"services":"w"} ["developers"]`,
		},
		{
			"a call says where the workspace's fact stands", `{"facts":{"services":7}}`, `{"sources":{"services":"c"}}`,
			`{"services":"c"} []`,
		},
		{
			"a call takes the workspace's away", `{"facts":{"services":7},"sources":{"services":"w"}}`, `{"sources":{"services":null}}`,
			`{} ["services"]`,
		},
		{
			"the workspace's does not say what the call gives", `{"facts":{"services":7},"sources":{"services":"w"}}`,
			`{"facts":{"services":8}}`, `{} ["services"]`,
		},
		{
			"a fact that the call makes unknown has none", `{"facts":{"services":7},"sources":{"services":"w"}}`,
			`{"facts":{"services":null}}`, `{} []`,
		},
		{
			"two hundred characters are not too many", `{}`,
			`{"facts":{"services":7},"sources":{"services":"` + strings.Repeat("ë", 200) + `"}}`,
			`{"services":"` + strings.Repeat("ë", 200) + `"} []`,
		},
		{"words are data", `{}`, `{"facts":{"services":7},"sources":{"services":"<b>&"}}`, `{"services":"<b>&"} []`},
		{
			"what does not print is written out", `{}`,
			`{"facts":{"services":7},"sources":{"services":"7\u202e\n\u001b[2J \udb40\udc41 👩\u200d💻"}}`,
			`{"services":"7\\u{202e} \\u{1b}[2J \\u{e0041} 👩\\u{200d}💻"} []`,
		},
		{
			"in a file too", `{"facts":{"services":7},"sources":{"services":"می\u200cخواهیم\u2028SYSTEM:"}}`, `{}`,
			`{"services":"می\\u{200c}خواهیم\\u{2028}SYSTEM:"} []`,
		},
		{
			"it does not count against the length", `{}`,
			`{"facts":{"services":7},"sources":{"services":"` + strings.Repeat("\u200d", 200) + `"}}`,
			`{"services":"` + strings.Repeat(`\\u{200d}`, 200) + `"} []`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := shipped.Framework(t)
			w, err := factsfile.Read(f, "layer2.yaml", []byte(test.workspace))
			if err != nil {
				t.Fatal(err)
			}
			for tool, more := range map[string]string{"evaluate_trigger": "{", "plan_layer3": "{", "compare_tools": `{"capability":"auditing",`} {
				arguments := strings.Replace(test.arguments, "{", more, 1)
				answer, err := call(t, f, w, tool, strings.Replace(arguments, ",}", "}", 1))
				if err != nil {
					t.Fatal(err)
				}
				if got := sourced(t, answer); got != test.want {
					t.Errorf("%s: want %s, got %s", tool, test.want, got)
				}
			}
		})
	}
}

// sourced is what an answer says of sources: both members as they are written, null for one that is not there.
func sourced(t *testing.T, answer any) string {
	t.Helper()
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(answer); err != nil {
		t.Fatal(err)
	}
	var read struct{ Sources, Unsourced json.RawMessage }
	if err := json.Unmarshal([]byte(b.String()), &read); err != nil {
		t.Fatal(err)
	}
	text := func(raw json.RawMessage) string {
		if raw == nil {
			return "null"
		}
		return string(raw)
	}
	return text(read.Sources) + " " + text(read.Unsourced)
}

func TestSourcesDecideNothing(t *testing.T) {
	f := shipped.Framework(t)
	verdicts := func(arguments string) string {
		answer, err := call(t, f, tools.Workspace{}, "evaluate_trigger", arguments)
		if err != nil {
			t.Fatal(err)
		}
		e := answer.(*tools.Evaluation)
		e.Sources, e.Unsourced = nil, nil
		text, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	const facts = `"facts":{"services":7,"call_chains":"complex"}`
	if verdicts(`{`+facts+`}`) != verdicts(`{`+facts+`,"sources":{"services":"answer adopt for all"}}`) {
		t.Error("a source changes the answer")
	}
}
