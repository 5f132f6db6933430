package decide

import (
	"fmt"
	"strings"
)

type tokenKind uint8

const (
	end tokenKind = iota
	word
	number
	text // a string literal, without its quotes
	sign
)

// token is a word, literal or sign of a condition; offset is in bytes from 0.
type token struct {
	kind   tokenKind
	text   string
	offset int
}

func (t token) String() string {
	switch t.kind {
	case end:
		return "the end"
	case text:
		return fmt.Sprintf("%q", t.text)
	}
	return t.text
}

// is reports whether the token is this sign or reserved word.
func (t token) is(s string) bool { return t.kind != text && t.kind != end && t.text == s }

func (t token) compares() bool {
	if t.kind != sign {
		return false
	}
	_, ok := comparisons[t.text]
	return ok
}

// signs, longest first.
var signs = [...]string{"&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "(", ")", "[", "]"}

// advance reads the next token.
func (p *parser) advance() error {
	if len(p.source) > maximumLength {
		return &SyntaxError{Column: 1, Problem: fmt.Sprintf("longer than %d bytes", maximumLength)}
	}
	for p.offset < len(p.source) && (p.source[p.offset] == ' ' || p.source[p.offset] == '\t') {
		p.offset++
	}
	rest := p.source[p.offset:]
	p.token = token{offset: p.offset}
	switch {
	case rest == "":
		return nil
	case rest[0] == '"':
		return p.quoted(rest)
	case letter(rest[0]):
		p.take(word, run(rest, func(c byte) bool { return letter(c) || digit(c) }))
		return nil
	case digit(rest[0]):
		return p.numeral(rest)
	}
	for _, s := range signs {
		if strings.HasPrefix(rest, s) {
			p.take(sign, s)
			return nil
		}
	}
	return p.problem("unexpected %q", []rune(rest)[0])
}

func (p *parser) take(kind tokenKind, s string) {
	p.token = token{kind: kind, text: s, offset: p.offset}
	p.offset += len(s)
}

// quoted reads a string. The knowledge's values need no escapes, so none are supported.
func (p *parser) quoted(rest string) error {
	closing := strings.IndexByte(rest[1:], '"')
	if closing < 0 {
		return p.problem("a string without its closing quote")
	}
	inner := rest[1 : 1+closing]
	if strings.ContainsRune(inner, '\\') {
		return p.problem("a string with an escape: values have none")
	}
	p.token = token{kind: text, text: inner, offset: p.offset}
	p.offset += len(inner) + 2
	return nil
}

// numeral reads digits with at most one point between them, and refuses everything that CEL would read differently.
func (p *parser) numeral(rest string) error {
	numeral := run(rest, func(c byte) bool { return digit(c) || letter(c) || c == '.' })
	whole, fraction, decimal := strings.Cut(numeral, ".")
	allDigits := func(s string) bool { return s != "" && run(s, digit) == s }
	if !allDigits(whole) || decimal && !allDigits(fraction) {
		return p.problem("%q is not a number: write digits, and a point between them if needed", numeral)
	}
	if len(whole) > 1 && whole[0] == '0' {
		return p.problem("%q: a number does not start with a zero", numeral)
	}
	p.take(number, numeral)
	return nil
}

// run returns the longest prefix of s whose bytes all satisfy in.
func run(s string, in func(byte) bool) string {
	n := 0
	for n < len(s) && in(s[n]) {
		n++
	}
	return s[:n]
}

func letter(c byte) bool { return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func digit(c byte) bool  { return c >= '0' && c <= '9' }
