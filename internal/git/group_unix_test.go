//go:build unix

package git

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestNothingOutlivesTheContext has a git that is a script, as wrappers are, whose child is told of nothing. The child holds a pipe open
// for as long as it lives.
func TestNothingOutlivesTheContext(t *testing.T) {
	newRepository(t, nil)
	alive := filepath.Join(t.TempDir(), "alive")
	makePipe(t, alive)
	replaceGit(t, "sleep 1000 > '"+alive+"' &\nwait\n")
	r, err := Open(".")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		pipe, err := os.Open(alive) // waits for the child
		if err == nil {
			cancel()
			_, err = io.ReadAll(pipe) // ends with the child
		}
		ended <- err
	}()
	if _, err := r.At(ctx, "main"); err == nil {
		t.Error("a script that prints nothing was taken for git")
	}
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(30 * time.Second):
		t.Error("the child of the script is still running")
	}
}
