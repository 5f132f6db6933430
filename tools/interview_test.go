package tools_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/tools"
)

// respondent answers forms from a list of answers, and notes which facts were asked for.
type respondent struct {
	answers map[string]any
	fields  []tools.Field
}

func (p *respondent) Ask(_ context.Context, form tools.Form) (tools.Reply, error) {
	filled := map[string]any{}
	for _, field := range form.Fields {
		p.fields = append(p.fields, field)
		if answer, has := p.answers[field.Name]; has {
			filled[field.Name] = answer
		}
	}
	content, err := json.Marshal(filled)
	return tools.Reply{Action: tools.Accept, Content: content}, err
}

// field returns a question that was asked, and how often it was.
func (p *respondent) field(name string) (field tools.Field, times int) {
	for _, f := range p.fields {
		if f.Name == name {
			field, times = f, times+1
		}
	}
	return field, times
}

func interviewed(t *testing.T, p *respondent, w tools.Workspace, arguments string) *tools.Evaluation {
	t.Helper()
	e, err := tools.EvaluateTrigger(tools.WithAsker(t.Context(), p), shipped.Framework(t), w, json.RawMessage(arguments))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestNotSettledIsAnAnswerOfItsOwn(t *testing.T) {
	p := &respondent{answers: map[string]any{
		"layer1_stable": "yes", "developers": 30, // what is known
		"compliance": []string{"unsettled"}, "deployment_validation_wanted": "unsettled", "tenancy": "unsettled", // what was raised
		"compliance_evidence_asked": "unknown", // what is not
	}}
	e := interviewed(t, p, tools.Workspace{}, `{"capabilities":["policy-enforcement","cost-visibility"],"ask_user":true}`)
	for _, name := range []string{"compliance", "deployment_validation_wanted", "tenancy"} {
		_, times := p.field(name)
		answered := slices.ContainsFunc(e.Answered, func(known fact.Named) bool { return known.Fact == name })
		if times != 1 || !slices.Contains(e.Unsettled, name) || slices.Contains(e.LeftOpen, name) || answered {
			t.Errorf("%s was asked %d times; unsettled %v, left open %v, answered %v", name, times, e.Unsettled, e.LeftOpen, e.Answered)
		}
	}
	if !slices.Contains(e.LeftOpen, "compliance_evidence_asked") || slices.Contains(e.Unsettled, "compliance_evidence_asked") {
		t.Errorf("what is not known: unsettled %v, left open %v", e.Unsettled, e.LeftOpen)
	}
	if got := e.Answered.String(); got != "layer1_stable = true, developers = 30" {
		t.Errorf("answered %s", got)
	}
	// The same call without a person, who is not asked again.
	again, err := tools.EvaluateTrigger(t.Context(), shipped.Framework(t), tools.Workspace{},
		json.RawMessage(`{"capabilities":["policy-enforcement","cost-visibility"],"facts":{"layer1_stable":true,"developers":30},`+
			`"unsettled":["compliance","deployment_validation_wanted","tenancy"]}`))
	if err != nil {
		t.Fatal(err)
	}
	want, err := json.Marshal(again.Verdicts)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := json.Marshal(e.Verdicts); err != nil || string(got) != string(want) {
		t.Errorf("asked\n%s\nsaid at once\n%s\n%v", got, want, err)
	}
}

// What is unsettled already is asked, since the person may settle it, but a form that is sent back untouched leaves it so.
func TestWhatIsUnsettledStaysSoUnlessItIsSettled(t *testing.T) {
	f := shipped.Framework(t)
	for _, test := range []struct {
		answer    any
		unsettled bool
	}{{"unsettled", true}, {"unknown", true}, {"", true}, {"yes", false}, {nil, true}} {
		p := &respondent{answers: map[string]any{"layer1_stable": test.answer}}
		w := tools.Workspace{Facts: f.Dictionary.NewSituation()}
		index, _ := f.Dictionary.Index("layer1_stable")
		w.Facts[index] = fact.Value{Unsettled: true}
		e := interviewed(t, p, w, `{"capabilities":["auditing"],"ask_user":true}`)
		field, times := p.field("layer1_stable")
		if times != 1 || field.Default != "unsettled" {
			t.Errorf("%v: asked %d times, with %q selected", test.answer, times, field.Default)
		}
		if slices.Contains(e.Unsettled, "layer1_stable") != test.unsettled || slices.Contains(e.LeftOpen, "layer1_stable") {
			t.Errorf("%v: unsettled %v, left open %v", test.answer, e.Unsettled, e.LeftOpen)
		}
	}
}

func TestNotSettledBesideAMemberIsAMistake(t *testing.T) {
	p := &respondent{answers: map[string]any{"compliance": []string{"gdpr", "unsettled"}}}
	_, err := tools.EvaluateTrigger(tools.WithAsker(t.Context(), p), shipped.Framework(t), tools.Workspace{},
		json.RawMessage(`{"capabilities":["auditing"],"ask_user":true}`))
	const want = `1 mistake in the answers:` + "\n" + `- compliance: "unsettled" is not one of gdpr, dora, pci_dss, iso_27001, other.`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
