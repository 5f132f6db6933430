package disk

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

// patience bounds a read from a file that calls itself regular but yields nothing, as some in /proc and /sys do.
const patience = 2 * time.Second

// SizeError is a file that is larger than the caller's limit.
type SizeError struct {
	Limit int64
	Size  int64 // 0 if unknown
}

func (e SizeError) Error() string {
	if e.Size == 0 {
		return fmt.Sprintf("too large (limit: %d bytes)", e.Limit)
	}
	return fmt.Sprintf("too large: %d bytes (limit: %d)", e.Size, e.Limit)
}

// Read reads a regular file. The error is a SizeError if it holds more than limit bytes.
func Read(folder fs.FS, name string, limit int64) ([]byte, error) {
	info, err := fs.Stat(folder, name) // before it is opened: opening a pipe waits, and opening a device may act
	if err == nil {
		err = regular(info.Mode())
	}
	if err != nil {
		return nil, Reason(err)
	}
	file, err := folder.Open(name)
	if err != nil {
		return nil, Reason(err)
	}
	defer func() { _ = file.Close() }() // it was only read
	return content(file, limit)
}

// ReadFile is Read for a path.
func ReadFile(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err == nil {
		err = regular(info.Mode())
	}
	if err != nil {
		return nil, Reason(err)
	}
	file, err := os.OpenFile(path, os.O_RDONLY|nonblock, 0)
	if err != nil {
		return nil, Reason(err)
	}
	defer func() { _ = file.Close() }() // it was only read
	return content(file, limit)
}

// content reads an open file. It checks again that the file is regular, because the name may have been given to another file
// meanwhile.
func content(file fs.File, limit int64) ([]byte, error) {
	info, err := file.Stat()
	if err == nil {
		err = regular(info.Mode())
	}
	if err == nil && info.Size() > limit {
		err = SizeError{limit, info.Size()}
	}
	if err != nil {
		return nil, Reason(err)
	}
	if file, ok := file.(interface{ SetReadDeadline(time.Time) error }); ok {
		_ = file.SetReadDeadline(time.Now().Add(patience)) // an ordinary file has no deadline, and never waits
	}
	return readAll(file, limit, info.Size())
}

// ReadAll reads to the end. The error is a SizeError if that is more than limit bytes.
func ReadAll(from io.Reader, limit int64) ([]byte, error) { return readAll(from, limit, 0) }

// readAll reads to the end. Size is the expected size.
func readAll(from io.Reader, limit, size int64) ([]byte, error) {
	content := bytes.NewBuffer(make([]byte, 0, size+bytes.MinRead))
	n, err := content.ReadFrom(io.LimitReader(from, limit+1))
	switch {
	case err != nil:
		return nil, Reason(err)
	case n > limit:
		return nil, SizeError{Limit: limit}
	}
	return content.Bytes(), nil
}

// ReadInput reads a file that a person named on the command line: a regular file, or a pipe, because that is what <(command) and
// /dev/stdin are in a shell. It reads a pipe for as long as somebody writes to it.
func ReadInput(path string, limit int64) ([]byte, error) {
	file, err := OpenInput(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // it was only read
	return ReadAll(file, limit)
}

// OpenInput opens a file as ReadInput does. The caller limits what it reads.
func OpenInput(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err == nil {
		err = input(info.Mode())
	}
	if err != nil {
		return nil, Reason(err)
	}
	flags := os.O_RDONLY // blocks until somebody opens the other end of a pipe
	if info.Mode().IsRegular() {
		flags |= nonblock
	}
	file, err := os.OpenFile(path, flags, 0)
	if err != nil {
		return nil, Reason(err)
	}
	if info.Mode().IsRegular() {
		_ = file.SetReadDeadline(time.Now().Add(patience)) // an ordinary file has no deadline, and never waits
	}
	if info, err = file.Stat(); err == nil {
		err = input(info.Mode())
	}
	if err != nil {
		_ = file.Close() // it was not even read
		return nil, Reason(err)
	}
	return file, nil
}

func input(mode fs.FileMode) error {
	if mode.Type() == fs.ModeNamedPipe {
		return nil
	}
	return regular(mode)
}

// regular returns nil for a regular file, else an error that says what the file is.
func regular(mode fs.FileMode) error {
	kind := "something else"
	switch {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		kind = "a folder"
	case mode&fs.ModeNamedPipe != 0:
		kind = "a named pipe"
	case mode&fs.ModeSocket != 0:
		kind = "a socket"
	case mode&fs.ModeDevice != 0:
		kind = "a device"
	case mode&fs.ModeSymlink != 0:
		kind = "a link"
	}
	return fmt.Errorf("%s, not a regular file", kind)
}

var (
	errEscapes = errors.New("a link leads out of the folder")
	errSilent  = errors.New("no data arrived in time")
)

// Reason strips the operation and the path that the system adds to an error.
func Reason(err error) error {
	var of *fs.PathError
	var between *os.LinkError
	switch {
	case errors.As(err, &of):
		err = of.Err
	case errors.As(err, &between):
		err = between.Err
	}
	switch {
	case err == nil:
		return nil
	case err.Error() == "path escapes from parent": // os.Root has no error value for it
		return errEscapes
	case errors.Is(err, os.ErrDeadlineExceeded):
		return errSilent
	}
	return err
}
