package cli

import (
	"errors"
	"io"
	"sync"
	"sync/atomic"

	"github.com/vanhoutenbos/layer2/internal/disk"
)

var errShut = errors.New("the output is shut")

// output is the standard output. It remembers the first error, so that one place turns it into an exit status for every command. After
// that it writes nothing more, because what follows a gap misleads.
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

// shut ends the output for a command that is left behind. It does not wait for a write that is going on.
func (o *output) shut() { o.ended.Store(true) }

// problem is why not everything was written, or nil.
func (o *output) problem() error {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return disk.Reason(o.err)
}
