package words

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Character is a character that does not print, or a byte that is not UTF-8.
type Character struct {
	// At is its offset in bytes.
	At int
	// Rune is the character, or utf8.RuneError; then Byte is the invalid byte.
	Rune rune
	Byte byte
}

// String describes the character for a message: "U+202E, which turns the direction of text".
func (c Character) String() string {
	name := fmt.Sprintf("U+%04X", c.Rune)
	switch r := c.Rune; {
	case r == utf8.RuneError:
		return fmt.Sprintf("the byte 0x%02X, which is not UTF-8", c.Byte)
	case r == '\n', r == '\r', r == '\u0085', r == '\u2028', r == '\u2029':
		return "a line break (" + name + ")"
	case r == '\t':
		return "a tab (" + name + ")"
	case unicode.Is(unicode.Cc, r):
		return "the control character " + name
	case unicode.Is(unicode.Bidi_Control, r):
		return name + ", which turns the direction of text"
	}
	return name + ", which does not show"
}

// Hidden returns the first character of a text that does not print on one line.
func Hidden(text string) (c Character, found bool) { return line.hidden(text) }

// HiddenInLines is [Hidden] for a text of several lines: tabs and line ends (\n and \r\n) are allowed.
func HiddenInLines(text string) (c Character, found bool) { return lines.hidden(text) }

// layout says which control characters a text may contain.
type layout uint8

const (
	line  layout = iota
	lines        // tabs and line ends too
)

func (l layout) hidden(text string) (Character, bool) {
	var before rune
	for at := 0; at < len(text); {
		r, size, prints := l.next(text[at:], before)
		if !prints {
			return Character{At: at, Rune: r, Byte: text[at]}, true
		}
		at, before = at+size, r
	}
	return Character{}, false
}

// next decodes the first character of a text and reports whether it prints after the character before it.
func (l layout) next(text string, before rune) (r rune, size int, prints bool) {
	if l == lines && strings.HasPrefix(text, "\r\n") {
		return '\n', len("\r\n"), true // one unit, so that nothing cuts between the two
	}
	r, size = utf8.DecodeRuneInString(text)
	switch {
	case r == utf8.RuneError && size == 1:
		return r, size, false
	case r == '\n', r == '\t':
		return r, size, l == lines
	case r < utf8.RuneSelf:
		return r, size, r >= ' ' && r != 0x7f
	case r == textStyle, r == emojiStyle:
		return r, size, takesStyle(before)
	}
	return r, size, !unicode.In(r, unprintable...) || unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// unprintable are the characters that do not print or that affect how others do. Arabic and Syriac signs that span digits
// (Prepended_Concatenation_Mark) are in Cf but do print. Unassigned characters count as printing: they may be next year's emoji.
var unprintable = []*unicode.RangeTable{
	unicode.Cc, unicode.Cf, unicode.Cs, unicode.Co, unicode.Zl, unicode.Zp,
	unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector, unicode.Noncharacter_Code_Point,
}

// The two variation selectors found in everyday text: they choose how an emoji looks.
const (
	textStyle  = '\uFE0E'
	emojiStyle = '\uFE0F'
)

// takesStyle reports whether a variation selector means something after r: only one, and only after a character that exists both as text
// and as an emoji. Anywhere else selectors can hide data in what reads as plain text.
func takesStyle(r rune) bool {
	return r >= utf8.RuneSelf && unicode.Is(unicode.S, r) || strings.ContainsRune("#*0123456789‼⁉〰ℹ", r)
}
