package record

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// maximumBytes is the size of a record beyond which it is refused: a hundred times that of one with every fact known.
const maximumBytes = 1 << 20

// marker is the line before and behind the front matter.
const marker = "---"

// byteOrderMark may stand before the first marker.
const byteOrderMark = "\ufeff"

// front is the front matter of a file: the bytes between the markers, and where they begin in it.
type front struct {
	text  []byte
	start int
	root  *yaml.Node // its one mapping
}

// ours is how the key under which a record stands looks in text that cannot be read as YAML.
var ours = regexp.MustCompile(`(?m)^\s*["']?layer2["']?\s*:`)

// readFront takes the front matter out of a file. The error is ErrOther for a file without one, or with one that is nobody's
// concern here; Mistakes for one that is this package's and cannot be read.
func readFront(content []byte) (front, error) {
	fm, behind, found := cut(content)
	if !found {
		return front{}, ErrOther
	}
	wrong := func(line int, format string, arguments ...any) (front, error) {
		if !ours.Match(fm.text) {
			return front{}, ErrOther
		}
		return front{}, Mistakes{{line, fmt.Sprintf(format, arguments...)}}
	}
	switch {
	case len(content) > maximumBytes:
		return wrong(1, "the file is larger than the %d bytes that a record may have", maximumBytes)
	case behind == nil:
		return wrong(1, "the front matter has no end: put %s on a line of its own behind it", marker)
	case !utf8.Valid(content):
		return wrong(1, "no UTF-8: save the file as UTF-8")
	}
	var documents []yaml.Node
	err := yaml.Load(fm.text, &documents, yaml.WithAllDocuments())
	var problem *yaml.LoadError
	switch {
	case errors.As(err, &problem):
		return wrong(problem.Mark.Line+1, "no YAML: %s", problem.Message)
	case err != nil:
		return wrong(1, "no YAML: %v", err)
	case len(documents) > 1:
		return wrong(documents[1].Line+1, "a second document in the front matter: a record has one")
	case len(documents) == 0 || value(documents[0].Content[0], "layer2") == nil:
		if line := strayed(behind); line > 0 {
			fm.text = behind
			return wrong(bytes.Count(content[:len(content)-len(behind)], []byte("\n"))+line, "layer2 stands behind the end of the front matter: a record has one document")
		}
		return front{}, ErrOther
	}
	fm.root = documents[0].Content[0]
	return fm, nil
}

// cut finds the front matter; behind is what follows its end, nil where it has none. It is not found where a file does not begin
// with it.
func cut(content []byte) (fm front, behind []byte, found bool) {
	rest := bytes.TrimPrefix(content, []byte(byteOrderMark))
	first, rest, _ := bytes.Cut(rest, []byte("\n"))
	if !isMarker(first) {
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

// strayed is the line, before the first heading behind the front matter, at which a second document holds a record; 0 if none does.
func strayed(behind []byte) int {
	for i, line := range strings.Split(string(behind), "\n") {
		switch {
		case strings.HasPrefix(line, "#"):
			return 0
		case strings.HasPrefix(line, "layer2:"):
			return i + 1
		}
	}
	return 0
}

// value is what stands behind a key of a mapping; nil if the node is none, or has no such key.
func value(node *yaml.Node, key string) *yaml.Node {
	if node.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == key {
			return node.Content[i+1]
		}
	}
	return nil
}
