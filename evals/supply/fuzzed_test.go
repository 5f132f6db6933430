package supply

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestEveryFuzzTargetRuns compares the targets that the gate runs with those in the source of the main module.
func TestEveryFuzzTargetRuns(t *testing.T) {
	list := exec.Command("bash", "-euo", "pipefail", "-c", `. .ci/steps; printf '%s\n' "${FUZZED[@]}"`)
	list.Dir = root
	out, err := list.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	listed, written := strings.Split(strings.TrimSpace(string(out)), "\n"), functions(t, "Fuzz")
	slices.Sort(listed)
	slices.Sort(written)
	if !slices.Equal(listed, written) {
		t.Errorf("FUZZED in .ci/steps:\n%s\nin the source:\n%s", strings.Join(listed, "\n"), strings.Join(written, "\n"))
	}
	gate, err := os.ReadFile(filepath.Join(root, ".ci/run"))
	if err != nil || !strings.Contains(string(gate), `for target in "${FUZZED[@]}"; do step`) {
		t.Errorf("the gate does not run them: %v", err)
	}
}

// functions returns the functions in the tests of all modules whose names begin with one of the prefixes, each after its package.
func functions(t *testing.T, prefixes ...string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			if slices.Contains([]string{".git", "node_modules", "testdata"}, entry.Name()) {
				return fs.SkipDir
			}
			return nil
		case !strings.HasSuffix(name, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(name))
		for _, declared := range file.Decls {
			f, is := declared.(*ast.FuncDecl)
			begins := func(prefix string) bool { return strings.HasPrefix(f.Name.Name, prefix) }
			if is && f.Recv == nil && slices.ContainsFunc(prefixes, begins) {
				found = append(found, "./"+filepath.ToSlash(folder)+" "+f.Name.Name)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
