package strict

import "go.yaml.in/yaml/v4"

// Place is where something stands: a file, and a line and a column in characters, from 1. It has no line where a file as a whole is meant.
type Place struct {
	File         string
	Line, Column int
}

// At is the place of a node.
func (d *Document) At(node *yaml.Node) Place { return Place{d.File, node.Line, node.Column} }

// Add notes a mistake at a node.
func (d *Document) Add(node *yaml.Node, format string, arguments ...any) *Note {
	return d.reader.Add(d.At(node), format, arguments...)
}

// Within is the place in the file of a byte of a text, counted from 1.
func (d *Document) Within(text Text, column int) Place {
	offsets, _ := d.offsets(text)
	at := text.Place
	at.Column += offsets[min(column-1, len(offsets)-1)]
	return at
}

// OnOneLine reports whether a text is written whole on the line where it starts.
func (d *Document) OnOneLine(text Text) bool {
	_, whole := d.offsets(text)
	return whole
}

// offsets says for each byte of a text, and for the end behind it, how many characters behind the text's start it is written.
// It is not whole if the text goes on on another line.
func (d *Document) offsets(text Text) (offsets []int, whole bool) {
	line := d.line(text.Line)
	line = line[min(text.Column-1, len(line)):] // YAML knows line breaks that an editor does not show as such
	quote := rune(0)
	at := 0
	if len(line) > 0 && (line[0] == '"' || line[0] == '\'') {
		quote, at = line[0], 1
	}
	for _, want := range text.Value {
		if at < len(line)-1 && quote != 0 && (line[at] == '\\' && quote == '"' || line[at] == '\'' && quote == '\'') {
			at++ // the next character is escaped; its place is that of the character itself
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
