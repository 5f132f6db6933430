package record

import (
	"io/fs"
	"os"
	"time"
)

// seen is the content of a file when it was last read.
type seen struct {
	info   fs.FileInfo
	record *Record
	err    error
	// settled says that any later change shows in the modification time, because the last one was well before the file was read.
	settled bool
}

// tick is how far apart two changes may be and still get the same modification time: two seconds on the coarsest file systems.
const tick = 2 * time.Second

func (s *seen) settle() {
	age := time.Since(s.info.ModTime())
	s.settled = age > tick
}

// same reports whether a file is unchanged.
func (s *seen) same(info fs.FileInfo) bool {
	return s.settled && os.SameFile(s.info, info) && s.info.Size() == info.Size() && s.info.ModTime().Equal(info.ModTime()) &&
		s.info.Mode() == info.Mode()
}
