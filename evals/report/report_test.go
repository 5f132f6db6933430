package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vanhoutenbos/layer2/evals"
	"github.com/vanhoutenbos/layer2/evals/coverage"
	"github.com/vanhoutenbos/layer2/evals/grounding"
	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/evals/walks"
)

func TestThePageShowsWhatIsOpen(t *testing.T) {
	f := shipped.Framework(t)
	verdict := func(word string, possible ...string) map[string]*evals.Expected {
		return map[string]*evals.Expected{"service-mesh": {Verdict: word, Reasons: []string{"scale", "need"}, Possible: &possible}}
	}
	r := &results{
		framework: f,
		cases: []played{
			{Case: evals.Case{Name: "agrees", Verdicts: verdict("skip", "skip")}},
			{Case: evals.Case{Name: "differs", Verdicts: verdict("undetermined", "skip", "wait")}, differences: []string{"want wait,\ngot a|b"}},
			{Case: evals.Case{Name: "plans", Plan: &evals.Plan{}}},
		},
		coverage:  []coverage.Section{{Title: "Facts", Total: 2, Missing: []string{"clusters"}, Infeasible: []string{"x"}}},
		questions: []walks.Questions{{Capability: "service-mesh", Facts: 13, Paths: 117, Asked: walks.Effort{Mean: 3.904, Worst: 13}}},
		grounding: grounding.Report{Answers: 7, Findings: []string{"a number without ground"}},
		added:     []string{"wait came back"},
		tokens:    []count{{"plan", "2001", "2000"}, {"cite", "9", ""}},
	}
	page := r.summary() + r.page()
	for _, want := range []string{
		"- Cases: 2 of 3 agree",
		"- Facts: 1 of 2, and 1 proved infeasible.",
		"- Mutation: not read;",
		"- Grounding: 7 answers, 0 values, 0 ids; 1 without ground.",
		"- Questions: each of 117 ways to answer them ends decided, after 13 at most.",
		"- Tokens: 2 counts, 1 over their budget.",
		"- differs: want wait, got a|b",
		"- Facts: no case covers clusters",
		"- a number without ground",
		"- wait came back",
		"| plan | 2001 | 2000 (over) |",
		"| service-mesh | 13 | 117 | 3.90 | 13 |",
		"| agrees | skip | scale, need | ✓ |",
		"| differs | undetermined: skip, wait | scale, need | ✗ 1 |",
		"| plans | plan | ✓ |",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
}

func TestMutantsAreReadFromWhatTheTestPrinted(t *testing.T) {
	file := filepath.Join(t.TempDir(), "mutation.txt")
	const printed = "=== RUN\n    mutation_test.go:47: 1200 mutants: 20 refused, 30 equivalent, 1150 killed, 0 survivors, in 31.5 s\nPASS\n"
	if err := os.WriteFile(file, []byte(printed), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := readMutants(file)
	if err != nil {
		t.Fatal(err)
	}
	if want := "1150 killed and 0 survivors of 1200 mutants; 30 are equivalent, 20 refused by the loader."; got.String() != want {
		t.Errorf("got %s", got)
	}
	if err := os.WriteFile(file, []byte("ok"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readMutants(file); err == nil {
		t.Error("a file without the line was read")
	}
}

func TestTokensAreReadFromTheBaseline(t *testing.T) {
	files := fstest.MapFS{"evals/cost/baseline.txt": {Data: []byte("cite, text: 9\nplan, text: 1999 of 2000\n")}}
	counts, err := readTokens(files)
	if err != nil {
		t.Fatal(err)
	}
	if len(counts) != 2 || counts[0] != (count{"cite, text", "9", ""}) || counts[1] != (count{"plan, text", "1999", "2000"}) {
		t.Errorf("got %q", counts)
	}
}

func TestWithoutCasesThereIsNoReport(t *testing.T) {
	if _, err := (sources{repository: fstest.MapFS{}}).cases(); err == nil {
		t.Error("no cases were read without a word")
	}
}
