package object

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode"
)

// Names are the keys of one object, compared without case: encoding/json treats such keys as equal and the last one wins, so two
// readers could see different values.
type Names map[string]struct{}

// Add adds a key, and reports whether it is new.
func (n Names) Add(key string) bool {
	folded := strings.Map(fold, key)
	_, before := n[folded]
	n[folded] = struct{}{}
	return !before
}

// fold returns the smallest rune that differs from r only in case, as encoding/json compares keys.
func fold(r rune) rune {
	for {
		next := unicode.SimpleFold(r)
		if next <= r {
			return next
		}
		r = next
	}
}

// Twice returns the first key that an object has twice, at any depth of a valid JSON value.
func Twice(value json.RawMessage) (key string, found bool) {
	type scope struct {
		names  Names // nil in a list
		inside bool  // the value of a key comes next
	}
	var open []scope
	tokens := json.NewDecoder(bytes.NewReader(value))
	tokens.UseNumber() // 1e309 is valid JSON
	for {
		token, err := tokens.Token()
		if err != nil { // io.EOF: the value is valid
			return "", false
		}
		at := len(open) - 1
		if at >= 0 && open[at].names != nil && !open[at].inside {
			if key, isKey := token.(string); isKey {
				if !open[at].names.Add(key) {
					return key, true
				}
				open[at].inside = true
				continue
			}
		}
		switch token {
		case json.Delim('{'):
			open = append(open, scope{names: Names{}})
			continue
		case json.Delim('['):
			open = append(open, scope{})
			continue
		case json.Delim('}'), json.Delim(']'):
			open = open[:at]
		}
		if at = len(open) - 1; at >= 0 {
			open[at].inside = false
		}
	}
}
