package framework

import (
	"slices"
	"strconv"
	"strings"
)

// Redefined reports whether the meaning of a fact has changed after a version of the knowledge. A version that is not dotted numbers
// cannot be compared, and counts as no older.
func (f *Framework) Redefined(fact int, version string) bool {
	since, stated := numbers(f.Facts[fact].Since.Value)
	then, old := numbers(version)
	now, known := numbers(f.Version)
	return stated && old && known && slices.Compare(then, since) < 0 && slices.Compare(since, now) <= 0
}

// numbers returns the parts of a version without the zeros at its end, so that 1.1 is 1.1.0; ok is false for anything but dotted numbers.
func numbers(version string) (parts []uint64, ok bool) {
	for part := range strings.SplitSeq(version, ".") {
		n, err := strconv.ParseUint(part, 10, 64)
		if err != nil {
			return nil, false
		}
		parts = append(parts, n)
	}
	for len(parts) > 0 && parts[len(parts)-1] == 0 {
		parts = parts[:len(parts)-1]
	}
	return parts, true
}
