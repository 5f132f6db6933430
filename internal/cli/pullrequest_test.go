package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// missingCommit is an id that no repository has.
const missingCommit = "1234567890123456789012345678901234567890"

// partialClone is configuration that makes git fetch missing objects from a URL.
func partialClone(url string, more ...string) string {
	return "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tpartialClone = elsewhere\n" +
		"[remote \"elsewhere\"]\n\tpromisor = true\n\turl = " + url + "\n" + strings.Join(more, "\n") + "\n"
}

// overSSH is configuration that makes git run a program to fetch missing objects.
func (r *reviewer) overSSH() string {
	return partialClone("ssh://localhost/x", "[core]", "\tsshCommand = "+r.program(), "[protocol \"ssh\"]", "\tallow = always")
}

// embedFetching writes a bare repository to a folder as ordinary files. Its main branch is missing, and fetching it runs a program.
func (r *reviewer) embedFetching(folder string) {
	for name, text := range map[string]string{
		"HEAD":              "ref: refs/heads/main\n",
		"refs/heads/main":   missingCommit + "\n",
		"objects/info/none": "",
		"config":            r.overSSH() + "[core]\n\tbare = true\n",
	} {
		write(r.T, filepath.Join(folder, name), []byte(text))
	}
}

// embedForged writes a bare repository to a folder as ordinary files. It has every object, and replaces main by another commit.
func (r *reviewer) embedForged(folder, commit string) {
	bare := filepath.Join(r.TempDir(), "bare")
	git(r.T, "clone -q --bare . "+bare)
	git(r.T, "-C "+bare+" replace "+r.main+" "+commit)
	git(r.T, "-C "+bare+" config core.bare false")
	git(r.T, "-C "+bare+" config core.worktree "+strings.Repeat("../", strings.Count(folder, "/")+1))
	os.RemoveAll(filepath.Join(bare, "hooks"))
	if err := os.CopyFS(folder, os.DirFS(bare)); err != nil {
		r.Fatal(err)
	}
}

// configure appends to .git/config of the clone.
func (r *reviewer) configure(text string) {
	write(r.T, ".git/config", []byte(read(r.T, ".git/config")+text))
}

// losesFacts appends to .git/config and deletes the object that holds the facts on main.
func (r *reviewer) losesFacts(config string) {
	r.configure(config)
	id := git(r.T, "rev-parse main:layer2.yaml")
	if err := os.Remove(filepath.Join(".git", "objects", id[:2], id[2:])); err != nil {
		r.Fatal(err)
	}
}

