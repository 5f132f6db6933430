package git

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/vanhoutenbos/layer2/internal/disk"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// guards override every configuration file. They close the ways in which git, asked to read, would run a program.
var guards = []string{
	"--no-pager",
	"-c", "safe.bareRepository=explicit", // ignore bare repositories among the tracked files
	"-c", "protocol.allow=never", // fetch nothing
	"-c", "core.fsmonitor=false",
}

// switches are environment variables for what configuration cannot enforce, or not in every version of git.
var switches = []string{
	"GIT_NO_LAZY_FETCH=1",      // a missing object stays missing, whichever remote promised it
	"GIT_ALLOW_PROTOCOL=none",  // for git without that switch: protocol.ssh.allow in .git/config would override protocol.allow
	"GIT_NO_REPLACE_OBJECTS=1", // an id always names the object it was computed from
	"GIT_ALLOC_LIMIT=256m",     // no file in .git, such as a link to /dev/zero, takes more memory
	"LC_ALL=C",
}

// userConfig are the variables that locate the user's own configuration, the only place where safe.directory counts.
var userConfig = []string{"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"}

// environment returns the environment for git. It drops every inherited GIT_ variable but userConfig: in a hook, git sets variables
// that select another repository, index or object store, and others name programs to run.
func environment(inherited []string) []string {
	kept := slices.DeleteFunc(slices.Clone(inherited), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		name = strings.ToUpper(name) // Windows ignores case
		return strings.HasPrefix(name, "GIT_") && !slices.Contains(userConfig, name)
	})
	return append(kept, switches...)
}

// findGit returns the path of git. It refuses one inside the work tree, whether PATH names that folder in full or relative to the
// working directory.
func findGit(top string) (string, error) {
	program, err := exec.LookPath("git")
	switch {
	case errors.Is(err, exec.ErrDot):
		return "", fmt.Errorf("PATH leads to git by a relative folder, and programs there are not run: %s", words.Escape(program))
	case err != nil:
		return "", errors.New("git is not installed")
	}
	resolved, err := filepath.EvalSymlinks(program)
	if err != nil {
		return "", fmt.Errorf("%s: %w", words.Escape(program), disk.Reason(err))
	}
	for _, path := range []string{program, resolved} {
		for folder := path; folder != filepath.Dir(folder); {
			if folder = filepath.Dir(folder); sameFile(folder, top) {
				return "", fmt.Errorf("PATH leads to git inside the repository, and programs there are not run: %s", words.Escape(program))
			}
		}
	}
	return program, nil
}

// command prepares git to run at the top of the work tree. Nothing else in layer2 starts a program.
func (r *Repository) command(ctx context.Context, arguments ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, r.program, append(slices.Clone(guards), arguments...)...)
	command.Dir = r.top
	command.Env = environment(os.Environ())
	groupKill(command)
	command.WaitDelay = time.Second // do not wait for a child that keeps the pipes open
	return command
}

// output runs git and returns what it prints, which must be short. The error is a refusal if git exits with a non-zero status.
func (r *Repository) output(ctx context.Context, arguments ...string) (string, error) {
	command := r.command(ctx, arguments...)
	var stdout, stderr head
	command.Stdout, command.Stderr = &stdout, &stderr
	err := command.Run()
	return stdout.String(), r.explain(ctx, err, stderr.String())
}

// refusal is git's own reason for exiting with an error.
type refusal string

func (e refusal) Error() string { return "git: " + string(e) }

var errMissing = errors.New("missing from this clone, and layer2 fetches nothing: fetch it without --filter")

// explain turns the error of a git process into one that says what to do, if there was one.
func (r *Repository) explain(ctx context.Context, err error, stderr string) error {
	var status *exec.ExitError
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return fmt.Errorf("git did not answer within %v", r.limits.time)
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, exec.ErrWaitDelay):
		return errors.New("git exited and left a process that keeps its output open")
	case !errors.As(err, &status):
		return disk.Reason(err)
	case !status.Exited():
		return fmt.Errorf("git was stopped: %w", status)
	case strings.Contains(stderr, "promisor remote"): // a partial clone
		return errMissing
	case strings.Contains(stderr, "dubious ownership"):
		quoted := "'" + strings.ReplaceAll(r.top, "'", `'\''`) + "'"
		return fmt.Errorf("another user owns %s; if you trust it, run git config --global --add safe.directory %s", words.Escape(r.top), words.Escape(quoted))
	}
	return refusal(cmp.Or(reason(stderr), status.Error()))
}

// reason returns the line of stderr in which git says why it failed, cut to 200 characters. Git may echo file names, so characters
// that do not print are written out.
func reason(stderr string) string {
	const longest = 200
	var found string
	for line := range strings.Lines(stderr) {
		text, fatal := strings.CutPrefix(strings.TrimRight(line, "\r\n"), "fatal: ")
		switch {
		case fatal || found == "":
			found = text
		case strings.HasSuffix(found, ":"): // git continues on the next line
			found += " " + strings.TrimSpace(text)
		}
	}
	return words.Cut(strings.TrimSpace(found), longest)
}

// head is a writer that keeps the first few kilobytes and discards the rest.
type head struct{ kept bytes.Buffer }

func (h *head) Write(p []byte) (int, error) {
	const most = 8 << 10
	h.kept.Write(p[:min(len(p), most-h.kept.Len())])
	return len(p), nil
}

func (h *head) String() string { return h.kept.String() }
