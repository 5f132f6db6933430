package git

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// walk resolves a path from a tree, one component at a time.
type walk struct {
	revision *Revision
	passed   []entry  // the entries descended into, the starting tree first
	rest     []string // the components still to resolve
	links    int      // symlinks followed
}

// errEscapes has the wording of os.Root.
var errEscapes = errors.New("path escapes from parent")

// resolve resolves a path from a tree and follows symlinks, including one at the end. The error is errEscapes if a link leads out of the
// tree, and fs.ErrNotExist if there is no such entry.
func (v *Revision) resolve(root, path string) (entry, error) {
	w := walk{
		revision: v,
		passed:   []entry{{name: ".", id: root, mode: fs.ModeDir | 0o555}},
		rest:     strings.Split(path, "/"),
	}
	for len(w.rest) > 0 {
		if err := w.next(); err != nil {
			return entry{}, err
		}
	}
	return w.current(), nil
}

func (w *walk) current() entry { return w.passed[len(w.passed)-1] }

// next resolves one component.
func (w *walk) next() error {
	if err := w.revision.step(1); err != nil {
		return err
	}
	name := w.rest[0]
	w.rest = w.rest[1:]
	switch {
	case w.current().mode&fs.ModeIrregular != 0:
		return errSubmodule
	case !w.current().mode.IsDir():
		return fs.ErrNotExist
	case name == "" || name == ".":
		return nil
	case name == ".." && len(w.passed) == 1:
		return errEscapes
	case name == "..":
		w.passed = w.passed[:len(w.passed)-1]
		return nil
	}
	return w.descend(name)
}

func (w *walk) descend(name string) error {
	entries, err := w.revision.tree(w.current().id)
	if err != nil {
		return err
	}
	i, found := slices.BinarySearchFunc(entries, entry{name: name}, byName)
	if !found {
		return fs.ErrNotExist
	}
	if entries[i].mode.Type() == fs.ModeSymlink {
		return w.follow(entries[i])
	}
	w.passed = append(w.passed, entries[i])
	if limit := w.revision.repository.limits.depth; len(w.passed) > limit+1 {
		return fmt.Errorf("folders nested too deeply (limit: %d)", limit)
	}
	return nil
}

// follow replaces a symlink by its target.
func (w *walk) follow(link entry) error {
	w.links++
	if limit := w.revision.repository.limits.links; w.links > limit {
		return fmt.Errorf("too many symlinks (limit: %d)", limit)
	}
	_, target, err := w.revision.object(link.id, "blob")
	if err != nil {
		return err
	}
	switch {
	case len(target) > longestPath:
		return fmt.Errorf("symlink target too long: %d bytes (limit: %d)", len(target), longestPath)
	case strings.HasPrefix(string(target), "/"):
		return errEscapes
	}
	w.rest = append(strings.Split(string(target), "/"), w.rest...)
	return nil
}
