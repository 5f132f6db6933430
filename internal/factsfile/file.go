package factsfile

import (
	"bytes"
	"fmt"
	"sync"

	"github.com/vanhoutenbos/layer2/internal/disk"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// File is a facts file that people change while a program runs. It may be read by several goroutines at once.
type File struct {
	framework *framework.Framework
	name      string

	mutex   sync.Mutex
	read    bool
	content []byte
	known   tools.Workspace
	err     error
}

// NewFile returns the file of that name, which is not read yet.
func NewFile(f *framework.Framework, name string) *File { return &File{framework: f, name: name} }

// Read returns what the file says now. It compares the bytes, because two edits may give the same size and the same time of change, and
// reads them as Read does only if they differ. The error names the file and the places.
func (f *File) Read() (tools.Workspace, error) {
	content, err := disk.ReadFile(f.name, MaximumBytes)
	if err != nil {
		return tools.Workspace{}, fmt.Errorf("%s: %w", words.Escape(f.name), err)
	}
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if !f.read || !bytes.Equal(content, f.content) {
		f.known, f.err = Read(f.framework, f.name, content)
		f.read, f.content = true, content
	}
	return f.known, f.err
}
