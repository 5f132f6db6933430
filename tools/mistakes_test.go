package tools_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"github.com/vanhoutenbos/layer2/evals/golden"
	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/tools"
)

// call calls a tool by its name.
func call(t *testing.T, f *framework.Framework, w tools.Workspace, name, arguments string) (any, error) {
	t.Helper()
	for _, tool := range tools.All(f, w) {
		if tool.Name == name {
			return tool.Call(context.Background(), json.RawMessage(arguments))
		}
	}
	t.Fatalf("no tool %s", name)
	return nil, nil
}

// TestMistakes compares what a caller is told with testdata/mistakes.txtar. A file there is a call: the tool and its arguments on
// the first line, the error below. {{3MB}} stands for a string of three million letters. UPDATE=1 rewrites the errors.
func TestMistakes(t *testing.T) {
	const path = "testdata/mistakes.txtar"
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f := shipped.Framework(t)
	for i, file := range archive.Files {
		first, want, _ := strings.Cut(string(file.Data), "\n")
		tool, arguments, _ := strings.Cut(first, " ")
		_, err := call(t, f, tools.Workspace{}, tool, strings.ReplaceAll(arguments, "{{3MB}}", strings.Repeat("a", 3_000_000)))
		var mistakes *tools.Mistakes
		if !errors.As(err, &mistakes) {
			t.Errorf("%s: want mistakes, got %v", file.Name, err)
			continue
		}
		if n := utf8.RuneCountInString(err.Error()); n > 2000 {
			t.Errorf("%s: an error of %d characters", file.Name, n)
		}
		if got := err.Error() + "\n"; got != want {
			archive.Files[i].Data = []byte(first + "\n" + got)
			if !golden.Updating() {
				t.Errorf("%s: want\n%s\ngot\n%s", file.Name, want, got)
			}
		}
	}
	if golden.Updating() {
		golden.Write(t, path, txtar.Format(archive))
	}
}
