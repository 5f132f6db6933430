package peers

import (
	"time"

	"golang.org/x/sys/unix"
)

// cpuTime is what the calling thread has used of a processor. What other programs use of a shared machine is not in it, and neither
// is garbage collection in the background, which only the peers that allocate would have to pay for.
func cpuTime() time.Duration {
	var now unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &now); err != nil {
		panic(err)
	}
	return time.Duration(now.Nano())
}
