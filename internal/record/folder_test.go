package record_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/record"
)

// folder opens a new folder with files in it.
func folder(t *testing.T, files map[string]string) (*record.Folder, string) {
	t.Helper()
	name := t.TempDir()
	for file, content := range files {
		path := filepath.Join(name, file)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(content), 0o640)); err != nil {
			t.Fatal(err)
		}
	}
	d, err := record.OpenFolder(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d, name
}

// listed are all names in a folder, hidden ones too.
func listed(t *testing.T, name string) []string {
	t.Helper()
	entries, err := os.ReadDir(name)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

func draft(name, content string) func(int) (record.Draft, error) {
	return func(int) (record.Draft, error) { return record.Draft{Name: name, Content: []byte(content)}, nil }
}

func TestNumbersGoOnWhoeverGaveThem(t *testing.T) {
	d, name := folder(t, map[string]string{"0007-theirs.md": "", "0003-ours.md": "", "README.md": "", "0900-no-markdown.txt": ""})
	for _, want := range []string{"0008-a.md", "0009-a.md"} {
		if made, err := d.Create(t.Context(), ".", draft("a", "text"), nil); err != nil || made != want {
			t.Errorf("%q, %v, want %q", made, err, want)
		}
	}
	if got, err := os.ReadFile(filepath.Join(name, "0009-a.md")); err != nil || string(got) != "text" {
		t.Errorf("%q %v", got, err)
	}
}

func TestNoNumberTwice(t *testing.T) {
	_, name := folder(t, map[string]string{"0001-first.md": ""})
	const writers, each = 8, 12
	var wait sync.WaitGroup
	for writer := range writers {
		wait.Go(func() {
			d, err := record.OpenFolder(name) // as a program of its own would
			if err != nil {
				t.Error(err)
				return
			}
			defer d.Close()
			for range each {
				if _, err := d.Create(t.Context(), ".", draft(fmt.Sprintf("by-%d", writer), "text"), nil); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	var numbers []int
	for _, file := range listed(t, name) {
		numbers = append(numbers, record.NumberOf(file))
	}
	if len(numbers) != writers*each+1 || len(slices.Compact(slices.Sorted(slices.Values(numbers)))) != len(numbers) {
		t.Errorf("%d files: %v", len(numbers), listed(t, name))
	}
}

func TestLinksOutAreRefused(t *testing.T) {
	f := shipped.Framework(t)
	d, name := folder(t, map[string]string{"0001-here.md": string(written(t, f, mesh))})
	outside := filepath.Join(t.TempDir(), "secret.md")
	if err := os.WriteFile(outside, written(t, f, mesh), 0o644); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{"0002-out.md": outside, "0003-up.md": "../secret.md", "0004-inside.md": "0001-here.md", "0005-nowhere.md": "gone.md", "README.md": outside} {
		if err := os.Symlink(to, filepath.Join(name, link)); err != nil {
			t.Fatal(err)
		}
	}
	report, err := record.Check(f, d, known(t, f, mesh))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, finding := range report.Findings {
		got = append(got, finding.Name+" "+finding.State.String()+" "+finding.Problem)
	}
	want := []string{
		"0001-here.md near ",
		"0002-out.md unreadable a link leads out of the folder",
		"0003-up.md unreadable a link leads out of the folder",
		"0004-inside.md near ",
		"0005-nowhere.md unreadable no such file or directory",
	}
	if !slices.Equal(got, want) || !slices.Equal(report.Passed, []record.Passed{{Kind: record.LinkOut, Count: 1}}) {
		t.Errorf("%q, and passed over %v", got, report.Passed)
	}
	for _, link := range []string{"0002-out.md", "0004-inside.md"} {
		err := d.Change(t.Context(), record.Edit{File: link, Apply: func([]byte) ([]byte, error) { return []byte("changed"), nil }})
		if err == nil || err.Error() != link+": not a regular file" {
			t.Errorf("%s: %v", link, err)
		}
	}
	if content, err := os.ReadFile(outside); err != nil || !slices.Equal(content, written(t, f, mesh)) {
		t.Error("what lies outside was changed")
	}
}

func TestAChangeIsWholeOrNone(t *testing.T) {
	d, name := folder(t, map[string]string{"0001-old.md": "old"})
	refuse := errors.New("it is not to be")
	if err := d.Change(t.Context(), record.Edit{File: "0001-old.md", Apply: func([]byte) ([]byte, error) { return nil, refuse }}); !errors.Is(err, refuse) {
		t.Error(err)
	}
	also := func(int) record.Edit {
		return record.Edit{File: "0001-old.md", Apply: func([]byte) ([]byte, error) { return nil, refuse }}
	}
	if _, err := d.Create(t.Context(), ".", draft("new", "text"), also); !errors.Is(err, refuse) {
		t.Error(err)
	}
	if _, err := d.Create(t.Context(), ".", func(int) (record.Draft, error) { return record.Draft{}, refuse }, nil); !errors.Is(err, refuse) {
		t.Error(err)
	}
	if _, err := d.Create(t.Context(), ".", draft("no/such/folder", "text"), nil); err == nil {
		t.Error("a file in a folder that is not there")
	}
	if got := listed(t, name); !slices.Equal(got, []string{"0001-old.md"}) {
		t.Errorf("left behind: %q", got)
	}
	err := d.Change(t.Context(), record.Edit{File: "0001-old.md", Apply: func(content []byte) ([]byte, error) {
		return append(content, " and new"...), nil
	}})
	info, _ := os.Stat(filepath.Join(name, "0001-old.md"))
	content, _ := os.ReadFile(filepath.Join(name, "0001-old.md"))
	if err != nil || string(content) != "old and new" || info.Mode().Perm() != 0o640 {
		t.Errorf("%q %v %v", content, info.Mode(), err)
	}
}

func TestNoChangeIsLost(t *testing.T) {
	_, name := folder(t, map[string]string{"0001-old.md": ""})
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			d, err := record.OpenFolder(name) // as a program of its own would
			if err != nil {
				t.Error(err)
				return
			}
			defer d.Close()
			if err := d.Change(t.Context(), record.Edit{File: "0001-old.md", Apply: func(content []byte) ([]byte, error) { return append(content, 'x'), nil }}); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if content, err := os.ReadFile(filepath.Join(name, "0001-old.md")); err != nil || string(content) != "xxxxxxxx" {
		t.Errorf("%q %v", content, err)
	}
}
