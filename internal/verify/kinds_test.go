package verify

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what is found into the golden files")

// Each archive is about one kind of finding: a small knowledge in which it appears, what is found there, and a second one in
// which it does not. The findings of other kinds are left out.
func TestEachKindAppearsWhereItShouldAndNowhereElse(t *testing.T) {
	for _, kind := range kinds {
		t.Run(string(kind), func(t *testing.T) {
			path := filepath.Join("testdata", "kinds", string(kind)+".txtar")
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if found := found(t, knowledgeIn(t, archive, "absent/"), kind); found != "" {
				t.Errorf("where it should be absent:\n%s", found)
			}
			got := found(t, knowledgeIn(t, archive, "appears/"), kind)
			want := &archive.Files[len(archive.Files)-1]
			if want.Name != "want" || got == "" {
				t.Fatalf("%d findings, compared with %s", strings.Count(got, "\n"), want.Name)
			}
			if *update {
				want.Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if got != string(want.Data) {
				t.Errorf("found:\n%s\nwant:\n%s", got, want.Data)
			}
		})
	}
}

// knowledgeIn returns the files of an archive below a prefix, together with the files that all fixtures share.
func knowledgeIn(t testing.TB, archive *txtar.Archive, prefix string) fstest.MapFS {
	t.Helper()
	base, err := os.ReadFile("testdata/base.yaml")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{"base.yaml": {Data: base}}
	for _, file := range archive.Files {
		if name, is := strings.CutPrefix(file.Name, prefix); is {
			files[name] = &fstest.MapFile{Data: file.Data}
		}
	}
	return files
}

// found is the findings of one kind, as the report writes them.
func found(t testing.TB, files fstest.MapFS, kind Kind) string {
	t.Helper()
	_, findings, err := Find(files, nil)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range findings {
		if f.Kind == kind {
			show(&b, f)
			if len(f.With) > 0 {
				fmt.Fprintf(&b, "    with %s\n", strings.Join(f.With, "; "))
			}
		}
	}
	return b.String()
}

// show writes a finding down: place, kind, sentence, what shows it, and in how much of all.
func show(b *strings.Builder, f Finding) {
	fmt.Fprintf(b, "%s:%d: %s: %s\n", f.File, f.Line, f.Kind, f.Says)
	if len(f.Witness) > 0 {
		fmt.Fprintf(b, "    shown by %s\n", f.Witness)
	}
	if f.Share != "" {
		fmt.Fprintf(b, "    in %s of the states\n", f.Share)
	}
}
