package words

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Escape writes out the characters that do not print on one line: U+202E becomes \u{202e}, a byte that is not UTF-8 \x{ff}.
//
// A text without such characters is returned unchanged, byte for byte, backslashes included, so Escape is idempotent. In a text that has
// them every backslash is doubled, so two such texts never escape to the same result. A clean text that spells out an escape does look
// like an escaped one; that cannot be avoided without changing clean text.
func Escape(text string) string { return line.escape(text) }

// EscapeLines applies [Escape] to each line. Tabs and line ends (\n and \r\n) stay.
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

// Quote returns text from outside as a message shows it: on one line, in double quotes, escaped like [Escape], with quotes and
// backslashes always escaped. It puts at most that many characters between the quotes; a longer text ends in "…", never inside an escape.
func Quote(text string, most int) string {
	s := short{most: most}
	line.pieces(text, `\"`, s.take)
	return `"` + s.String() + `"`
}

// Cut applies [Escape] and keeps at most that many characters; a longer text ends in "…", never inside an escape. It reads no more of the
// text than it could show.
func Cut(text string, most int) string {
	s := short{most: most}
	line.cut(text, &s)
	return s.String()
}

// CutLines applies [EscapeLines] and cuts like [Cut].
func CutLines(text string, most int) string {
	s := short{most: most}
	for part := range strings.Lines(text) {
		if lines.cut(part, &s); s.length > most {
			break
		}
	}
	return s.String()
}

// cut adds what can be shown of a text to s.
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

// short builds a message with a limit in characters.
type short struct {
	text         strings.Builder
	most, length int
	fits         int // bytes to keep if an ellipsis has to follow
}

// take adds a piece and reports whether there is room for more.
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

// pieces yields a text character by character in escaped form: an escape for what does not print, a backslash before marked characters.
// It stops when take returns false.
func (l layout) pieces(text, marked string, take func(piece string) bool) {
	var before rune
	for at := 0; at < len(text); {
		r, size, prints := l.next(text[at:], before)
		piece := text[at : at+size]
		switch {
		case !prints:
			piece, r = escape(r, text[at]), '}' // the character that the next one follows
		case strings.ContainsRune(marked, r):
			piece = `\` + piece
		}
		if !take(piece) {
			return
		}
		at, before = at+size, r
	}
}

// escape writes out a character that does not print; first is its first byte.
func escape(r rune, first byte) string {
	if r == utf8.RuneError {
		return fmt.Sprintf(`\x{%02x}`, first)
	}
	return fmt.Sprintf(`\u{%x}`, r)
}
