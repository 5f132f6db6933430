// Package object reads JSON objects without losing what decoding into a map or a struct would lose: the order of the keys, keys that
// are given twice, and keys that differ in case only, which encoding/json takes for one another.
package object

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"unicode/utf8"
)

// Member is one key of a JSON object with its value, as it was written.
type Member struct {
	Key   string
	Value json.RawMessage
}

var errNoObject = errors.New("not an object")

// Members reads a JSON object without losing what a map would: order, and keys that are given twice. The values are parts of the
// object, not copies.
func Members(object json.RawMessage) ([]Member, error) {
	rest := bytes.TrimSpace(object)
	if !bytes.HasPrefix(rest, []byte("{")) || !json.Valid(rest) {
		return nil, errNoObject
	}
	rest = bytes.TrimSpace(rest[1:])
	list := make([]Member, 0, 16)
	for rest[0] != '}' {
		m := Member{}
		key := rest[:valueLength(rest)]
		m.Key = unquoted(key)
		rest = bytes.TrimSpace(rest[len(key):])
		rest = bytes.TrimSpace(rest[1:]) // the colon
		m.Value = rest[:valueLength(rest)]
		rest = bytes.TrimSpace(rest[len(m.Value):])
		if rest[0] == ',' {
			rest = bytes.TrimSpace(rest[1:])
		}
		list = append(list, m)
	}
	return list, nil
}

// unquoted is the text of a valid JSON string.
func unquoted(literal []byte) string {
	if inner := literal[1 : len(literal)-1]; utf8.Valid(inner) && bytes.IndexByte(inner, '\\') < 0 {
		return string(inner)
	}
	var text string
	_ = json.Unmarshal(literal, &text) // it is valid
	return text
}

// valueLength is how far the first value of valid JSON goes, inside an object.
func valueLength(text []byte) int {
	depth, quoted := 0, false
	for i := 0; ; i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{', c == '[':
			depth++
		case (c == '}' || c == ']') && depth > 0:
			depth--
		case depth == 0 && strings.IndexByte(" \t\r\n:,}", c) >= 0:
			return i
		}
	}
}

// WithoutMark is a text without the byte order mark that programs on Windows begin it with. Only the first one is dropped: anywhere
// else the mark is not white space in JSON.
func WithoutMark(text []byte) []byte { return bytes.TrimPrefix(text, []byte("\ufeff")) }

// Held is the JSON that a string holds if it is exactly that: valid, without white space around it, and one that begins with one of
// these characters. Any other value is given back as it is. Clients write objects, lists, numbers and booleans as strings where
// their own schema of a tool has lost the type.
func Held(value json.RawMessage, beginnings string) json.RawMessage {
	if len(value) < 2 || value[0] != '"' {
		return value
	}
	var text string
	if json.Unmarshal(value, &text) != nil || text == "" || strings.IndexByte(beginnings, text[0]) < 0 {
		return value
	}
	if held := []byte(text); json.Valid(held) && len(bytes.TrimSpace(held)) == len(held) {
		return held
	}
	return value
}
