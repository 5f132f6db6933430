package supply

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// named finds paths of the repository in a text.
var named = regexp.MustCompile("`((?:cmd|internal|tools|knowledge|evals)(?:/[a-z0-9_.-]+)*)`")

func TestTheTourLeadsToWhatIsThere(t *testing.T) {
	tour, err := os.ReadFile("../../docs/tour.md")
	if err != nil {
		t.Fatal(err)
	}
	paths := named.FindAllSubmatch(tour, -1)
	if len(paths) < 30 {
		t.Errorf("only %d paths", len(paths))
	}
	for _, path := range paths {
		if _, err := os.Stat(filepath.Join("../..", string(path[1]))); err != nil {
			t.Error(err)
		}
	}
}
