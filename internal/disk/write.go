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
	// pause is how long a writer waits between two looks at a lock that another one holds.
	pause = 5 * time.Millisecond
	// longestWait is when it gives up.
	longestWait = 20 * time.Second
)

var (
	// ErrChanged is a file that no longer holds what the change was made for.
	ErrChanged = errors.New("somebody else changed it at the same time; nothing was written, so try again")
	errLocked  = errors.New("another program is writing to the folder and does not end; nothing was written")
	// errNoLocks is a file system without locks.
	errNoLocks = errors.New("no locks")
)

// Append adds to the end of a regular file, and makes it if it is not there.
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

// Writer writes to a folder while no other Writer, of this process or another, does. Where the file system has no locks, as some over a
// network, it still neither replaces a file that it does not know nor leaves half of one.
type Writer struct {
	folder *Folder
	lock   *os.File // nil if the file system has none
}

// Lock waits until no other writer holds the folder. The caller unlocks it.
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

// Unlock lets the next writer in.
func (w *Writer) Unlock() {
	if w.lock != nil {
		_ = w.lock.Close() // nothing was written to it
	}
}

// stagedName matches the names under which files are written before they get their own.
var stagedName = regexp.MustCompile(`^\.layer2-[0-9]{1,10}\.tmp$`)

// sweep removes what writers that were killed left behind, if it can. Nobody else is writing now.
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

// Create makes a file. The error is fs.ErrExist if there is one of that name, whatever it is. Only where the file system has no hard links
// can a process that is killed leave a part of it.
func (w *Writer) Create(name string, content []byte) error {
	staged, err := w.Stage(content)
	if err != nil {
		return err
	}
	defer staged.Discard()
	return staged.Create(name)
}

// Replace puts content in the place of a regular file, which keeps its permissions. The error is ErrChanged if the file no longer holds
// what it was.
func (w *Writer) Replace(name string, was, content []byte) error {
	staged, err := w.stage(content, private) // until it has the permissions of the other one
	if err != nil {
		return err
	}
	defer staged.Discard()
	return staged.Replace(name, was)
}

// Remove removes a file.
func (w *Writer) Remove(name string) error { return Reason(w.folder.root.Remove(name)) }

// Staged is a file that is whole and on the disk, but has no name yet. Several can be staged before the first gets its name.
type Staged struct {
	writer  *Writer
	name    string // until it has its own
	content []byte
}

// The permissions of files: what the umask leaves of new ones, and the user alone.
const (
	standard fs.FileMode = 0o666
	private  fs.FileMode = 0o600
)

// Stage writes a file without a name. The caller discards it.
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

// writeNew makes a file. What cannot be written whole is removed again.
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

// Create gives the file its name. The error is fs.ErrExist if another one has it.
func (s *Staged) Create(name string) error {
	err := s.writer.folder.root.Link(s.name, name)
	if err == nil {
		s.writer.settle()
		return nil
	}
	if err = Reason(err); errors.Is(err, fs.ErrExist) || errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return s.writer.writeNew(name, s.content, standard) // the file system has no second names for a file
}

// Replace gives the file the name, the owner and the permissions of another, regular one, which must still hold what it was.
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

// Discard removes what was staged. The file that got a name keeps it.
func (s *Staged) Discard() {
	_ = s.writer.folder.root.Remove(s.name) // it may have been renamed; if not, the next writer tries again
}

// settle writes the folder's names to the disk. Not every system can, and the content is there already.
func (w *Writer) settle() {
	if w.lock != nil {
		_ = w.lock.Sync()
	}
}
