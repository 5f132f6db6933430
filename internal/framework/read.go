package framework

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/disk"
	"github.com/vanhoutenbos/layer2/internal/strict"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// maximumBytes is the size of a knowledge file beyond which it is refused unread: the largest shipped one has a twentieth of it.
const maximumBytes = 1 << 20

// maximumLine is the length of a line, in bytes, beyond which a file is refused: twice that of the longest condition.
const maximumLine = 1 << 13

// file is one knowledge file as it was read.
type file struct {
	path  string
	lines []string
	Document
}

// reader reads the files of the shipped knowledge and of the directory that is laid over it.
type reader struct {
	mistakes notes
	// incomplete says that a file could not be read: then a name that nothing is called by may be one of its names.
	incomplete bool
	fields     map[reflect.Type][]field
}

// read reads all files in load order: the shipped ones by path, each replaced where the overlay has a file at the same path,
// and then the overlay's others, by path.
func (r *reader) read(shipped, overlay fs.FS) []*file {
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

// What a file system may hold, so that a folder that is no knowledge, such as a home folder, is told soon: the shipped knowledge has a
// hundredth of it.
const (
	maximumFiles   = 1_000
	maximumEntries = 50_000
	maximumDepth   = 16
)

// origin is where a file is read from.
type origin struct {
	from fs.FS
	name string
}

// list finds the .yaml files of a file system, those in folders too. A .yml file is one of them by its name with .yaml, so that it
// replaces the same one. What is hidden (.git, say) is left alone.
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
				r.fail(name, "%s is there too: keep one of the two", words.Quote(first.name, longestName))
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

// fail notes that a file, or a file system, cannot be read at all.
func (r *reader) fail(name string, format string, arguments ...any) {
	r.incomplete = true
	r.mistakes.add(name, place{}, format, arguments...)
}

// file reads one file; nil if it cannot be read as one document.
func (r *reader) file(from fs.FS, name string) *file {
	data := r.bytes(from, name)
	if data == nil {
		return nil
	}
	root := r.parse(name, data)
	if root == nil {
		return nil
	}
	f := &file{path: name, lines: strings.Split(string(data), "\n")}
	for i, line := range f.lines {
		if len(line) > maximumLine {
			r.mistakes.add(name, place{i + 1, 1}, "a line of %d bytes, more than the %d that one may have: break it", len(line), maximumLine)
			return nil
		}
	}
	r.refuse(name, root)
	d := decoder{file: name, mistakes: &r.mistakes, fields: r.fields}
	d.value(root, reflect.ValueOf(&f.Document).Elem(), name)
	return f
}

// bytes reads what a file holds, if it is text of a reasonable size.
func (r *reader) bytes(from fs.FS, name string) []byte {
	data, err := disk.Read(from, name, maximumBytes)
	if err != nil {
		r.fail(name, "cannot be read: %v", err)
		return nil
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if r.hidden(name, string(data)) {
		return nil
	}
	return data
}

// hidden notes the first character of each line that does not print, in comments too, and says whether there is one: what a person
// reviews is what is read.
func (r *reader) hidden(name, text string) (found bool) {
	number := 0
	for line := range strings.Lines(text) {
		number++
		c, hides := words.HiddenInLines(line)
		if !hides {
			continue
		}
		found = true
		what := "take it out"
		if c.Rune == utf8.RuneError {
			what = "save the file as UTF-8"
		}
		r.mistakes.add(name, place{number, utf8.RuneCountInString(line[:c.At]) + 1}, "%s: %s", c, what)
	}
	return found
}

// parse reads the one YAML document of a file.
func (r *reader) parse(name string, data []byte) *yaml.Node {
	documents, err := strict.Documents(data)
	var wrong *strict.Error
	switch {
	case errors.As(err, &wrong):
		r.mistakes.add(name, place{wrong.Line, wrong.Column}, "%s", wrong.Problem)
	case err != nil:
		r.mistakes.add(name, place{}, "%v", err)
	case len(documents) == 0, len(documents) == 1 && documents[0].Content[0].Kind == yaml.MappingNode && len(documents[0].Content[0].Content) == 0:
		r.mistakes.add(name, place{}, "empty: remove the file, or write knowledge in it")
	case len(documents) > 1:
		second := documents[1]
		r.mistakes.add(name, place{second.Line, second.Column}, "a second document: a knowledge file holds one")
	default:
		return documents[0].Content[0]
	}
	return nil
}

// refuse notes every use of the parts of YAML that make a file mean something other than what it says.
func (r *reader) refuse(name string, node *yaml.Node) {
	if problem := refused(node); problem != "" {
		r.mistakes.add(name, place{node.Line, node.Column}, "%s", problem)
	}
	for i, child := range node.Content {
		if node.Kind == yaml.MappingNode && i%2 == 0 && child.Tag == "!!merge" {
			r.mistakes.add(name, place{child.Line, child.Column}, "a merge key, <<, is refused: write the keys out")
		}
		r.refuse(name, child)
	}
}

// refused says why a node is not allowed in the knowledge, or nothing.
func refused(node *yaml.Node) string {
	switch {
	case node.Kind == yaml.AliasNode:
		return fmt.Sprintf("an alias, *%s, is refused: write the value out", node.Value)
	case node.Anchor != "":
		return fmt.Sprintf("an anchor, &%s, is refused: write the value out where it is meant", node.Anchor)
	case node.Style&yaml.TaggedStyle != 0, !strings.HasPrefix(node.Tag, "!!"):
		return fmt.Sprintf("a tag, %s, is refused: put a value that starts with ! in quotes", node.Tag)
	}
	return ""
}
