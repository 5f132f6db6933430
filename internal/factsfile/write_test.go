package factsfile_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/factsfile"
)

func TestChange(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "layer2.yaml"), filepath.Join(dir, "link.yaml")
	change := func(name, want, content string, mode fs.FileMode) {
		t.Helper()
		err := factsfile.Change(t.Context(), name, func(was []byte) ([]byte, error) {
			if string(was) != want {
				t.Errorf("it was %q, want %q", was, want)
			}
			return []byte(content), nil
		})
		got, readErr := os.ReadFile(file)
		if err := errors.Join(err, readErr); err != nil || string(got) != content {
			t.Errorf("%q, %v, want %q", got, err, content)
		}
		if info, err := os.Stat(file); err != nil || mode != 0 && info.Mode().Perm() != mode {
			t.Errorf("mode %v, %v, want %v", info.Mode(), err, mode)
		}
	}
	change(file, "", "one", 0)
	if err := os.Chmod(file, 0o600); err != nil {
		t.Fatal(err)
	}
	change(file, "one", "two", 0o600)
	if err := os.Symlink("layer2.yaml", link); err != nil {
		t.Fatal(err)
	}
	change(link, "two", "three", 0o600)
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Error("the link became a file")
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 2 {
		t.Errorf("%v is left behind", entries)
	}
}

// What cannot be changed leaves nothing behind: no half of a file, and no other one.
func TestChangeOfWhatCannotBeChanged(t *testing.T) {
	dir := t.TempDir()
	write := func([]byte) ([]byte, error) { return []byte("one"), nil }
	if err := factsfile.Change(t.Context(), filepath.Join(dir, "no", "layer2.yaml"), write); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
	folder := filepath.Join(dir, "layer2.yaml")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	want := folder + ": a folder, not a regular file"
	if err := factsfile.Change(t.Context(), folder, write); err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	refused := errors.New("refused")
	err := factsfile.Change(t.Context(), filepath.Join(dir, "new.yaml"), func([]byte) ([]byte, error) { return nil, refused })
	if !errors.Is(err, refused) {
		t.Errorf("%v, want %v", err, refused)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("%v is left behind", entries)
	}
}

// TestChangesAtOnce sets different facts of one file at the same time, which is not there at first: all of them stay.
func TestChangesAtOnce(t *testing.T) {
	f := shipped.Framework(t)
	for round := range 40 {
		name := filepath.Join(t.TempDir(), "layer2.yaml")
		words := strings.Fields("services=7 developers=9 layer1_stable=true tenancy=multi compliance=gdpr")
		var group sync.WaitGroup
		for _, word := range words {
			group.Go(func() {
				settings, err := factsfile.ParseSettings(f, []string{word})
				if err != nil {
					t.Error(err)
					return
				}
				err = factsfile.Change(t.Context(), name, func(content []byte) ([]byte, error) {
					edited, _, err := factsfile.Edit(f, name, content, factsfile.Edits{Settings: settings})
					return edited, err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		w, err := factsfile.Read(f, name, content)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Count(known(f, w), "\n") + 1; got != len(words) {
			t.Fatalf("round %d: %d facts of %d stayed:\n%s", round, got, len(words), content)
		}
	}
}
