package disk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"regexp"
	"time"
)

const (
	// pause is how long a writer waits before it tries a lock again.
	pause = 5 * time.Millisecond
	// longestWait is when it gives up.
	longestWait = 20 * time.Second
)

var (
	// ErrChanged means that a file no longer has the content that the change was based on.
	ErrChanged = errors.New("somebody else changed it at the same time; nothing was written, so try again")
	errLocked  = errors.New("another program is still writing to the folder; nothing was written")
	// errNoLocks means that the file system has no locks.
	errNoLocks = errors.New("no locks")
)

// Append appends to a regular file, and creates it if it does not exist.
func Append(path string, content []byte) error {
	info, err := os.Stat(path)
	switch {
	case err == nil:
		err = regular(info.Mode())
	case errors.Is(err, fs.ErrNotExist):
		err = nil
	}
	if err != nil {
		return Reason(err)
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY|nonblock, standard)
	if err != nil {
		return Reason(err)
	}
	if info, err = file.Stat(); err == nil {
		err = regular(info.Mode())
	}
	if err == nil {
		_, err = file.Write(content)
	}
	return errors.Join(Reason(err), Reason(file.Close()))
}

// Writer writes to a folder while no other Writer, of this process or another, does. On a file system without locks, as some
// network file systems, it still neither replaces a file that it does not know nor leaves a partial one.
type Writer struct {
	folder *Folder
	lock   *os.File // nil if the file system has none
}

// Lock waits until no other writer holds the folder, at most for longestWait. The caller unlocks it.
func (f *Folder) Lock(ctx context.Context) (*Writer, error) {
	for end := time.Now().Add(longestWait); ; {
		lock, free, err := f.tryLock()
		w := &Writer{f, lock}
		switch {
		case errors.Is(err, errNoLocks):
			return w, nil
		case err != nil:
			return nil, Reason(err)
		case free:
			w.sweep()
			return w, nil
		case time.Now().After(end):
			return nil, errLocked
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(pause):
		}
	}
}

func (w *Writer) Unlock() {
	if w.lock != nil {
		_ = w.lock.Close() // nothing was written to it
	}
}

// stagedName matches the temporary names of files.
var stagedName = regexp.MustCompile(`^\.layer2-[0-9]{1,10}\.tmp$`)

// sweep removes what killed writers left behind. Nobody else is writing now.
func (w *Writer) sweep() {
	entries, err := w.folder.ReadDir(".")
	if err != nil {
		return
	}
	for _, entry := range entries {
		if stagedName.MatchString(entry.Name()) && entry.Type().IsRegular() {
			_ = w.folder.root.Remove(entry.Name()) // it only takes room
		}
	}
}

// Create creates a file. The error is fs.ErrExist if the name is taken. Only on a file system without hard links can a killed
// process leave a partial file.
func (w *Writer) Create(name string, content []byte) error {
	staged, err := w.Stage(content)
	if err != nil {
		return err
	}
	defer staged.Discard()
	return staged.Create(name)
}

// Replace replaces the content of a regular file, which keeps its permissions. The error is ErrChanged if the file no longer holds
// what it was.
func (w *Writer) Replace(name string, was, content []byte) error {
	staged, err := w.stage(content, private) // until it has the permissions of the other one
	if err != nil {
		return err
	}
	defer staged.Discard()
	return staged.Replace(name, was)
}

func (w *Writer) Remove(name string) error { return Reason(w.folder.root.Remove(name)) }

// Staged is a file that is completely on disk under a temporary name. Several can be staged before the first gets its own.
type Staged struct {
	writer  *Writer
	name    string // temporary
	content []byte
}

// The permissions of new files, before the umask, and of those that only the user may see.
const (
	standard fs.FileMode = 0o666
	private  fs.FileMode = 0o600
)

// Stage writes a file under a temporary name. The caller discards it.
func (w *Writer) Stage(content []byte) (*Staged, error) { return w.stage(content, standard) }

func (w *Writer) stage(content []byte, mode fs.FileMode) (*Staged, error) {
	for {
		s := &Staged{w, fmt.Sprintf(".layer2-%d.tmp", rand.Uint32()), content}
		err := w.writeNew(s.name, content, mode)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		return s, err
	}
}

// writeNew creates a file, and removes it again if it cannot be written completely.
func (w *Writer) writeNew(name string, content []byte, mode fs.FileMode) error {
	file, err := w.folder.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return Reason(err)
	}
	_, err = file.Write(content)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(Reason(err), Reason(file.Close())); err != nil {
		_ = w.folder.root.Remove(name) // half of it is there, and the error says why
	}
	return err
}

// Create gives the file its name. The error is fs.ErrExist if the name is taken.
func (s *Staged) Create(name string) error {
	err := s.writer.folder.root.Link(s.name, name)
	if err == nil {
		s.writer.settle()
		return nil
	}
	if err = Reason(err); errors.Is(err, fs.ErrExist) || errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return s.writer.writeNew(name, s.content, standard) // the file system has no hard links
}

// Replace gives the file the name, owner and permissions of a regular file, which must still hold what it was.
func (s *Staged) Replace(name string, was []byte) error {
	root := s.writer.folder.root
	info, err := root.Lstat(name)
	if err == nil {
		err = regular(info.Mode())
	}
	if err == nil && info.Mode().Perm()&0o222 == 0 {
		err = errors.New("the file may not be written to")
	}
	if err == nil {
		keepOwner(root, s.name, info)
		err = root.Chmod(s.name, info.Mode().Perm())
	}
	if err != nil {
		return Reason(err)
	}
	switch now, err := Read(s.writer.folder, name, int64(len(was))); {
	case errors.As(err, new(SizeError)), err == nil && !bytes.Equal(now, was):
		return ErrChanged
	case err != nil:
		return err
	}
	if err := root.Rename(s.name, name); err != nil {
		return Reason(err)
	}
	s.writer.settle()
	return nil
}

// Discard removes the temporary name. A file that was given its own keeps it.
func (s *Staged) Discard() {
	_ = s.writer.folder.root.Remove(s.name) // it may have been renamed; if not, the next writer tries again
}

// settle syncs the folder's names, as far as the system can. The content is on disk already.
func (w *Writer) settle() {
	if w.lock != nil {
		_ = w.lock.Sync()
	}
}
