package decide_test

import (
	"slices"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
)

func TestWhatAChangeCrosses(t *testing.T) {
	d, err := fact.NewDictionary([]fact.Fact{
		{Name: "ovens", Kind: fact.Integer},
		{Name: "flour", Kind: fact.Choice, Values: []string{"rye", "wheat"}},
		{Name: "extras", Kind: fact.Set, Values: []string{"nuts", "seeds"}},
		{Name: "open", Kind: fact.Boolean},
	})
	if err != nil {
		t.Fatal(err)
	}
	number := func(n float64) fact.Value { return fact.Value{Kind: fact.Integer, Number: n} }
	within := func(low, high float64) fact.Value {
		return fact.Within(fact.Integer, fact.Range{Low: low, High: high})
	}
	text := func(s string) fact.Value { return fact.Value{Kind: fact.Choice, Text: s} }
	set := func(members ...string) fact.Value { return fact.Value{Kind: fact.Set, Members: members} }
	yes, no, unknown := fact.Value{Kind: fact.Boolean, Bool: true}, fact.Value{Kind: fact.Boolean}, fact.Value{}
	for _, test := range []struct {
		condition string
		fact      string
		from, to  fact.Value
		want      []string
	}{
		{"ovens > 5", "ovens", number(5), number(7), []string{"ovens > 5"}},
		{"ovens > 5", "ovens", number(6), number(7), nil},
		{`ovens < 2 || ovens < 5 && flour == "rye"`, "ovens", number(5), number(4), []string{"ovens < 5"}},
		{`ovens < 2 || ovens < 5 && flour == "rye"`, "ovens", number(5), number(1), []string{"ovens < 2", "ovens < 5"}},
		{`ovens < 2 || ovens < 5 && flour == "rye"`, "flour", text("rye"), text("wheat"), []string{`flour == "rye"`}},
		{`flour != "rye"`, "flour", text("rye"), unknown, []string{`flour != "rye"`}},
		{"ovens != 4 || ovens >= 3 && ovens <= 8", "ovens", number(4), number(9), []string{"ovens != 4", "ovens <= 8"}},
		{"ovens > 5", "ovens", within(2, 4), within(1, 5), nil},
		{"ovens > 5", "ovens", within(2, 4), within(2, 6), []string{"ovens > 5"}},
		{"ovens == 4", "ovens", number(5), within(3, 5), []string{"ovens == 4"}},
		{"ovens == 4", "ovens", number(5), within(5, 6), nil},
		{`"nuts" in extras || extras == []`, "extras", set(), set("nuts"), []string{`"nuts" in extras`, "extras == []"}},
		{"open == false || open", "open", no, yes, []string{"open == false", "open"}},
		{"!open && !(!open)", "open", no, yes, []string{"open"}},
	} {
		condition, err := decide.Parse(test.condition, d)
		if err != nil {
			t.Fatal(err)
		}
		fact, _ := d.Index(test.fact)
		if got := condition.Boundaries(d, fact, test.from, test.to); !slices.Equal(got, test.want) {
			t.Errorf("%s, %s from %v to %v: %q, want %q", test.condition, test.fact, test.from, test.to, got, test.want)
		}
	}
}

func TestWhereAFactCouldMove(t *testing.T) {
	d, err := fact.NewDictionary([]fact.Fact{
		{Name: "ovens", Kind: fact.Integer},
		{Name: "flour", Kind: fact.Choice, Values: []string{"rye", "wheat", "oats"}},
		{Name: "open", Kind: fact.Boolean},
		{Name: "unasked", Kind: fact.Boolean},
	})
	if err != nil {
		t.Fatal(err)
	}
	when, err := decide.Parse(`ovens > 5 || ovens < 3 && flour == "wheat" || open`, d)
	if err != nil {
		t.Fatal(err)
	}
	decision, err := decide.Compile(d, decide.Model{Statements: []decide.Statement{{ID: "BA-T1", Role: decide.Trigger, When: when}}})
	if err != nil {
		t.Fatal(err)
	}
	number := func(n float64) fact.Value { return fact.Value{Kind: fact.Integer, Number: n} }
	text := func(s string) fact.Value { return fact.Value{Kind: fact.Choice, Text: s} }
	for _, test := range []struct {
		fact  int
		known fact.Value
		want  []fact.Value
	}{
		{0, number(4), []fact.Value{number(2), number(6)}},
		{0, number(9), []fact.Value{number(2), number(5)}},
		{0, fact.Within(fact.Integer, fact.Range{Low: 2, High: 4}), []fact.Value{number(6)}},
		{1, text("oats"), []fact.Value{text("wheat")}},
		{1, text("wheat"), []fact.Value{text("rye")}},
		{2, fact.Value{Kind: fact.Boolean}, []fact.Value{{Kind: fact.Boolean, Bool: true}}},
		{2, fact.Value{}, nil},
		{3, fact.Value{Kind: fact.Boolean}, nil},
	} {
		s := d.NewSituation()
		s[test.fact] = test.known
		if got := decision.Moves(s, test.fact); !slices.EqualFunc(got, test.want, fact.Value.Equal) {
			t.Errorf("fact %d, now %v: %v, want %v", test.fact, test.known, got, test.want)
		}
	}
}
