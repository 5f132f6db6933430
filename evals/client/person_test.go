package client_test

import (
	"encoding/json"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"

	"github.com/vanhoutenbos/layer2/evals/client"
	"github.com/vanhoutenbos/layer2/internal/mcpclient"
)

// ways are those in which a client can be asked.
var ways = []struct {
	name, protocol string
	http           bool
}{
	{"stdio", client.Modern, false},
	{"stdio", client.Legacy, false},
	{"stdio", client.LegacyJune, false},
	{"http", client.Modern, true},
}

// everyWay runs a test for a person at each kind of client.
func everyWay(t *testing.T, test func(t *testing.T, connect func(client.Person) *client.Client)) {
	server := newServer(t)
	network := httptest.NewServer(server.Handler())
	t.Cleanup(network.Close)
	for _, way := range ways {
		t.Run(way.name+" "+way.protocol, func(t *testing.T) {
			test(t, func(person client.Person) *client.Client {
				var options []client.Option
				if person != nil {
					options = append(options, client.WithPerson(person))
				}
				if !way.http {
					return connect(t, server, way.protocol, options...)
				}
				client, err := client.ConnectHTTP(t.Context(), network.URL, way.protocol, options...)
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { client.Close() })
				return client
			})
		})
	}
}

// evaluation is what of an answer these tests look at.
type evaluation struct {
	Answered  map[string]any `json:"answered"`
	LeftOpen  []string       `json:"left_open"`
	Unsettled []string
	Verdicts  []struct {
		Verdict string
		Ask     []struct{ Fact string }
	}
}

func evaluate(t *testing.T, client *client.Client, arguments string) (evaluation, mcpclient.Result) {
	t.Helper()
	result, err := client.CallTool(t.Context(), "evaluate_trigger", json.RawMessage(arguments))
	if err != nil {
		t.Fatal(err)
	}
	var e evaluation
	if !result.Failed {
		if err := json.Unmarshal(result.Structured, &e); err != nil {
			t.Fatal(err)
		}
	}
	return e, result
}

// fieldsOf are the names in a form, in its order.
func fieldsOf(t *testing.T, form client.Form) []string {
	t.Helper()
	var schema struct {
		Type       string
		Properties map[string]struct{ Type, Title, Description string }
	}
	if err := json.Unmarshal(form.Schema, &schema); err != nil || schema.Type != "object" {
		t.Fatal(string(form.Schema), err)
	}
	var names []string
	for name, field := range schema.Properties {
		names = append(names, name)
		if field.Type == "" || field.Title == "" || field.Description == "" {
			t.Errorf("%s: %+v", name, field)
		}
	}
	slices.Sort(names)
	return names
}

// A person who knows everything is asked until the facts decide, never more than five questions at once and none twice.
func TestAPersonIsAskedUntilItIsDecided(t *testing.T) {
	known := map[string]any{
		"services": 7, "call_chains": "complex", "debugging_hours_per_incident": 1.5, "incidents_without_root_cause": "no",
		"root_cause_analysis_needed": "no", "dependency_map_wanted": "no", "service_dependencies_known": "yes", "signal_correlation_needed": "no",
		"debugging_without_traces_works": "no", "trace_storage_budget": "yes", "instrumentation_capacity": "yes", "layer1_stable": "yes",
	}
	everyWay(t, func(t *testing.T, connect func(client.Person) *client.Client) {
		var forms int
		seen := map[string]bool{}
		client := connect(func(form client.Form) (mcp.ElicitationResponseAction, map[string]any) {
			forms++
			names := fieldsOf(t, form)
			answers := map[string]any{}
			for _, name := range names {
				if seen[name] {
					t.Errorf("%s is asked twice", name)
				}
				seen[name] = true
				if value, ok := known[name]; ok {
					answers[name] = value
				}
			}
			if len(names) > 5 || !strings.HasPrefix(form.Message, "Distributed tracing: is it worth") {
				t.Errorf("form %d: %v %q", forms, names, form.Message)
			}
			return mcp.ElicitationResponseActionAccept, answers
		})
		e, result := evaluate(t, client, `{"capabilities":["distributed-tracing"],"ask_user":true}`)
		if forms < 2 || len(e.Verdicts) != 1 || e.Verdicts[0].Verdict != "adopt" {
			t.Errorf("%d forms, %s", forms, result.Structured)
		}
		if e.Answered["services"] != 7.0 || e.Answered["layer1_stable"] != true || len(e.LeftOpen) != 0 {
			t.Errorf("answered %v, left open %v", e.Answered, e.LeftOpen)
		}
		if !strings.Contains(result.Text, "Answered when asked: layer1_stable = true, services = 7") {
			t.Errorf("text %s", result.Text)
		}
		// The same facts in a call of their own give the same.
		facts, err := json.Marshal(e.Answered)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := evaluate(t, client, `{"capabilities":["distributed-tracing"],"facts":`+string(facts)+`}`)
		if again.Verdicts[0].Verdict != "adopt" || again.Answered != nil {
			t.Errorf("again %+v", again)
		}
	})
}

