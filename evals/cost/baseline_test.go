package cost

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

const baselineFile = "baseline.txt"

// growth is how many per cent a count may grow before somebody has to say that it is worth it.
const growth = 5

func TestTokensStayNearTheBaseline(t *testing.T) {
	measures := measureAll(t)
	if os.Getenv("UPDATE") != "" {
		writeBaseline(t, measures)
	}
	baseline := readBaseline(t)
	for _, m := range measures {
		note := ""
		if m.budget > 0 {
			note = fmt.Sprintf("budget %d", m.budget)
			if m.tokens > m.budget {
				note += fmt.Sprintf(", over by %d", m.tokens-m.budget)
			}
		}
		t.Logf("%-70s %6d  %s", m.name, m.tokens, note)
		before, known := baseline[m.name]
		delete(baseline, m.name)
		switch {
		case !known:
			t.Errorf("%s: %d tokens, and no baseline; UPDATE=1 writes one", m.name, m.tokens)
		case outgrown(before, m.tokens):
			t.Errorf("%s: %d tokens, %d before: more than %d %% of growth", m.name, m.tokens, before, growth)
		}
	}
	for name := range baseline {
		t.Errorf("%s is in %s but is no longer measured", name, baselineFile)
	}
}

// outgrown reports whether a count has grown too much.
func outgrown(before, now int) bool { return 100*now > (100+growth)*before }

func TestOutgrown(t *testing.T) {
	for _, test := range []struct {
		before, now int
		want        bool
	}{{1000, 900, false}, {1000, 1050, false}, {1000, 1051, true}, {20, 21, false}, {20, 22, true}, {0, 1, true}} {
		if got := outgrown(test.before, test.now); got != test.want {
			t.Errorf("%d after %d: %v", test.now, test.before, got)
		}
	}
}

func readBaseline(t *testing.T) map[string]int {
	t.Helper()
	content, err := os.ReadFile(baselineFile)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for line := range strings.Lines(string(content)) {
		name, count, found := strings.Cut(strings.TrimSpace(line), ": ")
		n, err := strconv.Atoi(strings.Fields(count + " -")[0])
		if !found || err != nil {
			t.Fatalf("%s: cannot read %q", baselineFile, line)
		}
		counts[name] = n
	}
	return counts
}

// writeBaseline writes a line a count, with its budget behind.
func writeBaseline(t *testing.T, measures []measure) {
	t.Helper()
	var b strings.Builder
	for _, m := range measures {
		fmt.Fprintf(&b, "%s: %d", m.name, m.tokens)
		if m.budget > 0 {
			fmt.Fprintf(&b, " of %d", m.budget)
		}
		b.WriteByte('\n')
	}
	if err := os.WriteFile(baselineFile, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
