package words

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// JSON returns the text as a JSON string, which is also a valid YAML string.
func JSON(text string) string {
	encoded, err := Marshal(text)
	if err != nil {
		panic(err) // a string always encodes
	}
	return string(encoded)
}

// Marshal is json.Marshal without escaping <, > and &: people read the output.
func Marshal(v any) ([]byte, error) { return marshal(v, "") }

// MarshalIndent is [Marshal] indented by two spaces, with a newline at the end.
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

// EscapeJSON returns an equivalent JSON text in which every character prints: one that does not becomes an escape such as \u202e in its
// string. A byte that is not UTF-8, which JSON cannot express, becomes \ufffd.
func EscapeJSON(text string) string {
	if _, found := HiddenInLines(text); !found {
		return text
	}
	var b strings.Builder
	var before rune
	for at := 0; at < len(text); {
		r, size, prints := lines.next(text[at:], before)
		switch {
		case prints, r < ' ': // JSON allows control characters only outside strings
			b.WriteString(text[at : at+size])
		case r <= 0xFFFF:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		}
		if at, before = at+size, r; !prints {
			before = utf8.MaxRune // a character that takes no variation selector
		}
	}
	return b.String()
}
