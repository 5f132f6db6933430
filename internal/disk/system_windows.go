package disk

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
)

// nonblock is nothing here: a folder holds no pipes.
const nonblock = 0

// tryLock opens a file that nobody else can have open. The system removes it once it is closed, also when the process is killed.
func (f *Folder) tryLock() (lock *os.File, free bool, err error) {
	const (
		deleteOnClose    = 0x04000000 // FILE_FLAG_DELETE_ON_CLOSE
		sharingViolation = syscall.Errno(32)
	)
	path := filepath.Join(f.root.Name(), ".layer2.lock")
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, false, err
	}
	handle, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE, 0, nil, syscall.OPEN_ALWAYS,
		syscall.FILE_ATTRIBUTE_HIDDEN|deleteOnClose, 0)
	switch {
	case errors.Is(err, sharingViolation), errors.Is(err, syscall.ERROR_ACCESS_DENIED) && exists(path): // it is about to be removed
		return nil, false, nil
	case err != nil:
		return nil, false, err
	}
	return os.NewFile(uintptr(handle), path), true, nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// keepOwner does nothing: a new file takes what its folder passes on.
func keepOwner(*os.Root, string, os.FileInfo) {}
