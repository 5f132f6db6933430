package git

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Repository is a git repository with a work tree.
type Repository struct {
	top    string // root of the work tree, symlinks resolved
	start  string // the folder passed to Open, symlinks resolved
	limits limits
}

// limits bound the work spent on one revision, whatever it contains.
type limits struct {
	steps int           // path components resolved
	bytes int64         // object data read in total
	size  int64         // bytes in one file or one folder listing
	depth int           // nested folders
	links int           // symlinks followed to reach one file
	time  time.Duration // from opening the revision to the last read
}

// standardLimits leave room for several thousand records and are exhausted within seconds.
var standardLimits = limits{steps: 50_000, bytes: 64 << 20, size: 1 << 20, depth: 32, links: 32, time: 30 * time.Second}

// Open returns the repository whose work tree contains the folder. Bare repositories are ignored, even if the folder is one.
func Open(folder string) (*Repository, error) {
	start, err := filepath.Abs(folder)
	if err == nil {
		start, err = filepath.EvalSymlinks(start)
	}
	if err != nil {
		return nil, err
	}
	for top := start; ; top = filepath.Dir(top) {
		if isGitDir(filepath.Join(top, ".git")) {
			return &Repository{top: top, start: start, limits: standardLimits}, nil
		}
		if top == filepath.Dir(top) {
			return nil, fmt.Errorf("%s is not in a git repository", start)
		}
	}
}

// isGitDir reports whether a path named .git marks the top of a work tree: a repository, or the file that a linked worktree or a
// submodule has in its place. Like git, it ignores an empty folder of that name.
func isGitDir(path string) bool {
	info, err := os.Stat(path)
	if err != nil {
		return false
	}
	if info.Mode().IsRegular() {
		return true
	}
	_, err = os.Lstat(filepath.Join(path, "HEAD"))
	return info.IsDir() && err == nil
}

var errOutside = errors.New("outside the repository")

// relative returns the slash-separated path of name from the top of the work tree. A relative name starts at the folder passed to
// Open. Symlinks inside the work tree stay in the result: where they led is for the revision to say. The error wraps errOutside.
func (r *Repository) relative(name string) (string, error) {
	if !filepath.IsAbs(name) {
		name = filepath.Join(r.start, name)
	}
	for _, ancestor := range ancestors(name) {
		if sameFile(ancestor, r.top) {
			path, err := filepath.Rel(ancestor, name)
			return filepath.ToSlash(path), err
		}
	}
	return "", fmt.Errorf("%w at %s", errOutside, r.top)
}

// ancestors returns every folder on the way to a path and the path itself, outermost first, so that the top of the work tree is found
// before any link inside it that points back to the top.
func ancestors(path string) []string {
	path = filepath.Clean(path)
	list := []string{path}
	for path != filepath.Dir(path) {
		path = filepath.Dir(path)
		list = append(list, path)
	}
	slices.Reverse(list)
	return list
}

func sameFile(a, b string) bool {
	infoA, err := os.Stat(a)
	if err != nil {
		return false
	}
	infoB, err := os.Stat(b)
	return err == nil && os.SameFile(infoA, infoB)
}
