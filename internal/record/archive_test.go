package record_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/record"
)

func TestAnArchiveSaysWhatIsInForceNow(t *testing.T) {
	f := shipped(t)
	proposed := string(written(t, f, mesh))
	accepted := strings.Replace(proposed, "status: proposed", "status: accepted", 1)
	_, name := folder(t, map[string]string{
		"0001-mesh.md": proposed, "0002-mesh.md": proposed, "0003-cache.md": "# Which cache?\n", "README.md": "# Decisions\n",
		"0004-mesh.md": "---\nstatus: rejected\nlayer2: {of: another time}\n---\n",
	})
	archive, err := record.OpenArchive(f, name)
	if err != nil {
		t.Fatal(err)
	}
	inForce := func() string {
		current, err := archive.InForce()
		if err != nil {
			return strings.ReplaceAll(err.Error(), name, "DIR")
		}
		return current["service-mesh"].File
	}
	put := func(file, content string) {
		if err := os.WriteFile(filepath.Join(name, file), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	steps := []struct{ file, content, want string }{
		{"README.md", "", "0002-mesh.md"},
		{"0001-mesh.md", accepted, "0001-mesh.md"},
		{"0002-mesh.md", accepted, "DIR/0001-mesh.md is accepted for service-mesh, and 0002-mesh.md too: supersede one of them"},
		{"0001-mesh.md", strings.Replace(accepted, "accepted", "superseded by ADR-0002", 1), "0002-mesh.md"},
		{"0002-mesh.md", strings.Replace(accepted, "record: 1", "record: 2", 1),
			"DIR/0002-mesh.md: line 5: record 2 is a later version of the form than 1, the last that this program reads: use a newer layer2"},
	}
	for _, step := range steps {
		put(step.file, step.content)
		if got := inForce(); got != step.want {
			t.Errorf("after %s: %s, want %s", step.file, got, step.want)
		}
	}
	if numbers, err := archive.Numbers(); err != nil || !slices.Equal(numbers, []int{1, 4}) {
		t.Errorf("numbers %v, %v", numbers, err)
	}
	if text, err := archive.Text(4); err != nil || !strings.Contains(text, "rejected") {
		t.Errorf("%q, %v", text, err)
	}
	var none record.NoFileError
	if _, err := archive.Text(9); !errors.As(err, &none) {
		t.Errorf("no file: %v", err)
	}
	if _, err := archive.Text(3); !errors.Is(err, record.ErrOther) {
		t.Errorf("no record: %v", err)
	}
	if _, err := record.OpenArchive(f, name); err == nil {
		t.Error("an archive with a record that cannot be read was opened")
	}
}

func TestAnArchiveStaysInItsFolder(t *testing.T) {
	f := shipped(t)
	_, name := folder(t, nil)
	outside := filepath.Join(t.TempDir(), "secret.md")
	if err := os.WriteFile(outside, written(t, f, mesh), 0o644); err != nil {
		t.Fatal(err)
	}
	archive, err := record.OpenArchive(f, name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(name, "0001-out.md")); err != nil {
		t.Fatal(err)
	}
	if text, err := archive.Text(1); err == nil || !strings.HasSuffix(err.Error(), "a link leads out of the directory") {
		t.Errorf("%q, %v", text, err)
	}
}
