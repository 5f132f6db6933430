package framework_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vanhoutenbos/layer2/evals/sweep"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
	"github.com/vanhoutenbos/layer2/knowledge"
)

// A file of the maximum size (with -sweep 100) is read in seconds even if nothing in it is right. Each of these took from half a minute to hours
// when each mistake, as it was found, searched for the nearest name, or through all earlier mistakes.
func TestAFileFullOfMistakesIsRefusedQuickly(t *testing.T) {
	for _, test := range []struct {
		what, head string
		entry      func(i int) string
		mistakes   int // at least
		first      string
	}{
		{"ids that nothing is called by", "readings:\n  - slug: much\n    says: Much.\n    on:\n",
			func(i int) string { return fmt.Sprintf("      - SM-T1%d\n", i) }, sweep.Of(40_000),
			`more.yaml:5:9: "SM-T10" is not an id; did you mean "SM-T1"?`},
		{"conditions over facts that there are not", "conflicts:\n",
			func(i int) string { return fmt.Sprintf("  - when: servicez%d > 5\n    says: Odd.\n", i) }, sweep.Of(20_000),
			`more.yaml:2:11: "servicez0" is not a fact; did you mean "services"?`},
		{"capabilities that there are not", "order:\n",
			func(i int) string { return fmt.Sprintf("  - service-mesh%d\n", i) }, sweep.Of(40_000),
			`more.yaml:2:5: "service-mesh0" is not a capability; did you mean "service-mesh"?`},
		{"a statement that repeats one that repeats one", "rules:\n",
			func(i int) string { return fmt.Sprintf("  - id: R%d\n    says: Odd.\n    same_as: R%d\n", 10+i, 11+i) }, 1,
			` is not a statement; did you mean "R`},
	} {
		t.Run(test.what, func(t *testing.T) {
			_, err := framework.Load(knowledge.Files, fstest.MapFS{"more.yaml": {Data: large(test.head, sweep.Of(1<<20-2_000), test.entry)}})
			var mistakes strict.Mistakes
			if !errors.As(err, &mistakes) || len(mistakes) < test.mistakes {
				t.Fatalf("%d mistakes, want at least %d", len(mistakes), test.mistakes)
			}
			if first := mistakes[0].String(); !strings.Contains(first, test.first) {
				t.Errorf("the first mistake is %s, want %s", first, test.first)
			}
			if last := mistakes[len(mistakes)-1].Problem; len(mistakes) > 50 && strings.Contains(last, "did you mean") {
				t.Errorf("the last of %d mistakes, which is not shown, looked for a name: %s", len(mistakes), last)
			}
		})
	}
}

// large is a file of a size. One just below 1<<20 is as large as a file may be.
func large(head string, size int, entry func(i int) string) []byte {
	text := []byte(head)
	for i := 0; len(text) < size; i++ {
		text = append(text, entry(i)...)
	}
	return text
}

func TestAFactHasNoMoreValuesThanAPersonReads(t *testing.T) {
	text := large("facts:\n  - id: colour\n    type: choice\n    question: Which?\n    meaning: Made up.\n    values:\n", 1<<20-2_000,
		func(i int) string { return fmt.Sprintf("      - v%d\n", i) })
	_, err := framework.Load(knowledge.Files, fstest.MapFS{"more.yaml": {Data: text}})
	if want := "more.yaml:107:9: colour has 70"; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %v, want %s…", err, want)
	}
}

func TestALineIsNoLongerThanAnEditorShows(t *testing.T) {
	text := large("rules: [", 1<<20-2_000, func(i int) string { return fmt.Sprintf("{id: R%d, says: Odd, when: odd},", 10+i) })
	_, err := framework.Load(knowledge.Files, fstest.MapFS{"more.yaml": {Data: append(text, ']')}})
	if want := "more.yaml:1:1: a line of 1046"; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %v, want %s…", err, want)
	}
}
