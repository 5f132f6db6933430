package mutation

import (
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vanhoutenbos/layer2/evals"
	"github.com/vanhoutenbos/layer2/evals/sweep"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/knowledge"
)

// newJudge has no cases: what is not equivalent survives.
func newJudge(t *testing.T) *Judge {
	t.Helper()
	j, err := NewJudge(nil)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// judged is every mutant judged by every case, or some of every operator, once for all tests.
var judged = sync.OnceValues(func() ([]Judgement, error) {
	cases, err := evals.Cases(os.DirFS("../cases"))
	if err != nil {
		return nil, err
	}
	j, err := NewJudge(cases)
	if err != nil {
		return nil, err
	}
	mutants, err := All(knowledge.Files, j.Shipped().Dictionary)
	if err != nil {
		return nil, err
	}
	return j.All(swept(mutants))
})

// swept leaves out most mutants of each operator, but not with -sweep 100.
func swept(mutants iter.Seq2[Mutant, error]) iter.Seq2[Mutant, error] {
	return func(yield func(Mutant, error) bool) {
		count := map[string]int{}
		for mutant, err := range mutants {
			number := count[mutant.Operator]
			count[mutant.Operator]++
			if (err != nil || sweep.Takes(number)) && !yield(mutant, err) {
				return
			}
		}
	}
}

// Every mistake in the knowledge that changes an answer anywhere is noticed by a case: what is not refused and not equivalent is
// killed, all of it, and there is no list of exceptions.
func TestEveryMutantIsKilled(t *testing.T) {
	start := time.Now()
	judgements, err := judged()
	if err != nil {
		t.Fatal(err)
	}
	count := map[Fate]int{}
	operators := map[string]map[Fate]int{}
	for _, one := range judgements {
		count[one.Fate]++
		if operators[one.Operator] == nil {
			operators[one.Operator] = map[Fate]int{}
		}
		operators[one.Operator][one.Fate]++
		switch one.Fate {
		case Survivor:
			t.Errorf("survives: %s\n   %s", one.Mutant, one.Why)
		case Equivalent:
			t.Logf("equivalent: %s", one.Mutant)
		}
	}
	for _, why := range refusals(judgements) {
		t.Logf("refused: %s", why)
	}
	for _, operator := range slices.Sorted(maps.Keys(operators)) {
		t.Logf("%-12s %s", operator, words(operators[operator]))
	}
	summary := fmt.Sprintf("%d mutants: %s, in %.1f s", len(judgements), words(count), time.Since(start).Seconds())
	t.Log(summary)
	if file := os.Getenv("MUTATION_SUMMARY"); file != "" && sweep.All() { // for the report, so that nobody has to judge twice
		if err := os.WriteFile(file, []byte(summary+"\n"), 0o644); err != nil {
			t.Error(err)
		}
	}
}

func words(count map[Fate]int) string {
	return fmt.Sprintf("%d refused, %d equivalent, %d killed, %d survivors", count[Refused], count[Equivalent], count[Killed], count[Survivor])
}

// refusals are the reasons for which mutants were refused, and how many each.
func refusals(judgements []Judgement) []string {
	place, name := regexp.MustCompile(`^\S+:\d+:\d+: `), regexp.MustCompile(`[A-Z]{1,2}-?[A-Z]?\d+`)
	count := map[string]int{}
	for _, one := range judgements {
		if one.Fate == Refused {
			first, _, _ := strings.Cut(one.Why, "\n")
			count[name.ReplaceAllString(place.ReplaceAllString(first, ""), "…")]++
		}
	}
	var list []string
	for _, why := range slices.Sorted(maps.Keys(count)) {
		list = append(list, fmt.Sprintf("%d: %s", count[why], why))
	}
	return list
}

// No mark and no condition is left out: as many are taken away as are written.
func TestEveryMarkIsMutated(t *testing.T) {
	mutants, err := All(knowledge.Files, newJudge(t).Shipped().Dictionary)
	if err != nil {
		t.Fatal(err)
	}
	mutated := map[string]map[string]bool{}
	note := func(key, what string) {
		if mutated[key] == nil {
			mutated[key] = map[string]bool{}
		}
		mutated[key][what] = true
	}
	for one, err := range mutants {
		if err != nil {
			t.Fatal(err)
		}
		place := fmt.Sprintf("%s:%d", one.File, one.Line)
		switch key, _, marked := strings.Cut(one.From, ": "); {
		case slices.Contains([]string{"operator", "constant", "connective", "negation"}, one.Operator):
			note("when", place)
		case one.To == "nothing" && marked:
			note(key, place+one.Subject)
		}
	}
	for _, key := range []string{"when", "effect", "required", "lifts", "measured", "regulation", "same_as", "do", "mode", "presumed", "check", "not_running"} {
		if got, want := len(mutated[key]), written(t, key); got != want || want == 0 {
			t.Errorf("%q stands %d times in the knowledge, and %d were mutated", key, want, got)
		}
	}
}

// written is how often a key is written in the knowledge.
func written(t *testing.T, key string) int {
	t.Helper()
	line := regexp.MustCompile(`(?m)^ *(- )?` + key + `:`)
	paths, err := fs.Glob(knowledge.Files, "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, path := range paths {
		text, err := fs.ReadFile(knowledge.Files, path)
		if err != nil {
			t.Fatal(err)
		}
		found += len(line.FindAll(text, -1))
	}
	return found
}

// What is called equivalent answers alike, whatever is asked: a second opinion, which knows no diagrams.
func TestEquivalentMutantsAnswerAlike(t *testing.T) {
	judgements, err := judged()
	if err != nil {
		t.Fatal(err)
	}
	equivalent := 0
	j := newJudge(t)
	for _, one := range judgements {
		if one.Fate != Equivalent {
			continue
		}
		equivalent++
		if found := apartSomewhere(t, j, one.Mutant, 25); found != "" {
			t.Errorf("%s\n   %s", one.Mutant, found)
		}
	}
	if equivalent == 0 && sweep.All() {
		t.Error("no mutant is equivalent: the test shows nothing")
	}
}

// apartSomewhere draws situations for every part of the knowledge, and says where a mutant answers otherwise.
func apartSomewhere(t *testing.T, j *Judge, m Mutant, tries int) string {
	t.Helper()
	mutant, err := framework.Load(knowledge.Files, overlay(m))
	if err != nil {
		t.Fatal(err)
	}
	s := j.search(mutant, tries)
	for _, part := range slices.Sorted(maps.Keys(j.parts)) {
		if found := s.find(part); found != "" {
			return part + ": " + found
		}
	}
	return ""
}
