package fact_test

import (
	"encoding/json"
	"fmt"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

func ExampleFact_Read() {
	services := fact.Fact{Name: "services", Kind: fact.Integer}
	value, _ := services.Read(fact.FromJSON(json.RawMessage("7")))
	fmt.Println(value)

	written, _ := services.Word("5..6") // as it is typed in a shell
	value, _ = services.Read(written)
	fmt.Println(value, "is", value.YAML(), "in a file")

	_, mistakes := services.Read(fact.FromJSON(json.RawMessage("2.5")))
	fmt.Println(mistakes)
	// Output:
	// 7
	// 5 to 6 is {at_least: 5, at_most: 6} in a file
	// 2.5 is not a whole number, and services is a whole number of 0 or more
}
