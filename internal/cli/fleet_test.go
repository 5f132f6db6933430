package cli

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// TestAFleetThatCannotBeReadEnds has an input that fails in the middle. What was answered before it is written, in whole lines.
func TestAFleetThatCannotBeReadEnds(t *testing.T) {
	var out, problems strings.Builder
	in := io.MultiReader(strings.NewReader(`{"id":"a","facts":{"services":2}}`+"\n"+`{"id":"b`), iotest.ErrReader(errors.New("input/output error")))
	status := Run(t.Context(), []string{"assess", "--fleet", "-"}, Streams{In: in, Out: &out, Err: &problems})
	if status != unusable || problems.String() != "layer2: --fleet: line 2: input/output error\n" {
		t.Errorf("exit %d, %s", status, problems.String())
	}
	if !strings.HasPrefix(out.String(), `{"id":"a",`) || strings.Count(out.String(), "\n") != 1 || !strings.HasSuffix(out.String(), "}\n") {
		t.Errorf("%q", out.String())
	}
}
