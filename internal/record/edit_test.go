package record_test

import (
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/record"
)

// with is the facts of the mesh with some changed; nil takes one away.
func with(changes map[string]any) map[string]any {
	facts := map[string]any{}
	for name, value := range mesh {
		facts[name] = value
	}
	for name, value := range changes {
		facts[name] = value
		if value == nil {
			delete(facts, name)
		}
	}
	return facts
}

// people do to files what they like: each of these is still the same record.
var people = map[string]func(string) string{
	"as it was written":         func(s string) string { return s },
	"Windows' line ends":        func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
	"a byte order mark":         func(s string) string { return "\ufeff" + s },
	"spaces behind the markers": func(s string) string { return strings.ReplaceAll(s, "---\n", "--- \n") },
	"other keys, and comments": func(s string) string {
		s = strings.Replace(s, "layer2:\n", "decision-makers: [Anna]\n# read by layer2 check\nlayer2:\n", 1)
		return strings.Replace(s, "---\n\n#", "\n# for the archive\nconsulted: [Bram]\ninformed: []\n---\n\n#", 1)
	},
	"keys in another order": func(s string) string {
		s = strings.Replace(s, "status: proposed\n", "", 1)
		return strings.Replace(s, "---\n\n#", "status: proposed\n---\n\n#", 1)
	},
	"a status in quotes": func(s string) string { return strings.Replace(s, "status: proposed", "status: 'proposed' # Anna", 1) },
	"deeper indentation": func(s string) string {
		head, body, _ := strings.Cut(s, "\n---\n")
		head = strings.ReplaceAll(head, "\n  ", "\n      ")
		return head + "\n---\n" + body
	},
	"no body, and no line end": func(s string) string { return s[:strings.Index(s, "\n\n#")] },
	"a body with markers":      func(s string) string { return s + "\n---\nstatus: proposed\nlayer2:\n---\n" },
}

func TestAReaffirmationIsAddedAndNothingElseChanges(t *testing.T) {
	f := shipped.Framework(t)
	original := string(written(t, f, mesh))
	for what, change := range people {
		content := change(original)
		first, err := record.Reaffirm(f, []byte(content), known(t, f, with(map[string]any{"services": 7})), `they "retire"`+"\n# soon", "2027-02-01")
		if err != nil {
			t.Errorf("%s: %v\n%s", what, err, content)
			continue
		}
		second, err := record.Reaffirm(f, first, known(t, f, with(map[string]any{"services": nil, "mtls_compliance": true, "debugging_hours_per_week": [2]float64{2, 3.5}})), "again", "2027-03-01")
		if err != nil {
			t.Errorf("%s: %v\n%s", what, err, first)
			continue
		}
		rest := strings.Split(content, "\n")
		var added []string
		for _, line := range strings.Split(string(second), "\n") {
			if len(rest) > 0 && line == rest[0] {
				rest = rest[1:]
				continue
			}
			added = append(added, strings.TrimSpace(line))
		}
		want := strings.Join([]string{
			"reaffirmed:", "- date: 2027-02-01", "facts: {services: 7}", "verdict: undetermined", "possible: [consider, adopt]", `reason: "they \"retire\"\n# soon"`,
			"- date: 2027-03-01", "facts: {services: null, mtls_compliance: true, debugging_hours_per_week: {at_least: 2, at_most: 3.5}}",
			"verdict: undetermined", "possible: [skip, consider, adopt]", `reason: "again"`,
		}, "\n")
		if got := strings.Join(added, "\n"); got != want || len(rest) > 0 {
			t.Errorf("%s: added\n%s\nwant\n%s\nlost %q", what, got, want, rest)
		}
		if strings.Count(string(second), "\r\n") > 0 && strings.Count(string(second), "\r\n") != strings.Count(string(second), "\n") {
			t.Errorf("%s: line ends of two kinds", what)
		}
	}
}

func TestOnlyTheStatusOfASupersededRecordChanges(t *testing.T) {
	f := shipped.Framework(t)
	original := string(written(t, f, mesh))
	for what, change := range people {
		content := change(original)
		edited, err := record.Supersede(f, []byte(content), 12)
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		back := strings.Replace(string(edited), `"superseded by ADR-0012"`, "proposed", 1)
		if back != strings.Replace(content, "'proposed'", "proposed", 1) {
			t.Errorf("%s:\n%s", what, edited)
		}
		r, err := record.Read(f, edited)
		if err != nil || r.InForce() || r.StatusText() != "superseded by ADR-0012" {
			t.Errorf("%s: %+v %v", what, r, err)
		}
		if _, err := record.Supersede(f, edited, 13); err == nil || err.Error() != "it is superseded by ADR-0012 already" {
			t.Errorf("%s: superseded twice: %v", what, err)
		}
	}
}

