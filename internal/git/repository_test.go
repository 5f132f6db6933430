package git

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// run runs plain git in the working directory.
func run(t *testing.T, arguments ...string) string { return runWithInput(t, "", arguments...) }

func runWithInput(t *testing.T, in string, arguments ...string) string {
	t.Helper()
	command := exec.Command("git", arguments...)
	command.Stdin = strings.NewReader(in)
	command.Env = append(os.Environ(), "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@b.example", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@b.example")
	var problems strings.Builder
	command.Stderr = &problems
	out, err := command.Output()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(arguments, " "), err, problems.String())
	}
	return strings.TrimSuffix(string(out), "\n")
}

// newRepository commits files to a new repository, changes into it, and returns its path.
func newRepository(t *testing.T, files map[string]string) string {
	t.Helper()
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_SYSTEM", os.DevNull)
	top, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(top)
	run(t, "init", "-q", "-b", "main")
	for name, text := range files {
		write(t, name, text)
	}
	commit(t)
	return top
}

func commit(t *testing.T) {
	t.Helper()
	run(t, "add", "-A", ".")
	run(t, "commit", "-q", "--allow-empty", "-m", "some")
}

// write writes a file, or a symlink if the text is "-> target".
func write(t *testing.T, name, text string) {
	t.Helper()
	err := os.MkdirAll(filepath.Dir(name), 0o755)
	if target, link := strings.CutPrefix(text, "-> "); link {
		err = errors.Join(err, os.Symlink(target, name))
	} else {
		err = errors.Join(err, os.WriteFile(name, []byte(text), 0o644))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// at opens a revision of the repository in the working directory.
func at(t *testing.T, name string) *Revision {
	t.Helper()
	r, err := Open(".")
	if err != nil {
		t.Fatal(err)
	}
	v, err := r.At(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(v.Close)
	return v
}

func TestOpenFindsTheWorkTree(t *testing.T) {
	for _, test := range []struct {
		name  string
		setUp func(t *testing.T, top string) (folder string) // to open
		top   string                                         // relative to the repository; empty if none should be found
	}{
		{"from the top", func(*testing.T, string) string { return "." }, "."},
		{"from a subfolder", func(*testing.T, string) string { return "docs/decisions" }, "."},
		{"through a symlink from outside", func(t *testing.T, top string) string {
			link := filepath.Join(t.TempDir(), "link")
			write(t, link, "-> "+filepath.Join(top, "docs"))
			return link
		}, "."},
		{"inside an embedded bare repository", func(t *testing.T, _ string) string {
			run(t, "init", "-q", "--bare", "docs/decisions")
			return "docs/decisions"
		}, "."},
		{"inside a folder with an empty .git", func(t *testing.T, _ string) string {
			if err := os.Mkdir("docs/.git", 0o755); err != nil {
				t.Fatal(err)
			}
			return "docs"
		}, "."},
		{"linked worktree", func(t *testing.T, _ string) string {
			run(t, "worktree", "add", "-q", "linked")
			return "linked/docs"
		}, "linked"},
		{"linked worktree of a bare repository", func(t *testing.T, _ string) string {
			run(t, "clone", "-q", "--bare", ".", "bare.git")
			run(t, "-C", "bare.git", "worktree", "add", "-q", "linked", "main")
			return "bare.git/linked/docs"
		}, "bare.git/linked"},
		{"submodule", func(t *testing.T, top string) string {
			run(t, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", top, "docs/module")
			return "docs/module/docs"
		}, "docs/module"},
		{"submodule of a linked worktree", func(t *testing.T, top string) string {
			run(t, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", top, "docs/module")
			commit(t)
			run(t, "worktree", "add", "-q", "linked")
			run(t, "-C", "linked", "-c", "protocol.file.allow=always", "submodule", "--quiet", "update", "--init")
			return "linked/docs/module/docs"
		}, "linked/docs/module"},
		{"SHA-256", func(t *testing.T, _ string) string {
			run(t, "init", "-q", "--object-format=sha256", "-b", "main", "other")
			t.Chdir("other")
			write(t, "docs/decisions/1.md", "one")
			commit(t)
			return "docs"
		}, "other"},
		{"no repository", func(t *testing.T, _ string) string { return t.TempDir() }, ""},
		{"only a bare repository", func(t *testing.T, _ string) string {
			folder := t.TempDir()
			run(t, "init", "-q", "--bare", folder)
			return folder
		}, ""},
		{"missing folder", func(*testing.T, string) string { return "nowhere" }, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			top := newRepository(t, map[string]string{"docs/decisions/1.md": "one"})
			r, err := Open(test.setUp(t, top))
			if test.top == "" {
				if err == nil {
					t.Errorf("found %s", r.top)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if want := filepath.Join(top, test.top); r.top != want {
				t.Errorf("found %s, want %s", r.top, want)
			}
			if want := strings.HasPrefix(test.name, "submodule"); r.submodule != want {
				t.Errorf("submodule = %v, want %v", r.submodule, want)
			}
			r.start = r.top
			v, err := r.At(t.Context(), run(t, "-C", r.top, "rev-parse", "HEAD"))
			if err != nil {
				t.Fatal(err)
			}
			defer v.Close()
			if content, err := v.ReadFile("docs/decisions/1.md"); string(content) != "one" {
				t.Errorf("read %q, %v", content, err)
			}
		})
	}
}

func TestGitMustAgreeOnTheTop(t *testing.T) {
	top := newRepository(t, map[string]string{"docs/1.md": "one"})
	write(t, "docs/.git/HEAD", "not a ref")
	r, err := Open("docs")
	if err != nil || r.top != filepath.Join(top, "docs") {
		t.Fatal(r, err)
	}
	if v, err := r.At(t.Context(), "HEAD"); err == nil {
		t.Errorf("opened %s", v.repository.top)
	}
}

func TestPathsRelativeToTheTop(t *testing.T) {
	top := newRepository(t, map[string]string{"docs/decisions/1.md": "one", "docs/top": "-> ..", "docs/old": "-> decisions"})
	outside := t.TempDir()
	link := filepath.Join(outside, "link")
	write(t, link, "-> "+top)
	t.Chdir("docs")
	r, err := Open(".")
	if err != nil {
		t.Fatal(err)
	}
	const outsideIt = "outside"
	for _, test := range []struct{ name, path string }{
		{".", "docs/"},
		{"decisions", "docs/decisions"},
		{"./decisions/", "docs/decisions/"},
		{"..", ""},
		{"../docs/decisions/1.md", "docs/decisions/1.md"},
		{"nowhere/yet", "docs/nowhere/yet"},
		{"old", "docs/old"},
		{"top/docs", "docs/top/docs"},
		{filepath.Join(top, "docs"), "docs"},
		{filepath.Join(link, "docs/decisions"), "docs/decisions"},
		{link, ""},
		{"../../" + filepath.Base(top) + "/docs", "docs"},
		{"old/../decisions", "docs/old/../decisions"},
		{top + "/docs/old/../decisions", "docs/old/../decisions"},
		{"../..", outsideIt},
		{outside, outsideIt},
		{filepath.Join(outside, "layer2.yaml"), outsideIt},
	} {
		got, err := r.relative(test.name)
		if errors.Is(err, errOutside) {
			got, err = outsideIt, nil
		}
		if err != nil || got != test.path {
			t.Errorf("relative(%q) = %q, %v; want %q", test.name, got, err, test.path)
		}
	}
}

func TestTheEnvironmentSelectsNoRepositoryAndNoProgram(t *testing.T) {
	inherited := []string{
		"PATH=/bin", "HOME=/home/a", "XDG_CONFIG_HOME=/home/a/.config", "GITHUB_WORKSPACE=/w", "SUDO_UID=1",
		"GIT_CONFIG_GLOBAL=/home/a/gitconfig", "GIT_CONFIG_SYSTEM=/etc/gitconfig", "GIT_CONFIG_NOSYSTEM=1",
		"GIT_SSH_COMMAND=x", "GIT_PROXY_COMMAND=x", "GIT_EXTERNAL_DIFF=x", "GIT_ASKPASS=x", "GIT_PAGER=x", "GIT_EXEC_PATH=x", "GIT_TRACE=/x",
		"GIT_ALLOW_PROTOCOL=ssh", "GIT_CONFIG_KEY_0=core.sshCommand", "GIT_CEILING_DIRECTORIES=/", "git_dir=x",
	}
	for _, name := range strings.Fields(run(t, "rev-parse", "--local-env-vars")) {
		inherited = append(inherited, name+"=x")
	}
	want := append(slices.Clone(inherited[:8]), "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none", "GIT_NO_REPLACE_OBJECTS=1", "GIT_ALLOC_LIMIT=256m", "LC_ALL=C")
	if got := environment(inherited); !slices.Equal(got, want) {
		t.Errorf("environment = %q, want %q", got, want)
	}
}

// logCommands replaces git by a wrapper that logs its arguments, one run a line, and returns the log.
func logCommands(t *testing.T) (log string) {
	t.Helper()
	real, err := exec.LookPath("git")
	if err != nil {
		t.Fatal(err)
	}
	log = filepath.Join(t.TempDir(), "log")
	replaceGit(t, `echo "$@" >>`+log+"\nexec "+real+` "$@"`)
	return log
}

// replaceGit puts a shell script in place of git.
func replaceGit(t *testing.T, script string) {
	t.Helper()
	bin := t.TempDir()
	write(t, filepath.Join(bin, "git"), "#!/bin/bash\n"+script+"\n")
	if err := os.Chmod(filepath.Join(bin, "git"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
}

// fakeObjects replaces git by one that resolves every revision, and runs a shell script for cat-file. ID is a commit.
func fakeObjects(t *testing.T, script string) {
	t.Helper()
	replaceGit(t, "ID=1234567890123456789012345678901234567890\ncase $* in *top*) pwd ;; *verify*) echo $ID ;; *) "+script+" ;; esac")
}

func mustAbs(t *testing.T, name string) string {
	t.Helper()
	absolute, err := filepath.Abs(name)
	if err != nil {
		t.Fatal(err)
	}
	return absolute
}

// nested makes a folder in the working directory.
func nested(t *testing.T) string {
	t.Helper()
	if err := os.Mkdir("nested", 0o755); err != nil {
		t.Fatal(err)
	}
	return "nested"
}

func makePipe(t *testing.T, name string) {
	t.Helper()
	if out, err := exec.Command("mkfifo", name).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func TestAThousandFilesTakeThreeProcesses(t *testing.T) {
	files := map[string]string{}
	for i := range 1000 {
		files[filepath.Join("docs", string(rune('a'+i%26)), "f"+strings.Repeat("x", i/26)+".md")] = "text"
	}
	newRepository(t, files)
	log := logCommands(t)
	v := at(t, "main")
	folder, err := v.Folder("docs")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	err = fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		count++
		_, err = fs.ReadFile(folder, name)
		return err
	})
	if err != nil || count != len(files) {
		t.Fatal(count, err)
	}
	logged, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	const guarded = "--no-pager -c safe.bareRepository=explicit -c protocol.allow=never -c core.fsmonitor=false "
	want := guarded + "rev-parse --show-toplevel\n" +
		guarded + "rev-parse --verify --end-of-options main^{commit}\n" +
		guarded + "cat-file --batch\n"
	if string(logged) != want {
		t.Errorf("git was run as\n%s", logged)
	}
}

func TestGitFailures(t *testing.T) {
	for _, test := range []struct {
		name  string
		setUp func(t *testing.T)
		says  string // TOP stands for the repository; what ends with … is a beginning
	}{
		{"not installed", func(t *testing.T) { t.Setenv("PATH", t.TempDir()) }, "git is not installed"},
		{"only in the working directory", func(t *testing.T) {
			write(t, "git", "#!/bin/sh\ntouch ran\n")
			os.Chmod("git", 0o755)
			t.Setenv("PATH", ".")
		}, "PATH leads to git by a relative folder, and programs there are not run: git"},
		{"only inside the repository", func(t *testing.T) {
			write(t, "bin/git", "#!/bin/sh\ntouch ran\n")
			os.Chmod("bin/git", 0o755)
			t.Setenv("PATH", mustAbs(t, "bin"))
		}, "PATH leads to git inside the repository, and programs there are not run: TOP/bin/git"},
		{"a link to a git inside the repository", func(t *testing.T) {
			write(t, "bin/git", "#!/bin/sh\ntouch ran\n")
			os.Chmod("bin/git", 0o755)
			folder := t.TempDir()
			write(t, folder+"/git", "-> "+mustAbs(t, "bin/git"))
			t.Setenv("PATH", folder)
		}, "PATH leads to git inside the repository, and programs there are not run: …"},
		{"GIT_DIR is another repository", func(t *testing.T) {
			run(t, "init", "-q", "--bare", "other.git")
			t.Setenv("GIT_DIR", "other.git")
		}, `GIT_DIR is "other.git", but the repository here is TOP: unset GIT_DIR, or run in the work tree of that repository`},
		{"a .git that is neither a folder nor a file", func(t *testing.T) {
			t.Chdir(nested(t))
			makePipe(t, ".git")
		}, "TOP/nested/.git is neither a folder nor a file"},
		{"a .git that names no folder", func(t *testing.T) {
			t.Chdir(nested(t))
			write(t, ".git", "gitdir of nothing")
		}, "TOP/nested/.git does not name a git folder"},
		{"a submodule by the name of a branch", func(t *testing.T) {
			top := mustAbs(t, ".")
			run(t, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", top, "docs/module")
			t.Chdir("docs/module")
		}, "TOP/docs/module is a submodule: give the revision as a full commit id, or run at the top of the outer repository"},
		{"a file of git's without end", func(t *testing.T) { write(t, ".git/commondir", "-> /dev/zero") },
			"git: attempting to allocate …"},
		{"an unknown extension", func(t *testing.T) {
			run(t, "config", "core.repositoryformatversion", "1")
			run(t, "config", "extensions.future", "x")
		}, "git: unknown repository extension found: future"},
		{"a commit that is corrupt", func(t *testing.T) {
			id := run(t, "rev-parse", "HEAD")
			name := filepath.Join(".git/objects", id[:2], id[2:])
			os.Chmod(name, 0o644)
			write(t, name, "corrupt")
		}, "git: loose object …"},
		{"fails with a message", func(t *testing.T) { replaceGit(t, `echo "warning: w" >&2; echo "fatal: no \e[2J sense" >&2; exit 128`) },
			`git: no \e[2J sense`},
		{"fails with control characters", func(t *testing.T) { replaceGit(t, `printf 'fatal: a\033[2Jb\nc\n' >&2; exit 128`) }, `git: a\u{1b}[2Jb`},
		{"fails with endless output", func(t *testing.T) { replaceGit(t, `head -c 100000000 /dev/zero | tr '\0' x >&2; exit 128`) },
			"git: " + strings.Repeat("x", 199) + "…"},
		{"fails without a message", func(t *testing.T) { replaceGit(t, "exit 1") }, "git: exit status 1"},
		{"another user's repository", func(t *testing.T) {
			replaceGit(t, `echo "fatal: detected dubious ownership in repository at '/x'" >&2; exit 128`)
		}, "another user owns TOP; if you trust it, run git config --global --add safe.directory 'TOP'"},
		{"configuration in a pipe", func(t *testing.T) {
			makePipe(t, ".git/pipe")
			run(t, "config", "include.path", "pipe")
		}, "git did not answer within 200ms"},
		{"a branch in a pipe", func(t *testing.T) {
			os.Remove(".git/refs/heads/main")
			makePipe(t, ".git/refs/heads/main")
		}, "git did not answer within 200ms"},
		{"hangs", func(t *testing.T) { replaceGit(t, "exec sleep 60") }, "git did not answer within 200ms"},
		{"leaves a child that hangs", func(t *testing.T) { replaceGit(t, "sleep 3 & exit 0") },
			"git exited and left a process that keeps its output open"},
		{"prints something else", func(t *testing.T) {
			fakeObjects(t, `while read -r; do echo what; done`)
		}, "unexpected output from git cat-file"},
		{"prints two words", func(t *testing.T) {
			fakeObjects(t, `while read -r; do echo ok then; done`)
		}, "unexpected output from git cat-file"},
		{"prints a negative size", func(t *testing.T) {
			fakeObjects(t, `while read -r; do echo $ID tree -5; done`)
		}, "unexpected output from git cat-file"},
		{"stops in the middle", func(t *testing.T) {
			fakeObjects(t, `read -r; echo $ID tree 99`)
		}, "git exited before it answered"},
		{"never ends a line", func(t *testing.T) {
			fakeObjects(t, `cat /dev/zero`)
		}, "unexpected output from git cat-file"},
		{"hangs while reading", func(t *testing.T) {
			fakeObjects(t, `exec sleep 60`)
		}, "git did not answer within 200ms"},
	} {
		t.Run(test.name, func(t *testing.T) {
			newRepository(t, map[string]string{"1.md": "one"})
			top, err := os.Getwd()
			if err != nil {
				t.Fatal(err)
			}
			test.setUp(t)
			var v *Revision
			r, err := Open(".")
			if err == nil {
				if strings.Contains(test.says, "200ms") {
					r.limits.time = 200e6
				}
				v, err = r.At(t.Context(), "main")
			}
			if err == nil {
				v.Close()
				t.Fatal("no error")
			}
			want := strings.ReplaceAll(test.says, "TOP", top)
			got := err.Error()
			if beginning, cut := strings.CutSuffix(want, " …"); cut {
				got, want = got[:min(len(got), len(beginning))], beginning
			}
			if got != want {
				t.Errorf("error = %q, want %q", err, want)
			}
			if _, err := os.Stat("ran"); err == nil {
				t.Error("the git in the working directory ran")
			}
		})
	}
}

func TestLongOutputIsCut(t *testing.T) {
	var h head
	for range 3 {
		if n, err := h.Write(make([]byte, 5<<10)); n != 5<<10 || err != nil {
			t.Errorf("Write = %d, %v", n, err)
		}
	}
	if kept := len(h.String()); kept != 8<<10 {
		t.Errorf("%d bytes kept", kept)
	}
}

func TestCancelledContext(t *testing.T) {
	newRepository(t, map[string]string{"1.md": "one"})
	r, err := Open(".")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	v, err := r.At(ctx, "main")
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	cancel()
	if _, err := v.ReadFile("1.md"); !errors.Is(err, context.Canceled) {
		t.Errorf("reading: %v", err)
	}
	if _, err := r.At(ctx, "main"); !errors.Is(err, context.Canceled) {
		t.Errorf("opening: %v", err)
	}
}
