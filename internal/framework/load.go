package framework

import (
	"io/fs"

	"github.com/vanhoutenbos/layer2/internal/strict"
)

// Load reads, checks and compiles the knowledge: the shipped files and, unless it is nil, an overlay. An overlay file replaces the
// shipped one at the same path; the others follow the shipped ones, by path. On error there is no framework, and the error is a
// [strict.Mistakes] with all mistakes.
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
