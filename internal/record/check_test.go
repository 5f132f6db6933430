package record_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/record"
	"github.com/vanhoutenbos/layer2/knowledge"
)

// findings are those of a check, a line each.
func findings(t *testing.T, f *framework.Framework, files map[string]string, today fact.Situation) []string {
	t.Helper()
	report, err := record.Check(f, source(files), today)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, finding := range report.Findings {
		line := fmt.Sprintf("%s:%d %s", finding.Name, finding.Line, finding.State)
		if finding.Problem != "" {
			line += " " + finding.Problem
		}
		list = append(list, line)
	}
	for _, s := range report.Skipped {
		list = append(list, fmt.Sprintf("%d %s", s.Count, s.Status))
	}
	return list
}

// status is a record with a status.
func status(content, status string) string {
	return strings.Replace(content, "status: proposed", "status: "+status, 1)
}

func TestAStatusIsReadAsItsOwnersMeanIt(t *testing.T) {
	f := shipped.Framework(t)
	content := string(written(t, f, mesh))
	for text, want := range map[string]string{
		"Proposed": "proposed", "draft": "proposed", "proposed, not yet accepted": "proposed", "'Pending (Anna)'": "proposed",
		"Accepted": "accepted", "ACCEPTED.": "accepted", "Approved": "accepted", "accepted (2026-01-05)": "accepted", "accepted by Anna": "accepted",
		"accepted, supersedes ADR-0003": "accepted", "'**accepted**'": "accepted", "✅ accepted": "accepted", "accepted-by-the-board": "",
		"accepted but deprecated": "", "accepted by Anna, then rejected": "", "accepted → superseded by 0007": "", "accepted|rejected": "", "accepted rejected": "",
		"accepted, replaces the deprecated Jaeger agent": "accepted", "accepted; to be retired in 2028": "accepted", "rejected by the adopted process": "rejected",
		"superseded by ADR-0012; was accepted": "superseded by ADR-0012; was accepted", "'superseded by [Use approved base images](0012-x.md)'": "superseded by [Use approved base images](0012-x.md)",
		"Rejected": "rejected", "declined by the board": "rejected", "deprecated": "deprecated", "deprecated, replaced by 0007": "deprecated",
		"Superseded by ADR-0012": "superseded by ADR-0012", "'Superceded by [12. x](0012-x.md)'": "superseded by [12. x](0012-x.md)",
		"'superseded by [ADR-0012](0012-x.md)'": "superseded by [ADR-0012](0012-x.md)", "superseded": "superseded",
	} {
		r, err := record.Read(f, []byte(status(content, text)))
		got := ""
		if err == nil {
			got = r.StatusText()
		}
		if got != want {
			t.Errorf("%s: %q, %v, want %q", text, got, err, want)
		}
	}
}

