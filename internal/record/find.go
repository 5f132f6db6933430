package record

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/disk"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
	"github.com/vanhoutenbos/layer2/internal/words"
)

const DefaultDirectory = "docs/decisions"

const (
	// mostFiles limits the entries of a folder and its subfolders, and mostBytes their total size.
	mostFiles = 20_000
	mostBytes = 256 << 20
	// deepest is how many levels of subfolders are searched.
	deepest = 8
)

// Found is the content of a folder.
type Found struct {
	// Files are those that hold a record, by name.
	Files []File
	// Passed are the others, by kind.
	Passed []Passed

	names    map[string]int   // index in Files, by name
	numbers  map[int][]int    // indices in Files, by number
	markdown map[int][]string // all Markdown files, with or without a record, by number
	bases    map[string][]string
}

// File is a file that holds a record, or may hold one that cannot be read.
type File struct {
	// Name is the path from the folder.
	Name string
	// Number is the number in the name; 0 if there is none.
	Number int
	// Record is nil if the file is unreadable; Err then says why.
	Record *Record
	Err    error
	// Capability is what the record is about, as far as it can be read.
	Capability string
}

// Kind is the reason why a file was passed over.
type Kind uint8

// The kinds of files without a record.
const (
	Markdown    Kind = iota
	NotMarkdown      // any other file
	Hidden           // its name begins with a dot
	LinkOut          // a link out of the folder, with a name that no record has: a README, a picture
	LinkToFolder
	NotRegular // a pipe, a device or a socket, without a number
	kinds
)

var kindNames = [...]string{"markdown", "not_markdown", "hidden", "link_out", "link_to_folder", "not_regular"}

func (k Kind) String() string { return kindNames[k] }

type Passed struct {
	Kind  Kind
	Count int
}

// Find returns the records in a folder and its subfolders. Markdown files are searched whatever their name, and other files if
// they begin like front matter. Hidden files and folders are passed over. The error means that the folder itself cannot be listed.
func Find(f *framework.Framework, folder fs.FS) (Found, error) { return new(finder).find(f, folder) }

// finder finds records, and remembers the content of files that have not changed since.
type finder struct {
	framework *framework.Framework
	folder    fs.FS
	before    map[string]seen // by name
	now       map[string]seen
	files     int
	bytes     int64
	passed    [kinds]int
	found     Found
}

