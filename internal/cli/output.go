package cli

import (
	"errors"
	"io"
	"sync"
	"sync/atomic"

	"github.com/vanhoutenbos/layer2/internal/disk"
)

var errShut = errors.New("the output is closed")

// output is the standard output. It keeps the first write error, from which [session.finish] makes the exit status, and writes
// nothing after it: output with a gap would mislead.
type output struct {
	to    io.Writer
	ended atomic.Bool // nothing more may be written

	mutex sync.Mutex
	err   error
}

func (o *output) Write(p []byte) (int, error) {
	if o.ended.Load() {
		return 0, errShut
	}
	n, err := o.to.Write(p)
	if err == nil && n < len(p) {
		err = io.ErrShortWrite
	}
	if err != nil {
		o.ended.Store(true)
		o.mutex.Lock()
		defer o.mutex.Unlock()
		if o.err == nil {
			o.err = err
		}
	}
	return n, err
}

// shut stops all further writes, without waiting for one that is under way.
func (o *output) shut() { o.ended.Store(true) }

// problem returns the first write error, nil if there was none.
func (o *output) problem() error {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return disk.Reason(o.err)
}
