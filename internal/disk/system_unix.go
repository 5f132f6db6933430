//go:build unix

package disk

import (
	"errors"
	"os"
	"syscall"
)

// nonblock makes open return at once where it would wait for the other end of a pipe.
const nonblock = syscall.O_NONBLOCK

// tryLock locks the folder itself, so no lock file is needed. Closing the file releases the lock.
func (f *Folder) tryLock() (lock *os.File, free bool, err error) {
	folder, err := f.root.Open(".")
	if err != nil {
		return nil, false, err
	}
	for err = syscall.EINTR; errors.Is(err, syscall.EINTR); {
		err = syscall.Flock(int(folder.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	}
	if err == nil {
		return folder, true, nil
	}
	_ = folder.Close() // it is not locked
	switch {
	case errors.Is(err, syscall.EWOULDBLOCK):
		return nil, false, nil
	case errors.Is(err, syscall.ENOLCK), errors.Is(err, syscall.ENOSYS), errors.Is(err, syscall.EOPNOTSUPP), errors.Is(err, syscall.ENOTSUP),
		errors.Is(err, syscall.EBADF), errors.Is(err, syscall.EINVAL): // NFS wants a file that is open for writing
		return nil, false, errNoLocks
	}
	return nil, false, err
}

// keepOwner gives a new file the owner and group of the one that it replaces, as far as the user may: only root can give files
// away, but anybody can give one to a group of theirs.
func keepOwner(root *os.Root, name string, of os.FileInfo) {
	if is, ok := of.Sys().(*syscall.Stat_t); ok && root.Lchown(name, int(is.Uid), int(is.Gid)) != nil {
		_ = root.Lchown(name, -1, int(is.Gid)) // else it has the user's
	}
}
