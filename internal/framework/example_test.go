package framework_test

import (
	"fmt"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/knowledge"
)

func ExampleLoad() {
	f, err := framework.Load(knowledge.Files, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	mesh, _ := f.Capability("service-mesh")
	services, _ := f.Dictionary.Index("services")
	known := f.Dictionary.NewSituation().With(services, fact.Value{Kind: fact.Integer, Number: 2})
	e := mesh.Decision.Brief(known)
	fmt.Printf("%v %v\n", e.Verdict, e.Reasons)
	entry, _ := f.Entry("SM-N1")
	fmt.Println(entry.ID, entry.When)
	fmt.Println("services is used by", f.Uses(services).Verdicts)
	// Output:
	// skip [scale]
	// SM-N1 services < 3
	// services is used by [service-mesh distributed-tracing]
}
