package mutation

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/knowledge"
)

// edited is a mutant made by hand: the first old in a file becomes new.
func edited(t *testing.T, file, old, new string) Mutant {
	t.Helper()
	text, err := fs.ReadFile(knowledge.Files, file)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), old) {
		t.Fatalf("%s has no %q", file, old)
	}
	return Mutant{File: file, Operator: "by hand", From: old, To: new, Text: []byte(strings.Replace(string(text), old, new, 1))}
}

// Equivalence is neither too clever nor too dull: mistakes that a person knows to be seen somewhere are not equivalent, and other
// words for the same are. Judged without cases, what is not equivalent survives, and its witness names facts that show it.
func TestEquivalenceIsWhatAPersonWouldSay(t *testing.T) {
	j := newJudge(t)
	for _, test := range []struct {
		what, file, old, new string
		witness              string // words of it; empty: equivalent
	}{
		{"a boundary of the size", "service-mesh.yaml", "when: services > 5 || services >= 3 &&", "when: services > 6 || services >= 3 &&", "services: 6"},
		{"a boundary of a reason that settles nothing, but is shown", "service-mesh.yaml", "when: services < 5 &&", "when: services < 4 &&", "against"},
		{"a trigger that repeats another somewhere", "distributed-tracing.yaml", "when: services > 5 && call_chains == \"complex\"", "when: services > 5", "services"},
		{"a mark that changes the order of questions only", "auditing.yaml",
			"when: audit_trail_asked_for\n    measured: true\n", "when: audit_trail_asked_for\n", "ask"},
		{"an effect that changes a word only", "cost-visibility.yaml", "effect: later\n    shown", "effect: blocker\n    shown", "effect"},
		{"a presumption that holds where the fact decides", "facts.yaml", "value: true\n      says: the foundation is stable",
			"value: false\n      says: the foundation is stable", "provisional"},
		{"a presumption with the same verdict and another value", "facts.yaml", "value: production", "value: staging", "production -> staging"},
		{"a conflict that implies an answer, and is reported", "rules.yaml",
			"when: ha_tested && !ha_setup", "when: ha_tested && ha_setup", "conflicts"},
		{"a cost that brings one step before another", "policy-enforcement.yaml", "complexity: medium\n", "complexity: low\n", "if_confirmed"},
		{"a rule's mark that brings one step before another", "service-mesh.yaml",
			"    measured: true\n    regulation: true\n", "    measured: true\n", "if_confirmed"},
		{"a rule's mark where no rule presses", "auditing.yaml",
			"when: audit_trail_asked_for\n    measured: true\n", "when: audit_trail_asked_for\n    measured: true\n    regulation: true\n", "if_confirmed"},
		{"what is worth a check", "facts.yaml", "says: the foundation is stable\n      check: true\n", "says: the foundation is stable\n", "kind: check"},
		{"a member of a set", "policy-enforcement.yaml", `|| "pci_dss" in compliance`, `|| "other" in compliance`, "compliance"},
		{"a route", "layer3.yaml", `when: cni != "cilium"`, `when: cni != "flannel"`, "advice"},
		{"a thing to do", "multi-region.yaml", "do: prepare", "do: always", "to_do"},
		{"what should run beside a theme", "layer3.yaml", "- capability: policy-enforcement\n        says", "- capability: cost-visibility\n        says", "advice"},
		{"what rules an option out", "service-mesh.yaml", "when: cni != \"cilium\"", "when: cni == \"flannel\"", "class"},

		{"a comment", "service-mesh.yaml", "code: SM\n", "code: SM # for short\n", ""},
		{"other words", "service-mesh.yaml", "says: The microservices already", "says: Microservices already", ""},
		{"an integer's boundary written otherwise", "service-mesh.yaml", "when: services > 5 ||", "when: services >= 6 ||", ""},
		{"members of a set in another order", "auditing.yaml", `"dora" in compliance || "pci_dss" in compliance`, `"pci_dss" in compliance || "dora" in compliance`, ""},
		{"a condition turned round", "service-mesh.yaml", "mtls_needed || mtls_compliance", "'!(!mtls_compliance && !mtls_needed)'", ""},
		{"a link to what never holds at once", "policy-enforcement.yaml", "effect: blocker\n    same_as", "effect: later\n    same_as", ""},
		{"a cost that leaves the order as it is", "multi-region.yaml", "complexity: high\n", "complexity: medium-high\n", ""},
	} {
		judgement, err := j.Judge(edited(t, test.file, test.old, test.new))
		if err != nil {
			t.Fatalf("%s: %v", test.what, err)
		}
		want := Survivor
		if test.witness == "" {
			want = Equivalent
		}
		if judgement.Fate != want || !strings.Contains(judgement.Why, test.witness) {
			t.Errorf("%s: want %s %q, got %s %s", test.what, want, test.witness, judgement.Fate, judgement.Why)
		}
	}
}

// A mutant that the loader refuses says why.
func TestARefusedMutantSaysWhy(t *testing.T) {
	judgement, err := newJudge(t).Judge(edited(t, "service-mesh.yaml", "lifts: SM-M", "lifts: SM-N"))
	if err != nil {
		t.Fatal(err)
	}
	if judgement.Fate != Refused || !strings.Contains(judgement.Why, `"SM-N" is not a required statement of service-mesh`) {
		t.Errorf("got %s %s", judgement.Fate, judgement.Why)
	}
}
