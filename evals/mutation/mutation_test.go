package mutation

import (
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vanhoutenbos/layer2/evals"
	"github.com/vanhoutenbos/layer2/knowledge"
)

func judge(t *testing.T) *Judge {
	t.Helper()
	cases, err := evals.Cases(os.DirFS("../cases"))
	if err != nil {
		t.Fatal(err)
	}
	j, err := NewJudge(cases)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// Every mistake that changes an answer somewhere is noticed by a case.
func TestEveryMutantIsKilled(t *testing.T) {
	start := time.Now()
	judgements := judgeAll(t, judge(t))
	count := map[Fate]int{}
	for _, one := range judgements {
		count[one.Fate]++
		switch one.Fate {
		case Survivor:
			t.Errorf("survives: %s\n   %s", one.Mutant, one.Why)
		case Refused:
			t.Logf("refused: %s: %s", one.Mutant, strings.Split(one.Why, "\n")[0])
		case Equivalent:
			t.Logf("equivalent: %s", one.Mutant)
		}
	}
	t.Logf("%d mutants: %d refused, %d equivalent, %d killed, %d survivors, in %.1f s", len(judgements),
		count[Refused], count[Equivalent], count[Killed], count[Survivor], time.Since(start).Seconds())
}

// judgeAll judges every mutant, on every core.
func judgeAll(t *testing.T, j *Judge) []Judgement {
	t.Helper()
	mutants, err := All(knowledge.Files, j.Shipped().Dictionary)
	if err != nil {
		t.Fatal(err)
	}
	type numbered struct {
		place int
		Mutant
	}
	work := make(chan numbered)
	var mutex sync.Mutex
	judgements := map[int]Judgement{}
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for one := range work {
				judgement, err := j.Judge(one.Mutant)
				if err != nil {
					t.Error(err)
				}
				mutex.Lock()
				judgements[one.place] = judgement
				mutex.Unlock()
			}
		})
	}
	place := 0
	for mutant, err := range mutants {
		if err != nil {
			t.Fatal(err)
		}
		work <- numbered{place, mutant}
		place++
	}
	close(work)
	group.Wait()
	var list []Judgement
	for i := range place {
		list = append(list, judgements[i])
	}
	return slices.Clip(list)
}
