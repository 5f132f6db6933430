package coverage_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/evals"
	"github.com/vanhoutenbos/layer2/evals/coverage"
	"github.com/vanhoutenbos/layer2/evals/shipped"
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

// TestTheCasesCoverTheKnowledge fails for whatever the knowledge can say and no case checks.
func TestTheCasesCoverTheKnowledge(t *testing.T) {
	f, cases := shippedWithCases(t)
	sections, err := coverage.Measure(t.Context(), f, cases)
	if err != nil {
		t.Fatal(err)
	}
	for _, section := range sections {
		t.Log(section)
		for _, impossible := range section.Infeasible {
			t.Log("  infeasible:", impossible)
		}
		for _, missing := range section.Missing {
			t.Errorf("%s: no case covers %s", section.Title, missing)
		}
	}
}

// TestNothingElseIsCitedOrAsked holds what is said to be feasible from the other side: an answer shows nothing beyond it.
func TestNothingElseIsCitedOrAsked(t *testing.T) {
	f, cases := shippedWithCases(t)
	calls, err := transcript.Checked(t.Context(), f, cases)
	if err != nil {
		t.Fatal(err)
	}
	seen, err := coverage.See(calls)
	if err != nil {
		t.Fatal(err)
	}
	citable := slices.Concat(coverage.Citable(f), f.Dictionary.Names(), []string{"layer-1"})
	for id := range seen.Cited {
		if !slices.Contains(citable, id) {
			t.Errorf("%s is cited, and was said to be shown on cards only", id)
		}
	}
	for fact := range seen.Asked {
		if !slices.Contains(coverage.Askable(f), fact) {
			t.Errorf("%s is asked for, and was said never to matter", fact)
		}
	}
	for flip := range seen.Flips {
		if !slices.Contains(coverage.Flips(f), flip) {
			t.Errorf("%s is shown, and was said to be impossible", flip)
		}
	}
}

// TestShownOnly names what no verdict, comparison or plan can cite, so that a statement does not drop out of answers unnoticed.
func TestShownOnly(t *testing.T) {
	f, _ := shippedWithCases(t)
	kinds := map[string][]string{}
	citable := coverage.Citable(f)
	for _, entry := range f.Entries() {
		if slices.Contains(citable, entry.ID) || entry.Kind == framework.FactEntry {
			continue
		}
		kind := string(entry.Kind)
		if entry.Kind == framework.StatementEntry && entry.Capability != "" {
			kind = "statement of a capability"
		}
		kinds[kind] = append(kinds[kind], entry.ID)
	}
	for kind, want := range map[string]string{
		"statement": "F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 F13 F14 F15 Y2 Y3 R2 R5 C1 C2 C3 C4 C5 C6 C7",
		// matrix rows that sum up, repeats of another statement, maturity questions; MR-N3, MR-N4, MR-L2 and MR-L3 are guards of Z2
		"statement of a capability": "SM-L1 SM-A DT-M DT-L3 DT-A CE-N2 CE-L1 CE-L2 CE-L3 CE-A PE-M PE-L3 PE-A CV-M CV-L3 CV-A " +
			"MR-M MR-N3 MR-N4 MR-L2 MR-L3 MR-A OB-L2 OB-A AU-M AU-A",
	} {
		if got := strings.Join(kinds[kind], " "); got != want {
			t.Errorf("%s: want %s, got %s", kind, want, got)
		}
	}
	for _, id := range kinds["question"] {
		if last := id[len(id)-1]; last < 'a' || last > 'z' {
			t.Errorf("question %s is shown nowhere, and is not part of another", id)
		}
	}
	// readings of the facts, the options, the themes and the ladder itself hang on nothing that stands for or against
	const readings = "any-trigger facts-independent presumptions commas-are-and ten-is-an-example unsettled-is-open prepare-not-activate not-alternatives " +
		"outs-from-cons that-cloud hashicorp-runtime sizes guards-from-questions plan-order"
	if got := strings.ReplaceAll(strings.Join(kinds["reading"], " "), "reading:", ""); got != readings {
		t.Errorf("readings: want %s, got %s", readings, got)
	}
}
