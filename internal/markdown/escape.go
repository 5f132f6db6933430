package markdown

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Escape returns text as one line of Markdown in which no character acts as markup, wherever the text is placed: at the start of a line,
// in a list, a heading, a link or, through [Page.Row], a table. A bare URL stays as it is: GitHub links it and shows where it leads.
func Escape(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	return atStart(within(text))
}

// within escapes markup inside a line.
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

// marks are the characters used by emphasis, code, links, HTML, entities and formulas.
const marks = "\\`*_~$[]<&"

// entity matches the start of an HTML character reference.
var entity = regexp.MustCompile(`^&(#|[A-Za-z][A-Za-z0-9]*;)`)

// joins reports whether the underscores at an offset lie between letters or digits, as in a name, where they are not markup.
func joins(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text[:at], "_"))
	after, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[at:], "_"))
	inWord := func(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	return inWord(before) && inWord(after)
}

// block matches what opens a block at the start of a line: a heading, a quotation, a list, a rule, the underline of a heading. Its last
// character is the one to escape. Emphasis and code characters are escaped already.
var block = regexp.MustCompile(`^(?:#|>|[-+]|=|[0-9]{1,9}[.)])`)

// atStart escapes markup at the start of a line.
func atStart(text string) string {
	mark := block.FindString(text)
	if mark == "" || rest(text, mark) {
		return text
	}
	last := len(mark) - 1
	return text[:last] + `\` + text[last:]
}

// rest reports whether text follows a mark directly where the mark needs a space to open a block: "-5", "1.5", "#1", "+1".
func rest(text, mark string) bool {
	if strings.ContainsAny(mark[:1], ">=") || strings.HasPrefix(text, "--") || strings.HasPrefix(text, "##") {
		return false
	}
	behind := text[len(mark):]
	return behind != "" && behind[0] != ' '
}