func TestWhatIsLeftOpenStaysUnknownAndIsNotAskedAgain(t *testing.T) {
	everyWay(t, func(t *testing.T, connect func(client.Person) *client.Client) {
		asked := map[string]int{}
		client := connect(func(form client.Form) (mcp.ElicitationResponseAction, map[string]any) {
			answers := map[string]any{}
			for _, name := range fieldsOf(t, form) {
				asked[name]++
				if name == "mesh_capacity" || name == "mtls_compliance" {
					answers[name] = "unknown"
				}
			}
			return mcp.ElicitationResponseActionAccept, answers
		})
		e, _ := evaluate(t, client, `{"capabilities":["service-mesh"],"facts":{"services":7},"ask_user":true}`)
		for name, times := range asked {
			if times != 1 || !slices.Contains(e.LeftOpen, name) {
				t.Errorf("%s was asked %d times; left open %v", name, times, e.LeftOpen)
			}
		}
		if len(asked) < 6 || len(e.Answered) != 0 || e.Verdicts[0].Verdict != "undetermined" || len(e.Verdicts[0].Ask) != len(asked) {
			t.Errorf("asked %v, answer %+v", asked, e)
		}
	})
}

func TestWhatIsNotSettledIsNamedAndNotAskedAgain(t *testing.T) {
	everyWay(t, func(t *testing.T, connect func(client.Person) *client.Client) {
		asked := 0
		client := connect(func(form client.Form) (mcp.ElicitationResponseAction, map[string]any) {
			answers := map[string]any{}
			for _, name := range fieldsOf(t, form) {
				if name == "mesh_capacity" {
					asked++
					answers[name] = "unsettled"
				}
			}
			return mcp.ElicitationResponseActionAccept, answers
		})
		e, _ := evaluate(t, client, `{"capability":"service-mesh","facts":{"services":7,"mtls_needed":true},"ask_user":true}`)
		if asked != 1 || !slices.Equal(e.Unsettled, []string{"mesh_capacity"}) || slices.Contains(e.LeftOpen, "mesh_capacity") || len(e.Answered) != 0 {
			t.Errorf("asked %d times, answer %+v", asked, e)
		}
	})
}

func TestWhoDeclinesOrCancelsIsNotAskedOn(t *testing.T) {
	for _, action := range []mcp.ElicitationResponseAction{"decline", "cancel"} {
		t.Run(string(action), func(t *testing.T) {
			everyWay(t, func(t *testing.T, connect func(client.Person) *client.Client) {
				forms := 0
				client := connect(func(client.Form) (mcp.ElicitationResponseAction, map[string]any) {
					if forms++; forms == 1 {
						return mcp.ElicitationResponseActionAccept, map[string]any{"services": 7}
					}
					return action, nil
				})
				e, result := evaluate(t, client, `{"capabilities":["service-mesh"],"ask_user":true}`)
				if forms != 2 || e.Answered["services"] != 7.0 || len(e.LeftOpen) == 0 || len(e.Verdicts[0].Ask) == 0 {
					t.Errorf("%d forms, %s", forms, result.Structured)
				}
			})
		})
	}
}

