package strict

import "go.yaml.in/yaml/v4"

// Place is a position: a file, and a line and column in characters, from 1. Without a line it means the file as a whole.
type Place struct {
	File         string
	Line, Column int
}

// At returns the place of a node.
func (d *Document) At(node *yaml.Node) Place { return Place{d.File, node.Line, node.Column} }

func (d *Document) Add(node *yaml.Node, format string, arguments ...any) *Note {
	return d.reader.Add(d.At(node), format, arguments...)
}

// Within returns the place in the file of a byte of the text; bytes count from 1.
func (d *Document) Within(text Text, column int) Place {
	offsets, _ := d.offsets(text)
	at := text.Place
	at.Column += offsets[min(column-1, len(offsets)-1)]
	return at
}

// OnOneLine reports whether the whole text is written on the line where it starts.
func (d *Document) OnOneLine(text Text) bool {
	_, whole := d.offsets(text)
	return whole
}

// offsets returns, for each byte of a text and for its end, how many characters after the text's start it is written. whole is false if
// the text continues on another line.
func (d *Document) offsets(text Text) (offsets []int, whole bool) {
	line := d.line(text.Line)
	line = line[min(text.Column-1, len(line)):] // YAML has line breaks that editors do not show as such
	quote := rune(0)
	at := 0
	if len(line) > 0 && (line[0] == '"' || line[0] == '\'') {
		quote, at = line[0], 1
	}
	for _, want := range text.Value {
		if at < len(line)-1 && quote != 0 && (line[at] == '\\' && quote == '"' || line[at] == '\'' && quote == '\'') {
			at++ // skip the escape: the place is that of the escaped character
		}
		if at >= len(line) || line[at] != want {
			return append(offsets, 0), false
		}
		for range len(string(want)) {
			offsets = append(offsets, at)
		}
		at++
	}
	return append(offsets, at), true
}
