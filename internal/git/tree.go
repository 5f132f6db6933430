package git

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// entry is one name in a tree.
type entry struct {
	name, id string
	mode     fs.FileMode
}

// The file types in git's modes.
const (
	typeMask      = 0o170000
	typeTree      = 0o040000
	typeFile      = 0o100000
	typeSymlink   = 0o120000
	typeSubmodule = 0o160000
)

// fileMode converts the octal digits of a git mode. Submodules are irregular files.
func fileMode(digits string) (fs.FileMode, bool) {
	bits, err := strconv.ParseUint(digits, 8, 32)
	if err != nil {
		return 0, false
	}
	switch bits & typeMask {
	case typeTree:
		return fs.ModeDir | 0o555, true
	case typeFile:
		return 0o444 | fs.FileMode(bits)&0o111, true
	case typeSymlink:
		return fs.ModeSymlink | 0o777, true
	case typeSubmodule:
		return fs.ModeIrregular, true
	}
	return 0, false
}

var errMalformed = errors.New("malformed tree in the git repository")

// parseTree parses a tree object: for each entry the mode, a space, the name, a zero byte, and an id of idSize bytes. It returns the
// entries sorted by name, and errMalformed if one is empty, a path, a dot or two, or a duplicate. Names are bytes, and may not be UTF-8.
func parseTree(content []byte, idSize int) ([]entry, error) {
	var entries []entry
	for len(content) > 0 {
		head, rest, terminated := bytes.Cut(content, []byte{0})
		digits, name, _ := strings.Cut(string(head), " ")
		mode, known := fileMode(digits)
		if !terminated || !known || len(rest) < idSize || slices.Contains([]string{"", ".", ".."}, name) || strings.Contains(name, "/") {
			return nil, errMalformed
		}
		entries = append(entries, entry{name, hex.EncodeToString(rest[:idSize]), mode})
		content = rest[idSize:]
	}
	slices.SortFunc(entries, byName)
	for i := 1; i < len(entries); i++ {
		if entries[i].name == entries[i-1].name {
			return nil, errMalformed
		}
	}
	return entries, nil
}

func byName(a, b entry) int { return cmp.Compare(a.name, b.name) }

// tree returns the entries of a tree, sorted by name.
func (v *Revision) tree(id string) ([]entry, error) {
	if entries, cached := v.trees[id]; cached {
		return entries, nil
	}
	_, content, err := v.object(id, "tree")
	if err != nil {
		return nil, err
	}
	entries, err := parseTree(content, len(id)/2)
	if err == nil {
		v.trees[id] = entries
	}
	return entries, err
}
