package record_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/record"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

func TestMarkdownOfOthersIsLeftAlone(t *testing.T) {
	f := shipped.Framework(t)
	for what, content := range map[string]string{
		"nothing":                      "",
		"no front matter":              "# Use Postgres\n\nlayer2: it is not\n",
		"a rule":                       "---\n\nText.\n",
		"front matter of another tool": "---\nstatus: accepted\nlayer3: {record: 1}\n---\n",
		"its own mistakes":             "---\nstatus: [accepted\n---\n",
		"a list":                       "---\n- layer2\n---\n",
		"a scalar":                     "---\nlayer2\n---\n",
		"empty front matter":           "---\n---\n# Text\n\nlayer2:\n",
		"another tool's key":           "---\nstatus: accepted\nlayer2: {theme: dark, width: 3}\n---\n",
		"another tool's key, broken":   "---\nlayer2:\n  theme: [dark\n---\n",
		"another tool's text":          "---\ndescription: |\n  layer2:\n    record: 1\n---\n",
		"prose":                        "---\nstatus: accepted\n---\n\nlayer2: what it said\n\nand record: 1 was kept\n",
		"an example in a fence":        "# How we decide\n\n```yaml\n---\nlayer2:\n  record: 1\n---\n```\n",
		"an example, indented":         "# How we decide\n\n    layer2:\n      record: 1\n",
		"no UTF-8":                     "---\nstatus: \xff\n---\n",
		"huge":                         strings.Repeat("# Text\n", 1<<20),
		"huge, with front matter":      "---\na: b\n---\n" + strings.Repeat("# Text\n", 1<<20),
	} {
		if _, err := record.Read(f, []byte(content)); !errors.Is(err, record.ErrOther) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// TestWhatIsWrongIsSaid changes one thing of a record that is right.
func TestWhatIsWrongIsSaid(t *testing.T) {
	f := shipped.Framework(t)
	right := string(written(t, f, mesh))
	for _, test := range []struct{ old, new, want string }{
		{"  record: 1\n", "  record: 2\n", "line 5: record 2 is a later version of the form than 1, the last that this program reads: use a newer layer2"},
		{"  record: 1\n", "  record: zero\n", `line 5: record "zero" is not a version of the form: write 1`},
		{"  record: 1\n", "", `line 5: missing key "record"`},
		{"capability: service-mesh", "capability: mesh", `line 6: "mesh" is not a capability; there are service-mesh, distributed-tracing, chaos-engineering, policy-enforcement, cost-visibility, multi-region, observability, auditing`},
		{"verdict: wait", "verdict: [wait]", `line 7: "verdict" must be a text, not a list`},
		{"decision: wait", "decision: undetermined", "line 8: undetermined is not a decision"},
		{"decision: wait", "decision: skip", "line 8: decision skip is not the verdict, wait: it needs a reason"},
		{"decision: wait", "decisions: wait", `line 8: unknown key "decisions"; did you mean "decision"?`},
		{"because: [scale]", "because: scale", `line 9: "because" must be a list, not "scale"`},
		{"services: 5", "services: 5.5", "line 12: services: 5.5 is not a whole number, and services is a whole number of 0 or more"},
		{"services: 5", "services: -1", "line 12: services: -1 is negative, and services is a whole number of 0 or more"},
		{"services: 5", "services: many", `line 12: services: "many" is a string, and services is a whole number of 0 or more`},
		{"services: 5", "services: null", `line 12: "services" is empty; say something or leave the key out`},
		{"services: 5", "services: 5\n    services: 6", `line 13: duplicate key "services": the first is on line 12`},
		{"services: 5", "services: {at_least: 6, at_most: 5}", "line 12: services: at_least 6 is more than at_most 5"},
		{"services: 5", "services: {}", "line 12: services: a range without a limit says nothing: leave it out, or write it as in 5..6, 5.., ..6, >1 or <60"},
		{"services: 5", "services: {from: 5}", `line 12: services: "from" is not a limit of a range, which has at_least or more_than, at_most or less_than`},
		{"services: 5", "services: {at_least: {at_least: 5}}", "line 12: services: at_least is a number, not {…}"},
		{"services: 5", "servises: 5", `line 12: facts: "servises" is not a fact; did you mean "services"?`},
		{"call_chains: complex", "call_chains: {at_least: 5}", "line 13: call_chains: {…} is an object, and call_chains is one of simple, complex"},
		{"call_chains: complex", "call_chains: knotty", `line 13: call_chains: "knotty" is not one of simple, complex`},
		{"services: 5", "services: 5\n    debugging_hours_per_week: 1.23456789012345678", "line 13: debugging_hours_per_week: 1.23456789012345678 has more than 15 significant digits"},
		{"services: 5", "services: 9007199254740993", "line 12: services: 9007199254740993 is larger than 9007199254740991"},
		{"services: 5", "services: 0x10", `line 12: services: 0x10 is not a plain number: write it as in 7 or 1.5`},
		{"services: 5", "services: {at_least: 1.23456789012345678}", "line 12: services: 1.23456789012345678 has more than 15 significant digits"},
		{"sufficient: [services", "sufficient: [servises", `line 20: sufficient: "servises" is not a fact; did you mean "services"?`},
		{"  sufficient: [", "  unsettled: [mesh_capacity]\n  sufficient: [", "line 20: unsettled: mesh_capacity is among the facts too: leave it out of one of them"},
		{"  sufficient: [", "  unsettled: [mtls_need]\n  sufficient: [", `line 20: unsettled: "mtls_need" is not a fact; did you mean "mtls_needed"?`},
		{"  sufficient: [", "  unsettled: mtls_needed\n  sufficient: [", `line 20: "unsettled" must be a list, not "mtls_needed"`},
		{`SM-T3: "service_metrics_needed"`, `SM-T3: ""`, `line 25: "SM-T3" is empty; say something or leave the key out`},
		{"{set: {services: 2}, verdict: skip}", "{set: {services: 2}}", `line 40: missing key "verdict"`},
		{"knowledge: {version", "knowledge: {Version", `line 43: unknown key "Version"; did you mean "version"?`},
		{"status: proposed", "status: propsed", `line 2: status "propsed" does not begin with one of proposed, accepted, rejected, deprecated, superseded; did you mean "proposed"?`},
		{"status: proposed", "status: not accepted", `line 2: status "not accepted" does not begin with one of proposed, accepted, rejected, deprecated, superseded`},
		{"status: proposed", "status: accepted, then rejected", `line 2: status "accepted, then rejected" says two things, accepted and rejected: write the one that is true now`},
		{"status: proposed", "status: ~~accepted~~ superseded by ADR-0007", `line 2: status "~~accepted~~ superseded by ADR-0007" says two things, accepted and superseded: write the one that is true now`},
		{"status: proposed", "status: 1", `line 2: status "1" does not begin with one of proposed, accepted, rejected, deprecated, superseded`},
		{"status: proposed\n", "", `line 2: missing key "status"`},
		{"status: proposed", "status: proposed\nstatus: accepted", `line 3: duplicate key "status": the first is on line 2`},
		{"date: 2026-11-23", "date: 2026-02-30", `line 3: date "2026-02-30" is not a day: write it as 2026-11-23`},
		{"verdict: wait", "verdict: &v wait", "line 7: an anchor, &v, is refused: write the value out where it is meant"},
		{"services: 5", "services: !!int 5", "line 12: a tag, !!int, is refused: put a value that starts with ! in quotes"},
		{"because: [scale]", "because: [scale]\n  <<: {facts: {}}", "line 10: a merge key, <<, is refused: write the keys out"},
		{"verdict: wait", "verdict: \x1b[31m", "line 7: the control character U+001B: take it out"},
		{"verdict: wait", "verdict: \"\\e[31m\"", `line 7: verdict: "\u{1b}[31m" is not one of skip, wait, prepare, consider, adopt, undetermined`},
		{"verdict: wait", "verdict: \xff", "line 1: the file is not UTF-8: save it as UTF-8"},
	} {
		content := strings.Replace(right, test.old, test.new, 1)
		if content == right {
			t.Fatalf("a record does not say %q", test.old)
		}
		_, err := record.Read(f, []byte(content))
		if err == nil || err.Error() != test.want {
			t.Errorf("%q: %v\nwant %s", test.new, err, test.want)
		}
	}
}

// TestHugeFilesAreReadSoonOrNotAtAll gives records that were made to take long.
func TestHugeFilesAreReadSoonOrNotAtAll(t *testing.T) {
	f := shipped.Framework(t)
	for what, content := range map[string]string{
		"deep lists":     "---\nlayer2: {record: " + strings.Repeat("[", 1<<16) + "\n---\n",
		"deep mappings":  "---\nlayer2: {record: " + strings.Repeat("{a: ", 1<<14) + "\n---\n",
		"many keys":      "---\nstatus: accepted\ndate: 2026-11-23\nlayer2:\n  record: 1\n" + strings.Repeat("  capabilty: a\n", 1<<12) + "---\n",
		"many facts":     "---\nstatus: accepted\ndate: 2026-11-23\nlayer2:\n  record: 1\n  facts:\n" + names(1<<12) + "---\n",
		"large":          "---\nlayer2:\n  record: 1\n" + strings.Repeat("  a: !!int b\n", 1<<15) + "---\n",
		"more than fits": "---\nstatus: accepted\nlayer2: {record: 1}\n---\n" + strings.Repeat("text\n", 1<<19),
		"no end":         "---\nlayer2:\n  record: 1\n" + strings.Repeat("  a: b\n", 1<<18),
	} {
		start := time.Now()
		_, err := record.Read(f, []byte(content))
		if err == nil || errors.Is(err, record.ErrOther) || len(err.Error()) > 2_000 {
			t.Errorf("%s: %.200v", what, err)
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s took %v", what, took)
		}
	}
}

// names are lines that each name a fact which nothing is called by.
func names(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "    servces_%d: 5\n", i)
	}
	return b.String()
}

