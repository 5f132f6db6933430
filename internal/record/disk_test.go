//go:build linux

package record_test

import (
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/record"
)

// TestADiskThatFillsUpLeavesNothingHalfWritten limits the size of files, so that a write ends in the middle as on a full disk.
func TestADiskThatFillsUpLeavesNothingHalfWritten(t *testing.T) {
	d, name := folder(t, map[string]string{"0001-old.md": "old"})
	long := strings.Repeat("text ", 1_000)
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	limited := before
	limited.Cur = 1_000
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limited); err != nil {
		t.Fatal(err)
	}
	lengthen := record.Edit{File: "0001-old.md", Apply: func([]byte) ([]byte, error) { return []byte(long), nil }}
	_, created := d.Create(draft("new", long), nil)
	changed := d.Change(lengthen)
	_, both := d.Create(draft("new", "short"), func(int) record.Edit { return lengthen })
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{created, changed, both} {
		if err == nil || !strings.HasSuffix(err.Error(), "file too large; nothing was changed") {
			t.Errorf("%v", err)
		}
	}
	content, err := os.ReadFile(filepath.Join(name, "0001-old.md"))
	if got := listed(t, name); err != nil || string(content) != "old" || !slices.Equal(got, []string{"0001-old.md"}) {
		t.Errorf("%q, the old one %q %v", got, content, err)
	}
	if made, err := d.Create(draft("new", long), nil); err != nil || made != "0002-new.md" {
		t.Errorf("with room again: %q %v", made, err)
	}
}

// TestADirectoryThatCannotBeWrittenTo runs itself as somebody who may read the folder only: root may write anywhere.
func TestADirectoryThatCannotBeWrittenTo(t *testing.T) {
	if name := os.Getenv("READ_ONLY_DIRECTORY"); name != "" {
		d, err := record.OpenDirectory(name)
		if err != nil {
			t.Fatal(err)
		}
		_, created := d.Create(draft("new", "text"), nil)
		changed := d.Change(record.Edit{File: "0001-old.md", Apply: func([]byte) ([]byte, error) { return []byte("new"), nil }})
		const want = "nothing can be written: permission denied"
		if created == nil || changed == nil || created.Error() != want || changed.Error() != "0001-old.md: "+want {
			t.Errorf("%v, %v", created, changed)
		}
		return
	}
	name, err := os.MkdirTemp("", "read-only")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(name)
	if err := os.WriteFile(filepath.Join(name, "0001-old.md"), []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(name, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(name, 0o755)
	executable, err := os.ReadFile("/proc/self/exe")
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "test")
	if err := os.WriteFile(program, executable, 0o755); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(program, "-test.run=^"+t.Name()+"$")
	command.Dir, command.Env = "/", append(os.Environ(), "READ_ONLY_DIRECTORY="+name)
	if os.Getuid() == 0 {
		for folder := filepath.Dir(program); folder != os.TempDir() && folder != "/"; folder = filepath.Dir(folder) {
			if err := os.Chmod(folder, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		command.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	if out, err := command.CombinedOutput(); err != nil || !strings.Contains(string(out), "PASS") {
		t.Errorf("%v\n%s", err, out)
	}
	if content, err := os.ReadFile(filepath.Join(name, "0001-old.md")); err != nil || string(content) != "old" {
		t.Errorf("%q %v", content, err)
	}
}
