package framework

import (
	"io/fs"
	"reflect"
)

// Load reads, checks and compiles the knowledge: the shipped files, and a directory of the user's laid over them unless it is nil.
// A file of the overlay replaces the shipped one at the same path; the others come behind the shipped ones, by path. The error
// is Mistakes, all of them at once; then there is no framework.
func Load(shipped, overlay fs.FS) (*Framework, error) {
	r := reader{fields: map[reflect.Type][]field{}}
	files := r.read(shipped, overlay)
	c := newChecker(files, &r.mistakes, r.incomplete)
	c.check()
	if len(r.mistakes) > 0 {
		return nil, r.mistakes.mistakes()
	}
	b := builder{files: files, conditions: c.parsed, mistakes: &r.mistakes}
	f := b.build(c.dictionary)
	if len(r.mistakes) > 0 {
		return nil, r.mistakes.mistakes()
	}
	f.Own = overlay != nil
	return f, nil
}
