package record

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// DefaultDirectory is where records lie if nobody says otherwise.
const DefaultDirectory = "docs/decisions"

// Directory is the folder of records. Nothing outside of it is read or written, whatever links lie in it.
type Directory struct{ root *os.Root }

// OpenDirectory opens a folder.
func OpenDirectory(name string) (*Directory, error) {
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return &Directory{root}, nil
}

// Close closes the folder.
func (d *Directory) Close() error { return d.root.Close() }

// Files are the Markdown files of the folder itself, by name. Hidden ones are left alone.
func (d *Directory) Files() ([]string, error) { return markdown(d.root.FS()) }

func markdown(folder fs.FS) ([]string, error) {
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		if name := entry.Name(); path.Ext(name) == ".md" && !strings.HasPrefix(name, ".") && !entry.IsDir() {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, nil
}

// Read reads a file, but no more of it than tells that it is too large for a record.
func (d *Directory) Read(name string) ([]byte, error) {
	info, err := d.root.Stat(name) // before it is opened: a pipe would wait for somebody to write
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("not a regular file")
	}
	if err != nil {
		return nil, reason(err)
	}
	file, err := d.root.Open(name)
	if err != nil {
		return nil, reason(err)
	}
	defer func() { _ = file.Close() }() // it was only read
	content, err := io.ReadAll(io.LimitReader(file, maximumBytes+1))
	return content, reason(err)
}

// reason is an error of the file system without operation and path, which the caller names.
func reason(err error) error {
	var of *fs.PathError
	var between *os.LinkError
	switch {
	case errors.As(err, &of):
		err = of.Err
	case errors.As(err, &between):
		err = between.Err
	}
	if err != nil && err.Error() == "path escapes from parent" {
		return errors.New("a link leads out of the directory")
	}
	return err
}

var numbered = regexp.MustCompile(`^(\d{1,9})-`)

// NumberOf is the number that a file's name begins with; 0 if it has none.
func NumberOf(name string) int {
	if found := numbered.FindStringSubmatch(name); found != nil {
		n, _ := strconv.Atoi(found[1]) // digits, and few
		return n
	}
	return 0
}

// Numbered is the Markdown file with a number; a NoFileError says that there is none.
func (d *Directory) Numbered(number int) (string, error) {
	files, err := d.Files()
	if err != nil {
		return "", err
	}
	var found []string
	for _, name := range files {
		if number > 0 && NumberOf(name) == number {
			found = append(found, name)
		}
	}
	switch len(found) {
	case 0:
		return "", NoFileError(number)
	case 1:
		return found[0], nil
	}
	return "", fmt.Errorf("the number %d stands twice: %s", number, strings.Join(found, ", "))
}

// NoFileError is a number that no file has.
type NoFileError int

func (e NoFileError) Error() string {
	return fmt.Sprintf("there is no file with the number %d", int(e))
}

// Draft is a file to be made: a name without its number, and what is in it.
type Draft struct {
	Name    string
	Content []byte
}

// Edit is a change of a file that is there.
type Edit struct {
	File  string
	Apply func(content []byte) ([]byte, error)
}

// Create makes a file under the next free number, and with it, unless also is nil, changes another one: both or neither. No number
// is given twice, even if two programs create at once.
func (d *Directory) Create(draft func(number int) (Draft, error), also func(number int) Edit) (name string, err error) {
	number, made, err := d.reserve()
	if err != nil {
		return "", err
	}
	defer made.discard(&err)
	drafted, err := draft(number)
	if err != nil {
		return "", err
	}
	made.to = fmt.Sprintf("%04d-%s.md", number, drafted.Name)
	if err := made.write(drafted.Content, 0o644); err != nil {
		return "", err
	}
	if also == nil {
		return made.to, made.commit()
	}
	change, err := d.edit(also(number))
	if err != nil {
		return "", err
	}
	defer change.discard(&err)
	if err := made.commit(); err != nil {
		return "", err
	}
	if err := change.commit(); err != nil {
		return "", errors.Join(err, d.root.Remove(made.to))
	}
	return made.to, nil
}

// Change changes a file that is there, wholly or not at all.
func (d *Directory) Change(edit Edit) (err error) {
	change, err := d.edit(edit)
	if err != nil {
		return err
	}
	defer change.discard(&err)
	return change.commit()
}

// edit reads a file, and writes what it is to become beside it. While that lies there, nobody else edits the file.
func (d *Directory) edit(edit Edit) (_ *pending, err error) {
	info, err := d.root.Lstat(edit.File)
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("not a regular file")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", edit.File, reason(err))
	}
	change, err := d.begin("." + edit.File + ".writing")
	if errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("%s is being changed: if no other layer2 runs, remove .%s.writing", edit.File, edit.File)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", edit.File, err)
	}
	defer func() { change.discard(&err) }()
	content, err := d.Read(edit.File)
	if err == nil {
		content, err = edit.Apply(content)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", edit.File, err)
	}
	change.to = edit.File
	return change, change.write(content, info.Mode().Perm())
}

// reserve takes the next free number: a file that only one can make stands for it, until it is renamed. Whoever took a number
// before has either that file or one with the number, so the look at the folder comes last.
func (d *Directory) reserve() (int, *pending, error) {
	for least := 1; ; {
		taken, err := d.highest()
		if err != nil {
			return 0, nil, reason(err)
		}
		number := max(least, taken+1)
		place, err := d.begin(fmt.Sprintf(".%04d.writing", number))
		if errors.Is(err, fs.ErrExist) {
			least = number + 1
			continue
		}
		if err != nil {
			return 0, nil, err
		}
		if taken, err = d.highest(); err == nil && taken < number {
			return number, place, nil
		}
		failed := errors.New("the number was taken meanwhile")
		place.discard(&failed)
		if err != nil {
			return 0, nil, reason(err)
		}
	}
}

// highest is the highest number that a file of the folder has, whoever wrote it.
func (d *Directory) highest() (int, error) {
	files, err := d.Files()
	highest := 0
	for _, name := range files {
		highest = max(highest, NumberOf(name))
	}
	return highest, err
}

// pending is a file that is being written under a name of its own, to be renamed when it is whole.
type pending struct {
	directory *Directory
	file      *os.File
	from, to  string
	committed bool
}

// begin makes the file; fs.ErrExist says that somebody else has.
func (d *Directory) begin(name string) (*pending, error) {
	file, err := d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, fmt.Errorf("nothing can be written: %w", reason(err))
	}
	return &pending{directory: d, file: file, from: name}, nil
}

// write writes all of the content, down to the disk.
func (p *pending) write(content []byte, mode fs.FileMode) error {
	_, err := p.file.Write(content)
	if err == nil {
		err = p.file.Sync()
	}
	if err == nil {
		err = p.file.Chmod(mode)
	}
	if err = errors.Join(err, p.file.Close()); err != nil {
		return fmt.Errorf("%s: %w; nothing was changed", p.to, reason(err))
	}
	return nil
}

func (p *pending) commit() error {
	if err := p.directory.root.Rename(p.from, p.to); err != nil {
		return fmt.Errorf("%s: %w; nothing was changed", p.to, reason(err))
	}
	p.committed = true
	return nil
}

// discard takes back what was not committed, if there was an error.
func (p *pending) discard(err *error) {
	if *err != nil && !p.committed {
		_ = p.file.Close() // it may be closed already
		_ = p.directory.root.Remove(p.from)
	}
}
