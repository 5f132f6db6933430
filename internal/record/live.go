package record

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"sync"

	"github.com/vanhoutenbos/layer2/internal/disk"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// LiveFolder is a folder of records that may change while the program runs, as when a person accepts a record or switches
// branches. It always reports the current content and reads only what has changed. It is safe for concurrent use.
type LiveFolder struct {
	framework *framework.Framework
	folder    string
	open      func() (openFolder, error)

	mutex  sync.Mutex
	finder finder
}

type openFolder interface {
	fs.FS
	io.Closer
}

// OpenLive fails if the folder cannot be listed.
func OpenLive(f *framework.Framework, folder string) (*LiveFolder, error) {
	a := &LiveFolder{framework: f, folder: folder, open: func() (openFolder, error) { return OpenFolder(folder) }}
	_, err := a.find()
	return a, err
}

func (a *LiveFolder) find() (Found, error) {
	directory, err := a.open()
	if err != nil {
		return Found{}, fmt.Errorf("%s: %w", words.Escape(a.folder), err)
	}
	defer func() { _ = directory.Close() }() // it was only read
	a.mutex.Lock()
	defer a.mutex.Unlock()
	found, err := a.finder.find(a.framework, directory)
	if err != nil {
		err = fmt.Errorf("%s: %w", words.Escape(a.folder), err)
	}
	return found, err
}

// InFile is a record with its file and its reference (see [Found.Reference]).
type InFile struct {
	File, Reference string
	*Record
}

type InForce struct {
	// Of has the record of each capability, by id: the accepted one, else the last proposed one.
	Of map[string]InFile
	// Unreadable are the unreliable files, by capability; under "" those whose capability is unknown too.
	Unreadable map[string][]string
}

func (a *LiveFolder) InForce() (InForce, error) {
	found, err := a.find()
	if err != nil {
		return InForce{}, err
	}
	now := InForce{map[string]InFile{}, map[string][]string{}}
	twins, chains := found.twins(), found.chains()
	for _, file := range found.Files {
		before, is := now.Of[file.Capability]
		accepted := is && before.Status == Accepted
		switch {
		case file.Record == nil || twins[file.Name] != "" || chains[file.Name] != "":
			now.Unreadable[file.Capability] = append(now.Unreadable[file.Capability], file.Name)
		case file.Record.InForce() && !accepted:
			now.Of[file.Capability] = InFile{file.Name, found.Reference(file), file.Record}
		}
	}
	for capability := range now.Unreadable {
		delete(now.Of, capability) // which of them holds is for a person to say
	}
	return now, nil
}

// References returns the references of the readable records, by file.
func (a *LiveFolder) References() ([]string, error) {
	found, err := a.find()
	var list []string
	for _, file := range found.Files {
		if file.Err == nil {
			list = append(list, found.Reference(file))
		}
	}
	return list, err
}

// Text returns the content of the record with a reference. The error is a NoFileError if there is none.
func (a *LiveFolder) Text(reference string) (string, error) {
	found, err := a.find()
	if err != nil {
		return "", err
	}
	file, err := found.Named(reference)
	if err == nil && found.Reference(file) != reference {
		err = NoFileError(reference) // each file has one address
	}
	if err != nil {
		return "", err
	}
	directory, err := a.open()
	if err != nil {
		return "", err
	}
	defer func() { _ = directory.Close() }() // it was only read
	content, err := disk.Read(directory, file.Name, maximumBytes)
	if err == nil && file.Err != nil {
		err = file.Err
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", words.Escape(path.Join(a.folder, file.Name)), err)
	}
	return string(content), nil
}
