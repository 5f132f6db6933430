package factsfile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/vanhoutenbos/layer2/internal/disk"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// Change edits a facts file, or creates it, while no other layer2 writes to the folder. The edit gets the content, nil if there is
// no file, and returns the new one, which is written completely or not at all. Links are followed.
func Change(ctx context.Context, name string, edit func(content []byte) ([]byte, error)) error {
	folder, file, err := disk.FolderOf(name)
	if err != nil {
		return fmt.Errorf("%s: %w", words.Escape(name), err)
	}
	defer func() { _ = folder.Close() }() // what was written is on the disk
	writer, err := folder.Lock(ctx)
	if err != nil {
		return fmt.Errorf("%s: %w", words.Escape(name), err)
	}
	defer writer.Unlock()
	content, err := disk.Read(folder, file, MaximumBytes)
	missing := errors.Is(err, fs.ErrNotExist)
	if err != nil && !missing {
		return fmt.Errorf("%s: %w", words.Escape(name), err)
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
		return fmt.Errorf("%s: %w", words.Escape(name), err)
	}
	return nil
}
