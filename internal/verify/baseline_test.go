package verify

import (
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vanhoutenbos/layer2/knowledge"
)

func TestTheBaselineMatchesTheShippedKnowledge(t *testing.T) {
	report, err := Run(knowledge.Files, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.New {
		t.Errorf("new: %s:%d: %s: %s (%s)", f.File, f.Line, f.Kind, f.Says, f.Witness)
	}
	for _, e := range report.Gone {
		t.Errorf("gone: %s %s %q", e.Kind, e.Subject, e.With)
	}
	if len(report.Known) == 0 {
		t.Error("nothing was found")
	}
}

func TestTheBaselineShowsWhatVerifyShowsInItsOrder(t *testing.T) {
	entries, err := ReadBaseline("baseline.yaml", shippedBaseline)
	if err != nil {
		t.Fatal(err)
	}
	_, findings, err := Find(knowledge.Files, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range findings {
		if i >= len(entries) || !entries[i].of(f) || entries[i].Witness != f.Witness.String() {
			t.Fatalf("entry %d is not about %s %s %q, or is not shown by %s", i+1, f.Kind, f.Subject, f.With, f.Witness)
		}
	}
}

func TestTheReasonsInTheBaselineCiteWhatExists(t *testing.T) {
	entries, err := ReadBaseline("baseline.yaml", shippedBaseline)
	if err != nil {
		t.Fatal(err)
	}
	f, _, err := Find(knowledge.Files, nil)
	if err != nil {
		t.Fatal(err)
	}
	cited := regexp.MustCompile(`reading:[a-z0-9-]*[a-z0-9]|\b[A-Z]{2}-[A-Z][0-9]*\b|\b[RC][0-9]+\b`)
	for _, e := range entries {
		ids := cited.FindAllString(e.Why, -1)
		for _, id := range ids {
			if _, known := f.Entry(id); !known {
				t.Errorf("%s %s: %s is nothing", e.Kind, e.Subject, id)
			}
		}
	}
}

func TestABaselineIsReadStrictly(t *testing.T) {
	for _, test := range []struct{ baseline, want string }{
		{`[{kind: silent, subject: x, why: y, because: z}]`, `own.yaml:1:37: unknown key "because"; there are kind, subject, with, witness, why`},
		{`[{kind: silence, subject: x, why: y}]`, `own.yaml:1:9: "silence" is not a kind of finding; did you mean "silent"?`},
		{`[{kind: silent, subject: x}]`, `own.yaml:1:2: missing key "why"`},
		{`[{kind: silent, subject: "", why: "a\nb"}]`, `own.yaml:1:26: "subject" is empty; say something or leave the key out
own.yaml:1:35: "why" spans several lines: write it on one, or fold it with >-`},
		{`{kind: silent}`, "own.yaml:1:1: the file must be a list, not a mapping"},
	} {
		_, err := ReadBaseline("own.yaml", []byte(test.baseline))
		if err == nil || err.Error() != test.want {
			t.Errorf("%s: got %v, want %s", test.baseline, err, test.want)
		}
	}
}

func TestAUsersKnowledgeIsComparedWithTheShippedBaselineAndTheUsersEntries(t *testing.T) {
	own := fstest.MapFS{"own.yaml": {Data: []byte(`
facts:
  - id: ovens
    type: integer
    question: How many ovens?
    meaning: Counted today.
id: baking
code: BA
title: Baking
summary: Bread of one's own.
triggers:
  - id: BA-T1
    says: There are ovens.
    when: ovens > 3
do_not:
  - id: BA-N1
    says: There is no oven.
    when: ovens < 2
    effect: floor
now:
  - id: BA-W1
    says: There are many ovens.
    when: ovens > 8
    measured: true
later:
  - id: BA-L1
    says: There are few ovens.
    when: ovens < 6
    effect: later
`)}}
	report, err := Run(knowledge.Files, own, nil)
	if err != nil {
		t.Fatal(err)
	}
	var entries []Entry
	for _, f := range report.New {
		if !strings.HasPrefix(f.Subject, "BA-") && f.Subject != "baking" || f.File != "own.yaml" {
			t.Errorf("new, and not of the own capability: %s %s in %s", f.Kind, f.Subject, f.File)
		}
		entries = append(entries, Entry{Kind: f.Kind, Subject: f.Subject, With: f.With, Why: "We know."})
	}
	if len(entries) == 0 || report.Clean() {
		t.Error("nothing new was found")
	}
	if report, err = Run(knowledge.Files, own, entries); err != nil || !report.Clean() {
		t.Errorf("with entries for all of it: %d new, %d gone, %v", len(report.New), len(report.Gone), err)
	}
	entries = append(entries, Entry{Kind: Silent, Subject: "baking", With: []string{"ovens 40"}, Why: "It was so."})
	if report, err = Run(knowledge.Files, own, entries); err != nil || len(report.Gone) != 1 {
		t.Errorf("with an entry that is about nothing: %d gone, %v", len(report.Gone), err)
	}
}

func TestAUsersKnowledgeMayRemoveWhatAShippedEntryIsAbout(t *testing.T) {
	mesh, err := knowledge.Files.ReadFile("service-mesh.yaml")
	if err != nil {
		t.Fatal(err)
	}
	fewer := regexp.MustCompile(`(?m)^    when: services < 3$`).ReplaceAll(mesh, []byte("    when: services < 3\n    disabled: true\n    reason: We begin small."))
	report, err := Run(knowledge.Files, fstest.MapFS{"service-mesh.yaml": {Data: fewer}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Gone) > 0 {
		t.Errorf("%d entries are reported as gone", len(report.Gone))
	}
	var kinds []Kind
	for _, f := range report.New {
		kinds = append(kinds, f.Kind)
	}
	// Without its floor the mesh is never too small, and divides services elsewhere.
	if len(kinds) != 2 || kinds[0] != ThresholdsDiffer || kinds[1] != UnreachableOutcome {
		t.Errorf("new: %v", kinds)
	}
}

func BenchmarkVerify(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if report, err := Run(knowledge.Files, nil, nil); err != nil || !report.Clean() {
			b.Fatal(err)
		}
	}
}

// BenchmarkFind is BenchmarkVerify on a knowledge that is loaded already.
func BenchmarkFind(b *testing.B) {
	f, _, err := Find(knowledge.Files, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := (&finder{Framework: f}).find(); err != nil {
			b.Fatal(err)
		}
	}
}
