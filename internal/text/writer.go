package text

import (
	"strings"
	"unicode/utf8"

	"github.com/vanhoutenbos/layer2/tools"
)

// textWidth is the width at which prose is wrapped.
const textWidth = 110

// writer lays out lines of text. A line belongs to the nearest one above it that is indented by two spaces less; a line that is too long
// continues on the next, indented by four more.
type writer struct {
	strings.Builder
	// said and unsettled are from the header, for what stands beside a fact.
	said      tools.Sources
	unsettled []string
}

// line writes one line, indented by two spaces per level.
func (w *writer) line(depth int, parts ...string) {
	indent := strings.Repeat("  ", depth)
	w.wrap(strings.Join(parts, ""), indent, indent+"    ", textWidth)
}

// list writes a line with a list, unless the list is empty.
func (w *writer) list(depth int, name string, items []string) {
	if len(items) > 0 {
		w.line(depth, name, strings.Join(items, ", "))
	}
}

// gap writes a blank line.
func (w *writer) gap() { w.WriteByte('\n') }

// glue is a space at which lines are not wrapped.
const glue = "\x00"

// asIs preserves runs of spaces: lines are only wrapped at single spaces.
func asIs(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "  ", glue+glue), glue+" ", glue+glue)
}

// wrap is [writer.wrap] for a text on its own.
func wrap(text, first, rest string, width int) string {
	var w writer
	w.wrap(text, first, rest, width)
	return w.String()
}

// wrap breaks text at its spaces into lines of at most width, unless a single word is longer. The first line is indented by first, the
// others by rest. The result ends with a newline.
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

// breakAt splits a text at the last space that keeps the line within room characters, or else at the first space after that.
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

// spaced returns a text with single spaces between its words and none around them.
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
