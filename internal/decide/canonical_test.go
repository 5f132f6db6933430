package decide

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// grid is situations that show every way in which random conditions can tell situations apart.
func grid(t *testing.T, dictionary *fact.Dictionary) []fact.Situation {
	t.Helper()
	situations := []fact.Situation{dictionary.NewSituation()}
	vary := func(name string, values ...fact.Value) {
		index, ok := dictionary.Index(name)
		if !ok {
			t.Fatalf("no fact %q", name)
		}
		var all []fact.Situation
		for _, s := range situations {
			for _, value := range values {
				all = append(all, s.With(index, value))
			}
		}
		situations = all
	}
	vary("sunny", truth(false), truth(true))
	vary("hungry", truth(false), truth(true))
	vary("wet", truth(false), truth(true))
	vary("guests", count(2), count(3), count(4), count(5))
	vary("hours", quantity(1.5), quantity(2), quantity(5))
	vary("place", choice("garden"), choice("park"), choice("roof"))
	vary("food", members(), members("fruit"), members("bread"), members("cake"), members("bread", "cake"))
	return situations
}

// Two conditions have the same text exactly if they hold in the same situations.
func TestCanonicalConditions(t *testing.T) {
	random := rand.New(rand.NewPCG(21, 22))
	dictionary := picnicFacts(t)
	situations := grid(t, dictionary)
	texts, tables := map[string]string{}, map[string]string{}
	written := map[string]bool{}
	for range 600 {
		source := randomCondition(random)
		p, err := NewPredicate(dictionary, parse(t, dictionary, source))
		if err != nil {
			t.Fatal(err)
		}
		table := make([]byte, len(situations))
		for i, s := range situations {
			table[i] = byte(p.Truth(s))
		}
		text := p.Canonical(dictionary)
		if other, seen := texts[string(table)]; seen && other != text {
			t.Fatalf("%s holds where another does that has the text\n%s\nand has\n%s", source, other, text)
		}
		if other, seen := tables[text]; seen && other != string(table) {
			t.Fatalf("%s has the text of a condition that holds elsewhere\n%s", source, text)
		}
		texts[string(table)], tables[text], written[source] = text, string(table), true
	}
	if len(tables) == len(written) {
		t.Error("no two conditions were alike: the test shows nothing")
	}
}

// A decision's text changes with everything that a person could see, and with nothing else.
func TestCanonicalDecisions(t *testing.T) {
	set := func(id string, change func(*Statement)) func(*Model) {
		return func(m *Model) {
			for i := range m.Statements {
				if m.Statements[i].ID == id {
					change(&m.Statements[i])
				}
			}
		}
	}
	dictionary := picnicFacts(t)
	when := func(id, source string) func(*Model) {
		return set(id, func(s *Statement) { s.When = parse(t, dictionary, source) })
	}
	conflict := func(sources ...string) func(*Model) {
		return func(m *Model) {
			for _, source := range sources {
				p, err := NewPredicate(dictionary, parse(t, dictionary, source))
				if err != nil {
					t.Fatal(err)
				}
				m.Conflicts = append(m.Conflicts, p)
			}
		}
	}
	for _, test := range []struct {
		what   string
		change func(*Model)
		same   bool
	}{
		{"nothing", func(*Model) {}, true},
		{"a number of an integer written otherwise", when("company", `guests >= 5`), true},
		{"a condition turned round", when("rain", `!(!wet || !wet)`), true},
		{"a condition beside one that says the same", when("cake", `"cake" in food && food != []`), true},
		{"the effect of a statement that repeats another", set("downpour", func(s *Statement) { s.Effect = NoEffect }), true},
		{"a boundary", when("company", `guests > 5`), false},
		{"a boundary that is reached or not", when("patience", `hours >= 4`), false},
		{"a trigger that holds elsewhere", when("appetite", `!hungry`), false},
		{"a blocker that is now a reason to wait", set("rain", func(s *Statement) { s.Effect = Argues }), false},
		{"a floor gone", set("alone", func(s *Statement) { s.Effect = NoEffect }), false},
		{"an answer gone", set("cake", func(s *Statement) { s.Answers = nil }), false},
		{"an answer to another trigger", set("cake", func(s *Statement) { s.Answers = []string{"patience"} }), false},
		{"a required statement that is no longer required", set("company", func(s *Statement) { s.Required = false }), false},
		{"a measured reason that is no longer measured", set("long", func(s *Statement) { s.Measured = false }), false},
		{"a reason that is measured now", set("light", func(s *Statement) { s.Measured = true }), false},
		{"a lift gone", set("long", func(s *Statement) { s.Lifts = "" }), false},
		{"a statement that is shown now, though another says the same", set("downpour", func(s *Statement) { s.Repeats = false }), false},
		{"preparation only", func(m *Model) { m.Prepare = true }, false},
		{"a foundation that holds elsewhere", func(m *Model) { m.Foundation.When = parse(t, dictionary, `place == "roof"`) }, false},
		{"a conflict that implies an answer", conflict(`wet && hungry`), false},
	} {
		plain, changed := outing(t, dictionary), outing(t, dictionary)
		test.change(&changed)
		one, two := compile(t, dictionary, plain).Canonical(), compile(t, dictionary, changed).Canonical()
		if (one == two) != test.same {
			t.Errorf("%s: same is %t, want %t", test.what, one == two, test.same)
		}
	}
}

