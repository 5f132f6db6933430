package framework

import (
	"io/fs"

	"github.com/vanhoutenbos/layer2/internal/strict"
)

// Load reads, checks and compiles the knowledge: the shipped files, and a directory of the user's laid over them unless it is nil.
// A file of the overlay replaces the shipped one at the same path; the others come behind the shipped ones, by path. The error
// is strict.Mistakes, all of them at once; then there is no framework.
func Load(shipped, overlay fs.FS) (*Framework, error) {
	r := reader{Reader: strict.Reader{Format: format}}
	files := r.files(shipped, overlay)
	c := newChecker(files, &r.Notes, r.incomplete)
	c.check()
	if err := r.Err(); err != nil {
		return nil, err
	}
	b := builder{files: files, conditions: c.parsed, mistakes: &r.Notes}
	f := b.build(c.dictionary)
	if err := r.Err(); err != nil {
		return nil, err
	}
	f.Own = overlay != nil
	return f, nil
}
