package tools

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/invopop/jsonschema"

	"github.com/vanhoutenbos/layer2/internal/decide"
)

// Value is a fact's value as an answer shows it.
type Value struct{ decide.Value }

// MarshalJSON writes a boolean, a number, a string, a list of strings, or the limits of a number.
func (v Value) MarshalJSON() ([]byte, error) {
	switch {
	case v.Kind == decide.Choice:
		return json.Marshal(v.Text)
	case v.Kind == decide.Set:
		return json.Marshal(append([]string{}, v.Members...))
	case v.Range != nil:
		return json.Marshal(limitsOf(*v.Range))
	}
	return []byte(v.String()), nil
}

// String is the value as a person writes it.
func (v Value) String() string {
	switch v.Kind {
	case decide.Boolean:
		return strconv.FormatBool(v.Bool)
	case decide.Integer, decide.Number:
		if v.Range != nil {
			return limitsOf(*v.Range).String()
		}
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

// JSONSchema allows the four types that an exact value can have.
func (Value) JSONSchema() *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{
		{Type: "boolean"},
		{Type: "number"},
		{Type: "string"},
		{Type: "array", Items: &jsonschema.Schema{Type: "string"}},
	}}
}

// limits are a range as an answer and a facts file show it; nil is no limit.
type limits struct {
	AtLeast *json.Number `json:"at_least,omitempty"`
	AtMost  *json.Number `json:"at_most,omitempty"`
}

func limitsOf(r decide.Range) limits {
	var l limits
	if low := json.Number(Number(r.AtLeast)); r.AtLeast > 0 {
		l.AtLeast = &low
	}
	if high := json.Number(Number(r.AtMost)); r.AtMost < decide.Largest {
		l.AtMost = &high
	}
	return l
}

// JSONSchema is an object with numbers. It stands wherever an answer shows facts, so it is short; what the two are called says the
// answer itself.
func (limits) JSONSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Type: "object", AdditionalProperties: &jsonschema.Schema{Type: "number"}}
}

// String is the limits in words: "5 to 6", "5 or more", "at most 6".
func (l limits) String() string {
	switch {
	case l.AtLeast == nil && l.AtMost == nil:
		return "0 or more"
	case l.AtMost == nil:
		return l.AtLeast.String() + " or more"
	case l.AtLeast == nil:
		return "at most " + l.AtMost.String()
	}
	return l.AtLeast.String() + " to " + l.AtMost.String()
}

// within is how a question ends about a number that is known within a range only: " 5 or 6?"; nothing about any other.
func within(known decide.Value) string {
	if known.Range == nil {
		return ""
	}
	r, l := *known.Range, limitsOf(*known.Range)
	switch {
	case l.AtLeast == nil || l.AtMost == nil:
		words := l.String()
		return " " + strings.ToUpper(words[:1]) + words[1:] + ", but how many?"
	case known.Kind == decide.Integer && r.AtMost == r.AtLeast+1:
		return fmt.Sprintf(" %s or %s?", *l.AtLeast, *l.AtMost)
	}
	return fmt.Sprintf(" Between %s and %s?", *l.AtLeast, *l.AtMost)
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

// JSONSchema is an object with values of any fact; a number of the workspace may be known within a range only.
func (Facts) JSONSchema() *jsonschema.Schema {
	value := Value{}.JSONSchema()
	value.AnyOf = append(value.AnyOf, limits{}.JSONSchema())
	return &jsonschema.Schema{Type: "object", AdditionalProperties: value}
}

// JSONSchemaExtend says that the values of a flip are exact: what would have to be is no range.
func (Flip) JSONSchemaExtend(schema *jsonschema.Schema) {
	for _, name := range []string{"set", "given"} {
		schema.Properties.Set(name, &jsonschema.Schema{Type: "object", AdditionalProperties: Value{}.JSONSchema()})
	}
}
