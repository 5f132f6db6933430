package fact

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// Written is a value as it was written, before a fact says how to read it. The zero Written is null.
type Written struct {
	Form Form
	// Text is the content of a string, a number's digits as written, or true or false. For a list or an object it is what a message
	// shows.
	Text string
	// Items are the elements of a list.
	Items []Written
	// Members are set for an object that may be a range; nil for one in a call, where ranges are not accepted.
	Members []Member
	Place
}

// Form is the syntactic type of a value.
type Form uint8

// The forms, named as in JSON.
const (
	Null Form = iota
	Bool
	Numeral
	String
	List
	Object
)

type Member struct {
	Place
	Key   string
	Value Written
}

// Place is a position in a file: line and column in characters, from 1. The zero Place is nowhere.
type Place struct{ Line, Column int }

// FromJSON wraps a JSON value, which must be valid.
func FromJSON(raw json.RawMessage) Written {
	raw = bytes.TrimSpace(raw)
	switch raw[0] {
	case '"':
		var text string
		if json.Unmarshal(raw, &text) != nil {
			text = string(raw)
		}
		return Written{Form: String, Text: text}
	case 't', 'f':
		return Written{Form: Bool, Text: formatBoolean(raw[0] == 't')}
	case 'n':
		return Written{}
	case '{':
		return Written{Form: Object, Text: beginning(raw)}
	case '[':
		return Written{Form: List, Text: beginning(raw), Items: itemsOf(raw)}
	}
	return Written{Form: Numeral, Text: string(raw)}
}

// itemsOf reads the elements of a list, but not those of lists inside it: no value nests lists.
func itemsOf(list json.RawMessage) []Written {
	var raw []json.RawMessage
	if json.Unmarshal(list, &raw) != nil {
		return nil
	}
	items := make([]Written, min(len(raw), longestSet+1))
	for i := range items {
		if raw[i][0] == '[' {
			items[i] = Written{Form: List, Text: beginning(raw[i])}
			continue
		}
		items[i] = FromJSON(raw[i])
	}
	return items
}

// longest is how many characters of a written value a message shows.
const longest = 80

// beginning returns as much of a JSON text as a message can show, on one line. Line breaks occur only between values, never inside
// strings.
func beginning(raw json.RawMessage) string {
	return lineBreaks.Replace(string(raw[:min(len(raw), utf8.UTFMax*(longest+1))]))
}

var lineBreaks = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ")

// Echo returns what was written as a message shows it: cut, on one line, strings in quotes.
func (w Written) Echo() string {
	switch w.Form {
	case Null:
		return "null"
	case String:
		return quoted(w.Text)
	}
	return words.Cut(w.Text, longest)
}

// Indefinite returns the form's name with its article: "a string". Null is "null".
func (w Written) Indefinite() string {
	return [...]string{Null: "null", Bool: "a boolean", Numeral: "a number", String: "a string", List: "a list", Object: "an object"}[w.Form]
}

// MarshalJSON writes what was written, numbers in their shortest form.
func (w Written) MarshalJSON() ([]byte, error) {
	switch w.Form {
	case Bool:
		return []byte(w.Text), nil
	case Numeral:
		n, err := strconv.ParseFloat(w.Text, 64)
		if err != nil {
			return nil, err
		}
		return words.Marshal(n)
	case String:
		return words.Marshal(w.Text)
	case List:
		return words.Marshal(append([]Written{}, w.Items...))
	}
	return []byte("null"), nil
}

func quoted(text string) string { return words.Quote(text, longest) }
