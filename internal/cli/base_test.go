package cli_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCheckBaseInAHook runs the check where git sets variables for its own work: in hooks, and in commands that are aliases. The
// decision was broken before, and has to be excused there too.
func TestCheckBaseInAHook(t *testing.T) {
	u := newUpstream(t)
	const script = "layer2 check --base pull >\"$REPORT\" 2>&1\necho exit $? >>\"$REPORT\"\n"
	const alias = " -c 'alias.decisions=!layer2 check --base pull >\"$REPORT\"; echo exit $? >>\"$REPORT\"' decisions"
	for _, test := range []struct{ name, before, run string }{
		{"commit", "", "commit -q --allow-empty -m more"},
		{"commit of some files", "", "commit -q --allow-empty -m more -- layer2.yaml"},
		{"commit with --git-dir", "", "--git-dir=.git --work-tree=. commit -q --allow-empty -m more"},
		{"commit in a linked worktree", "worktree add -q -f ../linked pull", "-C ../linked commit -q --allow-empty -m more"},
		{"push", "", "push -q . HEAD:refs/heads/other"},
		{"rebase", "", "rebase -q --force-rebase main"},
		{"alias", "", alias},
		{"alias in a subfolder", "", "-C docs" + alias},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := u.clone(t, nil)
			report := r.mark + "-report"
			t.Setenv("REPORT", report)
			prependPath(t, program(t))
			if test.before != "" {
				git(t, test.before)
			}
			for _, hook := range []string{"pre-commit", "pre-push", "pre-rebase"} {
				writeScript(t, ".git/hooks/"+hook, script)
			}
			git(t, test.run)
			if got := read(t, report); !strings.Contains(got, reportedExcused) || !strings.HasSuffix(got, "exit 0\n") {
				t.Errorf("the check reports\n%s", got)
			}
		})
	}
}

// TestCheckBaseIgnoresVariablesOfGit sets variables under which plain git does not find the record of the base.
func TestCheckBaseIgnoresVariablesOfGit(t *testing.T) {
	u := newUpstream(t)
	for _, test := range []struct{ variable, value string }{
		{"GIT_DIR", ".git"},
		{"GIT_DIR", "missing"},
		{"GIT_WORK_TREE", ".."},
		{"GIT_OBJECT_DIRECTORY", "missing"},
		{"GIT_COMMON_DIR", "missing"},
		{"GIT_CEILING_DIRECTORIES", "."},
		{"GIT_NAMESPACE", "../.."},
	} {
		t.Run(test.variable+"="+test.value, func(t *testing.T) {
			u.clone(t, nil)
			value := test.value
			if test.variable == "GIT_CEILING_DIRECTORIES" { // it has to be absolute
				value, _ = filepath.Abs(value)
			}
			t.Setenv(test.variable, value)
			if got := plainGit("-C docs/decisions cat-file blob pull:./0001-service-mesh-skip.md"); strings.Contains(got, "service-mesh") {
				t.Fatal("control: git finds the record")
			}
			out, problems, status := shell(t, "check --base pull", "")
			if status != 0 || !strings.Contains(out, reportedExcused) || problems != "" {
				t.Errorf("exit %d\n%s%s", status, out, problems)
			}
		})
	}
}

