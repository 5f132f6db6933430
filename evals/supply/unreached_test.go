package supply

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestTheGateFindsDeadCode plays what the tool can say against what the list excuses.
func TestTheGateFindsDeadCode(t *testing.T) {
	steps, err := filepath.Abs(filepath.Join(root, ".ci/steps"))
	if err != nil {
		t.Fatal(err)
	}
	const known = "github.com/vanhoutenbos/layer2/evals/supply/testdata/unreached.dead"
	for name, test := range map[string]struct {
		known, found, excused string
		want                  string // said on failure
	}{
		"nothing":             {known: known, excused: "# A comment.\n"},
		"excused":             {known: known, found: "a/b.T.M\na/b.f\n", excused: "a/b.f # kept\na/b.T.M # kept as well\n"},
		"new":                 {known: known, found: "a/b.f\na/b.g\n", excused: "a/b.f # kept\n", want: "+a/b.g"},
		"no longer found":     {known: known, found: "a/b.f\n", excused: "a/b.f # kept\na/b.g # kept\n", want: "-a/b.g"},
		"without a reason":    {known: known, found: "a/b.f\n", excused: "a/b.f\n", want: "want PACKAGE.NAME # why"},
		"the tool is blind":   {want: "unreached failed"},
		"the tool is missing": {known: "missing", want: "unreached failed"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			tool := filepath.Join(folder, "deadcode")
			script := "#!/bin/sh\ncase $3 in ./cmd/...) cat found ;; *) cat known ;; esac\n"
			for file, text := range map[string]string{"known": test.known, "found": test.found, ".ci/unreached": test.excused, "deadcode": script} {
				file = filepath.Join(folder, file)
				if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, []byte(text), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			if test.known == "missing" {
				tool += "-elsewhere"
			}
			run := exec.Command("bash", "-euo", "pipefail", "-c", `. "$0"; DEADCODE=$1; step "unreached failed" unreached`, steps, tool)
			run.Dir = folder
			out, err := run.CombinedOutput()
			if (err != nil) != (test.want != "") || !strings.Contains(string(out), test.want) {
				t.Errorf("%v, want %q in\n%s", err, test.want, out)
			}
		})
	}
}

// TestToolsArePinned reads how the gate installs its tools: at a version that is written out.
func TestToolsArePinned(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(root, ".ci/steps"))
	if err != nil {
		t.Fatal(err)
	}
	pins := map[string]bool{}
	for _, pin := range regexp.MustCompile(`(?m)^(\w+)=v\d+\.\d+\.\d+( #.*)?$`).FindAllStringSubmatch(string(content), -1) {
		pins["$"+pin[1]] = true
	}
	installed := regexp.MustCompile(`go install .*`).FindAllString(string(content), -1)
	for _, line := range installed {
		if _, version, _ := strings.Cut(strings.Trim(line, `"`), "@"); !pins[version] {
			t.Errorf("%s: want @$NAME, and NAME=v<version> at the top", line)
		}
	}
	if len(installed) < 2 {
		t.Errorf("only %d tools are installed", len(installed))
	}
}