// A hundred records, as a check reads them.
func hundred(t testing.TB) map[string]string {
	f := shipped.Framework(t)
	files := map[string]string{}
	for i := range 100 {
		facts := with(map[string]any{"services": i % 9, "debugging_hours_per_week": i % 7, "mtls_compliance": i%3 == 0, "services_can_do_mtls": true})
		files[fmt.Sprintf("%04d-service-mesh.md", i+1)] = string(written(t, f, facts)) + "\n" + strings.Repeat("Prose about the decision.\n", 100)
	}
	return files
}

func BenchmarkCheckAHundredRecords(b *testing.B) {
	f := shipped.Framework(b)
	today := known(b, f, mesh)
	from := source(hundred(b))
	for b.Loop() {
		report, err := record.Check(f, from, today)
		if err != nil || len(report.Findings) != 100 || report.Count(record.Unreadable) > 0 {
			b.Fatal(err, len(report.Findings))
		}
	}
}

func BenchmarkJudgeAHundredRecords(b *testing.B) {
	f := shipped.Framework(b)
	today := known(b, f, mesh)
	var records []*record.Record
	for _, content := range hundred(b) {
		r, err := record.Read(f, []byte(content))
		if err != nil {
			b.Fatal(err)
		}
		records = append(records, r)
	}
	for b.Loop() {
		for _, r := range records {
			r.Judge(f, today)
		}
	}
}

