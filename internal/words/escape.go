package words

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Escape writes out the characters of a text that do not print on one line: U+202E as \u{202e}, a byte that is not UTF-8 as \x{ff}.
//
// A text without such characters stays as it is, byte for byte, whatever backslashes it has; so escaping twice is escaping once. In a
// text that has them every backslash is doubled, so that no other text of that kind reads the same. A clean text that spells an escape
// out does read like one that was escaped: nothing that leaves clean text alone can tell the two apart.
func Escape(text string) string { return line.escape(text) }

// EscapeLines is Escape for a text of several lines, in which tabs and line ends (\n and \r\n) stay.
func EscapeLines(text string) string { return lines.escape(text) }

func (l layout) escape(text string) string {
	if _, found := l.hidden(text); !found {
		return text
	}
	var b strings.Builder
	l.pieces(text, `\`, func(piece string) bool {
		b.WriteString(piece)
		return true
	})
	return b.String()
}

// Quote is a text of the outside as a message shows it: on one line, in double quotes, written out as Escape does, with quotes and
// backslashes escaped always. It has at most so many characters between the quotes; a longer one ends in "…", never within an escape.
func Quote(text string, most int) string {
	return `"` + shortened(text, `\"`, most) + `"`
}

// Cut is Escape for a message: at most so many characters; a longer text ends in "…", never within an escape. It looks at no more of
// the text than it could show.
func Cut(text string, most int) string {
	end := 0
	for range most + 1 {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
	}
	doubled := ""
	if _, found := Hidden(text[:end]); found {
		doubled = `\`
	}
	return shortened(text, doubled, most)
}

func shortened(text, marked string, most int) string {
	var b strings.Builder
	length, fits := 0, 0 // fits is how many bytes leave room for an ellipsis
	whole := line.pieces(text, marked, func(piece string) bool {
		b.WriteString(piece)
		if length += utf8.RuneCountInString(piece); length < most {
			fits = b.Len()
		}
		return length <= most
	})
	if whole {
		return b.String()
	}
	return b.String()[:fits] + "…"
}

// pieces hands out a text character by character, as it is written: what does not print as an escape, a marked character behind a
// backslash. It ends early, and is false, if take does not want more.
func (l layout) pieces(text, marked string, take func(piece string) bool) bool {
	var before rune
	for at := 0; at < len(text); {
		r, size, prints := l.next(text[at:], before)
		piece := text[at : at+size]
		switch {
		case !prints:
			piece, r = escape(r, text[at]), '}' // which the next character stands behind
		case strings.ContainsRune(marked, r):
			piece = `\` + piece
		}
		if !take(piece) {
			return false
		}
		at, before = at+size, r
	}
	return true
}

// escape is a character that does not print, written out; first is its first byte.
func escape(r rune, first byte) string {
	if r == utf8.RuneError {
		return fmt.Sprintf(`\x{%02x}`, first)
	}
	return fmt.Sprintf(`\u{%x}`, r)
}
