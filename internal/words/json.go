package words

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// JSON is a text as a JSON string, which is a string of YAML too.
func JSON(text string) string {
	encoded, err := Marshal(text)
	if err != nil {
		panic(err) // a string always encodes
	}
	return string(encoded)
}

// Marshal is json.Marshal, but for <, > and &, which it leaves alone: people read what it writes.
func Marshal(v any) ([]byte, error) { return marshal(v, "") }

// MarshalIndent is Marshal over several lines, indented by two spaces, with a line break at the end.
func MarshalIndent(v any) ([]byte, error) {
	encoded, err := marshal(v, "  ")
	return append(encoded, '\n'), err
}

func marshal(v any, indent string) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	err := encoder.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// EscapeJSON is a JSON text that means the same and prints: each character that does not print stands as \u202e in its string. A byte
// that is not UTF-8, which JSON has no way to write, becomes \ufffd.
func EscapeJSON(text string) string {
	if _, found := HiddenInLines(text); !found {
		return text
	}
	var b strings.Builder
	var before rune
	for at := 0; at < len(text); {
		r, size, prints := lines.next(text[at:], before)
		switch {
		case prints, r < ' ': // the latter are not part of a string
			b.WriteString(text[at : at+size])
		case r <= 0xFFFF:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		}
		if at, before = at+size, r; !prints {
			before = utf8.MaxRune // on which nothing can stand
		}
	}
	return b.String()
}
