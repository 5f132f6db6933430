package record

import (
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
	"github.com/vanhoutenbos/layer2/internal/words"
)

// DefaultDirectory is where records lie if nobody says otherwise.
const DefaultDirectory = "docs/decisions"

const (
	// mostFiles bounds the files of a folder and of those below it.
	mostFiles = 20_000
	// deepest is how many folders below it are looked into.
	deepest = 8
)

// Found is what a folder holds.
type Found struct {
	// Files are those that hold a record, by name.
	Files []File
	// Passed are the others, by kind.
	Passed []Passed
	// markdown are the names of all Markdown files, with a record or without.
	markdown []string
}

// File is a file that holds a record, or may hold one that cannot be seen.
type File struct {
	// Name is its path from the folder.
	Name string
	// Number is the one in its name; 0 if it has none.
	Number int
	// Record is nil if it cannot be relied on; Err then says why.
	Record *Record
	Err    error
	// Capability is what the record is about, as far as that can be read.
	Capability string
}

// Kind is why a file was passed over.
type Kind uint8

// The kinds of files that hold no record.
const (
	Markdown    Kind = iota
	NotMarkdown      // any other file
	Hidden           // its name begins with a dot
	LinkOut          // a link that leads out of the folder, without a number
	LinkToFolder
	NotRegular // a pipe, a device or a socket, without a number
	kinds
)

var kindNames = [...]string{"markdown", "not_markdown", "hidden", "link_out", "link_to_folder", "not_regular"}

// String is the kind's name for programs.
func (k Kind) String() string { return kindNames[k] }

// Passed is how many files of a kind there are.
type Passed struct {
	Kind  Kind
	Count int
}

// Find returns the records in a folder and in those below it. Every file is looked into, because a record may be in a file of any name.
// Hidden files and folders are passed over. An error means that the folder itself cannot be listed.
func Find(f *framework.Framework, folder fs.FS) (Found, error) { return new(finder).find(f, folder) }

// finder finds records, and remembers what was in a file that has not changed since.
type finder struct {
	framework *framework.Framework
	folder    fs.FS
	before    map[string]seen // by name
	now       map[string]seen
	count     int
	passed    [kinds]int
	found     Found
}

func (s *finder) find(f *framework.Framework, folder fs.FS) (Found, error) {
	s.framework, s.folder, s.now, s.count, s.passed, s.found = f, folder, map[string]seen{}, 0, [kinds]int{}, Found{}
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		return Found{}, disk.Reason(err)
	}
	if err := s.look(".", entries, 0); err != nil {
		return Found{}, err
	}
	s.before = s.now
	slices.SortFunc(s.found.Files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	for kind, n := range s.passed {
		if n > 0 {
			s.found.Passed = append(s.found.Passed, Passed{Kind(kind), n})
		}
	}
	return s.found, nil
}

// look looks into the files of a folder, and then at the folders in it.
func (s *finder) look(folder string, entries []fs.DirEntry, depth int) error {
	if s.count += len(entries); s.count > mostFiles {
		return fmt.Errorf("more than %d files: is it the folder of decisions?", mostFiles)
	}
	for _, entry := range entries {
		name := path.Join(folder, entry.Name())
		switch {
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
			if err := s.look(name, below, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// file looks into a file. Where that fails it is reported if its name promises a decision, and passed over if it is a link or device of
// somebody else's.
func (s *finder) file(name string, entry fs.DirEntry) {
	markdown := IsMarkdown(name)
	if markdown {
		s.found.markdown = append(s.found.markdown, name)
	}
	promised := markdown && NumberOf(name) > 0
	info, err := fs.Stat(s.folder, name)
	linked := entry.Type()&fs.ModeSymlink != 0
	switch {
	case errors.Is(err, fs.ErrNotExist) && !linked: // it was removed since the folder was listed
	case err == nil && linked && info.IsDir():
		s.passed[LinkToFolder]++
	case err != nil && linked && !promised:
		s.passed[LinkOut]++
	case err == nil && !info.Mode().IsRegular() && !promised:
		s.passed[NotRegular]++
	case err != nil && markdown:
		s.add(name, nil, disk.Reason(err))
	case err != nil:
		s.passed[NotMarkdown]++
	default:
		s.content(name, info, markdown)
	}
}

// content looks for a record in a regular file, unless it is the one that was looked into before.
func (s *finder) content(name string, info fs.FileInfo, markdown bool) {
	is, known := s.before[name]
	if !known || !is.same(info) {
		is = seen{info: info}
		is.record, is.err = s.read(name, markdown)
		is.settle()
	}
	s.now[name] = is
	switch {
	case !errors.Is(is.err, ErrOther):
		s.add(name, is.record, is.err)
	case markdown:
		s.passed[Markdown]++
	default:
		s.passed[NotMarkdown]++
	}
}

func (s *finder) read(name string, markdown bool) (*Record, error) {
	content, err := readFile(s.folder, name)
	if err != nil {
		if !markdown {
			err = ErrOther // such as an image that nobody may read
		}
		return nil, err
	}
	r, err := Read(s.framework, content)
	if !markdown && !errors.Is(err, ErrOther) {
		return nil, errors.New("it holds a record, but its name does not end in .md: rename or remove it")
	}
	return r, err
}

// add adds a file that holds a record, or may.
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

// readFile reads a file; of one that is too large for a record, the beginning and one byte more than fits.
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

// IsMarkdown says whether a file's name is that of Markdown.
func IsMarkdown(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mdx", ".mkd", ".mkdn", ".mdwn", ".mdown":
		return true
	}
	return false
}

// NoFileError is a number, or a name, that no record has.
type NoFileError string

func (e NoFileError) Error() string {
	if _, err := strconv.Atoi(string(e)); err == nil {
		return "there is no record with the number " + string(e)
	}
	return "there is no record in " + shown(string(e))
}

// Named returns the file that a person means: by the number of a record, or by the name of its file. The error is a NoFileError if there
// is none.
func (found Found) Named(reference string) (File, error) {
	number, err := strconv.Atoi(reference)
	byNumber := err == nil
	var named []string
	var match File
	for _, file := range found.Files {
		if file.Name == path.Clean(reference) || byNumber && number > 0 && file.Number == number {
			named, match = append(named, words.Escape(file.Name)), file
		}
	}
	switch len(named) {
	case 0:
		return File{}, NoFileError(reference)
	case 1:
		return match, nil
	}
	return File{}, fmt.Errorf("%d records have the number %d; name the file instead: %s", len(named), number, strings.Join(named, " or "))
}

// Reference is how a person names a file of the folder: by its number if no other record has that, else by its name.
func (found Found) Reference(file File) string {
	if file.Number > 0 {
		if _, err := found.Named(strconv.Itoa(file.Number)); err == nil {
			return strconv.Itoa(file.Number)
		}
	}
	return file.Name
}
