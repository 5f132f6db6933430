package tools_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/factsfile"
	"github.com/vanhoutenbos/layer2/tools"
)

// five or six services, on a platform that otherwise needs a mesh: it depends on the sixth.
const fiveOrSix = `facts: {layer1_stable: true, services: {at_least: 5, at_most: 6}, services_in_production: true, kubernetes_experience: some,
  mtls_needed: true, mtls_compliance: false, network_policies_sufficient: false, mesh_capacity: true,
  service_metrics_needed: false, dependency_map_wanted: false, debugging_hours_per_week: 1}`

func TestACallOverARange(t *testing.T) {
	f := shipped.Framework(t)
	w, err := factsfile.Read(f, "layer2.yaml", []byte(fiveOrSix))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, arguments, verdict, ask string }{
		{"the range", `{"capability":"service-mesh"}`, "undetermined", "5 or 6?"},
		{"a number in its place", `{"capability":"service-mesh","facts":{"services":5}}`, "wait", ""},
		{"a number outside of it", `{"capability":"service-mesh","facts":{"services":2}}`, "skip", ""},
		{"nothing in its place", `{"capability":"service-mesh","facts":{"services":null}}`, "undetermined", "from the others?"},
	} {
		answer, err := call(t, f, w, "evaluate_trigger", test.arguments)
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		v := answer.(*tools.Evaluation).Verdicts[0]
		asked := ""
		if len(v.Ask) > 0 {
			asked = v.Ask[0].Question
		}
		if v.Verdict != test.verdict || !strings.HasSuffix(asked, test.ask) {
			t.Errorf("%s: %s, asked %q, want %s, …%s", test.name, v.Verdict, asked, test.verdict, test.ask)
		}
	}
}

func TestACallCannotGiveARange(t *testing.T) {
	const want = "1 mistake in facts:\n- services: {\"at_least\":5} is an object, and services is a whole number of 0 or more."
	_, err := call(t, shipped.Framework(t), tools.Workspace{}, "evaluate_trigger", `{"facts":{"services":{"at_least":5}}}`)
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	for _, tool := range tools.All(shipped.Framework(t), tools.Workspace{}) {
		if strings.Contains(string(tool.Input), "at_least") {
			t.Errorf("the input of %s has ranges", tool.Name)
		}
	}
}

// person answers the first question of a form, and keeps what was asked.
type person struct {
	answer string
	asked  *[]tools.Field
}

func (p person) Ask(_ context.Context, form tools.Form) (tools.Reply, error) {
	*p.asked = append(*p.asked, form.Fields...)
	return tools.Reply{Action: tools.Accept, Content: json.RawMessage(p.answer)}, nil
}

func TestAFormAsksBetweenTheLimits(t *testing.T) {
	f := shipped.Framework(t)
	w, err := factsfile.Read(f, "layer2.yaml", []byte(fiveOrSix))
	if err != nil {
		t.Fatal(err)
	}
	for _, reply := range []string{`{"services":6}`, `{"services":"6"}`} { // a client may know of texts only
		var asked []tools.Field
		ctx := tools.WithAsker(t.Context(), person{reply, &asked})
		for _, tool := range tools.All(f, w) {
			if tool.Name != "evaluate_trigger" {
				continue
			}
			answer, err := tool.Call(ctx, json.RawMessage(`{"capability":"service-mesh","ask_user":true}`))
			if err != nil {
				t.Fatal(err)
			}
			if len(asked) != 1 || !strings.HasSuffix(asked[0].Title, " 5 or 6?") {
				t.Errorf("asked %+v", asked)
			}
			if v := answer.(*tools.Evaluation).Verdicts[0]; v.Verdict != "consider" {
				t.Errorf("%s: %s, want consider", reply, v.Verdict)
			}
		}
	}
}

func TestWhatNoVerdictRestsOn(t *testing.T) {
	f := shipped.Framework(t)
	w, err := factsfile.Read(f, "layer2.yaml", []byte("facts: {services: 2, call_chains: simple, cni: cilium, traffic_splitting_needed: true, vault: true}"))
	if err != nil {
		t.Fatal(err)
	}
	sheet := tools.SheetOf(f, w)
	got, err := json.Marshal(sheet.Unneeded)
	if err != nil {
		t.Fatal(err)
	}
	const want = `[{"fact":"traffic_splitting_needed","use_in":[]},{"fact":"cni","use_in":["compare_tools","plan_layer3"]},{"fact":"vault","use_in":["compare_tools"]}]`
	if string(got) != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if len(sheet.Ask) != 5 {
		t.Errorf("%d questions", len(sheet.Ask))
	}
}
