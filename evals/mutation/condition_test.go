package mutation

import (
	"slices"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

func TestMutantsOfAConditionAre(t *testing.T) {
	dictionary, err := fact.NewDictionary([]fact.Fact{
		{Name: "sunny", Kind: fact.Boolean},
		{Name: "guests", Kind: fact.Integer},
		{Name: "hours", Kind: fact.Number, Step: 0.25},
		{Name: "place", Kind: fact.Choice, Values: []string{"garden", "park", "beach"}},
		{Name: "food", Kind: fact.Set, Values: []string{"bread", "cake"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		condition string
		want      []string
	}{
		{`sunny`, []string{`!sunny`}},
		{`!sunny`, []string{`sunny`}},
		{`guests > 5`, []string{`guests < 5`, `guests <= 5`, `guests == 5`, `guests >= 5`, `guests != 5`, `guests > 4`, `guests > 6`}},
		{`hours <= 1`, []string{`hours < 1`, `hours == 1`, `hours >= 1`, `hours > 1`, `hours != 1`, `hours <= 0.75`, `hours <= 1.25`}},
		{`place == "park"`, []string{`place != "park"`, `place == "garden"`, `place == "beach"`}},
		{`food != []`, []string{`food == []`, `"bread" in food`, `"cake" in food`}},
		{`food == []`, []string{`food != []`, `!("bread" in food)`, `!("cake" in food)`}},
		{`"bread" in food`, []string{`!("bread" in food)`, `"cake" in food`}},
		{`sunny && !sunny`, []string{`!(sunny && !sunny)`, `sunny || !sunny`, `sunny`, `!sunny`, `!sunny && !sunny`, `sunny && sunny`}},
		{`sunny && (sunny || sunny)`, []string{
			`!(sunny && (sunny || sunny))`, `sunny || (sunny || sunny)`, `sunny`, `sunny || sunny`, `!sunny && (sunny || sunny)`,
			`sunny && (sunny && sunny)`, `sunny && sunny`, `sunny && (!sunny || sunny)`, `sunny && (sunny || !sunny)`,
		}},
	} {
		changes, err := conditionChanges(test.condition, dictionary)
		if err != nil {
			t.Errorf("%s: %v", test.condition, err)
		}
		var got []string
		for _, change := range changes {
			got = append(got, change.to)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s:\n got %q\nwant %q", test.condition, got, test.want)
		}
	}
}
