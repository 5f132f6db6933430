//go:build unix

package disk_test

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/vanhoutenbos/layer2/internal/disk"
)

const limit = 100

// within fails the test if something waits for what will never come.
func within(t *testing.T, what string, do func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		do()
	}()
	select {
	case <-done:
	case <-time.After(30 * time.Second):
		t.Fatal(what, "waits")
	}
}

// everything is a folder that holds one of each kind of file.
func everything(t *testing.T) string {
	t.Helper()
	outside := filepath.Join(t.TempDir(), "secret")
	folder := t.TempDir()
	listener, err := net.Listen("unix", filepath.Join(folder, "socket"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	for _, err := range []error{
		os.WriteFile(outside, []byte("secret"), 0o644),
		os.WriteFile(filepath.Join(folder, "file"), []byte("text"), 0o644),
		os.WriteFile(filepath.Join(folder, "full"), []byte(strings.Repeat("x", limit)), 0o644),
		os.WriteFile(filepath.Join(folder, "large"), []byte(strings.Repeat("x", limit+1)), 0o644),
		os.Mkdir(filepath.Join(folder, "folder"), 0o755),
		syscall.Mkfifo(filepath.Join(folder, "pipe"), 0o644),
		os.Symlink("file", filepath.Join(folder, "inside")),
		os.Symlink(outside, filepath.Join(folder, "outside")),
		os.Symlink("../"+filepath.Base(filepath.Dir(outside))+"/secret", filepath.Join(folder, "up")),
		os.Symlink("/dev/stdin", filepath.Join(folder, "stdin")),
		os.Symlink("pipe", filepath.Join(folder, "to-pipe")),
		os.Symlink("nothing", filepath.Join(folder, "dangling")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestReadBelowAFolder(t *testing.T) {
	path := everything(t)
	folder, err := disk.OpenFolder(path)
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	for name, want := range map[string]string{
		"file":     "text",
		"inside":   "text",
		"full":     strings.Repeat("x", limit),
		"large":    "error: too large: 101 bytes (limit: 100)",
		"folder":   "error: a folder, not a regular file",
		"pipe":     "error: a named pipe, not a regular file",
		"to-pipe":  "error: a named pipe, not a regular file",
		"socket":   "error: a socket, not a regular file",
		"outside":  "error: a link leads out of the folder",
		"up":       "error: a link leads out of the folder",
		"stdin":    "error: a link leads out of the folder",
		"dangling": "error: no such file or directory",
		"nothing":  "error: no such file or directory",
	} {
		within(t, name, func() {
			if got := answer(disk.Read(folder, name, limit)); got != want {
				t.Errorf("%s: %s, want %s", name, got, want)
			}
			// Whoever reads it as any other fs.FS waits for nothing either.
			if _, err := fs.ReadFile(folder, name); (err == nil) != (!strings.HasPrefix(want, "error:") || name == "large") {
				t.Errorf("fs.ReadFile of %s: %v", name, err)
			}
		})
	}
	if _, err := disk.Read(folder, "nothing", limit); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v is not fs.ErrNotExist", err)
	}
}

func TestReadByPath(t *testing.T) {
	path := everything(t)
	for name, want := range map[string]string{
		"file":    "text",
		"inside":  "text",
		"outside": "secret", // a person may name it
		"large":   "error: too large: 101 bytes (limit: 100)",
		"folder":  "error: a folder, not a regular file",
		"pipe":    "error: a named pipe, not a regular file",
		"to-pipe": "error: a named pipe, not a regular file",
		"socket":  "error: a socket, not a regular file",
		"nothing": "error: no such file or directory",
	} {
		within(t, name, func() {
			if got := answer(disk.ReadFile(filepath.Join(path, name), limit)); got != want {
				t.Errorf("%s: %s, want %s", name, got, want)
			}
		})
	}
	for _, device := range []string{"/dev/null", "/dev/zero", "/dev/tty"} {
		if got := answer(disk.ReadFile(device, limit)); got != "error: a device, not a regular file" {
			t.Errorf("%s: %s", device, got)
		}
	}
}

func TestReadInput(t *testing.T) {
	path := everything(t)
	pipe := filepath.Join(path, "pipe")
	for text, want := range map[string]string{"text": "text", strings.Repeat("x", limit+1): "error: too large (limit: 100 bytes)"} {
		within(t, "a pipe that somebody writes to", func() {
			go os.WriteFile(pipe, []byte(text), 0o644)
			if got := answer(disk.ReadInput(pipe, limit)); got != want {
				t.Errorf("%s, want %s", got, want)
			}
		})
	}
	for name, want := range map[string]string{
		"file":   "text",
		"large":  "error: too large (limit: 100 bytes)",
		"folder": "error: a folder, not a regular file",
		"socket": "error: a socket, not a regular file",
	} {
		if got := answer(disk.ReadInput(filepath.Join(path, name), limit)); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// TestAFileThatBecomesAPipe swaps the two while the file is read: a look at it beforehand is not enough.
func TestAFileThatBecomesAPipe(t *testing.T) {
	path := t.TempDir()
	file, swapped, pipe := filepath.Join(path, "file"), filepath.Join(path, "swapped"), filepath.Join(path, "pipe")
	if err := errors.Join(os.WriteFile(file, []byte("text"), 0o644), syscall.Mkfifo(pipe, 0o644)); err != nil {
		t.Fatal(err)
	}
	folder, err := disk.OpenFolder(path)
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	stop := make(chan struct{})
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			default:
				_ = os.Link(file, swapped+"1")
				_ = os.Rename(swapped+"1", swapped)
				_ = os.Link(pipe, swapped+"2")
				_ = os.Rename(swapped+"2", swapped)
			}
		}
	}()
	seen := map[string]int{}
	within(t, "a file that is swapped", func() {
		for range 20_000 {
			seen[answer(disk.Read(folder, "swapped", limit))]++
			seen[answer(disk.ReadFile(swapped, limit))]++
		}
	})
	close(stop)
	<-stopped
	delete(seen, "text")
	delete(seen, "error: a named pipe, not a regular file")
	delete(seen, "error: no such file or directory") // before the first swap
	if len(seen) > 0 {
		t.Errorf("%v", seen)
	}
}

// answer is what was read, or why not.
func answer(content []byte, err error) string {
	if err != nil {
		return "error: " + err.Error()
	}
	return string(content)
}
