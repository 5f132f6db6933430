package git

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func TestRevisionNames(t *testing.T) {
	newRepository(t, map[string]string{"1.md": "one"})
	first := run(t, "rev-parse", "HEAD")
	run(t, "tag", "-a", "-m", "a tag", "v1")
	run(t, "tag", "blob", first+":1.md")
	write(t, "1.md", "two")
	commit(t)
	r, err := Open(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, holds string }{
		{"main", "two"},
		{"HEAD", "two"},
		{"HEAD~1", "one"},
		{"v1", "one"},
		{first, "one"},
		{first[:8], "one"},
		{"refs/heads/main", "two"},
		{"main@{1}", "one"},
		{":/some", ""}, // git would search for the text some^{commit}
		{"", ""},
		{"nowhere", ""},
		{"1234567890123456789012345678901234567890", ""},
		{"--all", ""},
		{"--git-dir", ""},
		{"--output=x", ""},
		{"--end-of-options", ""},
		{"-", ""},
		{"^main", ""},
		{"v1..main", ""},
		{"v1...main", ""},
		{"main --all", ""},
		{"main\nHEAD", ""},
		{"main\x00", ""},
		{"main:1.md", ""},
		{"blob", ""},
		{"HEAD^{tree}", ""},
		{strings.Repeat("x", 100_000), ""},
	} {
		v, err := r.At(t.Context(), test.name)
		if err != nil {
			if unknown := UnknownError(""); test.holds != "" || !errors.As(err, &unknown) {
				t.Errorf("%.40q: %v", test.name, err)
			}
			continue
		}
		if content, err := v.ReadFile("1.md"); string(content) != test.holds {
			t.Errorf("At(%q) reads %q, %v; want %q", test.name, content, err, test.holds)
		}
		v.Close()
	}
}

