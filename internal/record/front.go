package record

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/strict"
)

// maximumBytes is the largest file that can be a record.
const maximumBytes = 1 << 20

// maximumFront is the most bytes of front matter: fifteen times that of a record with every fact.
const maximumFront = 128 << 10

const marker = "---"

// byteOrderMark may come first, even repeatedly: some tools write one for every file that they join.
const byteOrderMark = "\ufeff"

// format has no size limit: readFront checks it.
var format = strict.Format{Name: "the front matter"}

// front is the front matter of a file.
type front struct {
	*strict.Reader
	document *strict.Document

	text  []byte // the bytes between the markers
	start int    // where they begin in the file
	above int    // lines before them
}

// readFront returns the front matter of a file that holds a record. The error is ErrOther if the file holds none; it is an
// UnreadableError if the record cannot be read, is misplaced, or is followed by a second one.
func readFront(content []byte, in examples) (front, error) {
	fm, body, found := cut(content)
	if !found {
		return front{}, misplaced(content, content, in)
	}
	fail := func(err error) (front, error) {
		text := strings.ToLower(normal(fm.text))
		ours := strings.Contains(text, "layer2") && strings.Contains(text, "record")
		if !ours && mention(text, none) == 0 {
			return front{}, misplaced(content, body, in)
		}
		return front{}, err
	}
	switch {
	case len(content) > maximumBytes:
		return fail(unreadable(1, "the file is larger than %d bytes, the most that a record may have", maximumBytes))
	case body == nil:
		return fail(unreadable(fm.above, "the front matter does not end: put %s on a line of its own after it", marker))
	case len(fm.text) > maximumFront:
		return fail(unreadable(fm.above, "the front matter is larger than %d bytes, the most that a record may have", maximumFront))
	case conflict(string(fm.text)) > 0:
		return fail(unreadable(fm.above+conflict(string(fm.text)), "an unresolved merge conflict"))
	case !utf8.Valid(content):
		return fail(unreadable(1, "the file is not UTF-8: save it as UTF-8"))
	}
	fm.Reader = &strict.Reader{Format: format}
	document, ok := fm.Part("", fm.above, fm.text)
	switch {
	case !ok:
		return fail(UnreadableError{Mistakes: fm.Mistakes()})
	case document == nil:
		return front{}, misplaced(content, body, in)
	}
	fm.document = document
	return fm, fm.holdsRecord(content, body, in)
}

// holdsRecord checks that the file holds one record, in its place in the front matter.
func (fm front) holdsRecord(content, body []byte, in examples) error {
	key, top := ours(fm.document.Root, true)
	switch {
	case key == nil:
		if line := fm.remains(); line > 0 {
			return unreadable(line, "a record without its key: its lines belong under layer2:, indented, with record: 1 first")
		}
		return misplaced(content, body, in)
	case !top:
		return unreadable(key.Line, "layer2 must be a top-level key of the front matter, in lower case")
	}
	var second UnreadableError
	if errors.As(misplaced(content, body, in), &second) {
		return unreadable(second.Mistakes[0].Line, "a second record in the file: put it in a file of its own")
	}
	return nil
}

// remains returns the first line of a record that has lost its key; 0 if there is none.
func (fm front) remains() int {
	found := keys{}
	for i, line := range strings.Split(strings.ToLower(normal(fm.text)), "\n") {
		found.count(line, fm.above+i+1)
	}
	return found.record()
}

// cut splits a file into front matter and body. The body is nil if the front matter does not end. Only byte order marks and empty
// lines may come before the front matter.
func cut(content []byte) (fm front, body []byte, found bool) {
	rest := bytes.TrimLeft(content, byteOrderMark)
	for first := true; first || len(rest) > 0; first = false {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		rest = after
		fm.above++
		if isMarker(line) {
			found = true
			break
		}
		if len(bytes.TrimSpace(line)) > 0 {
			return front{}, nil, false
		}
	}
	if !found {
		return front{}, nil, false
	}
	fm.start = len(content) - len(rest)
	for at := 0; at < len(rest); {
		line, _, _ := bytes.Cut(rest[at:], []byte("\n"))
		if isMarker(line) {
			fm.text = rest[:at]
			return fm, rest[min(at+len(line)+1, len(rest)):], true
		}
		at += len(line) + 1
	}
	fm.text = rest
	return fm, nil, true
}

func isMarker(line []byte) bool { return strings.TrimRight(string(line), " \t\r") == marker }

// peculiar are the keys of a record. No other tool has three of them together.
var peculiar = []string{"capability", "verdict", "decision", "because", "facts", "sufficient", "statements", "flips", "knowledge"}

// ours finds the key of a record anywhere in a tree; rightPlace says that it is a top-level key, spelled correctly. It is nil if
// there is none. Since other tools may have a key layer2, its value must have the key record or three of [peculiar].
func ours(node *yaml.Node, top bool) (key *yaml.Node, rightPlace bool) {
	if node.Kind != yaml.MappingNode {
		for _, child := range node.Content {
			if key, _ := ours(child, false); key != nil {
				return key, false
			}
		}
		return nil, false
	}
	var misspelt *yaml.Node
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, of := node.Content[i], node.Content[i+1]
		switch {
		case strings.EqualFold(key.Value, "layer2") && isRecord(of):
			if top && key.Value == "layer2" {
				return key, true
			}
			misspelt = key
		case misspelt == nil:
			misspelt, _ = ours(of, false)
		}
	}
	return misspelt, false
}

func isRecord(node *yaml.Node) bool {
	if node.Alias != nil {
		node = node.Alias
	}
	if strict.Lookup(node, "record") != nil {
		return true
	}
	n := 0
	for _, key := range peculiar {
		if strict.Lookup(node, key) != nil {
			n++
		}
	}
	return n >= 3
}
