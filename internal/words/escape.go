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

// EscapeLines is Escape for each line of a text. Tabs and line ends (\n and \r\n) stay.
func EscapeLines(text string) string {
	if _, found := HiddenInLines(text); !found {
		return text
	}
	var b strings.Builder
	for part := range strings.Lines(text) {
		b.WriteString(lines.escape(part))
	}
	return b.String()
}

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
	s := short{most: most}
	line.pieces(text, `\"`, s.take)
	return `"` + s.String() + `"`
}

// Cut is Escape for a message: at most so many characters; a longer text ends in "…", never within an escape. It looks at no more of
// the text than it could show.
func Cut(text string, most int) string {
	s := short{most: most}
	line.cut(text, &s)
	return s.String()
}

// CutLines is EscapeLines for a message, cut as Cut does.
func CutLines(text string, most int) string {
	s := short{most: most}
	for part := range strings.Lines(text) {
		if lines.cut(part, &s); s.length > most {
			break
		}
	}
	return s.String()
}

// cut adds to a message what of a text could be shown.
func (l layout) cut(text string, s *short) {
	end := 0
	for n := 0; n <= s.most && end < len(text); n++ {
		_, size, _ := l.next(text[end:], 0)
		end += size
	}
	marked := ""
	if _, found := l.hidden(text[:end]); found {
		marked = `\`
	}
	l.pieces(text, marked, s.take)
}

// short is a message in the making, with a limit in characters.
type short struct {
	text         strings.Builder
	most, length int
	fits         int // how many bytes leave room for an ellipsis
}

// take adds a piece, and says whether there is room for more.
func (s *short) take(piece string) bool {
	s.text.WriteString(piece)
	if s.length += utf8.RuneCountInString(piece); s.length < s.most {
		s.fits = s.text.Len()
	}
	return s.length <= s.most
}

func (s *short) String() string {
	if s.length <= s.most {
		return s.text.String()
	}
	return s.text.String()[:s.fits] + "…"
}

// pieces hands out a text character by character, as it is written: what does not print as an escape, a marked character behind a
// backslash. It ends early if take does not want more.
func (l layout) pieces(text, marked string, take func(piece string) bool) {
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
			return
		}
		at, before = at+size, r
	}
}

// escape is a character that does not print, written out; first is its first byte.
func escape(r rune, first byte) string {
	if r == utf8.RuneError {
		return fmt.Sprintf(`\x{%02x}`, first)
	}
	return fmt.Sprintf(`\u{%x}`, r)
}
