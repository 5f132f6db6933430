package walks_test

import (
	"flag"
	"testing"
	"time"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/evals/sweep"
	"github.com/vanhoutenbos/layer2/evals/walks"
)

var seed = flag.Uint64("seed", uint64(time.Now().UnixNano()), "of the random walks; each run takes another one unless it is given")

// TestLearningNeverAddsAPossibleVerdict walks from nothing to everything: what is possible only gets less.
func TestLearningNeverAddsAPossibleVerdict(t *testing.T) {
	many := sweep.Of(100_000)
	t.Logf("repeat with -seed=%d", *seed)
	steps, findings, err := walks.Learn(shipped.Framework(t), *seed, many)
	if err != nil {
		t.Fatal(err)
	}
	if steps < many {
		t.Errorf("only %d steps", steps)
	}
	for i, finding := range findings {
		if i == 10 {
			t.Fatalf("and %d more", len(findings)-i)
		}
		t.Error(finding)
	}
	t.Logf("%d walks, %d steps", many, steps)
}

// TestTheQuestionsAlwaysDecide follows every way in which the first question can be answered, again and again, until a verdict is
// decided, and says how many questions that takes.
func TestTheQuestionsAlwaysDecide(t *testing.T) {
	t.Logf("repeat with -seed=%d", *seed)
	all, err := walks.Ask(shipped.Framework(t), *seed, 1_000)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%-20s %5s %5s  %12s  %12s  %12s", "mean and worst", "facts", "paths", "asked", "fact order", "random order")
	for _, q := range all {
		t.Logf("%-20s %5d %5d  %6.2f %5d  %6.2f %5d  %6.2f %5d", q.Capability, q.Facts, q.Paths,
			q.Asked.Mean, q.Asked.Worst, q.FactOrder.Mean, q.FactOrder.Worst, q.Random.Mean, q.Random.Worst)
		if q.Asked.Worst > q.Facts {
			t.Errorf("%s asks %d questions about %d facts", q.Capability, q.Asked.Worst, q.Facts)
		}
		if q.Asked.Mean >= q.Random.Mean {
			t.Errorf("%s: its questions take %.2f on average, random ones %.2f", q.Capability, q.Asked.Mean, q.Random.Mean)
		}
	}
}
