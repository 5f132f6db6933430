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

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/record"
)

// apart runs the test once more in a process of its own, which finds the name of a folder in $FOLDER; nobody says whether it runs
// as somebody who may do nothing.
func apart(t *testing.T, folder string, nobody bool) {
	t.Helper()
	content, err := os.ReadFile("/proc/self/exe")
	if err != nil {
		t.Fatal(err)
	}
	bin, err := os.MkdirTemp("", "apart")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(bin)
	program := filepath.Join(bin, "test")
	if err := os.WriteFile(program, content, 0o755); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(program, "-test.run=^"+t.Name()+"$")
	command.Dir, command.Env = "/", append(os.Environ(), "FOLDER="+folder)
	if nobody && os.Getuid() == 0 {
		if err := os.Chmod(bin, 0o755); err != nil {
			t.Fatal(err)
		}
		command.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	if out, err := command.CombinedOutput(); err != nil || !strings.Contains(string(out), "PASS") {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestADiskThatFillsUpLeavesNothingHalfWritten limits the size of files, so that a write ends in the middle as on a full disk.
func TestADiskThatFillsUpLeavesNothingHalfWritten(t *testing.T) {
	name := os.Getenv("FOLDER")
	if name == "" {
		_, name := folder(t, map[string]string{"0001-old.md": "old"})
		apart(t, name, false)
		content, err := os.ReadFile(filepath.Join(name, "0001-old.md"))
		if got := listed(t, name); err != nil || string(content) != "old" || !slices.Equal(got, []string{"0001-old.md"}) {
			t.Errorf("%q, the old one %q %v", got, content, err)
		}
		return
	}
	signal.Ignore(syscall.SIGXFSZ)
	limit := syscall.Rlimit{Cur: 1_000, Max: 1_000}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	d, err := record.OpenFolder(name)
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("text ", 1_000)
	lengthen := record.Edit{File: "0001-old.md", Apply: func([]byte) ([]byte, error) { return []byte(long), nil }}
	_, created := d.Create(t.Context(), ".", draft("new", long), nil)
	_, both := d.Create(t.Context(), ".", draft("new", "short"), func(int) record.Edit { return lengthen })
	for _, err := range []error{created, both, d.Change(t.Context(), lengthen)} {
		if err == nil || !strings.HasSuffix(err.Error(), "file too large; nothing was changed") {
			t.Errorf("%v", err)
		}
	}
}

// TestADirectoryThatCannotBeWrittenTo runs as somebody who may read the folder only: root may write anywhere.
func TestADirectoryThatCannotBeWrittenTo(t *testing.T) {
	if name := os.Getenv("FOLDER"); name != "" {
		d, err := record.OpenFolder(name)
		if err != nil {
			t.Fatal(err)
		}
		_, created := d.Create(t.Context(), ".", draft("new", "text"), nil)
		changed := d.Change(t.Context(), record.Edit{File: "0001-old.md", Apply: func([]byte) ([]byte, error) { return []byte("new"), nil }})
		const denied = ": permission denied; nothing was changed"
		if created == nil || changed == nil || created.Error() != "0002-new.md"+denied || changed.Error() != "0001-old.md"+denied {
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
	apart(t, name, true)
	if content, err := os.ReadFile(filepath.Join(name, "0001-old.md")); err != nil || string(content) != "old" {
		t.Errorf("%q %v", content, err)
	}
}

// TestLinksAndSpecialFiles has what a folder may hold besides files.
func TestLinksAndSpecialFiles(t *testing.T) {
	f := shipped.Framework(t)
	d, name := folder(t, map[string]string{"sub/0001-a.md": string(written(t, f, mesh)), ".hidden/0002-b.md": ""})
	outside := t.TempDir()
	for link, to := range map[string]string{
		"inside": "sub", "to-hidden": ".hidden", "outside": outside, "mesh.md": filepath.Join(outside, "mesh.md"), "2026-01-05-mesh.md": "../mesh.md",
		"LICENSE": filepath.Join(outside, "LICENSE"), "logo.png": filepath.Join(outside, "logo.png"), "README.md": filepath.Join(outside, "README.md"),
	} {
		if err := os.Symlink(to, filepath.Join(name, link)); err != nil {
			t.Fatal(err)
		}
	}
	for _, pipe := range []string{"0003-c.md", "pipe.md", "pipe"} {
		if err := syscall.Mkfifo(filepath.Join(name, pipe), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	found, err := record.Find(f, d)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, file := range found.Files {
		if file.Err != nil {
			got = append(got, file.Name+": "+file.Err.Error())
		}
	}
	want := []string{
		"0003-c.md: a named pipe, not a regular file", "2026-01-05-mesh.md: a link leads out of the folder", "mesh.md: a link leads out of the folder",
		"outside: a link leads out of the folder", "to-hidden: a link to a hidden folder, which layer2 does not look into: move the folder here",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	passed := []record.Passed{{Kind: record.Hidden, Count: 1}, {Kind: record.LinkOut, Count: 3}, {Kind: record.LinkToFolder, Count: 1}, {Kind: record.NotRegular, Count: 2}}
	if !slices.Equal(found.Passed, passed) {
		t.Errorf("passed over %v, want %v", found.Passed, passed)
	}
}
