//go:build unix

package disk_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/vanhoutenbos/layer2/internal/disk"
)

// writer locks a folder until the test ends.
func writer(t *testing.T, path string) *disk.Writer {
	t.Helper()
	folder, err := disk.OpenFolder(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { folder.Close() })
	w, err := folder.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Unlock)
	return w
}

// files are the names in a folder with what is in each.
func files(t *testing.T, path string) string {
	t.Helper()
	entries, err := os.ReadDir(path)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, entry := range entries {
		content, _ := os.ReadFile(filepath.Join(path, entry.Name()))
		list = append(list, entry.Name()+"="+string(content))
	}
	return strings.Join(list, " ")
}

func TestCreateNeverReplaces(t *testing.T) {
	path := t.TempDir()
	w := writer(t, path)
	if err := w.Create("a", []byte("first")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("nothing", filepath.Join(path, "link")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", "link"} {
		if err := w.Create(name, []byte("second")); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: %v, want fs.ErrExist", name, err)
		}
	}
	if got := files(t, path); got != "a=first link=" {
		t.Error(got)
	}
}

func TestReplace(t *testing.T) {
	path := t.TempDir()
	if err := os.WriteFile(filepath.Join(path, "a"), []byte("first"), 0o640); err != nil {
		t.Fatal(err)
	}
	w := writer(t, path)
	if err := w.Replace("a", []byte("first"), []byte("second")); err != nil {
		t.Fatal(err)
	}
	for _, was := range []string{"first", "secon", "second ", ""} {
		if err := w.Replace("a", []byte(was), []byte("third")); !errors.Is(err, disk.ErrChanged) {
			t.Errorf("it was %q: %v, want ErrChanged", was, err)
		}
	}
	if err := w.Replace("b", nil, []byte("third")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v, want fs.ErrNotExist", err)
	}
	if got := files(t, path); got != "a=second" {
		t.Error(got)
	}
	if info, err := os.Stat(filepath.Join(path, "a")); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("%v %v", info.Mode(), err)
	}
}

func TestReplaceKeepsOwnerAndGroup(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root gives files away")
	}
	path := t.TempDir()
	name := filepath.Join(path, "a")
	if err := errors.Join(os.WriteFile(name, []byte("first"), 0o660), os.Chown(name, 1001, 2000), os.Chmod(name, 0o660)); err != nil {
		t.Fatal(err)
	}
	w := writer(t, path)
	if err := w.Replace("a", []byte("first"), []byte("second")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	if is := info.Sys().(*syscall.Stat_t); is.Uid != 1001 || is.Gid != 2000 || info.Mode().Perm() != 0o660 {
		t.Errorf("it is %d's and %d's, %v", is.Uid, is.Gid, info.Mode())
	}
	if err := os.Chmod(name, 0o444); err != nil {
		t.Fatal(err)
	}
	if err := w.Replace("a", []byte("second"), []byte("third")); err == nil || err.Error() != "the file may not be written to" {
		t.Error(err)
	}
}

func TestStageSeveral(t *testing.T) {
	path := t.TempDir()
	if err := os.WriteFile(filepath.Join(path, "old"), []byte("first"), 0o644); err != nil {
		t.Fatal(err)
	}
	w := writer(t, path)
	made, err := w.Stage([]byte("new"))
	changed, err2 := w.Stage([]byte("second"))
	left, err3 := w.Stage([]byte("left"))
	if err := errors.Join(err, err2, err3); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(made.Create("new"), changed.Replace("old", []byte("first"))); err != nil {
		t.Fatal(err)
	}
	for _, s := range []*disk.Staged{made, changed, left} {
		s.Discard()
	}
	if got := files(t, path); got != "new=new old=second" {
		t.Error(got)
	}
}

// TestNewFilesTakeTheUmask runs under an umask of its own: it is one per process.
func TestNewFilesTakeTheUmask(t *testing.T) {
	if path := os.Getenv("FOLDER"); path != "" {
		umask, err := strconv.ParseInt(os.Getenv("UMASK"), 8, 0)
		if err != nil {
			t.Fatal(err)
		}
		syscall.Umask(int(umask))
		if err := writer(t, path).Create("a", nil); err != nil {
			t.Fatal(err)
		}
		return
	}
	for umask, want := range map[string]fs.FileMode{"077": 0o600, "022": 0o644, "002": 0o664} {
		path := t.TempDir()
		if out, err := again(t, "FOLDER="+path, "UMASK="+umask).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if info, err := os.Stat(filepath.Join(path, "a")); err != nil || info.Mode().Perm() != want {
			t.Errorf("umask %s: %v %v, want %v", umask, info.Mode(), err, want)
		}
	}
}

