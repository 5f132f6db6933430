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

// File is a facts file that may change while the program runs. It is safe for concurrent use.
type File struct {
	framework *framework.Framework
	name      string

	mutex   sync.Mutex
	read    bool
	content []byte
	known   tools.Workspace
	err     error
}

func NewFile(f *framework.Framework, name string) *File { return &File{framework: f, name: name} }

// Read returns the current content, parsed again only if it has changed. It compares bytes, because two edits may leave the same
// size and modification time. The error names the file and the places.
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