func TestAStatusIsSupersededHoweverItIsWritten(t *testing.T) {
	f := shipped.Framework(t)
	original := string(written(t, f, mesh))
	for what, status := range map[string]string{
		"over two lines": "status:\n  proposed",
		"with escapes":   `status: "\x70roposed"`,
		"in a block":     "status: >-\n  proposed",
		"going on":       "status: proposed,\n  as Anna says",
	} {
		edited, err := record.Supersede(f, []byte(strings.Replace(original, "status: proposed", status, 1)), 2)
		want := strings.Replace(original, "status: proposed", `status: "superseded by ADR-0002"`, 1)
		if err != nil || string(edited) != want {
			t.Errorf("%s: %v\n%s", what, err, edited)
		}
	}
}

func TestWhatCannotBeChangedSafelyIsLeftAlone(t *testing.T) {
	f := shipped.Framework(t)
	original := string(written(t, f, mesh))
	today := known(t, f, with(map[string]any{"services": 7}))
	r, err := record.Read(f, []byte(original))
	if err != nil {
		t.Fatal(err)
	}
	head := r.FrontMatter(f)
	flow := "---\nstatus: proposed\ndate: 2026-11-23\nlayer2: {record: 1, capability: service-mesh, verdict: wait, decision: wait, because: [scale], facts: {services: 5}, sufficient: [services],\n" +
		"  statements: {}, flips: [], knowledge: {version: '1', fingerprint: '0'}}\n---\n"
	for what, content := range map[string]string{
		"a flow mapping":            flow,
		"a list in flow style":      strings.Replace(head, "  knowledge:", "  reaffirmed: [{date: 2027-01-01, facts: {}, verdict: consider, reason: so}]\n  knowledge:", 1),
		"a text that goes on":       strings.Replace(head, "  flips:", "  reason: |\n    so\n    # 1\n\n  flips:", 1),
		"a status over two lines":   strings.Replace(head, "status: proposed", "status:\n  proposed", 1),
		"a status with escapes":     strings.Replace(head, "status: proposed", `status: "\x70roposed"`, 1),
		"a status in a block":       strings.Replace(head, "status: proposed", "status: >-\n  proposed", 1),
		"a list with nothing in it": strings.Replace(head, "  knowledge:", "  reaffirmed: []\n  knowledge:", 1),
	} {
		if _, err := record.Read(f, []byte(content)); err != nil {
			t.Errorf("%s cannot be read: %v", what, err)
		}
		_, reaffirmed := record.Reaffirm(f, []byte(content), today, "so", "2027-02-01")
		_, superseded := record.Supersede(f, []byte(content), 2)
		for doing, err := range map[string]error{"reaffirm": reaffirmed, "supersede": superseded} {
			if err != nil && !strings.Contains(err.Error(), "make the change by hand") {
				t.Errorf("%s: %s: %v", what, doing, err)
			}
		}
		t.Logf("%s: reaffirm: %v; supersede: %v", what, reaffirmed, superseded)
	}
}

func TestNothingIsReaffirmedWithoutADifference(t *testing.T) {
	f := shipped.Framework(t)
	content := written(t, f, mesh)
	for what, facts := range map[string]map[string]any{
		"the same":                        mesh,
		"a fact that the mesh never asks": with(map[string]any{"developers": 40, "tenancy": "multi"}),
	} {
		_, err := record.Reaffirm(f, content, known(t, f, facts), "so", "2027-02-01")
		if err == nil || err.Error() != "nothing to reaffirm: no fact differs, and the framework still says wait" {
			t.Errorf("%s: %v", what, err)
		}
	}
	again, err := record.Reaffirm(f, content, known(t, f, with(map[string]any{"services": 4})), "so", "2027-02-01")
	if err != nil {
		t.Fatalf("another fact, the same verdict: %v", err)
	}
	if _, err := record.Reaffirm(f, again, known(t, f, with(map[string]any{"services": 4})), "so", "2027-02-02"); err == nil {
		t.Error("reaffirmed twice on the same facts")
	}
}
