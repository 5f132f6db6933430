package fact

import (
	"errors"
	"regexp"
)

// Word parses a value as typed in a shell: true, 7, 5..6, 5.. (five or more), <60, production, [gdpr, dora], gdpr,dora or none for the empty
// set; null or unset is unknown. The error is one lower-case line.
func (f Fact) Word(word string) (Written, error) {
	switch {
	case word == "":
		return Written{}, errors.New("no value given")
	case word == "null" || word == "unset":
		return Written{}, nil
	case f.Kind.Numeric():
		if r, ok, err := parseRange(word); ok {
			return r, err
		}
		return scalar(word), nil
	case f.Kind == Set:
		return f.parseSet(word)
	case f.Kind == Choice:
		return Written{Form: String, Text: word}, nil
	}
	return scalar(word), nil
}

// numeral matches a JSON number, and also one with leading zeros.
var numeral = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)

// scalar types a word as a shell user means it: a boolean or a number if it looks like one, otherwise a string.
func scalar(word string) Written {
	switch {
	case word == "true" || word == "false":
		return Written{Form: Bool, Text: word}
	case numeral.MatchString(word):
		return Written{Form: Numeral, Text: word}
	}
	return Written{Form: String, Text: word}
}
