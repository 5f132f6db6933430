package strict_test

import (
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

func TestAFactReadsYAML(t *testing.T) {
	facts := map[fact.Kind]fact.Fact{
		fact.Boolean: {Name: "stable", Kind: fact.Boolean},
		fact.Integer: {Name: "services", Kind: fact.Integer},
		fact.Number:  {Name: "hours", Kind: fact.Number},
		fact.Choice:  {Name: "tenancy", Kind: fact.Choice, Values: []string{"single", "multi"}},
		fact.Set:     {Name: "rules", Kind: fact.Set, Values: []string{"gdpr", "dora"}},
	}
	number := func(kind fact.Kind, n float64) fact.Value { return fact.Value{Kind: kind, Number: n} }
	for _, test := range []struct {
		kind  fact.Kind
		yaml  string
		value fact.Value
		wrong string
	}{
		{fact.Boolean, "true", fact.Value{Kind: fact.Boolean, Bool: true}, ""},
		{fact.Boolean, `"true"`, fact.Value{}, `"true" is a string, and stable is true or false`},
		{fact.Boolean, "", fact.Value{}, ""},
		{fact.Integer, "7", number(fact.Integer, 7), ""},
		{fact.Integer, "7.0", number(fact.Integer, 7), ""},
		{fact.Integer, "7.5", fact.Value{}, "7.5 is not a whole number, and services is a whole number of 0 or more"},
		{fact.Integer, "9007199254740991", number(fact.Integer, 1<<53-1), ""},
		{fact.Integer, "9007199254740992", fact.Value{}, "9007199254740992 is larger than 9007199254740991"},
		{fact.Integer, "0x10", fact.Value{}, "0x10 is not a plain number: write it as in 7 or 1.5"},
		{fact.Integer, "+7", fact.Value{}, "+7 is not a plain number: write it as in 7 or 1.5"},
		{fact.Integer, "007", fact.Value{}, "007 is not a plain number: write it as in 7 or 1.5"},
		{fact.Integer, `"7"`, fact.Value{}, `"7" is a string, and services is a whole number of 0 or more`},
		{fact.Integer, "{at_least: 5}", fact.Within(fact.Integer, fact.Range{Low: 5, High: fact.Largest}), ""},
		{fact.Integer, "{at_most: 6}", fact.Within(fact.Integer, fact.Range{High: 6}), ""},
		{fact.Number, "{at_least: 0.5, at_most: 6}", fact.Within(fact.Number, fact.Range{Low: 0.5, High: 6}), ""},
		{fact.Integer, "{at_most: 6, at_least: 6.0}", number(fact.Integer, 6), ""},
		{fact.Integer, "{at_least: 7, at_most: 6}", fact.Value{}, "at_least 7 is more than at_most 6"},
		{fact.Integer, "{at_leest: 7}", fact.Value{}, `"at_leest" is not a limit of a range, which has at_least or more_than, at_most or less_than`},
		{fact.Integer, "{at_least: 7, at_least: 8}", fact.Value{}, "at_least is given twice"},
		{fact.Integer, "{at_least: six, at_most: [7]}", fact.Value{}, `at_least is a number, not "six"; at_most is a number, not […]`},
		{fact.Integer, "{at_least: 5.5}", fact.Value{}, "5.5 is not a whole number, and services is a whole number of 0 or more"},
		{fact.Integer, "{at_least:, at_most: 6}", fact.Value{}, "at_least is a number, not null"},
		{fact.Integer, "{}", fact.Value{}, "a range without a limit says nothing: leave it out, or write it as in 5..6, 5.., ..6, >1 or <60"},
		{fact.Integer, "{at_least: 0}", fact.Value{}, ""},
		{fact.Choice, "{at_least: 5}", fact.Value{}, "{…} is an object, and tenancy is one of single, multi"},
		{fact.Set, "{gdpr: true}", fact.Value{}, "{…} is an object, and rules is a list of gdpr, dora"},
		{fact.Set, "[gdpr, [dora], sox, {a: b}]", fact.Value{},
			`[…] is a list, and rules is a list of gdpr, dora; "sox" is not one of gdpr, dora; {…} is an object, and rules is a list of gdpr, dora`},
		{fact.Choice, "0x1F", fact.Value{}, "0x1F is a number, and tenancy is one of single, multi"},
		{fact.Number, "1.23456789012345", number(fact.Number, 1.23456789012345), ""},
		{fact.Number, "1.23456789012345678", fact.Value{}, "1.23456789012345678 has more than 15 significant digits"},
		{fact.Number, ".inf", fact.Value{}, ".inf is not a plain number: write it as in 7 or 1.5"},
		{fact.Number, "-1", fact.Value{}, "-1 is negative, and hours is a number of 0 or more"},
		{fact.Choice, "multi", fact.Value{Kind: fact.Choice, Text: "multi"}, ""},
		{fact.Choice, "mlti", fact.Value{}, `"mlti" is not one of single, multi`},
		{fact.Set, "[dora, gdpr, dora]", fact.Value{Kind: fact.Set, Members: []string{"gdpr", "dora"}}, ""},
		{fact.Set, "[]", fact.Value{Kind: fact.Set}, ""},
		{fact.Set, "gdpr", fact.Value{}, `"gdpr" is a string, and rules is a list of gdpr, dora`},
		{fact.Set, "[3]", fact.Value{}, "3 is a number, and rules is a list of gdpr, dora"},
	} {
		var document yaml.Node
		if err := yaml.Load([]byte("value: "+test.yaml), &document); err != nil {
			t.Fatal(err)
		}
		value, mistakes := facts[test.kind].Read(strict.Value(document.Content[0].Content[1]))
		if mistakes.Error() != test.wrong || mistakes == nil && !value.Equal(test.value) {
			t.Errorf("%s: %v, %q, want %v, %q", test.yaml, value, mistakes, test.value, test.wrong)
		}
	}
}
