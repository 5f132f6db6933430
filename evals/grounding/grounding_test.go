package grounding_test

import (
	"os"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/evals"
	"github.com/vanhoutenbos/layer2/evals/grounding"
	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/evals/sweep"
	"github.com/vanhoutenbos/layer2/evals/transcript"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

func shippedWithCases(t *testing.T) (*framework.Framework, []evals.Case) {
	t.Helper()
	f := shipped.Framework(t)
	cases, err := evals.Cases(os.DirFS("../cases"))
	if err != nil {
		t.Fatal(err)
	}
	return f, cases
}

// TestEveryAnswerIsGrounded plays the facts of every case, or of some, against every tool and holds every leaf of every answer.
func TestEveryAnswerIsGrounded(t *testing.T) {
	f, cases := shippedWithCases(t)
	var swept []evals.Case
	for i, c := range cases {
		if sweep.Takes(i) {
			swept = append(swept, c)
		}
	}
	calls, err := transcript.All(t.Context(), f, swept)
	if err != nil {
		t.Fatal(err)
	}
	report, err := grounding.Check(t.Context(), f, calls)
	if err != nil {
		t.Fatal(err)
	}
	for i, finding := range report.Findings {
		if i == 20 {
			t.Fatalf("and %d more", len(report.Findings)-i)
		}
		t.Error(finding)
	}
	t.Logf("%d answers, %d values, %d ids", report.Answers, report.Leaves, report.IDs)
}

// TestWhatIsNotGroundedIsFound changes one thing in a true answer at a time, and expects it to be reported.
func TestWhatIsNotGroundedIsFound(t *testing.T) {
	f, cases := shippedWithCases(t)
	calls := map[string]transcript.Call{}
	all, err := transcript.All(t.Context(), f, pick(cases, "webshop-stated", "webshop-assumed", "coverage-mesh-hours-lost"))
	if err != nil {
		t.Fatal(err)
	}
	for _, call := range all {
		calls[call.String()+" "+detail(call)] = call
	}
	for _, test := range []struct{ call, old, new, finding string }{
		{"coverage-mesh-hours-lost: evaluate_trigger service-mesh ", `"id":"SM-W3"`, `"id":"SM-W9"`, "is not a statement of"},
		{"coverage-mesh-hours-lost: evaluate_trigger service-mesh ", "More than four hours", "More than 4 hours", "is none of"},
		{"coverage-mesh-hours-lost: evaluate_trigger service-mesh ", `"debugging_hours_per_week":6`, `"debugging_hours_per_week":7`, "was given as 6"},
		{"coverage-mesh-hours-lost: evaluate_trigger service-mesh ", `"debugging_hours_per_week":4`, `"debugging_hours_per_week":3`, "not a limit of the knowledge"},
		{"coverage-mesh-hours-lost: evaluate_trigger service-mesh ", `"services":2`, `"services":8`, "was given as 8"},
		{"coverage-mesh-hours-lost: evaluate_trigger service-mesh ", `"verdict":"adopt"`, `"verdict":"embrace"`, "is none of"},
		{"coverage-mesh-hours-lost: evaluate_trigger service-mesh ", `"running":null`, `"running":true`, "is not null"},
		{"coverage-mesh-hours-lost: evaluate_trigger service-mesh ", `"complexity":"medium-high"`, `"complexity":"high"`, "is none of"},
		{"coverage-mesh-hours-lost: evaluate_trigger service-mesh ", `"reading:mesh-must-show-it"`, `"reading:mesh-must-hide-it"`, "not an id of the knowledge"},
		{"coverage-mesh-hours-lost: evaluate_trigger service-mesh ", `"complexity":`, `"confidence":0.9,"complexity":`, "nothing says what it may hold"},
		{"webshop-stated: evaluate_trigger service-mesh ", `"fact":"mtls_compliance","question":"`, `"fact":"mtls_compliance","question":"So: `, "is none of"},
		{"coverage-mesh-hours-lost: evaluate_trigger service-mesh ", `"sufficient":["`, `"sufficient":["clusters","`, "is not a given fact"},
		{"webshop-stated: evaluate_trigger service-mesh ", `"fact":"mtls_compliance","value":false`, `"fact":"mtls_compliance","value":true`, "is presumed to be"},
		{"coverage-mesh-hours-lost: evaluate_trigger full", `"case coverage-mesh-hours-lost"`, `"the architect"`, "is not"},
		{"coverage-mesh-hours-lost: evaluate_trigger full", `"unsourced":["`, `"unsourced":["call_chains","`, "is said to have no source"},
		{"webshop-stated: compare_tools distributed-tracing ", `"name":"Zipkin"`, `"name":"Zipkin 3"`, "is none of"},
		{"webshop-stated: compare_tools distributed-tracing ", `"pros":["`, `"pros":["Fast","`, "is not"},
		{"webshop-assumed: plan_layer3 ", `"then":"Start`, `"then":"Then start`, "is none of"},
		{"webshop-assumed: plan_layer3 ", `"step":2`, `"step":3`, "is not 2"},
		{"webshop-assumed: plan_layer3 ", "flowchart LR", "flowchart TD", "is none of"},
	} {
		t.Run(test.old, func(t *testing.T) {
			call, ok := calls[test.call]
			if !ok {
				t.Fatalf("no call %s", test.call)
			}
			if !strings.Contains(string(call.Structured), test.old) {
				t.Fatalf("no %s in %s", test.old, call.Structured)
			}
			call.Structured = []byte(strings.Replace(string(call.Structured), test.old, test.new, 1))
			report, err := grounding.Check(t.Context(), f, []transcript.Call{call})
			if err == nil && !strings.Contains(strings.Join(report.Findings, "\n"), test.finding) {
				t.Errorf("findings %q, want one with %q", report.Findings, test.finding)
			}
			if err != nil && !strings.Contains(err.Error(), test.finding) {
				t.Error(err)
			}
		})
	}
}

// detail tells apart the calls of a case that are named alike.
func detail(call transcript.Call) string {
	if strings.Contains(string(call.Arguments), `"detail"`) {
		return "full"
	}
	return ""
}

func pick(cases []evals.Case, names ...string) []evals.Case {
	var picked []evals.Case
	for _, name := range names {
		for _, c := range cases {
			if c.Name == name {
				picked = append(picked, c)
			}
		}
	}
	return picked
}
