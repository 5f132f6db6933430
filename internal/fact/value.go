package fact

import "slices"

// Value is what is known of one fact. The zero Value is "unknown".
type Value struct {
	Kind Kind
	// Bool is a boolean's value, Number an integer's or number's, Text a choice's.
	Bool   bool
	Number float64
	Text   string
	// Members are a set's, in the order of the fact's Values, each once.
	Members []string
	// Range is where a number lies of which no more is known; nil where the value is exact. It is read only.
	Range *Range
}

// Equal reports whether two values are the same.
func (v Value) Equal(w Value) bool {
	ranges := v.Range == w.Range || v.Range != nil && w.Range != nil && *v.Range == *w.Range
	return v.Kind == w.Kind && v.Bool == w.Bool && v.Number == w.Number && v.Text == w.Text && slices.Equal(v.Members, w.Members) && ranges
}

// MarshalJSON writes true, 7, "complex", ["gdpr"] or {"at_least":5}; null is unknown.
func (v Value) MarshalJSON() ([]byte, error) {
	switch {
	case v.Kind == Boolean:
		return []byte(formatBoolean(v.Bool)), nil
	case v.Range != nil:
		return []byte(v.Range.inBraces(jsonWord, "")), nil
	case v.Kind.Numeric():
		return []byte(FormatNumber(v.Number)), nil
	case v.Kind == Choice:
		return []byte(jsonWord(v.Text)), nil
	case v.Kind == Set:
		return []byte(formatSet(v.Members, jsonWord, "")), nil
	}
	return []byte("null"), nil
}

// YAML writes the value on one line of a YAML file: true, 7, complex, [gdpr] or {at_least: 5}; null is unknown.
func (v Value) YAML() string {
	switch {
	case v.Range != nil:
		return v.Range.inBraces(yamlWord, " ")
	case v.Kind == Choice:
		return yamlWord(v.Text)
	case v.Kind == Set:
		return formatSet(v.Members, yamlWord, " ")
	}
	return v.String()
}

// String writes the value for a person: true, 7, complex, [gdpr, dora], "5 to 6" or "5 or more"; null is unknown.
func (v Value) String() string {
	switch {
	case v.Kind == Boolean:
		return formatBoolean(v.Bool)
	case v.Range != nil:
		return v.Range.String()
	case v.Kind.Numeric():
		return FormatNumber(v.Number)
	case v.Kind == Choice:
		return yamlWord(v.Text)
	case v.Kind == Set:
		return formatSet(v.Members, yamlWord, " ")
	}
	return "null"
}
