package git

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/vanhoutenbos/layer2/internal/disk"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// Repository is a git repository with a work tree.
type Repository struct {
	top       string // root of the work tree, symlinks resolved
	gitDir    string // .git, or the folder that a file of that name points to
	submodule bool   // another repository decides what is checked out here
	start     string // the folder passed to Open, symlinks resolved
	program   string // path of git
	limits    limits
}

// limits bound the work spent on one revision, whatever it contains.
type limits struct {
	steps int           // path components resolved and entries listed
	bytes int64         // object data read in total
	size  int64         // bytes in one file or one folder listing
	depth int           // nested folders
	links int           // symlinks followed to reach one file
	time  time.Duration // from opening the revision to the last read
}

// standardLimits leave room for several thousand records.
var standardLimits = limits{steps: 50_000, bytes: 64 << 20, size: 1 << 20, depth: 32, links: 32, time: 30 * time.Second}

// Open returns the repository whose work tree contains the folder. Bare repositories are ignored, even if the folder is one.
func Open(folder string) (*Repository, error) {
	start, err := filepath.Abs(folder)
	if err == nil {
		start, err = filepath.EvalSymlinks(start)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", words.Escape(folder), disk.Reason(err))
	}
	r, err := find(start)
	if err != nil {
		return nil, err
	}
	r.start, r.limits = start, standardLimits
	// In a hook, GIT_DIR may name a repository that keeps its .git elsewhere. Ignoring it would silently read another repository.
	if other := os.Getenv("GIT_DIR"); other != "" && exists(other) && !sameFile(other, r.gitDir) {
		return nil, fmt.Errorf("GIT_DIR is %s, but the repository here is %s: unset GIT_DIR, or run in the work tree of that repository",
			words.Quote(other, longestPath), words.Escape(r.top))
	}
	r.program, err = findGit(r.top)
	return r, err
}

// Top returns the root of the work tree that contains a folder, with symlinks resolved. It needs no git.
func Top(folder string) (string, error) {
	start, err := filepath.Abs(folder)
	if err == nil {
		start, err = filepath.EvalSymlinks(start)
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", words.Escape(folder), disk.Reason(err))
	}
	r, err := find(start)
	if err != nil {
		return "", err
	}
	return r.top, nil
}

// find walks up from a folder to the first .git.
func find(folder string) (*Repository, error) {
	for top := folder; ; top = filepath.Dir(top) {
		gitDir, err := readDotGit(top)
		switch {
		case err == nil:
			elsewhere := gitDir != filepath.Join(top, ".git")
			return &Repository{top: top, gitDir: gitDir, submodule: elsewhere && ofSubmodule.MatchString(filepath.ToSlash(gitDir))}, nil
		case !errors.Is(err, fs.ErrNotExist):
			return nil, err
		case top == filepath.Dir(top):
			return nil, fmt.Errorf("%s is not in a git repository", words.Escape(folder))
		}
	}
}

// ofSubmodule matches where git keeps the git folder of a submodule: below that of the outer repository or of a linked worktree of it.
var ofSubmodule = regexp.MustCompile(`/(\.git|worktrees/[^/]+)/modules/`)

// readDotGit returns the git folder of a work tree: .git itself, or where the file of that name points in a linked worktree or a
// submodule. Like git, it passes over an empty folder of that name. The error is fs.ErrNotExist if the folder is not the top of a work tree.
func readDotGit(top string) (string, error) {
	path := filepath.Join(top, ".git")
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return "", fmt.Errorf("%s: %w", words.Escape(path), disk.Reason(err))
	case info.IsDir():
		if _, err := os.Lstat(filepath.Join(path, "HEAD")); err != nil {
			return "", fmt.Errorf("%s: %w", words.Escape(path), disk.Reason(err))
		}
		return path, nil
	case !info.Mode().IsRegular():
		return "", fmt.Errorf("%s is neither a folder nor a file", words.Escape(path))
	}
	content, err := disk.ReadFile(path, longestPath)
	target, found := strings.CutPrefix(strings.TrimRight(string(content), "\r\n"), "gitdir: ")
	switch {
	case err != nil:
		return "", fmt.Errorf("%s: %w", words.Escape(path), err)
	case !found:
		return "", fmt.Errorf("%s does not name a git folder", words.Escape(path))
	case filepath.IsAbs(target):
		return target, nil
	}
	return filepath.Join(top, target), nil
}

// longestPath is the longest path that systems accept, in bytes.
const longestPath = 4096

var errOutside = errors.New("outside the repository")

// relative returns the slash-separated path of name from the top of the work tree. A relative name starts at the folder passed to
// Open. Symlinks inside the work tree, and any .. after them, stay in the result: where they led is for the revision to say. The error
// wraps errOutside.
func (r *Repository) relative(name string) (string, error) {
	if !filepath.IsAbs(name) {
		name = r.absolute(name)
	}
	volume := filepath.VolumeName(name)
	parts := strings.Split(filepath.ToSlash(name[len(volume):]), "/")
	// The outermost match is the top, not a symlink inside the work tree that leads back to it.
	for i := range parts {
		if sameFile(volume+strings.Join(parts[:i+1], "/")+"/", r.top) {
			return strings.Join(parts[i+1:], "/"), nil
		}
	}
	return "", fmt.Errorf("%w at %s", errOutside, words.Escape(r.top))
}

// absolute puts a name behind the folder passed to Open. No symlink leads to that folder, so a .. at the front of the name is resolved
// here.
func (r *Repository) absolute(name string) string {
	folder := r.start
	parts := strings.Split(filepath.ToSlash(name), "/")
	for len(parts) > 0 && (parts[0] == ".." || parts[0] == "." || parts[0] == "") {
		if parts[0] == ".." {
			folder = filepath.Dir(folder)
		}
		parts = parts[1:]
	}
	return folder + "/" + strings.Join(parts, "/")
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func sameFile(a, b string) bool {
	infoA, err := os.Stat(a)
	if err != nil {
		return false
	}
	infoB, err := os.Stat(b)
	return err == nil && os.SameFile(infoA, infoB)
}
