package load

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// times are how long calls took, and how long all of them took together.
type times struct {
	each []time.Duration
	all  time.Duration
}

// run makes so many calls, so many at once, and fails with the first that fails.
func (t *times) run(calls, atOnce int, call func() error) error {
	var failed atomic.Pointer[error]
	var left atomic.Int64
	left.Store(int64(calls))
	took := make([][]time.Duration, atOnce)
	var callers sync.WaitGroup
	began := time.Now()
	for i := range atOnce {
		callers.Go(func() {
			for left.Add(-1) >= 0 && failed.Load() == nil {
				began := time.Now()
				if err := call(); err != nil {
					failed.CompareAndSwap(nil, &err)
				}
				took[i] = append(took[i], time.Since(began))
			}
		})
	}
	callers.Wait()
	t.all += time.Since(began)
	t.each = append(t.each, slices.Concat(took...)...)
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}

func (t *times) perSecond() float64 { return float64(len(t.each)) / t.all.Seconds() }

// percentile is the time within which so many of a hundred calls were answered.
func (t *times) percentile(p int) time.Duration {
	slices.Sort(t.each)
	return t.each[min(len(t.each)-1, len(t.each)*p/100)]
}

// machine is where and when it was measured, and how busy the machine was.
func machine() string {
	load, _ := os.ReadFile("/proc/loadavg")
	busy := "?"
	if fields := strings.Fields(string(load)); len(fields) > 0 {
		busy = fields[0]
	}
	model := "?"
	cpu, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(cpu)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			model = strings.TrimSpace(value)
			break
		}
	}
	return fmt.Sprintf("%s, %d × %s, %s/%s, %s, load average %s",
		time.Now().Format(time.DateOnly), runtime.NumCPU(), model, runtime.GOOS, runtime.GOARCH, runtime.Version(), busy)
}
