package git

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"time"
)

var errSubmodule = errors.New("part of a submodule, which is another repository")

// folder is a folder at a revision. It implements fs.FS, and nothing outside its tree can be reached through it.
type folder struct {
	revision *Revision
	tree     string // id
}

// Folder returns a folder, with everything below it, as it was at the revision. The name is a path as the user types it today: relative
// to the folder passed to Open, or absolute. The error is fs.ErrNotExist if the revision has no such folder.
func (v *Revision) Folder(name string) (fs.FS, error) {
	path, err := v.repository.relative(name)
	if err != nil {
		return nil, err
	}
	found, err := v.resolve(v.root, path)
	switch {
	case err != nil:
		return nil, err
	case found.mode&fs.ModeIrregular != 0:
		return nil, errSubmodule
	case !found.mode.IsDir():
		return nil, errors.New("not a folder at that revision")
	}
	return folder{v, found.id}, nil
}

// ReadFile returns the content of a file at the revision. The name is a path as for Folder.
func (v *Revision) ReadFile(name string) ([]byte, error) {
	path, err := v.repository.relative(name)
	if err != nil {
		return nil, err
	}
	file, err := folder{v, v.root}.open(path)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(file)
}

// Open opens a file or folder, following symlinks.
func (f folder) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	file, err := f.open(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return file, nil
}

// open takes any path in the tree, even those that fs.FS forbids, such as one with "..".
func (f folder) open(name string) (fs.File, error) {
	found, err := f.revision.resolve(f.tree, name)
	if err != nil {
		return nil, err
	}
	info := info{name: path.Base(name), mode: found.mode}
	switch {
	case found.mode.IsDir():
		entries, err := f.revision.tree(found.id)
		if err == nil {
			err = f.revision.step(len(entries))
		}
		return &directory{info, f.revision, entries}, err
	case found.mode.IsRegular():
		_, content, err := f.revision.object(found.id, "blob")
		info.size = int64(len(content))
		return &file{bytes.NewReader(content), info}, err
	}
	return nil, errSubmodule
}

// info implements fs.FileInfo. Git keeps no modification time.
type info struct {
	name string
	size int64
	mode fs.FileMode
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) Mode() fs.FileMode  { return i.mode }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return i.mode.IsDir() }
func (i info) Sys() any           { return nil }

// file implements fs.File. Its content is in memory.
type file struct {
	*bytes.Reader
	info info
}

func (f *file) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *file) Close() error               { return nil }

// directory implements fs.ReadDirFile.
type directory struct {
	info
	revision *Revision
	rest     []entry // not listed yet
}

func (d *directory) Stat() (fs.FileInfo, error) { return d.info, nil }
func (d *directory) Close() error               { return nil }

func (d *directory) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.name, Err: errors.New("is a directory")}
}

func (d *directory) ReadDir(n int) ([]fs.DirEntry, error) {
	count := len(d.rest)
	if n > 0 {
		count = min(n, count)
	}
	if count == 0 && n > 0 {
		return nil, io.EOF
	}
	list := make([]fs.DirEntry, count)
	for i, e := range d.rest[:count] {
		list[i] = dirEntry{e, d.revision}
	}
	d.rest = d.rest[count:]
	return list, nil
}

// dirEntry implements fs.DirEntry.
type dirEntry struct {
	entry
	revision *Revision
}

func (e dirEntry) Name() string      { return e.name }
func (e dirEntry) IsDir() bool       { return e.mode.IsDir() }
func (e dirEntry) Type() fs.FileMode { return e.mode.Type() }
func (e dirEntry) String() string    { return fs.FormatDirEntry(e) }

// Info reads the object, because a tree does not hold its size. It does not follow symlinks.
func (e dirEntry) Info() (fs.FileInfo, error) {
	i := info{name: e.name, mode: e.mode}
	if !e.mode.IsRegular() && e.mode.Type() != fs.ModeSymlink {
		return i, nil
	}
	_, content, err := e.revision.object(e.id, "blob")
	i.size = int64(len(content))
	return i, err
}
