package fact

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// Written is a value as somebody wrote it, before a fact says what it may be. The zero Written is null.
type Written struct {
	Form Form
	// Text is the letters of a string, a number's digits as they were written, true or false. Of a list or an object it is what a
	// message shows.
	Text string
	// Items are those of a list.
	Items []Written
	// Members are an object's where it may be a range; nil in a call, which has no ranges.
	Members []Member
	Place
}

// Form is what a value looks like.
type Form uint8

// The forms, by their names in JSON.
const (
	Null Form = iota
	Bool
	Numeral
	String
	List
	Object
)

// Member is a key of an object with its value.
type Member struct {
	Place
	Key   string
	Value Written
}

// Place is where something stands in a file: a line and a column, in characters, from 1. The zero Place is nowhere.
type Place struct{ Line, Column int }

// FromJSON is the value of valid JSON.
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

// itemsOf are the items of a list; what is in their lists is left out, since no value has lists in it.
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

// longest is how much of what was written a message shows, in characters.
const longest = 80

// beginning is as much of a JSON text as a message could show, on one line. Between values there may be line breaks; in strings there
// are none.
func beginning(raw json.RawMessage) string {
	return lineBreaks.Replace(string(raw[:min(len(raw), utf8.UTFMax*(longest+1))]))
}

var lineBreaks = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ")

// Echo is what was written as a message shows it: cut, on one line, a string in its quotes.
func (w Written) Echo() string {
	switch w.Form {
	case Null:
		return "null"
	case String:
		return quoted(w.Text)
	}
	return words.Cut(w.Text, longest)
}

// Indefinite names the form with its article: "a string". Null is "null".
func (w Written) Indefinite() string {
	return [...]string{Null: "null", Bool: "a boolean", Numeral: "a number", String: "a string", List: "a list", Object: "an object"}[w.Form]
}

// MarshalJSON writes what was written, a number in its shortest form.
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
