package workspace

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Write puts content in the place of a file, or makes it: whole or not at all. Where the file is a link, what it points to is
// written. Its permissions stay.
func Write(name string, content []byte) (err error) {
	mode := fs.FileMode(0o644)
	switch target, problem := filepath.EvalSymlinks(name); {
	case problem == nil:
		name = target
		info, err := os.Stat(name)
		if err != nil {
			return err
		}
		mode = info.Mode().Perm()
	case !errors.Is(problem, fs.ErrNotExist):
		return problem
	}
	temporary, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	var problem *fs.PathError
	if errors.As(err, &problem) {
		return &fs.PathError{Op: "write", Path: name, Err: problem.Err} // not the name that was drawn
	}
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(temporary.Name()) // what was to be written is not, and that is the error
		}
	}()
	_, err = temporary.Write(content)
	if err == nil {
		err = temporary.Chmod(mode)
	}
	if err == nil {
		err = temporary.Sync()
	}
	if closed := temporary.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(temporary.Name(), name)
	}
	return err
}
