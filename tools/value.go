package tools

import (
	"bytes"
	"encoding/json"
	"strconv"

	"github.com/invopop/jsonschema"

	"github.com/vanhoutenbos/layer2/internal/decide"
)

// Value is a fact's value as an answer shows it.
type Value struct{ decide.Value }

// MarshalJSON writes a boolean, a number, a string or a list of strings.
func (v Value) MarshalJSON() ([]byte, error) {
	switch v.Kind {
	case decide.Choice:
		return json.Marshal(v.Text)
	case decide.Set:
		return json.Marshal(append([]string{}, v.Members...))
	}
	return []byte(v.String()), nil
}

// String is the value as a person writes it.
func (v Value) String() string {
	switch v.Kind {
	case decide.Boolean:
		return strconv.FormatBool(v.Bool)
	case decide.Integer, decide.Number:
		return Number(v.Number)
	case decide.Choice:
		return v.Text
	case decide.Set:
		text, err := v.MarshalJSON()
		if err != nil {
			return err.Error() // strings always marshal
		}
		return string(text)
	}
	return "null"
}

// Number writes a number in the shortest way, without an exponent.
func Number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// JSONSchema allows the four types that a value can have.
func (Value) JSONSchema() *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{
		{Type: "boolean"},
		{Type: "number"},
		{Type: "string"},
		{Type: "array", Items: &jsonschema.Schema{Type: "string"}},
	}}
}

// Facts are facts and their values, in fact order. JSON shows them as an object.
type Facts []NamedValue

// NamedValue is a fact and its value.
type NamedValue struct {
	Fact  string
	Value Value
}

// MarshalJSON writes an object whose keys stand in fact order.
func (f Facts) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, fact := range f {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(fact.Fact)
		if err != nil {
			return nil, err
		}
		value, err := fact.Value.MarshalJSON()
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// JSONSchema is an object with values of any fact.
func (Facts) JSONSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Type: "object", AdditionalProperties: Value{}.JSONSchema()}
}
