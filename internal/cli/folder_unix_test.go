//go:build unix

package cli_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestAKnowledgeFolderThatIsNone gives --knowledge and verify folders with anything in them but knowledge: each is refused soon, and
// nothing outside the folder is shown.
func TestAKnowledgeFolderThatIsNone(t *testing.T) {
	outside := t.TempDir()
	const secret = "root-x-0-0"
	if err := errors.Join(os.WriteFile(filepath.Join(outside, "passwd"), []byte(secret), 0o644), os.WriteFile(filepath.Join(outside, "own.yaml"), []byte(secret), 0o644)); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		fill func(dir string) error
		want string
	}{
		{"a link to a file outside", func(dir string) error {
			return os.Symlink(filepath.Join(outside, "passwd"), filepath.Join(dir, "a.yaml"))
		}, "a.yaml: cannot be read: a link leads out of the folder"},
		{"a link to a file above", func(dir string) error {
			return os.Symlink("../../"+filepath.Base(filepath.Dir(outside))+"/"+filepath.Base(outside)+"/passwd", filepath.Join(dir, "a.yaml"))
		}, "a.yaml: cannot be read: a link leads out of the folder"},
		{"a link to a folder outside", func(dir string) error {
			return os.Symlink(outside, filepath.Join(dir, "sub"))
		}, "the knowledge directory holds no .yaml file"},
		{"a pipe", func(dir string) error { return syscall.Mkfifo(filepath.Join(dir, "a.yaml"), 0o644) },
			"a.yaml: cannot be read: a named pipe, not a regular file"},
		{"a link to standard input", func(dir string) error { return os.Symlink("/dev/stdin", filepath.Join(dir, "a.yaml")) },
			"a.yaml: cannot be read: a link leads out of the folder"},
		{"a large file", func(dir string) error {
			file, err := os.Create(filepath.Join(dir, "a.yaml"))
			if err == nil {
				err = errors.Join(file.Truncate(1<<40), file.Close()) // a terabyte that takes no room
			}
			return err
		}, "a.yaml: cannot be read: too large: 1099511627776 bytes (limit: 1048576)"},
		{"deep folders", func(dir string) error {
			return os.MkdirAll(filepath.Join(dir, strings.Repeat("a/", 17)), 0o755)
		}, "the knowledge directory cannot be read: folders nested more than 16 deep"},
		{"many files", func(dir string) error {
			var err error
			for i := range 1_001 {
				err = errors.Join(err, os.WriteFile(filepath.Join(dir, fmt.Sprint(i, ".yaml")), nil, 0o644))
			}
			return err
		}, "the knowledge directory cannot be read: more than 1000 .yaml files"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := test.fill(dir); err != nil {
				t.Fatal(err)
			}
			for _, line := range []string{"version --knowledge " + dir, "verify " + dir, "verify --against " + dir} {
				out, problems, status := shell(t, line, "")
				if status != 2 || !strings.Contains(problems, test.want) || strings.Contains(out+problems, secret) {
					t.Errorf("%s: exit %d, want %s\n%s%s", line, status, test.want, out, problems)
				}
			}
		})
	}
}

// TestTheFactsFileThatIsFoundIsRegular lays other things where layer2.yaml is looked for. What a person names may be a pipe.
func TestTheFactsFileThatIsFoundIsRegular(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := errors.Join(syscall.Mkfifo("pipe", 0o644), os.Mkdir("folder", 0o755)); err != nil {
		t.Fatal(err)
	}
	for target, want := range map[string]string{
		"pipe":       "layer2.yaml: a named pipe, not a regular file",
		"folder":     "layer2.yaml: a folder, not a regular file",
		"/dev/stdin": "layer2.yaml: ", // what it is depends on who runs the test
		"/dev/zero":  "layer2.yaml: a device, not a regular file",
		"none":       "layer2.yaml: ",
	} {
		if err := os.Symlink(target, "layer2.yaml"); err != nil {
			t.Fatal(err)
		}
		for _, line := range []string{"facts", "facts set services=7", "check", "record service-mesh"} {
			if out, problems, status := shell(t, line, ""); status != 2 || !strings.Contains(problems, want) {
				t.Errorf("%s, layer2.yaml being %s: exit %d, want %s\n%s%s", line, target, status, want, out, problems)
			}
		}
		if err := os.Remove("layer2.yaml"); err != nil {
			t.Fatal(err)
		}
	}
	go os.WriteFile("pipe", []byte("facts: {services: 7}\n"), 0o644)
	if out, problems, status := shell(t, "facts --facts pipe", ""); status != 0 || !strings.Contains(out, "services = 7") {
		t.Errorf("exit %d, %s%s", status, out, problems)
	}
	go os.WriteFile("pipe", []byte(strings.Repeat("# a comment that goes on\n", 1<<16)), 0o644)
	if _, problems, status := shell(t, "facts --facts pipe", ""); status != 2 || problems != "layer2: pipe: too large (limit: 1048576 bytes)\n" {
		t.Errorf("exit %d, %s", status, problems)
	}
	if _, problems, status := shell(t, "assess -", strings.Repeat(" ", 1<<20+1)); status != 2 || problems != "layer2: standard input: too large (limit: 1048576 bytes)\n" {
		t.Errorf("exit %d, %s", status, problems)
	}
	for _, line := range []string{"assess --fleet folder", "verify --baseline folder", "call evaluate_trigger --facts folder"} {
		if _, problems, status := shell(t, line, ""); status != 2 || !strings.Contains(problems, "folder: a folder, not a regular file") {
			t.Errorf("%s: exit %d, %s", line, status, problems)
		}
	}
}
