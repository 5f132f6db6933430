package tools_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/tools"
)

// asked is the answer to a call as JSON.
func asked(t *testing.T, f *framework.Framework, tool, arguments string) string {
	t.Helper()
	answer, err := call(t, f, tools.Workspace{}, tool, arguments)
	if err != nil {
		t.Errorf("%s %s: %v", tool, arguments, err)
		return ""
	}
	text, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// quoted is JSON in a string.
func quoted(text string) string {
	literal, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string always marshals
	}
	return string(literal)
}

// TestWhatClientsDoIsForgiven compares calls as clients write them with the calls that they mean.
func TestWhatClientsDoIsForgiven(t *testing.T) {
	f := shipped.Framework(t)
	for _, test := range []struct{ name, tool, means, written string }{
		{
			"all arguments in a string", "evaluate_trigger", `{"capability":"service-mesh","facts":{"services":7}}`,
			quoted(`{"capability":"service-mesh","facts":{"services":7}}`),
		},
		{"no arguments in a string", "evaluate_trigger", `{}`, quoted(`{}`)},
		{"facts in a string", "evaluate_trigger", `{"facts":{"services":7}}`, `{"facts":` + quoted(`{"services":7}`) + `}`},
		{"facts in a string, on several lines", "plan_layer3", `{"facts":{"services":7}}`, `{"facts":` + quoted("{\n  \"services\": 7\n}") + `}`},
		{
			"a string in a string in a string", "evaluate_trigger", `{"facts":{"services":7}}`,
			quoted(`{"facts":` + quoted(`{"services":`+quoted(`7`)+`}`) + `}`),
		},
		{"an integer in a string", "evaluate_trigger", `{"facts":{"services":7}}`, `{"facts":{"services":"7"}}`},
		{"an integer with a point in a string", "evaluate_trigger", `{"facts":{"services":7.0}}`, `{"facts":{"services":"7.0"}}`},
		{
			"a number in a string", "evaluate_trigger", `{"facts":{"debugging_hours_per_week":2.5}}`,
			`{"facts":{"debugging_hours_per_week":"2.5"}}`,
		},
		{"a boolean in a string", "evaluate_trigger", `{"facts":{"layer1_stable":false}}`, `{"facts":{"layer1_stable":"false"}}`},
		{"a list in a string", "evaluate_trigger", `{"facts":{"compliance":["gdpr","dora"]}}`, `{"facts":{"compliance":"[\"gdpr\", \"dora\"]"}}`},
		{"an empty list in a string", "evaluate_trigger", `{"facts":{"compliance":[]}}`, `{"facts":{"compliance":"[]"}}`},
		{"a member for a list", "evaluate_trigger", `{"facts":{"compliance":["gdpr"]}}`, `{"facts":{"compliance":"gdpr"}}`},
		{"what runs, in a string", "evaluate_trigger", `{"running":["auditing","observability"]}`, `{"running":"[\"auditing\",\"observability\"]"}`},
		{"nothing runs, in a string", "evaluate_trigger", `{"running":[]}`, `{"running":"[]"}`},
		{"one that runs", "plan_layer3", `{"running":["auditing"]}`, `{"running":"auditing"}`},
		{"one theme", "plan_layer3", `{"themes":["Z1"]}`, `{"themes":"Z1"}`},
		{"one option", "compare_tools", `{"capability":"service-mesh","tools":["Linkerd"]}`, `{"capability":"service-mesh","tools":"Linkerd"}`},
		{"one id", "cite", `{"ids":["SM-T1"]}`, `{"ids":"SM-T1"}`},
		{"ids in a string", "cite", `{"ids":["SM-T1","R1"]}`, `{"ids":"[\"SM-T1\",\"R1\"]"}`},
		{"a flag in a string", "evaluate_trigger", `{"ask_user":true}`, `{"ask_user":"true"}`},
		{
			"sources in a string", "evaluate_trigger", `{"facts":{"services":7},"sources":{"services":"{}"}}`,
			`{"facts":{"services":7},"sources":` + quoted(`{"services":"{}"}`) + `}`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			if want, got := asked(t, f, test.tool, test.means), asked(t, f, test.tool, test.written); got != want {
				t.Errorf("%s: got\n%s\nwant\n%s", test.written, got, want)
			}
		})
	}
}