// source is files in memory.
func source(files map[string]string) fstest.MapFS {
	folder := fstest.MapFS{}
	for name, content := range files {
		folder[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return folder
}

// FuzzRead: whatever a file holds, reading it ends with a record, mistakes or nothing to do with us; and a record that can be read
// can be reaffirmed without losing anything, or is refused.
func FuzzRead(f *testing.F) {
	knowledge := shipped.Framework(f)
	content := string(written(f, knowledge, mesh))
	f.Add(content)
	for _, change := range people {
		f.Add(change(content))
	}
	f.Add("---\nstatus: accepted\nlayer2: {record: 1}\n---\n")
	f.Add("---\nlayer2:\n- {a: [*b, &c d, !e f]}\n---\n")
	today := known(f, knowledge, with(map[string]any{"services": 7}))
	f.Fuzz(func(t *testing.T, content string) {
		r, err := record.Read(knowledge, []byte(content))
		var mistakes strict.Mistakes
		if err != nil {
			if !errors.Is(err, record.ErrOther) && !errors.As(err, &mistakes) {
				t.Errorf("%v", err)
			}
			return
		}
		if !r.InForce() {
			return
		}
		r.Judge(knowledge, today)
		edited, err := record.Reaffirm(knowledge, []byte(content), today, "so", "2027-02-01")
		if err != nil {
			return
		}
		if len(edited) <= len(content) {
			t.Errorf("something was lost:\n%s", edited)
		}
	})
}
