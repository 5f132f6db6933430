package cost

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/tiktoken-go/tokenizer"

	"github.com/vanhoutenbos/layer2/evals"
	"github.com/vanhoutenbos/layer2/evals/transcript"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/knowledge"
	"github.com/vanhoutenbos/layer2/tools"
)

// measure is a count with what it is of, and its budget in design.md §7, 0 where it has none.
type measure struct {
	name           string
	tokens, budget int
}

// Three cases: nothing known, a part, nearly all.
var threeCases = []string{"layer3-nothing-known", "webshop-stated", "webshop-assumed"}

// question is a call that is measured, on every one of the cases.
type question struct {
	name, tool string
	arguments  map[string]any
	structured int // budgets
	text       int
}

var questions = []question{
	{"evaluate_trigger, all brief", "evaluate_trigger", nil, 1_600, 1_000},
	{"evaluate_trigger, all full", "evaluate_trigger", map[string]any{"detail": "full"}, 0, 0},
	{"evaluate_trigger, one brief", "evaluate_trigger", map[string]any{"capability": "distributed-tracing", "detail": "brief"}, 0, 0},
	{"evaluate_trigger, one full", "evaluate_trigger", map[string]any{"capability": "distributed-tracing"}, 1_100, 1_100},
	{"evaluate_trigger, three full", "evaluate_trigger", map[string]any{"capabilities": []string{"service-mesh", "distributed-tracing", "chaos-engineering"}}, 2_700, 2_700},
	{"compare_tools", "compare_tools", map[string]any{"capability": "distributed-tracing"}, 0, 0},
	{"plan_layer3", "plan_layer3", nil, 1_600, 1_600},
	{"plan_layer3 with themes", "plan_layer3", map[string]any{"themes": []string{"Z1", "Z2", "Z3", "Z4", "Z5", "Z6"}}, 2_400, 2_400},
}

// large are the largest answers over all cases: what the three do not show. The plan's budget is for the three; its largest is only shown.
var large = map[string]question{
	"conflicts-one-region-suffices-against-four": {"evaluate_trigger, one full", "evaluate_trigger", map[string]any{"capability": "service-mesh"}, 1_100, 1_100},
	"mutants-plan-everything-under-a-rule":       {"plan_layer3", "plan_layer3", nil, 0, 0},
}

// counter counts with the tokenizer of OpenAI's models since GPT-4o; others differ by some per cent, and rise and fall alike.
type counter struct {
	*testing.T
	codec    tokenizer.Codec
	measures []measure
}

func (c *counter) add(name, text string, budget int) int {
	c.Helper()
	tokens, err := c.codec.Count(text)
	if err != nil {
		c.Fatal(err)
	}
	c.measures = append(c.measures, measure{name, tokens, budget})
	return tokens
}

// measureAll counts everything.
func measureAll(t *testing.T) []measure {
	t.Helper()
	codec, err := tokenizer.Get(tokenizer.O200kBase)
	if err != nil {
		t.Fatal(err)
	}
	f := shipped(t)
	session, err := transcript.Open(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	c := &counter{T: t, codec: codec}
	c.add("instructions", session.Hello.Instructions, 170)
	c.surface(f)
	for _, name := range threeCases {
		for _, q := range questions {
			c.answers(session, caseOf(t, name), q)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(large)) {
		c.answers(session, caseOf(t, name), large[name])
	}
	calls, err := session.Cite(t.Context(), []string{"SM-T1", "SM-Q1", "R3", "services", "reading:mesh-five"})
	if err != nil {
		t.Fatal(err)
	}
	c.add("cite, five ids, structured", string(calls[0].Structured), 0)
	c.add("cite, five ids, text", calls[0].Text, 0)
	return c.measures
}

// surface counts the tools as a model sees them: name, description and input schema. Output schemas reach few models.
func (c *counter) surface(f *framework.Framework) {
	var seen []json.RawMessage
	var outputs string
	for _, tool := range tools.All(f, tools.Workspace{}) {
		raw := c.marshal(struct {
			Name        string          `json:"name"`
			Description string          `json:"description"`
			InputSchema json.RawMessage `json:"inputSchema"`
		}{tool.Name, tool.Description, tool.Input})
		c.add("tools/list, "+tool.Name, string(raw), 0)
		seen = append(seen, raw)
		outputs += string(tool.Output)
	}
	c.add("tools/list, all", string(c.marshal(seen)), 3_400)
	c.add("tools/list, output schemas", outputs, 0)
}

func (c *counter) marshal(value any) json.RawMessage {
	c.Helper()
	raw, err := json.Marshal(value)
	if err != nil {
		c.Fatal(err)
	}
	return raw
}

// answers counts what a tool answers to the facts of a case.
func (c *counter) answers(session *transcript.Session, one evals.Case, q question) {
	c.Helper()
	arguments := map[string]any{"facts": one.Facts}
	if one.Running != nil {
		arguments["running"] = one.Running
	}
	if len(one.Unsettled) > 0 {
		arguments["unsettled"] = one.Unsettled
	}
	maps.Copy(arguments, q.arguments)
	call := transcript.Call{Case: &one, Tool: q.tool, Arguments: c.marshal(arguments)}
	if err := session.Ask(c.Context(), &call); err != nil {
		c.Fatal(err)
	}
	c.add(q.name+", "+one.Name+", structured", string(call.Structured), q.structured)
	c.add(q.name+", "+one.Name+", text", call.Text, q.text)
}

func shipped(t *testing.T) *framework.Framework {
	t.Helper()
	f, err := framework.Load(knowledge.Files, nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func caseOf(t *testing.T, name string) evals.Case {
	t.Helper()
	cases, err := evals.Cases(os.DirFS("../cases"))
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(cases, func(c evals.Case) bool { return c.Name == name })
	if i < 0 {
		t.Fatalf("no case %s", name)
	}
	return cases[i]
}
