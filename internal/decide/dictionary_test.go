package decide

import (
	"testing"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// fields are the facts that the tests of this package decide about, in fact order: a picnic, of which the engine knows nothing.
func fields() []fact.Fact {
	return []fact.Fact{
		{Name: "sunny", Kind: fact.Boolean, Presumed: truth(true)},
		{Name: "hungry", Kind: fact.Boolean, Presumed: truth(false)},
		{Name: "guests", Kind: fact.Integer},
		{Name: "hours", Kind: fact.Number, Step: 0.25, Presumed: quantity(2)},
		{Name: "place", Kind: fact.Choice, Values: []string{"garden", "park", "beach", "roof"}},
		{Name: "food", Kind: fact.Set, Values: []string{"bread", "cheese", "fruit", "cake"}},
		{Name: "wet", Kind: fact.Boolean},
	}
}

func picnicFacts(t testing.TB) *fact.Dictionary {
	t.Helper()
	dictionary, err := fact.NewDictionary(fields())
	if err != nil {
		t.Fatal(err)
	}
	return dictionary
}

func truth(is bool) fact.Value             { return fact.Value{Kind: fact.Boolean, Bool: is} }
func count(n float64) fact.Value           { return fact.Value{Kind: fact.Integer, Number: n} }
func quantity(n float64) fact.Value        { return fact.Value{Kind: fact.Number, Number: n} }
func choice(text string) fact.Value        { return fact.Value{Kind: fact.Choice, Text: text} }
func members(members ...string) fact.Value { return fact.Value{Kind: fact.Set, Members: members} }

func parse(t testing.TB, dictionary *fact.Dictionary, source string) *Condition {
	t.Helper()
	condition, err := Parse(source, dictionary)
	if err != nil {
		t.Fatalf("%s: %v", source, err)
	}
	return condition
}

// situation is what is known, by the names of facts.
func situation(t testing.TB, dictionary *fact.Dictionary, known map[string]fact.Value) fact.Situation {
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