// again is the test once more, in a process of its own.
func again(t *testing.T, environment ...string) *exec.Cmd {
	t.Helper()
	command := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	command.Env = append(os.Environ(), environment...)
	return command
}

// TestAKilledWriterLeavesNothing kills a process that holds the lock and has a file half done.
func TestAKilledWriterLeavesNothing(t *testing.T) {
	if path := os.Getenv("FOLDER"); path != "" {
		w := writer(t, path)
		_, err := w.Stage([]byte("half"))
		fmt.Println("staged", err)
		time.Sleep(time.Hour)
	}
	path := t.TempDir()
	for name, content := range map[string]string{"a": "first", ".layer2-x.tmp": "not ours", "layer2-1.tmp": "not ours"} {
		if err := os.WriteFile(filepath.Join(path, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	child := again(t, "FOLDER="+path)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() && lines.Text() != "staged <nil>" {
	}
	if got := strings.Fields(files(t, path)); !slices.ContainsFunc(got, func(s string) bool { return strings.HasSuffix(s, "tmp=half") }) {
		t.Errorf("%q: nothing is staged", got)
	}
	folder, err := disk.OpenFolder(path)
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	short, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := folder.Lock(short); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the lock was given twice: %v", err)
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait() // it was killed
	within(t, "the lock of a killed process", func() {
		if err := writer(t, path).Replace("a", []byte("first"), []byte("second")); err != nil {
			t.Error(err)
		}
	})
	if got := files(t, path); got != ".layer2-x.tmp=not ours a=second layer2-1.tmp=not ours" {
		t.Error(got)
	}
}

// TestWritersTakeTurns counts in a file: without the lock, one would overwrite what another one wrote.
func TestWritersTakeTurns(t *testing.T) {
	path := t.TempDir()
	if err := os.WriteFile(filepath.Join(path, "count"), []byte("0"), 0o644); err != nil {
		t.Fatal(err)
	}
	const writers, rounds = 4, 25
	var group sync.WaitGroup
	for range writers {
		group.Go(func() {
			for range rounds {
				if err := increment(t, path); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if got, want := files(t, path), fmt.Sprintf("count=%d", writers*rounds); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func increment(t *testing.T, path string) error {
	folder, name, err := disk.FolderOf(filepath.Join(path, "count"))
	if err != nil {
		return err
	}
	defer folder.Close()
	w, err := folder.Lock(t.Context())
	if err != nil {
		return err
	}
	defer w.Unlock()
	was, err := disk.Read(folder, name, 10)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(string(was))
	if err != nil {
		return err
	}
	return w.Replace(name, was, []byte(strconv.Itoa(n+1)))
}

func TestFolderOf(t *testing.T) {
	path := t.TempDir()
	for _, err := range []error{
		os.Mkdir(filepath.Join(path, "folder"), 0o755),
		os.WriteFile(filepath.Join(path, "folder", "file"), []byte("text"), 0o644),
		os.Symlink("folder/file", filepath.Join(path, "link")),
		os.Symlink("nothing", filepath.Join(path, "dangling")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{
		"folder/file": "file text",
		"link":        "file text",
		"new":         "new error: no such file or directory",
		"dangling":    "error: a link to a file that does not exist",
		"no/new":      "error: no such file or directory",
	} {
		folder, base, err := disk.FolderOf(filepath.Join(path, name))
		got := answer(nil, err)
		if err == nil {
			got = base + " " + answer(disk.Read(folder, base, limit))
			folder.Close()
		}
		if got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// TestAPrivateFileIsNeverReadableByOthers looks at what lies in the folder while a file with few permissions is replaced.
func TestAPrivateFileIsNeverReadableByOthers(t *testing.T) {
	path := t.TempDir()
	if err := os.WriteFile(filepath.Join(path, "a"), []byte("0"), 0o600); err != nil {
		t.Fatal(err)
	}
	w := writer(t, path)
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			default:
			}
			entries, _ := os.ReadDir(path)
			for _, entry := range entries {
				if info, err := entry.Info(); err == nil && info.Mode().Perm() != 0o600 {
					t.Errorf("%s has %v", entry.Name(), info.Mode())
					return
				}
			}
		}
	}()
	for i := range 300 {
		if err := w.Replace("a", []byte(strconv.Itoa(i)), []byte(strconv.Itoa(i+1))); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	<-stopped
}
