package strict

import (
	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// Place is where something stands: a file, and a line and a column in characters, from 1. It has no line where a file as a whole is meant.
type Place struct {
	File         string
	Line, Column int
}

// Text is a string of a file that remembers where it stands, so that a mistake found later can be shown there. One that the file does
// not have has a place without a line.
type Text struct {
	Value string
	Place
}

// MarshalText writes the text alone, as JSON too: its place is no part of what it says.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.Value), nil }

// IsZero says whether the text is empty, wherever it stands.
func (t Text) IsZero() bool { return t.Value == "" }

// String is the text.
func (t Text) String() string { return t.Value }

// Quoted is the text as a message echoes it.
func (t Text) Quoted() string { return Quote(t.Value) }

// Written says whether the file has the text at all, though what it says may be wrong.
func (t Text) Written() bool { return t.Line > 0 }

// longestName is how much of a name a message shows, in characters.
const longestName = 80

// Quote is a name from a file as a message echoes it: in quotes, and cut where it is long.
func Quote(name string) string { return words.Quote(name, longestName) }

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

// OnOneLine says whether a text is written whole on the line where it starts.
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