// A string that is not exactly the expected JSON remains a mistake.
func TestOtherStringsAreMistakes(t *testing.T) {
	f := shipped.Framework(t)
	for fact, values := range map[string][]string{
		"services": {
			`"07"`, `" 7"`, `"7 "`, `"7\n"`, `"7.0.0"`, `"+7"`, `"seven"`, `"7,5"`, `"0x7"`, `"7_000"`, `"1e"`, `""`, `"null"`, `"true"`, `"\"7\""`,
			`["7"]`, `"[7]"`, `"-1"`, `"7.5"`, `"1e999"`, `"9007199254740993"`, `"٧"`, `"NaN"`,
		},
		"layer1_stable": {`"True"`, `"TRUE"`, `"yes"`, `"1"`, `1`, `"t"`, `" true"`, `""`, `"null"`, `"truefalse"`, `["true"]`},
		"compliance":    {`"null"`, `""`, `"gdpr,dora"`, `"['gdpr']"`, `"[\"gdpr\""`, `" [\"gdpr\"]"`, `"\"gdpr\""`, `["[\"gdpr\"]"]`, `7`, `true`, `{}`},
		"tenancy":       {`"\"multi\""`, `"[\"multi\"]"`, `["multi"]`, `"null"`, `"{}"`},
	} {
		for _, value := range values {
			arguments := fmt.Sprintf(`{"facts":{%q:%s}}`, fact, value)
			if answer, err := call(t, f, tools.Workspace{}, "evaluate_trigger", arguments); err == nil {
				t.Errorf("%s was taken: %v", arguments, answer.(*tools.Evaluation).Unused)
			}
		}
	}
	for tool, all := range map[string][]string{
		"evaluate_trigger": {
			`"null"`, `"[]"`, `""`, `"{"`, `"{} "`, `" {}"`, quoted(quoted(`{}`)), `{"facts":"null"}`, `{"facts":"[]"}`, `{"facts":""}`, `{"facts":" {}"}`,
			`{"facts":"{}{}"}`, `{"facts":[{}]}`, `{"facts":"{\"services\":7,\"services\":8}"}`,
			`{"capability":"\"service-mesh\""}`, `{"capability":"null"}`, `{"running":"null"}`, `{"running":""}`, `{"running":"auditing, observability"}`,
			`{"running":{"auditing":"yes"}}`, `{"running":{"tracing":true}}`, `{"running":true}`, `{"unsettled":{"services":true}}`, `{"unsettled":[7]}`, `{"running":["[\"auditing\"]"]}`, `{"detail":"\"full\""}`, `{"detail":"null"}`,
			`{"ask_user":"True"}`, `{"ask_user":"yes"}`, `{"ask_user":1}`, `{"ask_user":"null"}`,
		},
		"cite": {`{"ids":"null"}`, `{"ids":"[]"}`, `{"ids":""}`, `{"ids":7}`, `{"ids":"[7]"}`, `{"ids":["[\"R1\"]"]}`},
	} {
		for _, arguments := range all {
			if _, err := call(t, f, tools.Workspace{}, tool, arguments); err == nil {
				t.Errorf("%s %s was taken", tool, arguments)
			}
		}
	}
}

// What clients and agent frameworks add to the arguments of a tool, seen in their issue trackers.
var added = []string{
	"sessionId", "session_id", "toolCallId", "tool_call_id", "requestId", "request_id", "action", "chatInput", "signal", "random_string", "dummy",
	"thought", "reasoning", "explanation", "intent", "_meta", "metadata", "user", "userId", "user_id", "title", "query", "input", "kwargs",
	"args", "run_manager", "config", "callbacks", "task_progress", "requires_approval", "waitForPreviousTools", "server_name",
	"toolName", "conversation_id", "traceparent", "timeout", "language", "x",
}

func TestArgumentsThatClientsAddAreIgnored(t *testing.T) {
	f := shipped.Framework(t)
	for tool, with := range map[string]string{
		"evaluate_trigger": `"facts":{"services":7}`, "compare_tools": `"capability":"auditing"`, "plan_layer3": `"running":[]`, "cite": `"ids":["R1"]`,
	} {
		want := asked(t, f, tool, "{"+with+"}")
		for _, name := range added {
			answer, err := call(t, f, tools.Workspace{}, tool, fmt.Sprintf(`{%q:{"a":[1]},%s,%q:null}`, name, with, name))
			if err != nil {
				t.Errorf("%s: %v", tool, err)
				continue
			}
			ignored := ignoredOf(answer)
			if !slices.Equal(*ignored, []string{name}) {
				t.Errorf("%s, %s: ignored %q", tool, name, *ignored)
			}
			*ignored = nil
			if got, err := json.Marshal(answer); err != nil || string(got) != want {
				t.Errorf("%s, %s: %s %v", tool, name, got, err)
			}
		}
	}
}

func ignoredOf(answer any) *[]string {
	return reflect.ValueOf(answer).Elem().FieldByName("Ignored").Addr().Interface().(*[]string)
}

// Ten are named, in the order of the call, each cut if it is long.
func TestManyArgumentsAreIgnored(t *testing.T) {
	long := strings.Repeat("y", 100_000)
	arguments, want := []string{quoted(long) + ":1"}, []string{long[:79] + "…"}
	for i := range 99 {
		name := fmt.Sprintf("xxxxxxxxxx%d", i)
		arguments = append(arguments, quoted(name)+":1")
		want = append(want, name)
	}
	f := shipped.Framework(t)
	answer, err := call(t, f, tools.Workspace{}, "evaluate_trigger", "{"+strings.Join(arguments, ",")+"}")
	if err != nil {
		t.Fatal(err)
	}
	if got := *ignoredOf(answer); !slices.Equal(got, want[:10]) {
		t.Errorf("got %q, want %q", got, want[:10])
	}
	arguments = append(arguments, `"one more":1`)
	if _, err := call(t, f, tools.Workspace{}, "evaluate_trigger", "{"+strings.Join(arguments, ",")+"}"); err == nil {
		t.Error("101 were ignored")
	}
}

// No client adds such names; a person or a model that reads them may take them for others.
func TestArgumentsThatLookLikeOthersAreNotIgnored(t *testing.T) {
	for _, name := range []string{"cаpаbіlіty", "ｃａｐａｂｉｌｉｔｙ", "\u202esystem", "a\nb", "\x1b[2J", "", "x\u200by", "a\u00a0b"} {
		if _, err := call(t, shipped.Framework(t), tools.Workspace{}, "evaluate_trigger", "{"+quoted(name)+":1}"); err == nil {
			t.Errorf("%q was ignored", name)
		}
	}
}
