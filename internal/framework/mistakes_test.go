package framework_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

func TestMistakes(t *testing.T) {
	for _, test := range broken {
		t.Run(test.what, func(t *testing.T) {
			f, err := framework.Load(edited(t, test.edits), nil)
			var mistakes strict.Mistakes
			if f != nil || !errors.As(err, &mistakes) {
				t.Fatalf("loaded %v, error %v; want Mistakes", f != nil, err)
			}
			if got := err.Error(); got != strings.TrimSpace(test.want) {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestAnAliasBombIsRefusedWithoutBeingExpanded(t *testing.T) {
	bomb := "x0: &x0 [lol, lol]\n"
	for level := 1; level <= 60; level++ { // expanded, 2^61 items
		bomb += fmt.Sprintf("x%d: &x%d [*x%d, *x%d]\n", level, level, level-1, level-1)
	}
	_, err := framework.Load(edited(t, []edit{{"bomb.yaml", "", bomb}}), nil)
	var mistakes strict.Mistakes
	if !errors.As(err, &mistakes) {
		t.Fatal(err)
	}
	if want := 61 + 61 + 120; len(mistakes) != want { // unknown keys, anchors, aliases
		t.Errorf("%d mistakes, want %d", len(mistakes), want)
	}
	lines := strings.Split(err.Error(), "\n")
	if got, want := lines[len(lines)-1], "and 192 more mistakes"; got != want {
		t.Errorf("the error ends in %q, want %q", got, want)
	}
}

func TestConditionsThatTellTooMuchApartAreMistakes(t *testing.T) {
	var apart []string
	for n := range 70 {
		apart = append(apart, fmt.Sprintf("requests == %d", n))
	}
	fine := strings.Join(apart, " || ")
	for _, test := range []struct {
		what string
		edit edit
		want string // the place
	}{
		{"in a conflict", edit{"rules.yaml", "requests < 10 && slow_answers", fine}, "rules.yaml:22:11: "},
		{"in a statement", edit{"caching.yaml", "    when: slow_answers", "    when: " + fine}, "caching.yaml:19:11: "},
		{"in an option", edit{"caching.yaml", "        when: traffic == \"writes\"", "        when: " + fine}, "caching.yaml:65:15: "},
		{"in a guard", edit{"layer3.yaml", "when: stable", "when: " + fine}, "layer3.yaml:15:15: "},
	} {
		f, err := framework.Load(edited(t, []edit{test.edit}), nil)
		if want := test.want + "the conditions tell apart 7"; f != nil || err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: loaded %v, got\n%v\nwant\n%s", test.what, f != nil, err, want)
		}
	}
}

func TestFilesAreMissing(t *testing.T) {
	without := func(name string) fstest.MapFS {
		files := copied(t, os.DirFS("testdata/small"))
		delete(files, name)
		return files
	}
	directory := copied(t, os.DirFS("testdata/small"))
	directory["facts.yaml"] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
	for _, test := range []struct {
		what             string
		shipped, overlay fs.FS
		want             string // the first line of the error
	}{
		{"no facts", without("facts.yaml"), nil, "no file holds facts"},
		{"no rules", without("rules.yaml"), nil, "no file holds rule R3: every decision cites it to ask for a measured problem"},
		{"no capability", without("caching.yaml"), nil, "no file describes a capability"},
		{"nothing at all", fstest.MapFS{}, nil, "the shipped knowledge holds no .yaml file"},
		{"no such directory", os.DirFS("testdata/small"), os.DirFS("testdata/none"), "the knowledge directory cannot be read: no such file or directory"},
		{"a file for a directory", os.DirFS("testdata/small"), os.DirFS("testdata/ids.txt"), "the knowledge directory cannot be read: not a directory"},
		{"a directory without knowledge", os.DirFS("testdata/small"), fstest.MapFS{"README.md": {}}, "the knowledge directory holds no .yaml file"},
		{"a pipe for a file", directory, nil, "facts.yaml: cannot be read: a named pipe, not a regular file"},
	} {
		_, err := framework.Load(test.shipped, test.overlay)
		if err == nil {
			t.Errorf("%s: it loads", test.what)
			continue
		}
		if got, _, _ := strings.Cut(err.Error(), "\n"); got != test.want {
			t.Errorf("%s: got %q, want %q", test.what, got, test.want)
		}
	}
}

// edited is testdata/small with some edits made.
func edited(t *testing.T, edits []edit) fstest.MapFS {
	t.Helper()
	files := copied(t, os.DirFS("testdata/small"))
	for _, e := range edits {
		text := e.new
		if e.old != "" {
			before := string(files[e.file].Data)
			if !strings.Contains(before, e.old) {
				t.Fatalf("%q does not stand in %s", e.old, e.file)
			}
			text = strings.Replace(before, e.old, e.new, 1)
		}
		files[e.file] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

func copied(t testing.TB, from fs.FS) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	names, err := fs.Glob(from, "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(from, name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	return files
}
