package factsfile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/vanhoutenbos/layer2/internal/disk"
)

// Change edits a facts file, or makes it, while no other layer2 changes a file of the same folder. The edit gets what is in the file,
// nil if there is none, and returns what is to be in it; it appears whole or not at all. Where the file is a link, what it points to is
// changed.
func Change(ctx context.Context, name string, edit func(content []byte) ([]byte, error)) error {
	folder, file, err := disk.FolderOf(name)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer func() { _ = folder.Close() }() // what was written is on the disk
	writer, err := folder.Lock(ctx)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer writer.Unlock()
	content, err := disk.Read(folder, file, MaximumBytes)
	missing := errors.Is(err, fs.ErrNotExist)
	if err != nil && !missing {
		return fmt.Errorf("%s: %w", name, err)
	}
	edited, err := edit(content)
	switch {
	case err != nil:
		return err
	case missing:
		err = writer.Create(file, edited)
	case string(edited) != string(content):
		err = writer.Replace(file, content, edited)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
