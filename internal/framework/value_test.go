package framework_test

import (
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

func TestReadNode(t *testing.T) {
	facts := map[decide.Kind]decide.Fact{
		decide.Boolean: {Name: "stable", Kind: decide.Boolean},
		decide.Integer: {Name: "services", Kind: decide.Integer},
		decide.Number:  {Name: "hours", Kind: decide.Number},
		decide.Choice:  {Name: "tenancy", Kind: decide.Choice, Values: []string{"single", "multi"}},
		decide.Set:     {Name: "rules", Kind: decide.Set, Values: []string{"gdpr", "dora"}},
	}
	number := func(kind decide.Kind, n float64) decide.Value { return decide.Value{Kind: kind, Number: n} }
	for _, test := range []struct {
		kind  decide.Kind
		yaml  string
		value decide.Value
		wrong string
	}{
		{decide.Boolean, "true", decide.Value{Kind: decide.Boolean, Bool: true}, ""},
		{decide.Boolean, `"true"`, decide.Value{}, `"true" is a string, and stable is true or false`},
		{decide.Boolean, "", decide.Value{}, ""},
		{decide.Integer, "7", number(decide.Integer, 7), ""},
		{decide.Integer, "7.0", number(decide.Integer, 7), ""},
		{decide.Integer, "7.5", decide.Value{}, "7.5 is no whole number, and services is a whole number of 0 or more"},
		{decide.Integer, "9007199254740991", number(decide.Integer, 1<<53-1), ""},
		{decide.Integer, "9007199254740992", decide.Value{}, "9007199254740992 is larger than 9007199254740991"},
		{decide.Integer, "0x10", decide.Value{}, "0x10 is no plain number: write digits only, as in 7 or 1.5"},
		{decide.Integer, "+7", decide.Value{}, "+7 is no plain number: write digits only, as in 7 or 1.5"},
		{decide.Integer, "{at_least: 5}", decide.Value{}, "{…} is an object, and services is a whole number of 0 or more"},
		{decide.Number, "1.23456789012345", number(decide.Number, 1.23456789012345), ""},
		{decide.Number, "1.23456789012345678", decide.Value{}, "1.23456789012345678 has more than 15 significant digits"},
		{decide.Number, ".inf", decide.Value{}, ".inf is no plain number: write digits only, as in 7 or 1.5"},
		{decide.Number, "-1", decide.Value{}, "-1 is negative, and hours is a number of 0 or more"},
		{decide.Choice, "multi", decide.Value{Kind: decide.Choice, Text: "multi"}, ""},
		{decide.Choice, "mlti", decide.Value{}, `"mlti" is not one of single, multi. Did you mean "multi"?`},
		{decide.Set, "[dora, gdpr, dora]", decide.Value{Kind: decide.Set, Members: []string{"gdpr", "dora"}}, ""},
		{decide.Set, "[]", decide.Value{Kind: decide.Set}, ""},
		{decide.Set, "gdpr", decide.Value{}, `"gdpr" is a string, and rules is a list of gdpr, dora`},
		{decide.Set, "[3]", decide.Value{}, "3 is a number, and rules is a list of gdpr, dora"},
	} {
		var document yaml.Node
		if err := yaml.Load([]byte("value: "+test.yaml), &document); err != nil {
			t.Fatal(err)
		}
		value, err := framework.ReadNode(facts[test.kind], document.Content[0].Content[1])
		switch {
		case test.wrong != "" && (err == nil || err.Error() != test.wrong):
			t.Errorf("%s: %v, want %s", test.yaml, err, test.wrong)
		case test.wrong == "" && (err != nil || !value.Equal(test.value)):
			t.Errorf("%s: %v, %v, want %v", test.yaml, value, err, test.value)
		}
	}
}
