package workspace_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/workspace"
)

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "layer2.yaml"), filepath.Join(dir, "link.yaml")
	check := func(want string, mode fs.FileMode) {
		t.Helper()
		got, err := os.ReadFile(file)
		if err != nil || string(got) != want {
			t.Errorf("%q, %v, want %q", got, err, want)
		}
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != mode {
			t.Errorf("mode %v, %v, want %v", info.Mode(), err, mode)
		}
	}
	write := func(name, content string) {
		t.Helper()
		if err := workspace.Write(name, []byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	write(file, "one")
	check("one", 0o644)
	if err := os.Chmod(file, 0o600); err != nil {
		t.Fatal(err)
	}
	write(file, "two")
	check("two", 0o600)
	if err := os.Symlink("layer2.yaml", link); err != nil {
		t.Fatal(err)
	}
	write(link, "three")
	check("three", 0o600)
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Error("the link became a file")
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 2 {
		t.Errorf("%v is left behind", entries)
	}
}

// What cannot be written leaves nothing behind: no half of a file, and no other one.
func TestWriteOfWhatCannotBeWritten(t *testing.T) {
	dir := t.TempDir()
	if err := workspace.Write(filepath.Join(dir, "no", "layer2.yaml"), []byte("one")); err == nil {
		t.Error("written into a directory that is not there")
	}
	folder := filepath.Join(dir, "layer2.yaml")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := workspace.Write(folder, []byte("one")); err == nil {
		t.Error("written over a directory")
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("%v is left behind", entries)
	}
}