func TestFolderIsAFileSystem(t *testing.T) {
	files := map[string]string{
		"docs/1.md": "one", "docs/empty.md": "", "docs/deep/er/2.md": "two", "docs/ü 'x' \"y\"/line\nbreak.md": "three", "docs/a.b": "x",
		"docs/a/c": "y", "docs/a-b": "z", // git sorts the folder a as a/, after a-b and a.b
	}
	newRepository(t, files)
	os.Chmod("docs/1.md", 0o755)
	commit(t)
	os.RemoveAll("docs") // the work tree must not matter
	v := at(t, "main")
	folder, err := v.Folder("docs")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for name, text := range files {
		name = strings.TrimPrefix(name, "docs/")
		names = append(names, name)
		if content, err := fs.ReadFile(folder, name); string(content) != text {
			t.Errorf("%s: %q, %v", name, content, err)
		}
	}
	if err := fstest.TestFS(folder, names...); err != nil {
		t.Error(err)
	}
	if info, err := fs.Stat(folder, "1.md"); err != nil || info.Mode() != 0o555 || info.Size() != 3 {
		t.Errorf("%v (%v)", info, err)
	}
	for _, name := range []string{"nowhere", "1.md/x", "deep/nowhere/x", "deep/er/2.md/x/y"} {
		if _, err := fs.Stat(folder, name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"/1.md", "../docs/1.md", "./1.md", ""} {
		if _, err := fs.Stat(folder, name); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := v.Folder("docs/1.md"); err == nil || err.Error() != "not a folder at that revision" {
		t.Errorf("a file opened as a folder: %v", err)
	}
	if _, err := v.Folder("nowhere"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing folder: %v", err)
	}
	if root, err := v.Folder("."); err != nil {
		t.Error(err)
	} else if content, err := fs.ReadFile(root, "docs/1.md"); string(content) != "one" {
		t.Errorf("from the top: %q, %v", content, err)
	}
}

// TestSymlinksResolveAsInOSRoot compares a folder of a revision with an os.Root over the same files.
func TestSymlinksResolveAsInOSRoot(t *testing.T) {
	newRepository(t, map[string]string{
		"secret": "no", "other/2.md": "two",
		"docs/1.md": "one", "docs/deep/3.md": "three",
		"docs/to-file": "-> 1.md", "docs/to-folder": "-> deep", "docs/to-link": "-> to-folder/../to-file", "docs/up/down": "-> ../deep/./3.md",
		"docs/to-nothing": "-> gone", "docs/to-itself": "-> to-itself", "docs/out": "-> ../secret", "docs/out-and-in": "-> ../docs/1.md",
		"docs/far-out": "-> ../../../../etc/passwd", "docs/absolute": "-> /etc/passwd", "docs/absolute-inside": "-> /1.md", "docs/through-a-file": "-> 1.md/../1.md",
		"docs/slashes": "-> deep//3.md",
		"old":          "-> docs", "elsewhere": "-> /etc",
	})
	v := at(t, "main")
	folder, err := v.Folder("docs")
	if err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot("docs")
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	names, err := fs.ReadDir(folder, ".")
	if err != nil || len(names) < 14 {
		t.Fatal(names, err)
	}
	for _, entry := range append(names, nil) {
		name := "to-folder/3.md"
		if entry != nil {
			name = entry.Name()
		}
		got, err := fs.ReadFile(folder, name)
		want, rootErr := root.ReadFile(name)
		if string(got) != string(want) || (err == nil) != (rootErr == nil) {
			t.Errorf("%s: %q, %v; os.Root reads %q, %v", name, got, err, want, rootErr)
		}
	}
	for _, test := range []struct{ name, holds string }{{"old/1.md", "one"}, {"old/to-folder/3.md", "three"}, {"docs/out", "no"}, {"elsewhere/passwd", ""},
		{"old/../other/2.md", "two"}, {"old/../docs/1.md", "one"}, {"docs/to-folder/../1.md", "one"}} {
		if content, err := v.ReadFile(test.name); string(content) != test.holds || (err == nil) != (test.holds != "") {
			t.Errorf("%s: %q, %v", test.name, content, err)
		}
	}
	if folder, err = v.Folder("old/to-folder"); err != nil {
		t.Error(err)
	} else if content, err := fs.ReadFile(folder, "3.md"); string(content) != "three" {
		t.Errorf("through symlinks: %q, %v", content, err)
	}
}

func TestSubmodulesAreNotEntered(t *testing.T) {
	top := newRepository(t, map[string]string{"docs/1.md": "one"})
	run(t, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", top, "docs/module")
	commit(t)
	v := at(t, "main")
	if _, err := v.Folder("docs/module"); !errors.Is(err, errSubmodule) {
		t.Errorf("%v", err)
	}
	if _, err := v.ReadFile("docs/module/docs/1.md"); !errors.Is(err, errSubmodule) {
		t.Errorf("%v", err)
	}
	folder, err := v.Folder("docs")
	if err != nil {
		t.Fatal(err)
	}
	entries, err := fs.ReadDir(folder, ".")
	if err != nil || len(entries) != 2 || entries[1].IsDir() || entries[1].Type() != fs.ModeIrregular {
		t.Errorf("%v (%v)", entries, err)
	}
}

// TestNothingIsFetched reads partial clones, which know of files and folders that they do not have.
func TestNothingIsFetched(t *testing.T) {
	top := newRepository(t, map[string]string{"docs/1.md": "one"})
	write(t, "docs/1.md", "one again")
	commit(t)
	run(t, "config", "uploadpack.allowFilter", "true")
	for _, filter := range []string{"blob:none", "tree:0"} {
		clone := t.TempDir()
		run(t, "clone", "-q", "--filter="+filter, "file://"+top, clone)
		t.Chdir(clone)
		read := func() error {
			r, err := Open(".")
			if err != nil {
				t.Fatal(err)
			}
			v, err := r.At(t.Context(), "main~1")
			if err != nil {
				return err
			}
			defer v.Close()
			_, err = v.ReadFile("docs/1.md")
			return errors.Join(err, v.Err())
		}
		if err := read(); !errors.Is(err, errMissing) {
			t.Errorf("%s: %v", filter, err)
		}
		run(t, "-c", "maintenance.auto=false", "fetch", "-q", "--refetch", "--no-filter")
		if err := read(); err != nil {
			t.Errorf("%s, after fetching the rest: %v", filter, err)
		}
	}
}

func TestOneMissingObjectLeavesTheOthersReadable(t *testing.T) {
	newRepository(t, map[string]string{"1.md": "one", "2.md": "two"})
	id := run(t, "rev-parse", "HEAD:1.md")
	if err := os.Remove(path.Join(".git/objects", id[:2], id[2:])); err != nil {
		t.Fatal(err)
	}
	v := at(t, "main")
	if _, err := v.ReadFile("1.md"); !errors.Is(err, errMissing) {
		t.Errorf("%v", err)
	}
	if content, err := v.ReadFile("2.md"); string(content) != "two" || v.Err() != nil {
		t.Errorf("the other file: %q, %v", content, err)
	}
}

func TestLimits(t *testing.T) {
	deep := "docs" + strings.Repeat("/d", 40) + "/1.md"
	newRepository(t, map[string]string{
		"docs/1.md": "one", "docs/large.md": strings.Repeat("x", 2000), "docs/larger.md": strings.Repeat("y", 3000), deep: "deep",
		"a": "-> b", "b": "-> c", "c": "-> d", "d": "-> docs/1.md", "docs/2.md": "two", "docs/3.md": "three",
	})
	// The file system refuses such a link.
	long := runWithInput(t, strings.Repeat("/", 5000)+"1.md", "hash-object", "-w", "--stdin")
	run(t, "update-index", "--add", "--cacheinfo", "120000,"+long+",long")
	run(t, "commit", "-q", "-m", "long")
	with := func(change func(*limits)) limits {
		l := standardLimits
		change(&l)
		return l
	}
	for _, test := range []struct {
		name   string
		limits limits
		file   string
		says   string
		others bool // can others still be read?
	}{
		{"within all limits", with(func(l *limits) { l.size, l.bytes, l.links, l.depth, l.steps = 2000, 4000, 4, 2, 2 }), "docs/large.md", "", true},
		{"size of a file", with(func(l *limits) { l.size = 1999 }), "docs/large.md", "too large: 2000 bytes (limit: 1999)", true},
		{"size of a folder", with(func(l *limits) { l.size = 100 }), "docs/1.md", "(limit: 100)", false},
		{"total size", with(func(l *limits) { l.bytes = 2500 }), "docs/larger.md", "too much to read (limit: 2500 bytes)", false},
		{"links", with(func(l *limits) { l.links = 3 }), "a", "too many symlinks (limit: 3)", true},
		{"depth", with(func(*limits) {}), deep, "folders nested too deeply (limit: 32)", true},
		{"steps", with(func(l *limits) { l.steps = 1 }), "docs/1.md", "too many files and folders (limit: 1 lookups)", false},
		{"entries", with(func(l *limits) { l.steps = 5 }), "LIST docs", "too many files and folders (limit: 5 lookups)", false},
		{"length of a symlink", with(func(*limits) {}), "long", "symlink target too long: 5004 bytes (limit: 4096)", true},
		{"time", with(func(l *limits) { l.time = time.Nanosecond }), "docs/1.md", "git did not answer within 1ns", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := Open(".")
			if err != nil {
				t.Fatal(err)
			}
			r.limits = test.limits
			v, err := r.At(t.Context(), "main")
			if err == nil {
				defer v.Close()
				if folder, list := strings.CutPrefix(test.file, "LIST "); list {
					var files fs.FS
					if files, err = v.Folder(folder); err == nil {
						_, err = fs.ReadDir(files, ".")
					}
				} else {
					_, err = v.ReadFile(test.file)
				}
			}
			if test.says == "" && err != nil || test.says != "" && (err == nil || !strings.HasSuffix(err.Error(), test.says)) {
				t.Errorf("%v", err)
			}
			if v == nil {
				return
			}
			if v.steps = 0; test.others {
				if content, err := v.ReadFile("docs/1.md"); string(content) != "one" || v.Err() != nil {
					t.Errorf("others are no longer readable: %v", err)
				}
			} else if v.Err() == nil && test.name != "size of a folder" {
				t.Error("Err does not report it")
			}
		})
	}
}

// TestTreeBomb reads twelve trees, each of which stands sixteen times in the next: 16^12 files in thirteen objects.
func TestTreeBomb(t *testing.T) {
	newRepository(t, map[string]string{"1.yaml": "one"})
	log := logCommands(t)
	id := run(t, "rev-parse", "HEAD:")
	for range 12 {
		var tree strings.Builder
		for i := range 16 {
			fmt.Fprintf(&tree, "040000 tree %s\t%02d\n", id, i)
		}
		id = runWithInput(t, tree.String(), "mktree")
	}
	bomb := run(t, "commit-tree", "-m", "bomb", id)
	if err := os.Remove(log); err != nil {
		t.Fatal(err)
	}
	v := at(t, bomb)
	folder, err := v.Folder(".")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	err = fs.WalkDir(folder, ".", func(name string, _ fs.DirEntry, err error) error {
		if path.Ext(name) == ".yaml" {
			found++
		}
		return err
	})
	if err == nil || !errors.Is(err, v.Err()) || !strings.Contains(err.Error(), "too many files and folders") {
		t.Errorf("%d files found, %v", found, err)
	}
	logged, err := os.ReadFile(log)
	if err != nil || strings.Count(string(logged), "\n") != 3 {
		t.Errorf("git was run as\n%s%v", logged, err)
	}
}

func TestMalformedTrees(t *testing.T) {
	const id = "01234567890123456789"
	for _, test := range []struct{ name, content string }{
		{"cut in the mode", "1006"},
		{"cut in the name", "100644 a"},
		{"cut in the id", "100644 a\x00" + id[:19]},
		{"no mode", " a\x00" + id},
		{"no space", "100644\x00" + id},
		{"mode not a number", "abc a\x00" + id},
		{"mode too large", "777777777777777777777777 a\x00" + id},
		{"mode of a device", "020644 a\x00" + id},
		{"no name", "100644 \x00" + id},
		{"dot", "40000 .\x00" + id},
		{"dot dot", "40000 ..\x00" + id},
		{"a path", "100644 a/b\x00" + id},
		{"duplicate name", "100644 a\x00" + id + "100644 b\x00" + id + "40000 a\x00" + id},
	} {
		if entries, err := parseTree([]byte(test.content), 20); err == nil {
			t.Errorf("%s: parsed as %v", test.name, entries)
		}
	}
	if entries, err := parseTree([]byte("100644 caf\xe9\x00"+id), 20); err != nil || entries[0].name != "caf\xe9" {
		t.Errorf("a name that is not UTF-8: %v, %v", entries, err)
	}
	for _, mode := range []string{"100644", "100664", "100755", "40000", "040000", "120000", "160000"} {
		if entries, err := parseTree([]byte(mode+" a\x00"+id), 20); err != nil || len(entries) != 1 {
			t.Errorf("%s: %v (%v)", mode, entries, err)
		}
	}
}

func TestNamesThatAreNotUTF8(t *testing.T) {
	newRepository(t, map[string]string{"docs/1.md": "one", "caf\xe9/2.md": "two", "docs/caf\xe9.md": "three"})
	v := at(t, "main")
	for name, text := range map[string]string{"docs/1.md": "one", "caf\xe9/2.md": "two", "docs/caf\xe9.md": "three"} {
		if content, err := v.ReadFile(name); string(content) != text {
			t.Errorf("%q: %q, %v", name, content, err)
		}
	}
}

// TestHostileTree has git itself store a tree with a name that leads out of it.
func TestHostileTree(t *testing.T) {
	newRepository(t, map[string]string{"1.md": "one"})
	blob := run(t, "rev-parse", "HEAD:1.md")
	raw := "100644 ../../x.md\x00" + string(hexBytes(t, blob))
	tree := runWithInput(t, raw, "hash-object", "-t", "tree", "-w", "--stdin", "--literally")
	evil := run(t, "commit-tree", "-m", "evil", tree)
	if _, err := at(t, evil).ReadFile("1.md"); !errors.Is(err, errMalformed) {
		t.Errorf("%v", err)
	}
}

func hexBytes(t *testing.T, id string) []byte {
	t.Helper()
	var bytes []byte
	for i := 0; i < len(id); i += 2 {
		var b byte
		if _, err := fmt.Sscanf(id[i:i+2], "%02x", &b); err != nil {
			t.Fatal(err)
		}
		bytes = append(bytes, b)
	}
	return bytes
}

func TestReadAfterClose(t *testing.T) {
	newRepository(t, map[string]string{"1.md": "one"})
	v := at(t, "main")
	process := v.batch.process
	v.Close()
	if content, err := v.ReadFile("1.md"); err == nil || err.Error() != "the revision is closed" {
		t.Errorf("read %q, %v", content, err)
	}
	if process.ProcessState == nil {
		t.Error("git still runs")
	}
}

func TestLongNamesAreCut(t *testing.T) {
	if text := UnknownError(strings.Repeat("x", 1000)).Error(); len(text) > 150 || !strings.HasSuffix(text, "x…\"") {
		t.Error(text)
	}
}

// TestWrongKindOfObject has git itself store a tree in which a file is called a folder.
func TestWrongKindOfObject(t *testing.T) {
	newRepository(t, map[string]string{"1.md": "one"})
	raw := "40000 folder\x00" + string(hexBytes(t, run(t, "rev-parse", "HEAD:1.md")))
	tree := runWithInput(t, raw, "hash-object", "-t", "tree", "-w", "--stdin", "--literally")
	v := at(t, run(t, "commit-tree", "-m", "wrong", tree))
	if _, err := v.ReadFile("folder/x"); err == nil || err.Error() != "git has a blob where a tree is expected" {
		t.Errorf("%v", err)
	}
}

func TestTheTotalCountsEveryFile(t *testing.T) {
	newRepository(t, map[string]string{"1.md": strings.Repeat("x", 2000), "2.md": strings.Repeat("y", 2000)})
	r, err := Open(".")
	if err != nil {
		t.Fatal(err)
	}
	r.limits.bytes = 3000
	v, err := r.At(t.Context(), "main")
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	if _, err := v.ReadFile("1.md"); err != nil {
		t.Error(err)
	}
	if _, err := v.ReadFile("2.md"); err == nil || err.Error() != "too much to read (limit: 3000 bytes)" {
		t.Errorf("%v", err)
	}
}
