package load

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/sweep"
)

// The full sizes take minutes.
var full = flag.Bool("full", false, "run the sizes that docs/performance.md speaks of")

// programs is the folder of the programs, built as they are released.
var programs string

func TestMain(m *testing.M) {
	flag.Parse()
	status, err := build(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		status = 1
	}
	os.Exit(status)
}

// build makes the programs, runs the tests and takes the programs away.
func build(m *testing.M) (status int, err error) {
	if programs, err = os.MkdirTemp("", "load"); err != nil {
		return 0, err
	}
	defer os.RemoveAll(programs)
	for _, p := range []struct{ name, module, source string }{
		{"layer2", "../..", "./cmd/layer2"},
		{"echo", "../..", "./evals/load/echo"},
		{"official", "peers", "."},
	} {
		command := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", filepath.Join(programs, p.name), p.source)
		command.Dir = p.module
		if out, err := command.CombinedOutput(); err != nil {
			return 0, fmt.Errorf("build %s: %w\n%s", p.name, err, out)
		}
	}
	return m.Run(), nil
}

// size is the first number, a quarter of it where that is enough to see something, and the second with -full.
func size(small, large int) int {
	switch {
	case *full:
		return large
	case sweep.All() || small < 16:
		return small
	}
	return small / 4
}