// TestCheckBaseThatCannotBeRead excuses nothing and says why.
func TestCheckBaseThatCannotBeRead(t *testing.T) {
	u := newUpstream(t)
	const note = "note: nothing counts as broken before, because at pull "
	for _, test := range []struct {
		name   string
		clone  func(*reviewer) // changes the clone
		check  string          // arguments of check
		status int
		says   string
	}{
		{"facts outside the repository", func(r *reviewer) { write(r.T, "../outside.yaml", []byte(factsOnPull)) },
			"--facts ../outside.yaml", 1, note + "../outside.yaml: outside the repository at "},
		{"knowledge outside the repository", func(r *reviewer) {
			write(r.T, "../rules/service-mesh.yaml", []byte(read(r.T, "rules/service-mesh.yaml")))
		}, "--knowledge ../rules", 1, note + "../rules: outside the repository at "},
		{"records outside the repository", func(r *reviewer) {
			if err := os.CopyFS("../records", os.DirFS("docs/decisions")); err != nil {
				r.Fatal(err)
			}
		}, "--dir ../records", 2, "layer2: --base: ../records: outside the repository at "},
		{"no repository", func(*reviewer) { os.RemoveAll(".git") }, "", 2, "is not in a git repository"},
		{"configured to another work tree", func(r *reviewer) { r.configure("[core]\n\tworktree = ../docs\n") },
			"", 2, "(core.worktree)"},
		{"other repository, by GIT_DIR", func(r *reviewer) { r.Setenv("GIT_DIR", filepath.Join(r.folder, ".git")) },
			"", 2, "layer2: --base: GIT_DIR is "},
		{"partial clone", func(r *reviewer) {
			partial := r.TempDir()
			git(r.T, "-C "+r.folder+" config uploadpack.allowFilter true")
			git(r.T, "clone -q --filter=blob:none --no-checkout file://"+r.folder+" "+partial)
			os.RemoveAll(".git")
			if err := os.CopyFS(".git", os.DirFS(filepath.Join(partial, ".git"))); err != nil {
				r.Fatal(err)
			}
		}, "", 1, note + "layer2.yaml: missing from this clone, and layer2 fetches nothing: fetch it without --filter"},
		{"records folder was a file", func(r *reviewer) {
			git(r.T, "rm -q -r docs")
			write(r.T, "docs/decisions", nil)
			commitAll(r.T)
			git(r.T, "checkout -q HEAD~1 -- docs/decisions/0001-service-mesh-skip.md")
		}, "", 2, "layer2: --base: docs/decisions: not a folder at that revision"},
		{"records folder did not exist", func(r *reviewer) {
			if err := os.CopyFS("copied", os.DirFS("docs")); err != nil {
				r.Fatal(err)
			}
		}, "--dir copied/decisions", 1, "copied/decisions/0001-service-mesh-skip.md: broken. "},
		{"records were too much to read", func(r *reviewer) {
			write(r.T, "docs/decisions/0000-large.md", make([]byte, 65<<20))
			commitAll(r.T)
			os.Remove("docs/decisions/0000-large.md")
		}, "", 1, note + "docs/decisions: too much to read (limit: 67108864 bytes)"},
		{"facts were too large", func(r *reviewer) {
			write(r.T, "layer2.yaml", []byte(factsOnPull+strings.Repeat("# padding\n", 1<<17)))
			commitAll(r.T)
			write(r.T, "layer2.yaml", []byte(factsOnPull))
		}, "", 1, note + "layer2.yaml: too large: 1310786 bytes (limit: 1048576)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.clone(u.clone(t, nil))
			out, problems, status := shell(t, "check --base pull "+test.check, "")
			if status != test.status || !strings.Contains(out+problems, test.says) || strings.Contains(out, reportedExcused) {
				t.Errorf("exit %d\n%s%s", status, out, problems)
			}
		})
	}
}

// TestCheckBaseExcusesADecisionWhereverItIsNow moves a decision that was broken before, as a pull request may.
func TestCheckBaseExcusesADecisionWhereverItIsNow(t *testing.T) {
	u := newUpstream(t)
	const file = "docs/decisions/0001-service-mesh-skip.md"
	move := func(r *reviewer, from, to string) {
		if err := errors.Join(os.MkdirAll(filepath.Dir(to), 0o755), os.Rename(from, to)); err != nil {
			r.Fatal(err)
		}
	}
	for _, test := range []struct {
		name   string
		move   func(*reviewer)
		check  string
		status int
	}{
		{"not at all", func(*reviewer) {}, "", 0},
		{"another name", func(r *reviewer) { move(r, file, "docs/decisions/0001-mesh.md") }, "", 0},
		{"another number", func(r *reviewer) { move(r, file, "docs/decisions/0007-service-mesh-skip.md") }, "", 0},
		{"a folder in the folder", func(r *reviewer) { move(r, file, "docs/decisions/network/0001-service-mesh-skip.md") }, "", 0},
		{"out of a hidden folder", func(r *reviewer) {
			git(r.T, "mv docs/decisions .adr")
			commitAll(r.T)
			move(r, ".adr", "adr")
		}, "--dir adr", 0},
		{"another folder", func(r *reviewer) { move(r, "docs/decisions", "adr") }, "--dir adr", 0},
		{"another folder, name and body", func(r *reviewer) {
			move(r, file, "adr/mesh.md")
			write(r.T, "adr/mesh.md", []byte(read(r.T, "adr/mesh.md")+"\nIt was moved.\n"))
		}, "--dir adr", 0},
		{"a copy beside it", func(r *reviewer) { write(r.T, "docs/decisions/0002-service-mesh-skip.md", []byte(read(r.T, file))) }, "", 1},
		{"a copy in another folder", func(r *reviewer) { write(r.T, "adr/0001-service-mesh-skip.md", []byte(read(r.T, file))) }, "--dir adr", 1},
		{"another decision in its place", func(r *reviewer) {
			write(r.T, file, []byte(strings.Replace(read(r.T, file), "services: 2\n", "services: 1\n", 1)))
		}, "", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := u.clone(t, nil)
			test.move(r)
			out, problems, status := shell(t, "check --base pull "+test.check, "")
			if status != test.status || problems != "" || !strings.Contains(out, "broken") {
				t.Errorf("exit %d\n%s%s", status, out, problems)
			}
		})
	}
}

// TestCheckBaseBeforeThereWasAnOwnKnowledge judges the records of then by the shipped knowledge.
func TestCheckBaseBeforeThereWasAnOwnKnowledge(t *testing.T) {
	r := newUpstream(t).clone(t, nil)
	write(t, "own/service-mesh.yaml", []byte(read(r.T, "rules/service-mesh.yaml")))
	out, problems, status := shell(t, "check --base pull --knowledge own", "")
	if status != 0 || !strings.Contains(out, reportedExcused) || problems != "" {
		t.Errorf("exit %d\n%s%s", status, out, problems)
	}
}
