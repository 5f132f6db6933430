package framework_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// docs/logic.md is the contract. What it says in tables and lists is what the knowledge says, to the letter: facts with their order,
// types and presumptions, conditions with their marks, options, conflicts, readings.

// contract is a section of docs/logic.md.
func contract(t *testing.T, section string) string {
	t.Helper()
	data, err := os.ReadFile("../../docs/logic.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, ok := strings.Cut(string(data), "\n## "+section+". ")
	if !ok {
		t.Fatalf("docs/logic.md has no section %s", section)
	}
	text, _, _ = strings.Cut(text, "\n## ")
	return text
}

// cells are the cells of every row of the tables in a text; a bar within code is written \|.
func cells(text string) [][]string {
	var rows [][]string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| id ") || strings.HasPrefix(line, "| fact ") || strings.HasPrefix(line, "| slug ") {
			continue
		}
		var row []string
		for cell := range strings.SplitSeq(strings.ReplaceAll(strings.Trim(line, "|"), `\|`, "\x00"), "|") {
			row = append(row, strings.TrimSpace(strings.ReplaceAll(cell, "\x00", "|")))
		}
		rows = append(rows, row)
	}
	return rows
}

func TestTheFactsAreThoseOfTheContract(t *testing.T) {
	f := shipped.Framework(t)
	rows := cells(contract(t, "2"))
	if len(rows) != len(f.Facts) {
		t.Fatalf("%d facts in the contract, %d in the knowledge", len(rows), len(f.Facts))
	}
	for i, row := range rows {
		about := f.Dictionary.Fact(i)
		if about.Name != row[0] {
			t.Fatalf("fact %d is %s, want %s", i, about.Name, row[0])
		}
		if got := kindInShort(about, f.Facts[i]); got != row[1] {
			t.Errorf("%s: the type is %q, want %q", about.Name, got, row[1])
		}
		presumed, check := "—", false
		if p := f.Facts[i].Presumed; p != nil {
			presumed, check = about.Presumed.String(), p.Check
		}
		if presumed != row[2] {
			t.Errorf("%s: presumed %s, want %s", about.Name, presumed, row[2])
		}
		if want := presumed == "true" || about.Name == "kubernetes_experience"; check != want {
			t.Errorf("%s: check is %t, want %t", about.Name, check, want)
		}
	}
}

// kindInShort is a type as the contract writes it.
func kindInShort(about fact.Fact, document framework.Fact) string {
	switch about.Kind {
	case fact.Boolean:
		return "b"
	case fact.Set:
		return "set of " + strings.Join(about.Values, ", ")
	case fact.Choice:
		return strings.Join(about.Values, ", ")
	}
	parts := []string{map[fact.Kind]string{fact.Integer: "i", fact.Number: "n"}[about.Kind]}
	if !document.Unit.IsZero() {
		parts = append(parts, document.Unit.Value)
	}
	return strings.Join(append(parts, "step "+fact.FormatNumber(max(about.Step, step(about.Kind)))), ", ")
}

// step is an integer's.
func step(kind fact.Kind) float64 {
	if kind == fact.Integer {
		return 1
	}
	return 0
}

func TestTheConditionsAreThoseOfTheContract(t *testing.T) {
	f := shipped.Framework(t)
	rows := cells(contract(t, "3"))
	for _, row := range rows {
		entry, ok := f.Entry(row[0])
		if !ok {
			t.Errorf("%s is not in the knowledge", row[0])
			continue
		}
		if entry.When != row[1] {
			t.Errorf("%s holds when\n%s\nwant\n%s", row[0], entry.When, row[1])
		}
		if got := marksOf(f, row[0]); got != row[2] {
			t.Errorf("%s is marked %q, want %q", row[0], got, row[2])
		}
	}
	if decided := deciding(f); len(rows) != decided {
		t.Errorf("%d conditions in the contract, %d in the knowledge", len(rows), decided)
	}
}

// marksOf are those of a statement, as the contract writes them.
func marksOf(f *framework.Framework, id string) string {
	var list []string
	add := func(holds bool, mark string) {
		if holds {
			list = append(list, mark)
		}
	}
	entry, _ := f.Entry(id)
	s := entry.Statement
	add(s.Measured, "measured")
	add(s.Regulation, "regulation")
	add(s.Required, "required")
	add(!s.Effect.IsZero(), s.Effect.Value)
	if len(s.Answers) > 0 {
		var answered []string
		for _, a := range s.Answers {
			answered = append(answered, a.Value)
		}
		list = append(list, "answers "+strings.Join(answered, ", "))
	}
	add(!s.Lifts.IsZero(), "lifts "+s.Lifts.Value)
	return strings.Join(list, ", ")
}

