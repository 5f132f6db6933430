package text_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/knowledge"
	"github.com/vanhoutenbos/layer2/tools"
)

// shipped is the knowledge that the program carries.
func shipped(t *testing.T) *framework.Framework {
	t.Helper()
	f, err := framework.Load(knowledge.Files, nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// asker calls the tools of the shipped knowledge.
type asker struct {
	*testing.T
	framework *framework.Framework
	tools     []tools.Tool
}

func newAsker(t *testing.T) asker {
	f := shipped(t)
	return asker{t, f, tools.All(f, tools.Workspace{})}
}

// call is the answer of a tool.
func (a asker) call(name, arguments string) any {
	a.Helper()
	for _, tool := range a.tools {
		if tool.Name == name {
			answer, err := tool.Call(context.Background(), json.RawMessage(arguments))
			if err != nil {
				a.Fatalf("%s %s: %v", name, arguments, err)
			}
			return answer
		}
	}
	a.Fatalf("no tool %q", name)
	return nil
}

// golden compares a text with a file, byte for byte. UPDATE=1 writes the file instead.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs at line %d; UPDATE=1 writes it anew", file, firstDifference(got, string(want)))
	}
}

// firstDifference is the number of the first line that two texts do not share.
func firstDifference(a, b string) int {
	left, right := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range left {
		if i >= len(right) || left[i] != right[i] {
			return i + 1
		}
	}
	return len(left) + 1
}
