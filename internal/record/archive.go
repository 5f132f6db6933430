package record

import (
	"errors"
	"fmt"
	"path"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/framework"
)

// Archive is a folder of records that is read anew whenever it is asked: while a program runs, a person accepts a record, or goes to
// another branch. It is only read.
type Archive struct {
	framework *framework.Framework
	folder    string
}

// OpenArchive is the archive of a folder. It fails if the folder, or a record in it, cannot be read.
func OpenArchive(f *framework.Framework, folder string) (*Archive, error) {
	a := &Archive{f, folder}
	_, err := a.InForce()
	return a, err
}

// Filed is a record and the name of its file.
type Filed struct {
	File string
	*Record
}

// InForce is the record in force of each capability, by id: the accepted one, else the last that is proposed. One that is missing has
// none.
func (a *Archive) InForce() (map[string]Filed, error) {
	current := map[string]Filed{}
	err := a.each(func(directory *Directory, file string) error {
		r, _, err := a.read(directory, file)
		if errors.Is(err, ErrOther) {
			return nil
		}
		if err != nil {
			return err
		}
		before, is := current[r.Capability]
		accepted := is && before.Status == Accepted
		switch {
		case !r.InForce(), accepted && r.Status == Proposed:
		case accepted:
			return fmt.Errorf("%s is accepted for %s, and %s too: supersede one of them", path.Join(a.folder, before.File), r.Capability, file)
		default:
			current[r.Capability] = Filed{file, r}
		}
		return nil
	})
	return current, err
}

// Numbers are those of the records, in order.
func (a *Archive) Numbers() ([]int, error) {
	var numbers []int
	err := a.each(func(directory *Directory, file string) error {
		if _, _, err := a.read(directory, file); NumberOf(file) > 0 && err == nil {
			numbers = append(numbers, NumberOf(file))
		}
		return nil
	})
	slices.Sort(numbers)
	return slices.Compact(numbers), err
}

// Text is the file of the record with a number. The error is a NoFileError, or ErrOther, if there is no such record.
func (a *Archive) Text(number int) (string, error) {
	directory, err := OpenDirectory(a.folder)
	if err != nil {
		return "", err
	}
	defer func() { _ = directory.Close() }() // it was only read
	file, err := directory.Numbered(number)
	if err != nil {
		return "", err
	}
	_, content, err := a.read(directory, file)
	return string(content), err
}

// each goes through the Markdown files, in the order of their names.
func (a *Archive) each(visit func(directory *Directory, file string) error) error {
	directory, err := OpenDirectory(a.folder)
	if err != nil {
		return err
	}
	defer func() { _ = directory.Close() }() // it was only read
	files, err := directory.Files()
	for i := 0; err == nil && i < len(files); i++ {
		err = visit(directory, files[i])
	}
	return err
}

// read reads a file. The error is ErrOther for one that is no record: Markdown of somebody else's, or what cannot be read and has no
// number.
func (a *Archive) read(directory *Directory, file string) (*Record, []byte, error) {
	content, err := directory.Read(file)
	if err != nil && NumberOf(file) == 0 {
		return nil, nil, ErrOther
	}
	var r *Record
	if err == nil {
		r, err = Read(a.framework, content)
	}
	if err != nil && !errors.Is(err, ErrOther) {
		err = fmt.Errorf("%s: %w", path.Join(a.folder, file), err)
	}
	return r, content, err
}
