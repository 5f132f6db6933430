package record

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/disk"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// Folder is a folder of records on disk. Nothing outside of it is read or written, whatever links it holds.
type Folder struct{ *disk.Folder }

func OpenFolder(name string) (*Folder, error) {
	folder, err := disk.OpenFolder(name)
	if err != nil {
		return nil, err
	}
	return &Folder{folder}, nil
}

// Draft is a file to be created.
type Draft struct {
	// Name is the part of the file name between the number and the extension.
	Name    string
	Content []byte
}

// Edit changes an existing file.
type Edit struct {
	File  string
	Apply func(content []byte) ([]byte, error)
}

// Create writes a file under the next free number in a subfolder and, unless also is nil, edits another file: both or neither. It
// never replaces a file and never gives out a number twice, even if several programs create at once.
func (d *Folder) Create(ctx context.Context, folder string, draft func(number int) (Draft, error), also func(number int) Edit) (name string, err error) {
	writer, err := d.Lock(ctx)
	if err != nil {
		return "", err
	}
	defer writer.Unlock()
	number, format, err := d.next()
	if err != nil {
		return "", err
	}
	drafted, err := draft(number)
	if err != nil {
		return "", err
	}
	name = path.Join(folder, fmt.Sprintf(format, number, drafted.Name))
	made, err := writer.Stage(drafted.Content)
	if err != nil {
		return "", unchanged(name, err)
	}
	defer made.Discard()
	if also == nil {
		return name, unchanged(name, made.Create(name))
	}
	edit := also(number)
	was, is, err := d.apply(edit)
	if err != nil {
		return "", err
	}
	change, err := writer.Stage(is)
	if err != nil {
		return "", unchanged(edit.File, err)
	}
	defer change.Discard()
	if err := made.Create(name); err != nil {
		return "", unchanged(name, err)
	}
	if err := change.Replace(edit.File, was); err != nil {
		return "", errors.Join(unchanged(edit.File, err), writer.Remove(name))
	}
	return name, nil
}

// Change edits a file completely or not at all.
func (d *Folder) Change(ctx context.Context, edit Edit) error {
	writer, err := d.Lock(ctx)
	if err != nil {
		return err
	}
	defer writer.Unlock()
	was, is, err := d.apply(edit)
	if err != nil {
		return err
	}
	return unchanged(edit.File, writer.Replace(edit.File, was, is))
}

func unchanged(name string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s: the file exists already; nothing was changed", words.Escape(name))
	}
	return fmt.Errorf("%s: %w; nothing was changed", words.Escape(name), err)
}

// apply returns the content of a file before and after an edit. It refuses links, which may lead to anybody's file.
func (d *Folder) apply(edit Edit) (was, is []byte, err error) {
	info, err := d.Lstat(edit.File)
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("not a regular file")
	}
	if err == nil {
		was, err = disk.Read(d, edit.File, maximumBytes)
	}
	if err == nil {
		is, err = edit.Apply(was)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", words.Escape(edit.File), disk.Reason(err))
	}
	return was, is, nil
}

// next returns the number for a new file, and the format of its name: with as many digits as the numbers before it, but at least
// four.
func (d *Folder) next() (number int, format string, err error) {
	width := map[int]int{} // digits, by number
	err = fs.WalkDir(d, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil && name != ".":
			return fs.SkipDir // whoever cannot read a folder gives out no numbers in it
		case err != nil:
			return err
		case entry.IsDir() && name != "." && (strings.HasPrefix(entry.Name(), ".") || strings.Count(name, "/") >= deepest):
			return fs.SkipDir
		case entry.IsDir(), !IsMarkdown(name):
			return nil
		}
		if n := NumberOf(name); n > 0 {
			width[n] = max(width[n], digits(name))
		}
		return nil
	})
	if err != nil {
		return 0, "", disk.Reason(err)
	}
	number, err = next(slices.Collect(maps.Keys(width)))
	most := 4
	for n, digits := range width {
		if n < number {
			most = max(most, digits)
		}
	}
	return number, fmt.Sprintf("%%0%dd-%%s.md", most), err
}
