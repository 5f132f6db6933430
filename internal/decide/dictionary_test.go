package decide

import "testing"

// fields are the facts that the tests of this package decide about, in fact order: a picnic, of which the engine knows nothing.
func fields() []Fact {
	return []Fact{
		{Name: "sunny", Kind: Boolean, Presumed: truth(true)},
		{Name: "hungry", Kind: Boolean, Presumed: truth(false)},
		{Name: "guests", Kind: Integer},
		{Name: "hours", Kind: Number, Step: 0.25, Presumed: quantity(2)},
		{Name: "place", Kind: Choice, Values: []string{"garden", "park", "beach", "roof"}},
		{Name: "food", Kind: Set, Values: []string{"bread", "cheese", "fruit", "cake"}},
		{Name: "wet", Kind: Boolean},
	}
}

func picnicFacts(t testing.TB) *Dictionary {
	t.Helper()
	dictionary, err := NewDictionary(fields())
	if err != nil {
		t.Fatal(err)
	}
	return dictionary
}

func truth(is bool) Value             { return Value{Kind: Boolean, Bool: is} }
func count(n float64) Value           { return Value{Kind: Integer, Number: n} }
func quantity(n float64) Value        { return Value{Kind: Number, Number: n} }
func choice(text string) Value        { return Value{Kind: Choice, Text: text} }
func members(members ...string) Value { return Value{Kind: Set, Members: members} }

func parse(t testing.TB, dictionary *Dictionary, source string) *Condition {
	t.Helper()
	condition, err := Parse(source, dictionary)
	if err != nil {
		t.Fatalf("%s: %v", source, err)
	}
	return condition
}

// situation is what is known, by the names of facts.
func situation(t testing.TB, dictionary *Dictionary, known map[string]Value) Situation {
	t.Helper()
	s := dictionary.NewSituation()
	for name, value := range known {
		i, ok := dictionary.Index(name)
		if !ok {
			t.Fatalf("no fact %q", name)
		}
		s[i] = value
	}
	return s
}

func TestDictionaryRefusesAFactThatStandsTwice(t *testing.T) {
	_, err := NewDictionary([]Fact{{Name: "sunny", Kind: Boolean}, {Name: "sunny", Kind: Integer}})
	if err == nil || err.Error() != `fact "sunny" stands twice` {
		t.Errorf("got %v", err)
	}
}

func TestWithLeavesTheSituationAsItWas(t *testing.T) {
	dictionary := picnicFacts(t)
	before := situation(t, dictionary, map[string]Value{"guests": count(3)})
	after := before.With(2, count(4))
	if before[2].Number != 3 || after[2].Number != 4 {
		t.Errorf("before %v, after %v", before[2], after[2])
	}
}