// What is presumed orders the questions and decides provisional answers, so it is part of the text; not where the fact changes no
// verdict: it is not asked for then, and not assumed.
func TestCanonicalDecisionsKnowPresumptions(t *testing.T) {
	without := func(id string) Model {
		m := outing(t, picnicFacts(t))
		m.Statements = slices.DeleteFunc(m.Statements, func(s Statement) bool { return s.ID == id })
		return m
	}
	for _, test := range []struct {
		what  string
		model Model
		want  int
	}{
		{"sun against height decides", without("nothing"), 3},
		{"nothing argues for later, so sun is only a reason beside", without("high"), 1},
	} {
		texts := map[string]bool{}
		for _, presumed := range []fact.Value{{}, truth(true), truth(false)} {
			facts := fields()
			facts[0].Presumed = presumed
			dictionary, err := fact.NewDictionary(facts)
			if err != nil {
				t.Fatal(err)
			}
			texts[compile(t, dictionary, test.model).Canonical()] = true
		}
		if len(texts) != test.want {
			t.Errorf("%s: three presumptions have %d texts, want %d", test.what, len(texts), test.want)
		}
	}
}

func TestCanonicalThemes(t *testing.T) {
	dictionary := picnicFacts(t)
	theme := func(change func(*ThemeModel)) string {
		model := ThemeModel{AnyStands: []string{"appetite"}, Prerequisite: outing(t, dictionary), Guards: []*Condition{parse(t, dictionary, `sunny`)}}
		change(&model)
		made, err := CompileTheme(dictionary, model)
		if err != nil {
			t.Fatal(err)
		}
		return made.Canonical(dictionary)
	}
	plain := theme(func(*ThemeModel) {})
	if !strings.Contains(plain, "running; false -> ") {
		t.Errorf("the text does not say what runs:\n%s", plain)
	}
	same := theme(func(m *ThemeModel) { m.Guards = append(m.Guards, parse(t, dictionary, `sunny || sunny && wet`)) })
	if plain != same {
		t.Errorf("a guard that adds nothing changes\n%s\nto\n%s", plain, same)
	}
	for what, change := range map[string]func(*ThemeModel){
		"a guard gone":      func(m *ThemeModel) { m.Guards = nil },
		"another need":      func(m *ThemeModel) { m.AnyStands = []string{"patience"} },
		"a need by itself":  func(m *ThemeModel) { m.AnyStands, m.Need = nil, parse(t, dictionary, `hungry`) },
		"a floor elsewhere": func(m *ThemeModel) { m.Prerequisite.Statements[3].When = parse(t, dictionary, `guests < 3`) },
	} {
		if theme(change) == plain {
			t.Errorf("%s changes nothing", what)
		}
	}
}
