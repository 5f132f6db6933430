package verify

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/framework"
)

// sources are the lines of the knowledge's files. A text of the knowledge remembers its line, and this tells the file.
type sources []source

type source struct {
	path  string
	lines []string
}

// readSources reads the files that framework.Load read, in any order: a file of the overlay replaces the shipped one at the same
// path.
func readSources(shipped, overlay fs.FS) (sources, error) {
	var found sources
	for _, from := range []fs.FS{overlay, shipped} {
		if from == nil {
			continue
		}
		err := fs.WalkDir(from, ".", func(name string, entry fs.DirEntry, err error) error {
			known := slices.ContainsFunc(found, func(s source) bool { return s.path == name })
			if err != nil || entry.IsDir() || path.Ext(name) != ".yaml" || known {
				return err
			}
			data, err := fs.ReadFile(from, name)
			found = append(found, source{name, strings.Split(strings.TrimPrefix(string(data), "\ufeff"), "\n")})
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(found, func(a, b source) int { return cmp.Compare(a.path, b.path) })
	return found, nil
}

// file is the path of the file in which a text that stands on one line was read.
func (s sources) file(text framework.Text) string {
	for _, file := range s {
		if file.has(text) {
			return file.path
		}
	}
	return ""
}

// has says whether a text stands at its place in this file, and not a longer one.
func (s source) has(text framework.Text) bool {
	if text.Line < 1 || text.Line > len(s.lines) {
		return false
	}
	line := []rune(s.lines[text.Line-1])
	rest := string(line[min(text.Column-1, len(line)):])
	rest, found := strings.CutPrefix(strings.TrimLeft(rest, `"'`), strings.TrimLeft(text.Value, `"'`))
	return found && (rest == "" || strings.ContainsAny(rest[:1], " \t\r\"',]}#"))
}
