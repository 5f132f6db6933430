//go:build !linux

package peers

import "time"

var started = time.Now()

// cpuTime is the wall-clock time on systems without a per-thread clock.
func cpuTime() time.Duration { return time.Since(started) }
