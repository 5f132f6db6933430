package tools_test

import (
	"fmt"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/knowledge"
	"github.com/vanhoutenbos/layer2/tools"
)

// An answer without a client: what is known, the question, and a typed answer.
func ExampleSituation_Evaluate() {
	f, err := framework.Load(knowledge.Files, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	services, _ := f.Dictionary.Index("services")
	workspace := tools.Workspace{Facts: f.Dictionary.NewSituation().With(services, fact.Value{Kind: fact.Integer, Number: 2})}
	mesh, _ := f.Capability("service-mesh")
	e := workspace.Situation(f).Evaluate([]*framework.Capability{mesh}, tools.Whole)
	v := e.Verdicts[0]
	fmt.Println(v.Title+":", v.Verdict, v.Reasons)
	for _, o := range v.Against {
		fmt.Println(o.ID, o.Effect, o.Facts)
	}
	// Output:
	// Service mesh: skip [scale]
	// SM-M unmet services = 2
	// SM-N1 floor services = 2

}
