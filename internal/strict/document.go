package strict

import (
	"bytes"
	"errors"
	"io/fs"
	"reflect"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/disk"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// Format is what one kind of file must satisfy.
type Format struct {
	// Name is what messages call such a file, with its article: "a facts file".
	Name string
	// Bytes limits the size of a file, Line the length of a line, both in bytes; 0 is no limit.
	Bytes, Line int
	// Plain demands that a file reads as it looks: every character prints, in comments too, and every text is on one line.
	Plain bool
}

// Reader reads files of one format and collects their mistakes. A Reader with only its Format set is ready to use.
type Reader struct {
	Format Format
	Notes
	shapes map[reflect.Type]*shape
}

// Document is a parsed file, which holds one YAML document.
type Document struct {
	File string
	// Root is the top node. All nodes have the line numbers of the file.
	Root *yaml.Node

	reader  *Reader
	content string
	above   int      // lines of the file above the text
	lines   []string // split on first use
}

// Read reads a file and parses it like [Reader.Document].
func (r *Reader) Read(from fs.FS, name string) (d *Document, ok bool) {
	content, err := disk.Read(from, name, int64(r.Format.Bytes))
	if err != nil {
		r.Add(Place{File: name}, "cannot be read: %v", err)
		return nil, false
	}
	return r.Document(name, content)
}

// Document parses the content of a file. If that fails, the reasons are noted and ok is false. An empty file is ok and yields nil.
func (r *Reader) Document(file string, content []byte) (d *Document, ok bool) {
	return r.Part(file, 0, content)
}

// Part is [Reader.Document] for a text with so many lines of its file above it.
func (r *Reader) Part(file string, above int, text []byte) (d *Document, ok bool) {
	if most := r.Format.Bytes; most > 0 && len(text) > most {
		r.Add(Place{File: file}, "too large: %d bytes, more than the %d that %s may have", len(text), most, r.Format.Name)
		return nil, false
	}
	text = bytes.TrimPrefix(text, mark)
	d = &Document{File: file, reader: r, content: string(text), above: above}
	if !r.legible(file, above, d.content) || !d.linesFit() {
		return nil, false
	}
	var documents []yaml.Node
	if err := yaml.Load(withoutVersion(text), &documents, yaml.WithAllDocuments()); err != nil {
		d.notYAML(err)
		return nil, false
	}
	for i := range documents {
		moveDown(&documents[i], above)
	}
	switch {
	case len(documents) > 1:
		d.Add(&documents[1], "a second document: %s holds one", r.Format.Name)
		return nil, false
	case len(documents) == 0 || empty(documents[0].Content[0]):
		return nil, true
	}
	d.Root = documents[0].Content[0]
	return d, true
}

// mark is the byte order mark, which some editors put at the start of a file.
var mark = []byte("\ufeff")

// linesFit reports whether every line is short enough to review in an editor.
func (d *Document) linesFit() bool {
	most := d.reader.Format.Line
	if most == 0 {
		return true
	}
	number := d.above
	for line := range strings.SplitSeq(d.content, "\n") {
		if number++; len(line) > most {
			d.reader.Add(Place{d.File, number, 1}, "a line of %d bytes, more than the %d allowed: break it", len(line), most)
			return false
		}
	}
	return true
}

// notYAML notes why the parser rejects the text.
func (d *Document) notYAML(err error) {
	var wrong *yaml.LoadError
	if !errors.As(err, &wrong) {
		d.reader.Add(Place{File: d.File}, "not YAML: %s", words.Cut(err.Error(), longestReason))
		return
	}
	at := Place{d.File, wrong.Mark.Line, wrong.Mark.Column}
	if at.Line > 0 {
		at.Line += d.above
	}
	line := d.line(at.Line)
	problem := words.Cut(wrong.Message, longestReason)
	switch {
	case at.Column >= 1 && at.Column <= len(line) && line[at.Column-1] == '\t':
		problem = "a tab, which YAML does not accept as indentation: use spaces"
	case version.MatchString(string(line)):
		problem = words.Quote(strings.TrimSpace(string(line)), longestReason) + " is not accepted here: begin the file with %YAML 1.2 once, or leave it out"
	}
	d.reader.Add(at, "not YAML: %s", problem)
}

// longestReason is how many characters of the parser's message are shown.
const longestReason = 200

// line returns a line of the file without its end; nil if it lies outside the text.
func (d *Document) line(number int) []rune {
	if d.lines == nil {
		d.lines = strings.Split(d.content, "\n")
	}
	number -= d.above
	if number < 1 || number > len(d.lines) {
		return nil
	}
	return []rune(strings.TrimRight(d.lines[number-1], "\r"))
}

// moveDown shifts the line numbers of a node and its children.
func moveDown(node *yaml.Node, by int) {
	if by == 0 {
		return
	}
	node.Line += by
	for _, child := range node.Content {
		moveDown(child, by)
	}
}

// version matches a %YAML directive.
var version = regexp.MustCompile(`^%YAML[ \t]`)

// current matches the start of a text up to a directive for YAML 1.2; only comments and empty lines may come before it.
var current = regexp.MustCompile(`^(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*(%)YAML[ \t]+1\.2[ \t]*(?:[ \t]#[^\r\n]*)?\r?\n`)

// withoutVersion turns a %YAML 1.2 directive, which the parser does not know, into a comment, so that no position changes.
func withoutVersion(text []byte) []byte {
	found := current.FindSubmatchIndex(text)
	if found == nil {
		return text
	}
	text = bytes.Clone(text)
	text[found[2]] = '#'
	return text
}
