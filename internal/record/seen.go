package record

import (
	"io/fs"
	"os"
	"time"
)

// seen is what a file held when it was last looked into.
type seen struct {
	info   fs.FileInfo
	record *Record
	err    error
	// settled says that no change of the file can have escaped: it was last changed well before it was read.
	settled bool
}

// tick is how far apart two changes of a file may be and still have one time: two seconds on the coarsest file systems.
const tick = 2 * time.Second

// settle notes whether a later change would show in the file's time.
func (s *seen) settle() {
	age := time.Since(s.info.ModTime())
	s.settled = age > tick
}

// same reports whether a file is the one that was seen, unchanged.
func (s *seen) same(info fs.FileInfo) bool {
	return s.settled && os.SameFile(s.info, info) && s.info.Size() == info.Size() && s.info.ModTime().Equal(info.ModTime()) &&
		s.info.Mode() == info.Mode()
}
