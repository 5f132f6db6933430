package peers

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// grown is what a knowledge of some size costs.
type grown struct {
	capabilities, facts, nodes     int
	build                          time.Duration
	verdict, possible, explanation time.Duration // a capability
	kilobytes                      uint64        // held by the loaded knowledge
}

// Ten times the capabilities and facts are ten times the nodes and the memory, and a verdict costs what it costs. Times are printed,
// not judged.
func TestGrowth(t *testing.T) {
	var sizes []grown
	for _, n := range []int{8, 80, 800} {
		sizes = append(sizes, grow(t, n))
	}
	t.Log("| capabilities | facts | load, check, compile | nodes | memory | a verdict | half unknown | explained, half unknown |")
	for _, g := range sizes {
		t.Logf("| %d | %d | %v | %d | %d KiB | %v | %v | %v |", g.capabilities, g.facts, g.build.Round(10*time.Microsecond),
			g.nodes, g.kilobytes, g.verdict, g.possible, g.explanation)
	}
	for i, g := range sizes[1:] {
		before := sizes[i]
		if each, was := float64(g.nodes)/float64(g.capabilities), float64(before.nodes)/float64(before.capabilities); each > 1.5*was {
			t.Errorf("%.0f nodes a capability of %d, %.0f of %d", each, g.capabilities, was, before.capabilities)
		}
		if g.kilobytes > 15*before.kilobytes {
			t.Errorf("%d KiB for %d capabilities, %d for %d", g.kilobytes, g.capabilities, before.kilobytes, before.capabilities)
		}
	}
}

func grow(t *testing.T, capabilities int) grown {
	t.Helper()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	files := Generate(capabilities)
	held := heap()
	g := grown{build: time.Hour, capabilities: capabilities}
	var f *framework.Framework
	for range 5 {
		began := cpuTime()
		loaded, err := framework.Load(files, nil)
		if err != nil {
			t.Fatalf("%d capabilities: %.2000v", capabilities, err)
		}
		f, g.build = loaded, min(g.build, cpuTime()-began)
	}
	g.kilobytes, g.facts = (heap()-held)/1024, f.Dictionary.Len()
	for _, c := range f.Capabilities {
		nodes, _ := c.Decision.Size()
		g.nodes += nodes
	}
	g.time(t, f)
	runtime.KeepAlive(f)
	return g
}

// heap is what is held.
func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// time times questions about every capability in situations of which all or half is known.
func (g *grown) time(t *testing.T, f *framework.Framework) {
	t.Helper()
	random := rand.New(rand.NewPCG(Seed, 1))
	full, half := f.Dictionary.NewSituation(), f.Dictionary.NewSituation()
	for i := range full {
		full[i] = randomValue(random, f.Dictionary.Fact(i))
		if random.IntN(2) == 0 {
			half[i] = full[i]
		}
	}
	var complete []decide.Complete
	var halfStates []decide.State
	for _, c := range f.Capabilities {
		known, ok := c.Decision.Complete(full)
		if !ok {
			t.Fatalf("%s has facts without a value", c.ID.Value)
		}
		complete, halfStates = append(complete, known), append(halfStates, c.Decision.State(half))
	}
	each := func(ask func(i int, c *framework.Capability)) time.Duration {
		fastest := time.Hour
		for range 5 {
			began, count := cpuTime(), 0
			for ; count < 20_000; count += len(f.Capabilities) {
				for i, c := range f.Capabilities {
					ask(i, c)
				}
			}
			fastest = min(fastest, (cpuTime()-began)/time.Duration(count))
		}
		return fastest
	}
	g.verdict = each(func(i int, c *framework.Capability) { c.Decision.Outcome(complete[i]) })
	g.possible = each(func(i int, c *framework.Capability) { c.Decision.Outcomes(halfStates[i]) })
	g.explanation = each(func(_ int, c *framework.Capability) { c.Decision.Explain(half) })
}

func randomValue(random *rand.Rand, about fact.Fact) fact.Value {
	switch about.Kind {
	case fact.Boolean:
		return fact.Value{Kind: about.Kind, Bool: random.IntN(2) == 0}
	case fact.Choice:
		return fact.Value{Kind: about.Kind, Text: about.Values[random.IntN(len(about.Values))]}
	}
	return fact.Value{Kind: about.Kind, Number: float64(random.IntN(12))}
}

// A ladder whose diagram would be larger than a person can follow is refused, and the error says what the bound is.
func TestNodeBound(t *testing.T) {
	for _, test := range []struct {
		pairs   int
		refused bool
	}{{8, false}, {15, true}, {24, true}} {
		t.Run(fmt.Sprint(test.pairs, " pairs"), func(t *testing.T) {
			_, err := decide.Compile(pairs(t, test.pairs))
			if !test.refused && err != nil {
				t.Fatal(err)
			}
			if want := "its conditions make a diagram of more than 20000 nodes"; test.refused && (err == nil || err.Error() != want) {
				t.Errorf("the error is %v, want %s", err, want)
			}
		})
	}
}

// pairs is a model whose triggers each join one of the first facts with one of the last: the diagram doubles with every pair.
func pairs(t *testing.T, count int) (*fact.Dictionary, decide.Model) {
	t.Helper()
	var facts []fact.Fact
	for _, half := range []string{"first", "second"} {
		for i := range count {
			facts = append(facts, fact.Fact{Name: fmt.Sprintf("%s_%d", half, i), Kind: fact.Boolean})
		}
	}
	dictionary, err := fact.NewDictionary(facts)
	if err != nil {
		t.Fatal(err)
	}
	model := decide.Model{}
	for i := range count {
		condition, err := decide.Parse(fmt.Sprintf("first_%d && second_%d", i, i), dictionary)
		if err != nil {
			t.Fatal(err)
		}
		model.Statements = append(model.Statements, decide.Statement{ID: fmt.Sprint("XX-T", i+1), Role: decide.Trigger, When: condition})
	}
	return dictionary, model
}
