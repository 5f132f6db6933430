package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/knowledge"
)

// upstream is a repository with one decision record and three branches:
//
//	main    the decision holds
//	pull    a pull request that breaks the decision
//	forged  what an attacker would put in place of main: by its facts, its record or its knowledge alone, the decision was broken
//	        before, so that a check of pull would excuse it
type upstream struct {
	folder       string
	main, forged string // commit ids
}

// The facts on main and on pull.
const (
	factsOnMain = "facts: {services: 2, mtls_compliance: true, layer1_stable: false}\n"
	factsOnPull = "facts: {services: 3, mtls_compliance: true, layer1_stable: false}\n"
)

// How the check reports the decision that pull breaks.
const (
	reportedBroken  = "0001-service-mesh-skip.md: broken. services 2 → 3 crossed SM-M (services >= 3) and SM-N1"
	reportedExcused = "0001-service-mesh-skip.md: already broken at "
)

func newUpstream(t *testing.T) upstream {
	t.Helper()
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_SYSTEM", os.DevNull)
	shipped, err := knowledge.Files.ReadFile("service-mesh.yaml")
	if err != nil {
		t.Fatal(err)
	}
	u := upstream{folder: t.TempDir()}
	t.Chdir(u.folder)
	const record = "docs/decisions/0001-service-mesh-"

	git(t, "init -q -b main")
	write(t, "rules/service-mesh.yaml", shipped)
	writeFacts(t, factsOnMain)
	ran(t, "layer2 record service-mesh --date 2026-11-23")
	u.main = commitAll(t)

	git(t, "checkout -q -b forged")
	write(t, "rules/service-mesh.yaml", []byte(strings.Replace(string(shipped), "services < 3", "services < 1", 1)))
	writeFacts(t, factsOnPull)
	os.Remove(record + "skip.md")
	ran(t, "layer2 record service-mesh --date 2026-11-23")
	if err := os.Rename(record+"wait.md", record+"skip.md"); err != nil {
		t.Fatal(err)
	}
	u.forged = commitAll(t)

	git(t, "checkout -q -b pull main")
	writeFacts(t, factsOnPull)
	commitAll(t)
	return u
}

// clone clones the repository, checks out pull, and changes into the clone. If prepare is not nil, it first adds files to pull.
func (u upstream) clone(t *testing.T, prepare func(*reviewer)) *reviewer {
	t.Helper()
	parent := t.TempDir()
	origin, folder := filepath.Join(parent, "origin"), filepath.Join(parent, "clone")
	if err := os.CopyFS(origin, os.DirFS(u.folder)); err != nil {
		t.Fatal(err)
	}
	r := &reviewer{T: t, upstream: u, mark: filepath.Join(parent, "mark")}
	t.Chdir(origin)
	if prepare != nil {
		prepare(r)
		commitAll(t)
	}
	git(t, "clone -q "+origin+" "+folder)
	t.Chdir(folder)
	git(t, "branch -q main origin/main")
	return r
}

// reviewer has a clone of the pull request.
type reviewer struct {
	*testing.T
	upstream
	mark string // a file that every hostile program creates
}

// program is a shell command that creates the mark.
func (r *reviewer) program() string { return "touch " + r.mark + " #" }

// marked reports whether a hostile program ran, and removes its mark.
func (r *reviewer) marked() bool { return os.Remove(r.mark) == nil }

// git runs git and returns what it prints.
func git(t *testing.T, line string) string {
	t.Helper()
	return strings.TrimSpace(ran(t, "git "+line))
}

// plainGit runs git without any guard. It may fail.
func plainGit(line string) string {
	out, _ := exec.Command("git", arguments(line)...).Output()
	return string(out)
}

// commitAll commits the work tree and returns the id of the commit.
func commitAll(t *testing.T) string {
	t.Helper()
	git(t, "add -A .")
	git(t, "commit -q -m commit")
	return git(t, "rev-parse HEAD")
}

// writeFacts writes the facts to the default file and to one in a folder of its own.
func writeFacts(t *testing.T, facts string) {
	t.Helper()
	write(t, "layer2.yaml", []byte(facts))
	write(t, "platform/layer2.yaml", []byte(facts))
}

func writeScript(t *testing.T, name, text string) {
	t.Helper()
	write(t, name, []byte("#!/bin/bash\n"+text))
	if err := os.Chmod(name, 0o755); err != nil {
		t.Fatal(err)
	}
}

// prependPath puts a folder at the front of PATH.
func prependPath(t *testing.T, folder string) {
	t.Helper()
	t.Setenv("PATH", folder+string(filepath.ListSeparator)+os.Getenv("PATH"))
}

// oldGit puts a git on PATH that supports neither safe.bareRepository (2.38) nor GIT_NO_LAZY_FETCH (2.45).
func oldGit(t *testing.T) {
	t.Helper()
	real, err := exec.LookPath("git")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	writeScript(t, filepath.Join(folder, "git"), `unset GIT_NO_LAZY_FETCH
supported=()
for argument; do
  case $argument in safe.bareRepository=*) argument=layer2.ignored=1 ;; esac
  supported+=("$argument")
done
exec `+real+` "${supported[@]}"
`)
	prependPath(t, folder)
}
