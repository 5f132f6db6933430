package fact

import "slices"

// Value is what is known about one fact. The zero Value is unknown.
type Value struct {
	Kind Kind
	// Bool is the value of a boolean, Number that of an integer or number, Text that of a choice.
	Bool   bool
	Number float64
	Text   string
	// Members are the members of a set in the order of the fact's Values, each once.
	Members []string
	// Range is set for a number that is only known to lie in a range, and nil for an exact one. It is read-only.
	Range *Range
	// Unsettled marks an unknown fact that somebody mentioned without settling it: doubted, disputed, promised. It is never presumed.
	Unsettled bool
}

// Mentioned reports whether anybody said anything about the fact.
func (v Value) Mentioned() bool { return v.Kind != Unknown || v.Unsettled }

func (v Value) Equal(w Value) bool {
	ranges := v.Range == w.Range || v.Range != nil && w.Range != nil && *v.Range == *w.Range
	return v.Kind == w.Kind && v.Bool == w.Bool && v.Number == w.Number && v.Text == w.Text && v.Unsettled == w.Unsettled && slices.Equal(v.Members, w.Members) && ranges
}

// MarshalJSON writes true, 7, "complex", ["gdpr"] or "5.."; unknown is null.
func (v Value) MarshalJSON() ([]byte, error) {
	switch {
	case v.Kind == Boolean:
		return []byte(formatBoolean(v.Bool)), nil
	case v.Range != nil:
		return []byte(jsonWord(v.Range.Word())), nil
	case v.Kind.Numeric():
		return []byte(FormatNumber(v.Number)), nil
	case v.Kind == Choice:
		return []byte(jsonWord(v.Text)), nil
	case v.Kind == Set:
		return []byte(formatSet(v.Members, jsonWord, "")), nil
	}
	return []byte("null"), nil
}

// YAML writes the value on one line: true, 7, complex, [gdpr] or {at_least: 5}; unknown is null.
func (v Value) YAML() string {
	switch {
	case v.Range != nil:
		return v.Range.YAML()
	case v.Kind == Choice:
		return yamlWord(v.Text)
	case v.Kind == Set:
		return formatSet(v.Members, yamlWord, " ")
	}
	return v.String()
}

// String writes the value for people: true, 7, complex, [gdpr, dora], "5 to 6" or "5 or more"; unknown is null.
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