// TestCheckRunsNoProgramOfAPullRequest attacks check --base through the files of the pull request, the configuration of the clone, and
// the environment. In each case the control shows that plain git runs the hostile program.
func TestCheckRunsNoProgramOfAPullRequest(t *testing.T) {
	u := newUpstream(t)
	const (
		facts   = "cat-file blob main:layer2.yaml"
		missing = "note: nothing counts as broken before, because at main layer2.yaml: missing from this clone"
	)
	attributes := func(line string) func(*reviewer) {
		return func(r *reviewer) { write(r.T, ".gitattributes", []byte(line+"\n")) }
	}
	for _, test := range []struct {
		name    string
		pull    func(*reviewer) // changes the pull request
		clone   func(*reviewer) // changes the clone
		control string          // arguments of git
		check   string          // arguments of check
		status  int
		says    string
	}{
		{"bare repository among the records", func(r *reviewer) { r.embedFetching("docs/decisions") }, nil,
			"-C docs/decisions rev-parse main^{commit}", "--base main", 1, reportedBroken},
		{"bare repository beside the facts", func(r *reviewer) { r.embedFetching("platform") }, nil,
			"-C platform rev-parse main^{commit}", "--facts platform/layer2.yaml --base main", 1, reportedBroken},
		{"bare repository in the knowledge", func(r *reviewer) { r.embedFetching("rules") }, nil,
			"-C rules rev-parse main^{commit}", "--knowledge rules --base main", 1, reportedBroken},
		{"bare repository at the top", func(r *reviewer) { r.embedFetching(".") }, nil,
			"--git-dir=. rev-parse main^{commit}", "--base main", 1, reportedBroken},
		{"bare repository as the working directory", func(r *reviewer) { r.embedFetching("docs/decisions") },
			func(r *reviewer) { r.Chdir("docs/decisions") },
			"rev-parse main^{commit}", "--dir . --facts ../../layer2.yaml --base main", 1, reportedBroken},

		{"missing commit, fetched over ssh", nil, func(r *reviewer) { r.configure(r.overSSH()) },
			"rev-parse " + missingCommit + "^{commit}", "--base " + missingCommit, 2, "unknown git revision"},
		{"missing file, fetched over ssh", nil, func(r *reviewer) { r.losesFacts(r.overSSH()) },
			facts, "--base main", 1, missing},
		{"missing file, fetched over ssh by GIT_SSH_COMMAND", nil, func(r *reviewer) {
			r.losesFacts(partialClone("ssh://localhost/x"))
			r.Setenv("GIT_SSH_COMMAND", r.program())
		}, facts, "--base main", 1, missing},
		{"missing file, fetched over ssh by GIT_CONFIG_COUNT", nil, func(r *reviewer) {
			r.losesFacts(partialClone("ssh://localhost/x"))
			r.Setenv("GIT_CONFIG_COUNT", "1")
			r.Setenv("GIT_CONFIG_KEY_0", "core.sshCommand")
			r.Setenv("GIT_CONFIG_VALUE_0", r.program())
		}, facts, "--base main", 1, missing},
		{"missing file, fetched by a program in the URL", nil, func(r *reviewer) {
			r.losesFacts(partialClone("\"ext::touch "+r.mark+"\"", "[protocol \"ext\"]", "\tallow = always"))
		}, facts, "--base main", 1, missing},
		{"missing file, fetched from a local folder", nil, func(r *reviewer) {
			r.losesFacts(partialClone(".", "\tuploadpack = "+r.program(), "[protocol \"file\"]", "\tallow = always"))
		}, facts, "--base main", 1, missing},
		{"missing file, fetched through a proxy", nil, func(r *reviewer) {
			proxy := r.mark + "-proxy"
			writeScript(r.T, proxy, r.program())
			r.losesFacts(partialClone("git://localhost/x", "[core]", "\tgitProxy = "+proxy, "[protocol \"git\"]", "\tallow = always"))
		}, facts, "--base main", 1, missing},

		{"file system monitor", nil, func(r *reviewer) { r.configure("[core]\n\tfsmonitor = " + r.program() + "\n") },
			"status", "--base main", 1, reportedBroken},
		{"smudge filter", attributes("* filter=f"), func(r *reviewer) { r.configure("[filter \"f\"]\n\tsmudge = " + r.program() + "\n") },
			"cat-file --filters pull:layer2.yaml", "--base main", 1, reportedBroken},
		{"smudge filter of an archive", attributes("* filter=f"), func(r *reviewer) { r.configure("[filter \"f\"]\n\tsmudge = " + r.program() + "\n") },
			"archive pull", "--base main", 1, reportedBroken},
		{"text conversion", attributes("* diff=d"), func(r *reviewer) { r.configure("[diff \"d\"]\n\ttextconv = " + r.program() + "\n") },
			"cat-file --textconv pull:layer2.yaml", "--base main", 1, reportedBroken},
		{"external diff", nil, func(r *reviewer) { r.configure("[diff]\n\texternal = " + r.program() + "\n") },
			"diff main", "--base main", 1, reportedBroken},
		{"hooks folder", nil, func(r *reviewer) {
			writeScript(r.T, "../hooks/post-checkout", r.program())
			r.configure("[core]\n\thooksPath = ../hooks\n")
		}, "checkout -q pull", "--base main", 1, reportedBroken},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := u.clone(t, test.pull)
			if test.clone != nil {
				test.clone(r)
			}
			if plainGit(test.control); !r.marked() {
				t.Fatalf("control: git %s does not run the program", test.control)
			}
			out, problems, status := shell(t, "check "+test.check, "")
			if r.marked() {
				t.Error("the program ran")
			}
			if status != test.status || !strings.Contains(out+problems, test.says) || strings.Contains(out, reportedExcused) {
				t.Errorf("exit %d\n%s%s", status, out, problems)
			}
			oldGit(t)
			out, problems, status = shell(t, "check "+test.check, "")
			if r.marked() {
				t.Error("the program ran under an old git")
			}
			if status != test.status || strings.Contains(out, reportedExcused) {
				t.Errorf("under an old git: exit %d\n%s%s", status, out, problems)
			}
		})
	}
}

// TestCheckReadsTheRealBase puts a forged commit in place of main, on which the broken decision was broken before. In each case the
// control shows that plain git reads the forged facts.
func TestCheckReadsTheRealBase(t *testing.T) {
	u := newUpstream(t)
	for _, test := range []struct {
		name    string
		pull    func(*reviewer) // changes the pull request
		clone   func(*reviewer) // changes the clone
		control string          // arguments of git; MAIN stands for the commit
		check   string          // arguments of check
	}{
		{"bare repository among the records", func(r *reviewer) { r.embedForged("docs/decisions", r.forged) }, nil,
			"-C docs/decisions cat-file blob MAIN:layer2.yaml", ""},
		{"bare repository beside the facts", func(r *reviewer) { r.embedForged("platform", r.forged) }, nil,
			"-C platform cat-file blob MAIN:platform/layer2.yaml", "--facts platform/layer2.yaml"},
		{"bare repository in the knowledge", func(r *reviewer) { r.embedForged("rules", r.forged) }, nil,
			"-C rules cat-file blob MAIN:layer2.yaml", "--knowledge rules"},
		{"bare repository as the working directory", func(r *reviewer) { r.embedForged("docs/decisions", r.forged) },
			func(r *reviewer) { r.Chdir("docs/decisions") },
			"cat-file blob MAIN:layer2.yaml", "--dir . --facts ../../layer2.yaml"},
		{"replaced commit", nil, func(r *reviewer) { git(r.T, "replace main pull") },
			"cat-file blob MAIN:layer2.yaml", ""},
		{"replaced commit, by GIT_REPLACE_REF_BASE", nil, func(r *reviewer) {
			git(r.T, "update-ref refs/evil/"+r.main+" pull")
			r.Setenv("GIT_REPLACE_REF_BASE", "refs/evil/")
		}, "cat-file blob MAIN:layer2.yaml", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := u.clone(t, test.pull)
			if test.clone != nil {
				test.clone(r)
			}
			if got := plainGit(strings.ReplaceAll(test.control, "MAIN", r.main)); got != factsOnPull {
				t.Fatalf("control: git reads %q", got)
			}
			for _, setUp := range []func(*testing.T){func(*testing.T) {}, oldGit} {
				setUp(t)
				out, problems, status := shell(t, "check --base "+r.main+" "+test.check, "")
				if status != 1 || !strings.Contains(out, reportedBroken) || problems != "" {
					t.Errorf("exit %d\n%s%s", status, out, problems)
				}
			}
		})
	}
}
