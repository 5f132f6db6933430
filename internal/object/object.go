// Package object reads JSON objects and keeps what decoding into a map or a struct would lose: the order of the keys, duplicate keys,
// and keys that differ only in case, which encoding/json treats as equal.
package object

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"unicode/utf8"
)

// Member is a key of a JSON object with its raw value.
type Member struct {
	Key   string
	Value json.RawMessage
}

var errNoObject = errors.New("not an object")

// Members returns the keys and values of a JSON object in order, duplicates included. The values alias the object.
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

// unquoted decodes a valid JSON string.
func unquoted(literal []byte) string {
	if inner := literal[1 : len(literal)-1]; utf8.Valid(inner) && bytes.IndexByte(inner, '\\') < 0 {
		return string(inner)
	}
	var text string
	_ = json.Unmarshal(literal, &text) // it is valid
	return text
}

// valueLength returns the length of the value at the start of the text, which is valid JSON inside an object.
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

// WithoutMark drops the byte order mark that programs on Windows put first. Only one is dropped: elsewhere the mark is not white
// space in JSON.
func WithoutMark(text []byte) []byte { return bytes.TrimPrefix(text, []byte("\ufeff")) }

// Held returns the JSON inside a string, if the string is valid JSON without surrounding white space and begins with one of the
// characters of beginnings; any other value is returned as it is. Clients that lose the type in a tool's schema send objects,
// lists, numbers and booleans as strings.
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
