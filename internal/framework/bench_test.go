package framework_test

import (
	"math/rand/v2"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/knowledge"
)

// The budgets are from design.md §7. Each benchmark cycles through the same 64 situations.

const turns = 64

// drawnSituations are situations in which each fact is known with a chance.
func drawnSituations(f *framework.Framework, part float64) []fact.Situation {
	random := rand.New(rand.NewPCG(1, 64))
	var list []fact.Situation
	for range turns {
		list = append(list, partly(f, random, part))
	}
	return list
}

// mesh is the capability with the most states.
func mesh(f *framework.Framework) *decide.Decision { return f.Capabilities[0].Decision }

// Budget: 50 ns, no allocation.
func BenchmarkVerdict(b *testing.B) {
	b.ReportAllocs()
	f := shipped.Framework(b)
	var list []decide.Complete
	for _, s := range drawnSituations(f, 1) {
		complete, ok := mesh(f).Complete(s)
		if !ok {
			b.Fatal("not complete")
		}
		list = append(list, complete)
	}
	for i := 0; b.Loop(); i++ {
		mesh(f).Outcome(list[i%turns])
	}
}

// Budget: 500 ns.
func BenchmarkPossibleHalf(b *testing.B) {
	b.ReportAllocs()
	f := shipped.Framework(b)
	var list []decide.State
	for _, s := range drawnSituations(f, 0.5) {
		list = append(list, mesh(f).State(s))
	}
	for i := 0; b.Loop(); i++ {
		mesh(f).Outcomes(list[i%turns])
	}
}

// The cost of converting a situation to the state that the two benchmarks above start from. It has no budget of its own.
func BenchmarkStateHalf(b *testing.B) {
	b.ReportAllocs()
	f := shipped.Framework(b)
	list := drawnSituations(f, 0.5)
	for i := 0; b.Loop(); i++ {
		mesh(f).State(list[i%turns])
	}
}

// Budget: 300 µs for all eight with everything.
func BenchmarkAllHalf(b *testing.B) {
	b.ReportAllocs()
	f := shipped.Framework(b)
	list := drawnSituations(f, 0.5)
	for i := 0; b.Loop(); i++ {
		for _, c := range f.Capabilities {
			c.Decision.Explain(list[i%turns])
		}
	}
}

// Budget: 1.5 ms.
func BenchmarkAllNothing(b *testing.B) {
	b.ReportAllocs()
	f := shipped.Framework(b)
	nothing := f.Dictionary.NewSituation()
	for b.Loop() {
		for _, c := range f.Capabilities {
			c.Decision.Explain(nothing)
		}
	}
}

// Budget: 25 ms to load, check and compile.
func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := framework.Load(knowledge.Files, nil); err != nil {
			b.Fatal(err)
		}
	}
}