func TestAllCapabilitiesAskTheirCommonQuestionsFirst(t *testing.T) {
	everyWay(t, func(t *testing.T, connect func(client.Person) *client.Client) {
		var first []string
		forms := 0
		client := connect(func(form client.Form) (mcp.ElicitationResponseAction, map[string]any) {
			forms++
			if first == nil {
				first = fieldsOf(t, form)
			}
			return mcp.ElicitationResponseActionAccept, nil
		})
		listed, err := client.CallTool(t.Context(), "evaluate_trigger", nil)
		if err != nil {
			t.Fatal(err)
		}
		var top struct{ Ask []struct{ Fact string } }
		if err := json.Unmarshal(listed.Structured, &top); err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, question := range top.Ask {
			want = append(want, question.Fact)
		}
		slices.Sort(want)
		e, _ := evaluate(t, client, `{"ask_user":true}`)
		if !slices.Equal(first, want) || forms != 8 || len(e.LeftOpen) != 40 {
			t.Errorf("first form %v, want %v; %d forms, %d left open", first, want, forms, len(e.LeftOpen))
		}
	})
}

func TestAClientThatCannotAskGetsTheQuestions(t *testing.T) {
	everyWay(t, func(t *testing.T, connect func(client.Person) *client.Client) {
		client := connect(nil)
		_, asked := evaluate(t, client, `{"capabilities":["service-mesh"],"ask_user":true}`)
		_, plain := evaluate(t, client, `{"capabilities":["service-mesh"]}`)
		if string(asked.Structured) != string(plain.Structured) || asked.Text != plain.Text {
			t.Errorf("asked %s\nplain %s", asked.Structured, plain.Structured)
		}
	})
}

func TestAnAnswerThatIsNoneIsAMistakeOfTheCall(t *testing.T) {
	for _, test := range []struct {
		fields map[string]any
		says   string
	}{
		{map[string]any{"services": -1}, "-1 is negative"},
		{map[string]any{"services": 6.5}, "not a whole number"},
		{map[string]any{"services": "many"}, "is a string"},
		{map[string]any{"servces": 7}, "not a question of this form"},
		{map[string]any{"compliance": []string{"gdpr"}}, "not a question of this form"},
	} {
		everyWay(t, func(t *testing.T, connect func(client.Person) *client.Client) {
			client := connect(func(client.Form) (mcp.ElicitationResponseAction, map[string]any) {
				return mcp.ElicitationResponseActionAccept, test.fields
			})
			_, result := evaluate(t, client, `{"capabilities":["service-mesh"],"ask_user":true}`)
			if !result.Failed || !strings.Contains(result.Text, test.says) || !strings.Contains(result.Text, "in the answers") {
				t.Errorf("%v: %s", test.fields, result.Text)
			}
		})
	}
}

// A set is asked as a list where the protocol has lists, and an empty list says nothing: none does.
func TestASetIsAnsweredAsTheProtocolAllows(t *testing.T) {
	for _, test := range []struct {
		list []string
		text string
		want any
	}{
		{[]string{"gdpr", "dora"}, "gdpr, dora", []any{"gdpr", "dora"}},
		{[]string{"none"}, "none", []any{}},
		{[]string{}, " ", nil},
	} {
		everyWay(t, func(t *testing.T, connect func(client.Person) *client.Client) {
			client := connect(func(form client.Form) (mcp.ElicitationResponseAction, map[string]any) {
				var schema struct {
					Properties map[string]struct{ Type string }
				}
				if err := json.Unmarshal(form.Schema, &schema); err != nil {
					t.Fatal(err)
				}
				switch field, asked := schema.Properties["compliance"]; {
				case !asked:
					return mcp.ElicitationResponseActionAccept, nil
				case field.Type == "array":
					return mcp.ElicitationResponseActionAccept, map[string]any{"compliance": test.list}
				default:
					return mcp.ElicitationResponseActionAccept, map[string]any{"compliance": test.text}
				}
			})
			e, result := evaluate(t, client, `{"capabilities":["auditing"],"ask_user":true}`)
			got, err := json.Marshal(e.Answered["compliance"])
			if want, _ := json.Marshal(test.want); err != nil || string(got) != string(want) {
				t.Errorf("%v: %s", test.list, result.Structured)
			}
		})
	}
}
