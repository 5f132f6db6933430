package text

import (
	"strings"
	"unicode/utf8"
)

// textWidth is where prose is broken.
const textWidth = 110

// writer lays out the lines of a text. A line belongs to the one above it that is indented by two spaces less; a line that is
// too long goes on below, indented by four more.
type writer struct{ strings.Builder }

// line writes one line, at a depth of two spaces each.
func (w *writer) line(depth int, parts ...string) {
	indent := strings.Repeat("  ", depth)
	w.wrap(strings.Join(parts, ""), indent, indent+"    ", textWidth)
}

// list writes a line for a list, unless it is empty.
func (w *writer) list(depth int, name string, items []string) {
	if len(items) > 0 {
		w.line(depth, name, strings.Join(items, ", "))
	}
}

// gap writes a blank line between two parts.
func (w *writer) gap() { w.WriteByte('\n') }

// glue is a space at which no line is broken.
const glue = "\x00"

// asIs keeps spaces in a row: a line is broken at a single one only.
func asIs(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "  ", glue+glue), glue+" ", glue+glue)
}

// wrap is a text laid out for itself.
func wrap(text, first, rest string, width int) string {
	var w writer
	w.wrap(text, first, rest, width)
	return w.String()
}

// wrap breaks text at its spaces, so that no line is wider than asked, unless one word is. The first line begins with one
// indentation, the others with another. It ends with a newline.
func (w *writer) wrap(text, first, rest string, width int) {
	text = spaced(text)
	for indent := first; ; indent = rest {
		line, more := breakAt(text, width-utf8.RuneCountInString(indent))
		w.WriteString(indent)
		w.WriteString(strings.ReplaceAll(line, glue, " "))
		w.WriteByte('\n')
		if more == "" {
			return
		}
		text = more
	}
}

// breakAt divides a text at the last space that leaves a line of so many characters at most, else at the first one behind.
func breakAt(text string, room int) (line, rest string) {
	space := -1
	for i, c := range text {
		if c == ' ' {
			space = i
		}
		if room--; room < 0 && space > 0 {
			return text[:space], text[space+1:]
		}
	}
	return text, ""
}

// spaced is a text with one space between its words, and none around them.
func spaced(text string) string {
	last := byte(' ')
	for i := range len(text) {
		c := text[i]
		if c == ' ' && last == ' ' || c < ' ' && c != glue[0] || c >= utf8.RuneSelf {
			return strings.Join(strings.Fields(text), " ")
		}
		last = c
	}
	return strings.TrimSuffix(text, " ")
}
