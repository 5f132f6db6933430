//go:build !linux

package peers

import "time"

var started = time.Now()

// cpuTime is the time on the wall, where no clock of a thread is at hand.
func cpuTime() time.Duration { return time.Since(started) }
