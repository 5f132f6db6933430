package record_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/record"
)

// doubted is a situation in which some facts were raised and left open, whatever they were.
func doubted(t testing.TB, f *framework.Framework, s fact.Situation, names ...string) fact.Situation {
	t.Helper()
	s = slices.Clone(s)
	for _, name := range names {
		index, is := f.Dictionary.Index(name)
		if !is {
			t.Fatalf("%s is not a fact", name)
		}
		s[index] = fact.Value{Unsettled: true}
	}
	return s
}

func TestARecordKeepsWhatWasUnsettled(t *testing.T) {
	f := shipped.Framework(t)
	c := capability(t, f, "service-mesh")
	today := doubted(t, f, known(t, f, mesh), "mtls_compliance", "mesh_capacity", "cost_capacity") // the mesh does not depend on the last
	words := make([]string, f.Dictionary.Len())
	for i := range words {
		words[i] = "Anna"
	}
	r := record.New(f, c, today, decide.Wait, "we wait", "2026-11-23")
	r.Cite(words)
	content := []byte(r.FrontMatter(f))
	for _, line := range []string{"\n  unsettled: [mtls_compliance, mesh_capacity]\n", "\n    mesh_capacity: \"Anna\"\n"} {
		if !strings.Contains(string(content), line) {
			t.Errorf("no %q in\n%s", line, content)
		}
	}
	read, err := record.Read(f, content)
	if err != nil {
		t.Fatal(err)
	}
	if got := read.FrontMatter(f); got != string(content) {
		t.Errorf("read and written again:\n%s\nwas\n%s", got, content)
	}
	for index, is := range read.Expected(f).Situation {
		if want := today[index]; slices.Contains(c.Decision.Facts(), index) && !is.Equal(want) {
			t.Errorf("%s is %v, was %v", f.Dictionary.Fact(index).Name, is, want)
		}
	}
	if j := read.Judge(f, today); j.State != record.Holds {
		t.Errorf("on the same facts it is %s", j.State)
	}
	if strings.Contains(string(written(t, f, mesh)), "unsettled") {
		t.Error("unsettled where nothing was")
	}
}

func TestAReaffirmationKeepsWhatBecameUnsettledOrSettled(t *testing.T) {
	f := shipped.Framework(t)
	reaffirm := func(content []byte, today fact.Situation) []byte {
		edited, err := record.Reaffirm(f, content, today, "so", "2027-02-01")
		if err != nil {
			t.Fatalf("%v\n%s", err, content)
		}
		return edited
	}
	doubt := doubted(t, f, known(t, f, mesh), "mesh_capacity", "call_chains")
	once := reaffirm(written(t, f, mesh), doubt)
	if !strings.Contains(string(once), "\n      unsettled: [call_chains, mesh_capacity]\n") {
		t.Errorf("what became unsettled is not named:\n%s", once)
	}
	settled := known(t, f, with(map[string]any{"mesh_capacity": false, "call_chains": nil}))
	twice := reaffirm(once, settled)
	read, err := record.Read(f, twice)
	if err != nil {
		t.Fatal(err)
	}
	for _, index := range capability(t, f, "service-mesh").Decision.Facts() {
		if is := read.Expected(f).Situation[index]; !is.Equal(settled[index]) {
			t.Errorf("%s is %v, is to be %v", f.Dictionary.Fact(index).Name, is, settled[index])
		}
	}
	if _, err := record.Reaffirm(f, twice, settled, "so", "2027-03-01"); err == nil || !strings.Contains(err.Error(), "nothing to reaffirm") {
		t.Errorf("error %v", err)
	}
}

// trail is what an auditor finds where the audit trail is adopted; what compliance means changed in 1.1.0.
var trail = map[string]any{
	"layer1_stable": true, "compliance": []string{"dora"}, "security_team": true, "basic_audit_logs_sufficient": false, "audit_trail_asked_for": true,
}

// audited is a record on auditing made with a version of the knowledge.
func audited(t *testing.T, f *framework.Framework, facts map[string]any, version string) []byte {
	t.Helper()
	s := known(t, f, facts)
	c := capability(t, f, "auditing")
	r := record.New(f, c, s, c.Decision.Brief(s).Possible[0], "so", "2026-01-23")
	r.Knowledge.Version = version
	return []byte(r.FrontMatter(f))
}

func TestARecordIsDoubtfulWhereAFactMeansSomethingElse(t *testing.T) {
	f := shipped.Framework(t)
	without := map[string]any{"layer1_stable": true, "security_team": true, "siem_wanted": true}
	for _, test := range []struct {
		what, version string
		facts         map[string]any
		want          record.State
		redefined     int
	}{
		{"made before", "1.0.0", trail, record.Doubtful, 1},
		{"made long before", "0.9", trail, record.Doubtful, 1},
		{"made with this knowledge", "1.1.0", trail, record.Holds, 0},
		{"the same version, written shorter", "1.1", trail, record.Holds, 0},
		{"made later", "1.10.0", trail, record.Holds, 0},
		{"made with a knowledge that counts otherwise", "spring", trail, record.Holds, 0},
		{"made before, on facts that mean what they did", "1.0.0", without, record.Holds, 0},
	} {
		r, err := record.Read(f, audited(t, f, test.facts, test.version))
		if err != nil {
			t.Fatal(err)
		}
		j := r.Judge(f, known(t, f, test.facts))
		if j.State != test.want || len(j.Redefined) != test.redefined || j.Confirm != (test.want == record.Doubtful) {
			t.Errorf("%s: %s, redefined %v, confirm %v", test.what, j.State, j.Redefined, j.Confirm)
		}
	}
	// What rules the verdict out breaks it, whatever was redefined.
	r, err := record.Read(f, audited(t, f, trail, "1.0.0"))
	if err != nil {
		t.Fatal(err)
	}
	if j := r.Judge(f, known(t, f, map[string]any{"layer1_stable": false, "compliance": []string{"dora"}})); j.State != record.Broken || j.Confirm {
		t.Errorf("a broken one is %s, confirm %v", j.State, j.Confirm)
	}
}

func TestAReaffirmationConfirmsWhatMeansSomethingElse(t *testing.T) {
	f := shipped.Framework(t)
	today := known(t, f, trail)
	edited, err := record.Reaffirm(f, audited(t, f, trail, "1.0.0"), today, "it binds us", "2026-12-01")
	if err != nil {
		t.Fatal(err)
	}
	r, err := record.Read(f, edited)
	if err != nil {
		t.Fatal(err)
	}
	if j := r.Judge(f, today); j.State != record.Holds {
		t.Errorf("%s after it was confirmed:\n%s", j.State, edited)
	}
	if _, err := record.Reaffirm(f, edited, today, "again", "2026-12-02"); err == nil {
		t.Error("there is something to confirm again")
	}
}
