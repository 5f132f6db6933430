package framework_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/evals/sweep"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/knowledge"
)

// steady are situations with nothing, some, half, most and all known.
func steady(f *framework.Framework) []fact.Situation {
	random := rand.New(rand.NewPCG(2, 1))
	var list []fact.Situation
	for _, part := range []float64{0, 0.2, 0.5, 0.5, 0.8, 1} {
		list = append(list, partly(f, random, part))
	}
	return list
}

// partly is a situation in which a part of the facts is known.
func partly(f *framework.Framework, random *rand.Rand, part float64) fact.Situation {
	s := f.Dictionary.NewSituation()
	for place, fact := range factNames() {
		if engine, ok := f.Dictionary.Index(fact); ok && random.Float64() < part {
			s[engine] = value(place, sample(random, fact))
		}
	}
	return s
}

// answers writes down everything said about all situations, evaluated in any order but written in the framework's.
func answers(f *framework.Framework, situations []fact.Situation, random *rand.Rand) []byte {
	type question struct{ situation, capability int }
	var questions []question
	for i := range situations {
		for k := range f.Capabilities {
			questions = append(questions, question{i, k})
		}
	}
	said := make([]string, len(questions))
	for _, n := range random.Perm(len(questions)) {
		q := questions[n]
		e := f.Capabilities[q.capability].Decision.Explain(situations[q.situation])
		provisional := e.Provisional
		e.Provisional = nil // its address is none of the answer
		said[n] = fmt.Sprintf("%+v %+v\n", e, provisional)
	}
	var all bytes.Buffer
	for _, line := range said {
		all.WriteString(line)
	}
	return all.Bytes()
}

// The same input gives the same bytes: a thousand runs, on one processor and on two at once, whatever is asked first.
func TestSameInputSameBytes(t *testing.T) {
	f := shipped.Framework(t)
	situations := steady(f)
	want := answers(f, situations, rand.New(rand.NewPCG(0, 0)))
	for _, processors := range []int{1, 2} {
		t.Run(fmt.Sprint("GOMAXPROCS=", processors), func(t *testing.T) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
			var group sync.WaitGroup
			for worker := range 4 {
				group.Go(func() {
					random := rand.New(rand.NewPCG(uint64(processors), uint64(worker)))
					for range sweep.Of(125) {
						if !bytes.Equal(answers(f, situations, random), want) {
							t.Error("an answer differs")
							return
						}
					}
				})
			}
			group.Wait()
		})
	}
}

// Knowledge loaded again with its files listed in a different order has the same fingerprint and gives the same answers.
func TestSameKnowledgeSameBytes(t *testing.T) {
	f := shipped.Framework(t)
	situations, random := steady(f), rand.New(rand.NewPCG(3, 1))
	want := answers(f, situations, random)
	for _, processors := range []int{1, 2} {
		t.Run(fmt.Sprint("GOMAXPROCS=", processors), func(t *testing.T) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
			for range sweep.Of(20) {
				again, err := framework.Load(shuffled{knowledge.Files, random}, nil)
				if err != nil {
					t.Fatal(err)
				}
				if again.Fingerprint != f.Fingerprint {
					t.Errorf("fingerprint %s, want %s", again.Fingerprint, f.Fingerprint)
				}
				if !bytes.Equal(answers(again, situations, random), want) {
					t.Error("an answer differs")
				}
			}
		})
	}
}

// shuffled lists the files of a directory in another order each time.
type shuffled struct {
	fs.FS
	random *rand.Rand
}

// ReadDir implements fs.ReadDirFS.
func (s shuffled) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(s.FS, name)
	entries = slices.Clone(entries)
	s.random.Shuffle(len(entries), func(i, k int) { entries[i], entries[k] = entries[k], entries[i] })
	return entries, err
}