func (s *finder) find(f *framework.Framework, folder fs.FS) (Found, error) {
	*s = finder{framework: f, folder: folder, before: s.now, now: map[string]seen{}}
	s.found = Found{names: map[string]int{}, numbers: map[int][]int{}, markdown: map[int][]string{}, bases: map[string][]string{}}
	entries, err := fs.ReadDir(folder, ".")
	if err == nil {
		err = s.search(".", entries, 0)
	}
	if err != nil {
		return Found{}, disk.Reason(err)
	}
	slices.SortFunc(s.found.Files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	for i, file := range s.found.Files {
		s.found.names[file.Name] = i
		s.found.numbers[file.Number] = append(s.found.numbers[file.Number], i)
	}
	for kind, n := range s.passed {
		if n > 0 {
			s.found.Passed = append(s.found.Passed, Passed{Kind(kind), n})
		}
	}
	return s.found, nil
}

// search searches the files of a folder, and then its subfolders.
func (s *finder) search(folder string, entries []fs.DirEntry, depth int) error {
	if s.files += len(entries); s.files > mostFiles {
		return fmt.Errorf("more than %d files; is this the folder of decisions?", mostFiles)
	}
	for _, entry := range entries {
		name := path.Join(folder, entry.Name())
		switch {
		case s.bytes > mostBytes:
			return fmt.Errorf("more than %d bytes in the files; is this the folder of decisions?", mostBytes)
		case strings.HasPrefix(entry.Name(), "."):
			s.passed[Hidden]++
		case !entry.IsDir():
			s.file(name, entry)
		case depth == deepest:
			s.add(name, nil, fmt.Errorf("a folder deeper than %d", deepest))
		default:
			below, err := fs.ReadDir(s.folder, name)
			if err != nil {
				s.add(name, nil, disk.Reason(err))
				continue
			}
			if err := s.search(name, below, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// file searches one file. A file that cannot be read is reported if its name suggests a decision, and else passed over.
func (s *finder) file(name string, entry fs.DirEntry) {
	markdown := IsMarkdown(name)
	if markdown {
		s.found.markdown[NumberOf(name)] = append(s.found.markdown[NumberOf(name)], name)
		s.found.bases[path.Base(name)] = append(s.found.bases[path.Base(name)], name)
	}
	promised := NumberOf(name) > 0
	info, err := fs.Stat(s.folder, name)
	linked := entry.Type()&fs.ModeSymlink != 0
	switch {
	case errors.Is(err, fs.ErrNotExist) && !linked: // removed since the folder was listed
	case !fs.ValidPath(name) && (promised || markdown):
		s.add(name, nil, errors.New("its name is not UTF-8: rename it"))
	case err == nil && linked && info.IsDir():
		s.linkedFolder(name)
	case err != nil && linked && !promised && isUnrelated(name):
		s.passed[LinkOut]++
	case err == nil && !info.Mode().IsRegular() && !promised:
		s.passed[NotRegular]++
	case err != nil && (linked || markdown || promised):
		s.add(name, nil, disk.Reason(err))
	case err != nil:
		s.passed[NotMarkdown]++
	default:
		s.content(name, info)
	}
}

// linkedFolder passes over a link to a folder, which is searched under its own name, unless that is hidden.
func (s *finder) linkedFolder(name string) {
	target, err := fs.ReadLink(s.folder, name)
	if err == nil && strings.Contains("/"+path.Join(path.Dir(name), target), "/.") {
		s.add(name, nil, errors.New("a link to a hidden folder, which layer2 does not look into: move the folder here"))
		return
	}
	s.passed[LinkToFolder]++
}

// isUnrelated reports whether a link out of the folder cannot hide a decision: the README of the repository, its license, a
// picture.
func isUnrelated(name string) bool {
	base := path.Base(name)
	if IsMarkdown(name) {
		return isDocumentation(base)
	}
	return path.Ext(base) != "" || strings.ToUpper(base) == base
}

// isDocumentation reports whether a file name is that of a guide to writing decisions.
func isDocumentation(base string) bool {
	base = strings.ToLower(base)
	return strings.HasPrefix(base, "readme") || strings.HasPrefix(base, "index.") || strings.Contains(base, "template") || strings.HasPrefix(base, "contributing")
}

// content looks for a record in a regular file, unless the file is unchanged since the last time.
func (s *finder) content(name string, info fs.FileInfo) {
	s.bytes += min(info.Size(), maximumBytes)
	is, known := s.before[name]
	if !known || !is.same(info) {
		is = seen{info: info}
		is.record, is.err = s.read(name)
		is.settle()
	}
	s.now[name] = is
	switch {
	case !errors.Is(is.err, ErrOther):
		s.add(name, is.record, is.err)
	case IsMarkdown(name):
		s.passed[Markdown]++
	default:
		s.passed[NotMarkdown]++
	}
}

// read reads a file. The error is ErrOther if neither its name nor its content is that of a record.
func (s *finder) read(name string) (*Record, error) {
	markdown, promised := IsMarkdown(name), NumberOf(name) > 0
	content, err := readFile(s.folder, name)
	switch {
	case err != nil && !markdown && !promised:
		return nil, ErrOther // such as an image that nobody may read
	case err != nil:
		return nil, err
	case !markdown && !beginsAsRecord(content):
		return nil, ErrOther
	}
	in := allowed
	switch {
	case promised:
		in = unlikely
	case isDocumentation(path.Base(name)):
		in = only
	}
	r, err := read(s.framework, content, in)
	other := errors.Is(err, ErrOther)
	switch {
	case !markdown && !other:
		return nil, errors.New("it holds a record, but not in a Markdown file: rename it to end in .md, or remove it")
	case other && promised && markdown && len(content) > maximumBytes:
		return nil, fmt.Errorf("the file is larger than %d bytes, too large to look for a record in it", maximumBytes)
	case other && promised && s.namedAsRecord(name) && !bytes.Contains(content, []byte("\n#")) && !bytes.HasPrefix(content, []byte("#")):
		return nil, errors.New("it is named like a record, but holds none: restore the file, or remove it")
	}
	return r, err
}

// beginsAsRecord reports whether a file begins like front matter, intact or damaged.
func beginsAsRecord(content []byte) bool {
	first := firstLine(strings.TrimLeft(normal(content[:min(len(content), maximumFront)]), byteOrderMark))
	for _, fence := range []string{marker, "+++", "~~~", "```", "<<<<<<<"} {
		if strings.HasPrefix(first, fence) {
			return true
		}
	}
	return false
}

// namedAsRecord reports whether a file is named as layer2 names its records: 0001-service-mesh-wait.md.
func (s *finder) namedAsRecord(name string) bool {
	base := strings.TrimSuffix(path.Base(name), path.Ext(name))
	_, rest, _ := strings.Cut(base, "-")
	for _, c := range s.framework.Capabilities {
		if verdict, is := strings.CutPrefix(rest, c.ID.Value+"-"); is {
			_, known := VerdictOf(verdict)
			return known
		}
	}
	return false
}

// add reports a file that holds a record, or may.
func (s *finder) add(name string, r *Record, err error) {
	file := File{Name: name, Number: NumberOf(name), Record: r, Err: err}
	var unreadable UnreadableError
	switch {
	case r != nil:
		file.Capability = r.Capability
	case errors.As(err, &unreadable):
		file.Capability = unreadable.Capability
	}
	s.found.Files = append(s.found.Files, file)
}

// readFile reads a file. Of one that is too large for a record it returns maximumBytes and one byte more.
func readFile(folder fs.FS, name string) ([]byte, error) {
	content, err := disk.Read(folder, name, maximumBytes)
	if !errors.As(err, new(disk.SizeError)) {
		return content, err
	}
	file, err := folder.Open(name)
	if err != nil {
		return nil, disk.Reason(err)
	}
	defer func() { _ = file.Close() }() // it was only read
	content, err = io.ReadAll(io.LimitReader(file, maximumBytes+1))
	return content, disk.Reason(err)
}

// IsMarkdown reports whether a file name has an extension of Markdown.
func IsMarkdown(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mdx", ".mkd", ".mkdn", ".mdwn", ".mdown":
		return true
	}
	return false
}

// NoFileError is a number or file name without a record.
type NoFileError string

func (e NoFileError) Error() string {
	if _, err := strconv.Atoi(string(e)); err == nil {
		return "there is no record with the number " + string(e)
	}
	return "there is no record in " + strict.Quote(string(e))
}

// Named returns the file with the given record number or name. The error is a NoFileError if there is none.
func (found Found) Named(reference string) (File, error) {
	if i, is := found.names[path.Clean(reference)]; is {
		return found.Files[i], nil
	}
	number, err := strconv.Atoi(reference)
	places := found.numbers[number]
	switch {
	case err != nil || number <= 0 || len(places) == 0:
		return File{}, NoFileError(reference)
	case len(places) == 1:
		return found.Files[places[0]], nil
	}
	var names []string
	for _, i := range places {
		names = append(names, words.Escape(found.Files[i].Name))
	}
	return File{}, fmt.Errorf("%d records have the number %d; name the file instead: %s", len(names), number, strings.Join(names, " or "))
}

// Reference returns the number of a file if it is unique, else its name. [Found.Named] takes either.
func (found Found) Reference(file File) string {
	if file.Number > 0 && len(found.numbers[file.Number]) == 1 {
		return strconv.Itoa(file.Number)
	}
	return file.Name
}
