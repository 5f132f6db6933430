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

// Format is what is asked of one kind of file.
type Format struct {
	// Name is what messages call such a file, with its article: "a facts file".
	Name string
	// Bytes is the size of the largest file, Line the length of the longest line, in bytes; 0 is not a limit.
	Bytes, Line int
	// Plain says that what a person reviews is what is read: every character prints, in comments too, and a text is on one line.
	Plain bool
}

// Reader reads files of one format, and notes all that is wrong with them. Its zero value, with a format, is ready to use.
type Reader struct {
	Format Format
	Notes
	shapes map[reflect.Type]*shape
}

// Document is the one YAML document of a file.
type Document struct {
	File string
	// Root is the document's own node. The lines of all nodes are lines of the file.
	Root *yaml.Node

	reader  *Reader
	content string
	above   int      // lines of the file above the text
	lines   []string // those of the text; nil until one is asked for
}

// Read reads a file of a file system, as Document does.
func (r *Reader) Read(from fs.FS, name string) (d *Document, ok bool) {
	content, err := disk.Read(from, name, int64(r.Format.Bytes))
	if err != nil {
		r.Add(Place{File: name}, "cannot be read: %v", err)
		return nil, false
	}
	return r.Document(name, content)
}

// Document parses the content of a file. It is not ok if that cannot be read; then it is noted why. It is nil if nothing is written in it.
func (r *Reader) Document(file string, content []byte) (d *Document, ok bool) {
	return r.Part(file, 0, content)
}

// Part is Document for a text that has so many lines of its file above it.
func (r *Reader) Part(file string, above int, text []byte) (d *Document, ok bool) {
	if most := r.Format.Bytes; most > 0 && len(text) > most {
		r.Add(Place{File: file}, "too large: %d bytes, more than the %d that %s may have", len(text), most, r.Format.Name)
		return nil, false
	}
	text = bytes.TrimPrefix(text, mark)
	d = &Document{File: file, reader: r, content: string(text), above: above}
	if !r.legible(file, above, d.content) || !d.broken() {
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

// mark is the byte order mark, which an editor may put before the first character of a file.
var mark = []byte("\ufeff")

// broken reports whether the text is broken into lines that an editor shows.
func (d *Document) broken() bool {
	most := d.reader.Format.Line
	if most == 0 {
		return true
	}
	number := d.above
	for line := range strings.SplitSeq(d.content, "\n") {
		if number++; len(line) > most {
			d.reader.Add(Place{d.File, number, 1}, "a line of %d bytes, more than the %d that one may have: break it", len(line), most)
			return false
		}
	}
	return true
}

// notYAML notes why the parser refuses a text.
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
		problem = "a tab, which YAML does not take for indentation: use spaces"
	case version.MatchString(string(line)):
		problem = words.Quote(strings.TrimSpace(string(line)), longestReason) + " is not read: begin the file with %YAML 1.2 once, or leave it out"
	}
	d.reader.Add(at, "not YAML: %s", problem)
}

// longestReason is how much of the parser's words is shown, in characters.
const longestReason = 200

// line is a line of the file, without its end; empty if it is not in the text.
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

// moveDown adds to the lines of a node and all in it.
func moveDown(node *yaml.Node, by int) {
	if by == 0 {
		return
	}
	node.Line += by
	for _, child := range node.Content {
		moveDown(child, by)
	}
}

// version is a line that says for which version of YAML a text was written.
var version = regexp.MustCompile(`^%YAML[ \t]`)

// current is what stands before the first document of a text for YAML 1.2: the directive, behind comments and empty lines at most.
var current = regexp.MustCompile(`^(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*(%)YAML[ \t]+1\.2[ \t]*(?:[ \t]#[^\r\n]*)?\r?\n`)

// withoutVersion is the text with its %YAML 1.2, which the parser does not know, as a comment, so that every place stays.
func withoutVersion(text []byte) []byte {
	found := current.FindSubmatchIndex(text)
	if found == nil {
		return text
	}
	text = bytes.Clone(text)
	text[found[2]] = '#'
	return text
}
