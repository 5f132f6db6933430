package framework

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/disk"
	"github.com/vanhoutenbos/layer2/internal/strict"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// format limits a knowledge file. The largest shipped file has a twentieth of these bytes, the longest condition half of a line.
var format = strict.Format{Name: "a knowledge file", Bytes: 1 << 20, Line: 1 << 13, Plain: true}

type file struct {
	source *strict.Document
	Document
}

// top returns the place for mistakes about a file as a whole.
func (f *file) top() strict.Place { return strict.Place{File: f.source.File, Line: 1, Column: 1} }

// reader reads the shipped files and those of the overlay.
type reader struct {
	strict.Reader
	// incomplete means that a file could not be read; an unknown name may be defined there.
	incomplete bool
}

// files reads all files in load order: the shipped ones by path, each replaced by the overlay's file at the same path, then the overlay's
// other files by path.
func (r *reader) files(shipped, overlay fs.FS) []*file {
	sources := r.list(shipped, "the shipped knowledge")
	order := slices.Sorted(maps.Keys(sources))
	if overlay != nil {
		own := r.list(overlay, "the knowledge directory")
		for _, name := range slices.Sorted(maps.Keys(own)) {
			if _, replaced := sources[name]; !replaced {
				order = append(order, name)
			}
			sources[name] = own[name]
		}
	}
	var files []*file
	for _, name := range order {
		if f := r.file(sources[name].from, sources[name].name); f != nil {
			files = append(files, f)
			continue
		}
		r.incomplete = true
	}
	return files
}

// Limits on a knowledge folder, so that a wrong one, such as a home folder, is rejected early. The shipped knowledge has a
// hundredth of these.
const (
	maximumFiles   = 1_000
	maximumEntries = 50_000
	maximumDepth   = 16
)

type origin struct {
	from fs.FS
	name string
}

// list finds the .yaml files of a file system, including those in subfolders. A .yml file counts under its .yaml name, so that it
// replaces the shipped one. Hidden files and folders (.git) are skipped.
func (r *reader) list(from fs.FS, what string) map[string]origin {
	found := map[string]origin{}
	entries := 0
	err := fs.WalkDir(from, ".", func(name string, entry fs.DirEntry, err error) error {
		entries++
		switch {
		case err != nil && name == ".":
			return disk.Reason(err)
		case err != nil:
			return fmt.Errorf("%s: %w", words.Escape(name), disk.Reason(err))
		case entries > maximumEntries:
			return fmt.Errorf("more than %d files and folders", maximumEntries)
		case strings.Count(name, "/") >= maximumDepth:
			return fmt.Errorf("folders nested more than %d deep", maximumDepth)
		case name != "." && strings.HasPrefix(path.Base(name), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case !entry.IsDir() && isYAML(name):
			as := strings.TrimSuffix(name, path.Ext(name)) + ".yaml"
			if first, twice := found[as]; twice {
				r.fail(name, "%s exists too: keep one of the two", strict.Quote(first.name))
			}
			found[as] = origin{from, name}
		}
		if len(found) > maximumFiles {
			return fmt.Errorf("more than %d .yaml files", maximumFiles)
		}
		return nil
	})
	switch {
	case err != nil:
		r.fail("", "%s cannot be read: %v", what, err)
	case len(found) == 0:
		r.fail("", "%s holds no .yaml file", what)
	}
	return found
}

func isYAML(name string) bool {
	extension := strings.ToLower(path.Ext(name))
	return extension == ".yaml" || extension == ".yml"
}

// fail notes that a file or a file system cannot be read.
func (r *reader) fail(name string, format string, arguments ...any) {
	r.incomplete = true
	r.Add(strict.Place{File: name}, format, arguments...)
}

// file reads one file; nil if it is not one readable document.
func (r *reader) file(from fs.FS, name string) *file {
	source, ok := r.Read(from, name)
	switch {
	case !ok:
		return nil
	case source == nil || source.Root.Kind == yaml.MappingNode && len(source.Root.Content) == 0:
		r.Add(strict.Place{File: name}, "empty: remove the file, or write knowledge in it")
		return nil
	}
	f := &file{source: source}
	source.Decode(&f.Document)
	return f
}
