package decide_test

import (
	"fmt"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Tea is worth making for a guest who wants some, but not for one alone.
func Example() {
	dictionary, _ := fact.NewDictionary([]fact.Fact{
		{Name: "guests", Kind: fact.Integer},
		{Name: "wanted", Kind: fact.Boolean},
	})
	wanted, _ := decide.Parse("wanted", dictionary)
	alone, _ := decide.Parse("guests < 2", dictionary)
	tea, err := decide.Compile(dictionary, decide.Model{Statements: []decide.Statement{
		{ID: "T1", Role: decide.Trigger, When: wanted},
		{ID: "N1", Role: decide.DoNot, When: alone, Effect: decide.Floor},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	nothing := dictionary.NewSituation()
	open := tea.Explain(nothing)
	fmt.Printf("%v %v ask for %v\n", open.Verdict, open.Possible, dictionary.Select(open.Ask))

	one := nothing.With(0, fact.Value{Kind: fact.Integer, Number: 1})
	settled := tea.Explain(one)
	fmt.Printf("%v %v against %s\n", settled.Verdict, settled.Reasons, settled.Against[0].ID)
	for _, flip := range settled.Flips {
		fmt.Println(flip.Verdict, "if", dictionary.Name(flip.Set), "given", dictionary.Name(flip.Given))
	}
	// Output:
	// undetermined [skip consider] ask for [guests wanted]
	// skip [scale] against N1
	// consider if guests = 2 given wanted = true
}
