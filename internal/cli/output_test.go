package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// full is a device that is full after so many bytes.
type full struct{ left int }

func (f *full) Write(p []byte) (int, error) {
	n := min(len(p), f.left)
	f.left -= n
	if n < len(p) {
		return n, &fs.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.ENOSPC}
	}
	return n, nil
}

// TestAnOutputThatCannotBeWritten runs every command in every format. Each succeeds, or says no, when there is room.
func TestAnOutputThatCannotBeWritten(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("GITHUB_STEP_SUMMARY", "")
	for _, prepared := range [][]string{
		{"facts", "set", "services=2", "layer1_stable=true", "call_chains=simple", "tenancy=single"},
		{"record", "service-mesh"},
		{"facts", "set", "services=7", "call_chains=complex"}, // breaks the decision
	} {
		if status := Run(t.Context(), prepared, Streams{In: strings.NewReader(""), Out: &strings.Builder{}, Err: &strings.Builder{}}); status != 0 {
			t.Fatal(prepared, status)
		}
	}
	if err := os.WriteFile("teams", []byte(`{"id":"a","facts":{"services":2}}`+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	lines := []string{
		"help", "-h", "--help", "version",
		"call evaluate_trigger", "call evaluate_trigger --json",
		"assess layer2.yaml", "assess layer2.yaml --format markdown", "assess layer2.yaml --format json", "assess --fleet teams",
		"facts", "facts --format json", "facts set services=9", "facts set services=7 --format json",
		"record auditing --decision skip --reason x", "record --reaffirm 1 --reason x --facts layer2.yaml",
		"check", "check --format json", "check --format github",
		"verify", "verify --format json", "verify --against shipped",
		"serve",
	}
	for _, c := range commands() {
		lines = append(lines, c.name+" --help")
		if !slices.ContainsFunc(lines, func(line string) bool { return strings.Fields(line)[0] == c.name && !strings.Contains(line, "help") }) {
			t.Errorf("%s is not tried", c.name)
		}
	}
	for _, line := range lines {
		for _, room := range []int{0, 3} {
			services := 8 + room // what record --reaffirm holds to differs every time
			if status := Run(t.Context(), []string{"facts", "set", fmt.Sprint("services=", services)}, Streams{Out: &strings.Builder{}, Err: &strings.Builder{}}); status != 0 {
				t.Fatal(status)
			}
			var problems strings.Builder
			in := strings.NewReader(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"a","version":"1"}}}` + "\n")
			status := Run(t.Context(), strings.Fields(line), Streams{In: in, Out: &full{room}, Err: &problems})
			const want = "layer2: cannot write the output: no space left on device\n"
			if status != unusable || !strings.HasSuffix(problems.String(), want) || strings.Count(problems.String(), "layer2: ") != 1 {
				t.Errorf("%s, %d bytes of room: exit %d, %s", line, room, status, problems.String())
			}
		}
	}
}

// TestAStepSummaryThatCannotBeWritten has a name that GitHub would never give.
func TestAStepSummaryThatCannotBeWritten(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]string{
		dir:                                dir + ": a folder, not a regular file",
		os.DevNull:                         os.DevNull + ": a device, not a regular file",
		filepath.Join(dir, "none", "file"): "no such file or directory",
	} {
		if err := summarize(name, "text"); err == nil || !strings.HasPrefix(err.Error(), "GITHUB_STEP_SUMMARY: ") || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	file := filepath.Join(dir, "summary")
	if err := errors.Join(summarize(file, "one\n"), summarize(file, "two\n")); err != nil {
		t.Fatal(err)
	}
	if content, err := os.ReadFile(file); err != nil || string(content) != "one\ntwo\n" {
		t.Errorf("%q %v", content, err)
	}
}