func TestADateIsReadAsOtherToolsWriteIt(t *testing.T) {
	f := shipped.Framework(t)
	content := string(written(t, f, mesh))
	for text, is := range map[string]bool{
		"2026-01-05": true, "'2026-01-05'": true, "2026-01-05T00:00:00.000Z": true, `"2026-01-05T00:00:00.000Z"`: true, "2026-01-05T10:00:00+01:00": true,
		"2026-01-05 10:00:00 +0100": true, "2026-01-05 10:00:00": true, "2026-01-05T10:00": true, "2026-01-05T10:00:00": true, "2026-01-05 10:00:00Z": true,
		"'2026-01-05 '": true, "2026-01-05T10:00:00.123456+0200": true, "2026-01-05 (updated 2026-02-01)": true, "2026/01/05": true, "20260105": true,
		"2026-1-5": false, "05-01-2026": false, "2026-01-05T25:00:00Z": false, "2026-02-30": false, "2026-01-05 or so": false, "2026-01": false, "05/01/2026": false,
	} {
		r, err := record.Read(f, []byte(strings.Replace(content, "date: 2026-11-23", "date: "+text, 1)))
		if (err == nil) != is || is && r.Date != "2026-01-05" {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestTwoRecordsWithOneNumberAreReported(t *testing.T) {
	f := shipped.Framework(t)
	content := string(written(t, f, mesh))
	got := findings(t, f, map[string]string{
		"0001-a.md": content, "0002-b.md": content, "ADR-0002-c.md": status(content, "rejected"), "2-d.md": "# Another tool's\n",
		"front/0001-e.md": content, // MADR's decision 0010: numbers are those of a folder
		"x.md":            content, "y.md": content,
	}, known(t, f, mesh))
	want := []string{
		"0001-a.md:12 near",
		"0002-b.md:2 unreadable it has the number 2, like ADR-0002-c.md: renumber one of them",
		"ADR-0002-c.md:2 unreadable it has the number 2, like 0002-b.md: renumber one of them",
		"front/0001-e.md:12 near", "x.md:12 near", "y.md:12 near",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestASupersededRecordNamesOneThatIsThere(t *testing.T) {
	f := shipped.Framework(t)
	content := string(written(t, f, mesh))
	for by, want := range map[string]string{
		"superseded by ADR-0002":                                 "",
		"superseded by 0002":                                     "",
		"superseded, see ADR-0002":                               "",
		"superseded, see ADR-0009":                               "it is superseded see ADR-0009, which does not exist",
		"superseded on 2026-02-01 by ADR-0009":                   "it is superseded on 2026-02-01 by ADR-0009, which does not exist",
		"superseded by ADR-0009 in May":                          "it is superseded by ADR-0009 in May, which does not exist",
		"superseded by ADR 2 and ADR 9":                          "it is superseded by ADR 2 and ADR 9, which does not exist",
		"superseded by ADR–0009":                                 "it is superseded by ADR–0009, which does not exist",
		"superseded by 9 (linkerd)":                              "it is superseded by 9 (linkerd), which does not exist",
		"superseded by docs/decisions/0002-new.md":               "",
		"superseded by 0002%2Dnew.md":                            "",
		"superseded by ADR-0006":                                 "it is superseded by ADR-0006, which was rejected, so neither is in force",
		"superseded by 2":                                        "",
		"superseded by ADR 2, see there":                         "",
		"superseded by 0002-new.md":                              "",
		"'superseded by [ADR-0002](0002-new.md)'":                "",
		"'superseded by [ADR-0003](back/0003-c.md)'":             "",
		"superseded by 0003-c.md":                                "",
		"superseded by ADR-0003":                                 "",
		"superseded by ADR-0004":                                 "", // another tool's
		"superseded by ADR-0009":                                 "it is superseded by ADR-0009, which does not exist",
		"superseded by 0002-old.md":                              "it is superseded by 0002-old.md, which does not exist",
		"'superseded by [x](0009-x.md#why)'":                     "it is superseded by [x](0009-x.md#why), which does not exist",
		"superseded by ADR-0001":                                 "it is superseded by ADR-0001, which is itself",
		"superseded by 0001-old.md":                              "it is superseded by 0001-old.md, which is itself",
		"superseded by ADR-0005":                                 "it is superseded by ADR-0005, which leads back to it",
		"superseded":                                             "",
		"superseded by the platform team":                        "",
		"superseded by 2 teams":                                  "",
		"'superseded by https://example.org/9'":                  "",
		"'superseded by [RFC 9](https://example.org/0009-x.md)'": "",
		"'superseded by [x](../other/0009-x.md)'":                "",
	} {
		got := findings(t, f, map[string]string{
			"0001-old.md": status(content, by), "0002-new.md": content, "back/0003-c.md": content, "0004-theirs.md": "# Another tool's\n",
			"0005-middle.md": status(content, "superseded by ADR-0001"), "0006-no.md": status(content, "rejected"),
		}, known(t, f, mesh))
		problem := ""
		for _, line := range got {
			if text, is := strings.CutPrefix(line, "0001-old.md:2 unreadable "); is {
				problem = text
			}
		}
		if problem != want {
			t.Errorf("%s: %q, want %q", by, problem, want)
		}
	}
}

// TestABrokenRecordIsKnownByItsContent compares two states of a folder.
func TestABrokenRecordIsKnownByItsContent(t *testing.T) {
	f := shipped.Framework(t)
	today := known(t, f, with(map[string]any{"services": 2}))
	old := string(written(t, f, mesh))
	another := string(written(t, f, with(map[string]any{"services": 4})))
	cited := strings.Replace(old, "  sufficient:", "  sources: {services: the wiki}\n  sufficient:", 1)
	for what, test := range map[string]struct{ before, now, known map[string]string }{
		"the same file": {map[string]string{"0001-a.md": old}, map[string]string{"0001-a.md": old}, map[string]string{"0001-a.md": ""}},
		"another name":  {map[string]string{"0001-a.md": old}, map[string]string{"mesh.md": old}, map[string]string{"mesh.md": ""}},
		"another number and folder, another body and sources": {
			map[string]string{"0001-a.md": old}, map[string]string{"back/0007-b.md": cited + "\nMore.\n"}, map[string]string{"back/0007-b.md": ""},
		},
		"another decision in the same file": {map[string]string{"0001-a.md": old}, map[string]string{"0001-a.md": another}, nil},
		"a copy":                            {map[string]string{"0002-a.md": old}, map[string]string{"0001-b.md": old, "0002-a.md": old}, map[string]string{"0002-a.md": ""}},
		"a broken one beside one that was":  {map[string]string{"0001-a.md": old}, map[string]string{"0001-a.md": old, "0002-b.md": another}, map[string]string{"0001-a.md": ""}},
		"one that was accepted since":       {map[string]string{"0001-a.md": old}, map[string]string{"0001-a.md": status(old, "accepted")}, nil},
		"one that is proposed again":        {map[string]string{"0001-a.md": status(old, "accepted")}, map[string]string{"0001-a.md": old}, map[string]string{"0001-a.md": ""}},
		"another day":                       {map[string]string{"0001-a.md": old}, map[string]string{"0001-a.md": strings.Replace(old, "2026-11-23", "2026-11-24", 1)}, map[string]string{"0001-a.md": ""}},
		"one of two with a number":          {map[string]string{"0001-a.md": old, "0001-b.md": another}, map[string]string{"0001-a.md": old}, map[string]string{"0001-a.md": ""}},
		"nothing before":                    {nil, map[string]string{"0001-a.md": old}, nil},
	} {
		before, err := record.Check(f, source(test.before), today)
		if err != nil {
			t.Fatal(err)
		}
		now, err := record.Check(f, source(test.now), today)
		if err != nil {
			t.Fatal(err)
		}
		now.MarkKnown(f, before, f)
		for _, finding := range now.Findings {
			_, want := test.known[finding.Name]
			if finding.State != record.Broken || finding.Known != want {
				t.Errorf("%s: %s is %s, known: %t, want %t", what, finding.Name, finding.State, finding.Known, want)
			}
		}
	}
}

// TestARecordIsKnownAfterTheDictionaryGrew: a decision stays the same under other knowledge.
func TestARecordIsKnownAfterTheDictionaryGrew(t *testing.T) {
	f := shipped.Framework(t)
	facts, err := fs.ReadFile(knowledge.Files, "facts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const another = "facts:\n\n  - id: first_of_all\n    type: boolean\n    question: Is it?\n    meaning: It is.\n"
	grown, err := framework.Load(knowledge.Files, source(map[string]string{"facts.yaml": strings.Replace(string(facts), "facts:\n", another, 1)}))
	if err != nil {
		t.Fatal(err)
	}
	content := string(written(t, f, mesh))
	before, _ := record.Check(f, source(map[string]string{"0001-a.md": content}), known(t, f, with(map[string]any{"services": 2})))
	now, _ := record.Check(grown, source(map[string]string{"0001-a.md": content}), known(t, grown, with(map[string]any{"services": 2})))
	now.MarkKnown(grown, before, f)
	if len(now.Findings) != 1 || !now.Findings[0].Known {
		t.Errorf("%+v", now.Findings)
	}
}

func TestADoubtfulRecordAsksForTheFact(t *testing.T) {
	f := shipped.Framework(t)
	report, err := record.Check(f, source(map[string]string{"0001-a.md": string(written(t, f, mesh))}), known(t, f, with(map[string]any{"services": [2]float64{2, 8}})))
	if err != nil {
		t.Fatal(err)
	}
	finding := report.Findings[0]
	if finding.State != record.Doubtful || len(finding.Ask) == 0 || f.Dictionary.Fact(finding.Ask[0]).Name != "services" {
		t.Errorf("%s, asks %v", finding.State, finding.Ask)
	}
}

// TestLongChainsAreFollowedOnce has a chain and a ring of thousands of records. It would not end if each were followed separately.
func TestLongChainsAreFollowedOnce(t *testing.T) {
	f := shipped.Framework(t)
	const length = 5_000
	files := map[string]string{}
	for n := 1; n <= length; n++ {
		files[fmt.Sprintf("%04d-a.md", n)] = fmt.Sprintf("---\nstatus: superseded by ADR-%04d\nlayer2: {record: 1}\n---\n", n+1)
	}
	chain := findings(t, f, files, known(t, f, mesh))
	if want := []string{"5000-a.md:2 unreadable it is superseded by ADR-5001, which does not exist", "4999 superseded"}; !slices.Equal(chain, want) {
		t.Errorf("the chain: %d findings, %q", len(chain), chain[:min(3, len(chain))])
	}
	files["5000-a.md"] = strings.Replace(files["5000-a.md"], "ADR-5001", "ADR-0001", 1)
	if ring := findings(t, f, files, known(t, f, mesh)); len(ring) != length || !strings.HasSuffix(ring[0], "superseded by ADR-0002, which leads back to it") {
		t.Errorf("the ring: %d findings, %s", len(ring), ring[0])
	}
}
