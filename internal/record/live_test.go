package record_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/record"
)

func TestAnArchiveSaysWhatIsInForceNow(t *testing.T) {
	f := shipped.Framework(t)
	proposed := string(written(t, f, mesh))
	accepted := strings.Replace(proposed, "status: proposed", "status: accepted", 1)
	_, name := folder(t, map[string]string{
		"0001-mesh.md": proposed, "0002-mesh.md": proposed, "0003-cache.md": "# Which cache?\n", "README.md": "# Decisions\n",
		"0004-mesh.md": "---\nstatus: rejected\nlayer2: {record: 1, of: another time}\n---\n",
	})
	archive, err := record.OpenLive(f, name)
	if err != nil {
		t.Fatal(err)
	}
	inForce := func() string {
		now, err := archive.InForce()
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%s %v", now.Of["service-mesh"].File, now.Unreadable)
	}
	put := func(file, content string) {
		if err := os.WriteFile(filepath.Join(name, file), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	steps := []struct{ file, content, want string }{
		{"README.md", "", "0002-mesh.md map[]"},
		{"0001-mesh.md", accepted, "0001-mesh.md map[]"},
		{"0002-mesh.md", accepted, " map[service-mesh:[0001-mesh.md 0002-mesh.md]]"},
		{"0001-mesh.md", strings.Replace(accepted, "accepted", "superseded by ADR-0002", 1), "0002-mesh.md map[]"},
		{"0002-mesh.md", strings.Replace(accepted, "decision: wait", "decision: wate", 1), " map[service-mesh:[0002-mesh.md]]"},
		{"0002-mesh.md", strings.Replace(accepted, "capability: service-mesh", "capability: mesh", 1), " map[:[0002-mesh.md]]"},
		{"0002-mesh.md", "# Of another tool\n", " map[]"},
		{"0005-mesh.md", accepted, "0005-mesh.md map[]"},
	}
	for _, step := range steps {
		put(step.file, step.content)
		if got := inForce(); got != step.want {
			t.Errorf("after %s: %s, want %s", step.file, got, step.want)
		}
	}
	if references, err := archive.References(); err != nil || !slices.Equal(references, []string{"1", "4", "5"}) {
		t.Errorf("references %q, %v", references, err)
	}
	if text, err := archive.Text("4"); err != nil || !strings.Contains(text, "rejected") {
		t.Errorf("%q, %v", text, err)
	}
	for _, other := range []string{"9", "3", "04", "+4", "0004-mesh.md", "README.md", "../secret", ""} {
		if text, err := archive.Text(other); !errors.As(err, new(record.NoFileError)) {
			t.Errorf("%q is the address of %q, %v", other, text, err)
		}
	}
	if err := os.RemoveAll(name); err != nil {
		t.Fatal(err)
	}
	if now, err := archive.InForce(); err == nil {
		t.Errorf("a folder that is gone holds %v", now)
	}
}

// TestAnArchiveReadsOnlyWhatChanged gives a live folder a folder that counts how often a file is opened.
func TestAnArchiveReadsOnlyWhatChanged(t *testing.T) {
	f := shipped.Framework(t)
	content := string(written(t, f, mesh))
	long := strings.Repeat("text\n", 1_000)
	_, name := folder(t, map[string]string{"0001-mesh.md": content, "notes.md": long})
	opened := map[string]int{}
	archive, err := record.OpenLive(f, name)
	if err != nil {
		t.Fatal(err)
	}
	record.Watch(archive, func(file string) { opened[file]++ })
	ask := func() string {
		t.Helper()
		now, err := archive.InForce()
		if err != nil {
			t.Fatal(err)
		}
		return now.Of["service-mesh"].Date
	}
	old := time.Now().Add(-time.Hour)
	put := func(file, content string, at time.Time) {
		path := filepath.Join(name, file)
		if err := errors.Join(os.WriteFile(path, []byte(content), 0o644), os.Chtimes(path, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	put("0001-mesh.md", content, old)
	put("notes.md", long, old)
	ask()
	clear(opened)
	for range 3 {
		ask()
	}
	if len(opened) > 0 {
		t.Errorf("nothing changed, and files were opened %v", opened)
	}
	// As many bytes, a moment later.
	put("0001-mesh.md", strings.Replace(content, "2026-11-23", "2026-11-24", 1), old.Add(time.Millisecond))
	if got := ask(); got != "2026-11-24" {
		t.Errorf("after a change it says %s", got)
	}
	// As many bytes, within one tick of the file system's clock.
	now := time.Now()
	for _, day := range []string{"2026-11-25", "2026-11-26"} {
		put("0001-mesh.md", strings.Replace(content, "2026-11-23", day, 1), now)
		if got := ask(); got != day {
			t.Errorf("after a change within a tick it says %s, not %s", got, day)
		}
	}
	// Another file in its place, as many bytes and as old.
	put("new", strings.Replace(content, "2026-11-23", "2026-11-27", 1), old)
	put("0001-mesh.md", content, old)
	ask()
	if err := os.Rename(filepath.Join(name, "new"), filepath.Join(name, "0001-mesh.md")); err != nil {
		t.Fatal(err)
	}
	if got := ask(); got != "2026-11-27" {
		t.Errorf("after a rename it says %s", got)
	}
	if opened["notes.md"] > 0 {
		t.Errorf("a file that never changed was opened %d times", opened["notes.md"])
	}
}

func TestAnArchiveMayBeAskedByMany(t *testing.T) {
	f := shipped.Framework(t)
	_, name := folder(t, map[string]string{"0001-mesh.md": string(written(t, f, mesh))})
	archive, err := record.OpenLive(f, name)
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 20 {
				if now, err := archive.InForce(); err != nil || now.Of["service-mesh"].Record == nil {
					t.Error(now, err)
				}
			}
		})
	}
	wait.Wait()
}

// BenchmarkAskAnArchive asks one of 30 files of a megabyte again and again.
func BenchmarkAskAnArchive(b *testing.B) {
	f := shipped.Framework(b)
	name := b.TempDir()
	content := written(b, f, mesh)
	content = append(content, strings.Repeat("prose\n", (1<<20-len(content))/6)...)
	for i := range 30 {
		path := filepath.Join(name, fmt.Sprintf("%04d-mesh.md", i+1))
		old := time.Now().Add(-time.Hour)
		if err := errors.Join(os.WriteFile(path, content, 0o644), os.Chtimes(path, old, old)); err != nil {
			b.Fatal(err)
		}
	}
	archive, err := record.OpenLive(f, name)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := archive.InForce(); err != nil {
			b.Fatal(err)
		}
	}
}

func TestAnArchiveStaysInItsFolder(t *testing.T) {
	f := shipped.Framework(t)
	_, name := folder(t, nil)
	outside := filepath.Join(t.TempDir(), "secret.md")
	if err := os.WriteFile(outside, written(t, f, mesh), 0o644); err != nil {
		t.Fatal(err)
	}
	archive, err := record.OpenLive(f, name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(name, "0001-out.md")); err != nil {
		t.Fatal(err)
	}
	if text, err := archive.Text("1"); err == nil || !strings.HasSuffix(err.Error(), "a link leads out of the folder") {
		t.Errorf("%q, %v", text, err)
	}
}