// deciding counts the statements with a condition that is not that of a task.
func deciding(f *framework.Framework) int {
	n := 0
	for _, c := range f.Capabilities {
		for _, s := range c.Statements() {
			if !s.When.IsZero() && s.Do.IsZero() {
				n++
			}
		}
	}
	return n
}

func TestTheOptionsAreThoseOfTheContract(t *testing.T) {
	f := shipped.Framework(t)
	for _, row := range cells(contract(t, "4")) {
		option := optionNamed(f, row[0])
		if option == nil {
			t.Errorf("%s is not in the knowledge", row[0])
			continue
		}
		if got := conditions(option.Fits, " · "); got != row[1] {
			t.Errorf("%s fits %q, want %q", row[0], got, row[1])
		}
		if got := conditions(option.Out, "; "); got != row[2] {
			t.Errorf("%s is out %q, want %q", row[0], got, row[2])
		}
	}
}

func optionNamed(f *framework.Framework, id string) *framework.Option {
	for _, c := range f.Capabilities {
		for _, o := range c.Enabled {
			if o.ID.Value == id {
				return o
			}
		}
	}
	return nil
}

func conditions(clauses []framework.Clause, between string) string {
	var list []string
	for _, clause := range clauses {
		list = append(list, clause.When.Value)
	}
	return strings.Join(list, between)
}

func TestTheConflictsAreThoseOfTheContract(t *testing.T) {
	text := contract(t, "6")
	var want []string
	for line := range strings.Lines(strings.ReplaceAll(text, " ·\n ", " ·")) {
		list, isList := strings.CutPrefix(line, "- ")
		if !isList {
			continue
		}
		_, rows, _ := strings.Cut(list, ": ")
		for row := range strings.SplitSeq(rows, " · ") {
			want = append(want, strings.TrimSpace(row))
		}
	}
	var got []string
	f := shipped.Framework(t)
	for _, conflict := range f.Conflicts {
		row := conflict.When.Value
		if !conflict.NotRunning.IsZero() {
			c, _ := f.Capability(conflict.NotRunning.Value)
			row += " without " + c.Code.Value
		}
		got = append(got, row)
	}
	if i, same := difference(got, want); !same {
		t.Errorf("conflict %d is\n%v\nwant\n%v", i+1, got[i:min(i+1, len(got))], want[i:min(i+1, len(want))])
	}
}

// difference is the first place at which two lists differ.
func difference(a, b []string) (place int, same bool) {
	for i := range max(len(a), len(b)) {
		if i >= len(a) || i >= len(b) || a[i] != b[i] {
			return i, false
		}
	}
	return 0, true
}

var ids = regexp.MustCompile(`^[A-Z]+-[A-Z]+\d*$|^[A-Z]\d+$`)

func TestTheReadingsAreThoseOfTheContract(t *testing.T) {
	f := shipped.Framework(t)
	rows := cells(contract(t, "8"))
	for i, row := range rows {
		if i >= len(f.Readings) {
			break
		}
		reading := f.Readings[i]
		if reading.Slug.Value != row[0] {
			t.Fatalf("reading %d is %s, want %s", i+1, reading.Slug.Value, row[0])
		}
		// The contract abbreviates some lists ("N lists", "Z1–Z6", "options"); where it names ids, they are all there.
		for name := range strings.SplitSeq(row[1], ", ") {
			if ids.MatchString(name) && !covers(reading, name) {
				t.Errorf("reading %s is not on %s", row[0], name)
			}
		}
	}
	if len(rows) != len(f.Readings) {
		t.Errorf("%d readings in the contract, %d in the knowledge", len(rows), len(f.Readings))
	}
}

// covers reports whether a reading names an id, or all ids of its kind: MR-L stands for MR-L1 to MR-L3.
func covers(reading framework.Reading, name string) bool {
	return slices.ContainsFunc(reading.On, func(on strict.Text) bool {
		rest, ok := strings.CutPrefix(on.Value, name)
		return ok && (rest == "" || rest[0] >= '0' && rest[0] <= '9')
	})
}
