package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const mostEntries = 50_000

// Folder is a folder on disk. As an fs.FS it follows links inside the folder and refuses those that lead out. It opens only
// regular files and folders.
type Folder struct{ root *os.Root }

func OpenFolder(path string) (*Folder, error) {
	info, err := os.Stat(path)
	if err == nil && !info.IsDir() {
		err = errors.New("not a folder")
	}
	if err != nil {
		return nil, Reason(err)
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, Reason(err)
	}
	return &Folder{root}, nil
}

// FolderOf opens the folder of a file, which need not exist, and returns the file's name in it. Links to the file are followed.
func FolderOf(path string) (*Folder, string, error) {
	target, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		// A file may have been created meanwhile. Only a dangling link is an error.
		if info, err := os.Lstat(path); err == nil && info.Mode().Type() == fs.ModeSymlink {
			return nil, "", errors.New("a link to a file that does not exist")
		}
		target, err = path, nil
	}
	if err != nil {
		return nil, "", Reason(err)
	}
	folder, err := OpenFolder(filepath.Dir(target))
	return folder, filepath.Base(target), err
}

func (f *Folder) Close() error { return f.root.Close() }

// Open opens a regular file or a folder, without blocking.
func (f *Folder) Open(name string) (fs.File, error) {
	refuse := func(err error) (fs.File, error) { return nil, &fs.PathError{Op: "open", Path: name, Err: Reason(err)} }
	info, err := f.Stat(name)
	if err == nil && !info.IsDir() {
		err = regular(info.Mode())
	}
	if err != nil {
		return refuse(err)
	}
	file, err := f.root.OpenFile(filepath.FromSlash(name), os.O_RDONLY|nonblock, 0)
	if err != nil {
		return refuse(err)
	}
	if info, err = file.Stat(); err == nil && !info.IsDir() {
		err = regular(info.Mode())
	}
	if err != nil {
		_ = file.Close() // it was not even read
		return refuse(err)
	}
	return file, nil
}

// Stat follows links.
func (f *Folder) Stat(name string) (fs.FileInfo, error) { return fs.Stat(f.root.FS(), name) }

// Lstat does not follow links.
func (f *Folder) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(f.root.FS(), name) }

func (f *Folder) ReadLink(name string) (string, error) { return fs.ReadLink(f.root.FS(), name) }

// ReadDir lists a folder by name. More than mostEntries are an error.
func (f *Folder) ReadDir(name string) ([]fs.DirEntry, error) {
	opened, err := f.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = opened.Close() }() // it was only read
	folder, ok := opened.(fs.ReadDirFile)
	if !ok {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: errors.New("not a folder")}
	}
	entries, err := folder.ReadDir(mostEntries + 1)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: Reason(err)}
	case len(entries) > mostEntries:
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fmt.Errorf("more than %d entries", mostEntries)}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}
