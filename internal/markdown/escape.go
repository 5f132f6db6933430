package markdown

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Escape is a text on one line of Markdown in which no sign is a mark, wherever it stands: at the beginning of a line, in a list, a
// heading, a link or, by way of Row, in a table. A bare address stays one: GitHub links it, and shows where it leads.
func Escape(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	return atStart(within(text))
}

// within escapes what is a mark within a line.
func within(text string) string {
	if !strings.ContainsAny(text, marks) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '_' && !joins(text, i), c == '&' && entity.MatchString(text[i:]), c != '_' && c != '&' && strings.IndexByte(marks, c) >= 0:
			b.WriteByte('\\')
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// marks are the signs that emphasis, code, links, HTML, entities and formulas are made of.
const marks = "\\`*_~$[]<&"

// entity is how the name or the number of a character begins in HTML.
var entity = regexp.MustCompile(`^&(#|[A-Za-z][A-Za-z0-9]*;)`)

// joins reports whether the underscores at a place stand between letters or digits, as in a name, where they mean nothing.
func joins(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text[:at], "_"))
	after, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[at:], "_"))
	inWord := func(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	return inWord(before) && inWord(after)
}

// block is what begins another block at the beginning of a line: a heading, a quotation, a list, a rule, what underlines a heading.
// The sign to escape is its last one. What begins with a sign of emphasis or code is escaped already.
var block = regexp.MustCompile(`^(?:#|>|[-+]|=|[0-9]{1,9}[.)])`)

// atStart escapes what is a mark at the beginning of a line.
func atStart(text string) string {
	mark := block.FindString(text)
	if mark == "" || rest(text, mark) {
		return text
	}
	last := len(mark) - 1
	return text[:last] + `\` + text[last:]
}

// rest reports whether the text goes on right behind a sign that begins a block only before a space: "-5", "1.5", "#1", "+1".
func rest(text, mark string) bool {
	if strings.ContainsAny(mark[:1], ">=") || strings.HasPrefix(text, "--") || strings.HasPrefix(text, "##") {
		return false
	}
	behind := text[len(mark):]
	return behind != "" && behind[0] != ' '
}
