package mcpserver

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/vanhoutenbos/layer2/tools"
)

// schema writes a form as the subset of JSON Schema that the protocol allows: an object of single values, in field order. Plain is
// the subset of before 2025-11-25: no lists, no defaults, and titles of choices in an array of their own.
func schema(form tools.Form, plain bool) json.RawMessage {
	var properties bytes.Buffer
	for i, field := range form.Fields {
		if i > 0 {
			properties.WriteByte(',')
		}
		properties.Write(encode(field.Name))
		properties.WriteByte(':')
		properties.Write(encode(property(field, plain)))
	}
	return encode(struct {
		Type       string          `json:"type"`
		Properties json.RawMessage `json:"properties"`
	}{"object", json.RawMessage("{" + properties.String() + "}")})
}

type fieldSchema struct {
	Type        string   `json:"type"`
	Title       string   `json:"title"`
	Description string   `json:"description"`
	Minimum     *float64 `json:"minimum,omitempty"`
	Maximum     *float64 `json:"maximum,omitempty"`
	Enum        []string `json:"enum,omitempty"`
	EnumNames   []string `json:"enumNames,omitempty"`
	OneOf       []titled `json:"oneOf,omitempty"`
	Items       *items   `json:"items,omitempty"`
	Default     string   `json:"default,omitempty"`
}

type titled struct {
	Const string `json:"const"`
	Title string `json:"title"`
}

type items struct {
	Type string   `json:"type"`
	Enum []string `json:"enum"`
}

func property(field tools.Field, plain bool) fieldSchema {
	s := fieldSchema{Title: field.Title, Description: field.Description}
	switch {
	case field.Type == tools.IntegerField || field.Type == tools.NumberField:
		s.Type = "number"
		if field.Type == tools.IntegerField {
			s.Type = "integer"
		}
		s.Minimum, s.Maximum = new(float64), &field.Maximum
	case field.Type == tools.ChoicesField && plain:
		s.Type = "string"
		s.Description += " Any of " + strings.Join(values(field), ", ") + ", with commas between."
	case field.Type == tools.ChoicesField:
		s.Type, s.Items = "array", &items{"string", values(field)}
	case plain:
		s.Type, s.Enum, s.EnumNames = "string", values(field), titles(field)
	default:
		s.Type, s.Default = "string", field.Default
		for _, choice := range field.Choices {
			s.OneOf = append(s.OneOf, titled{choice.Value, choice.Title})
		}
	}
	return s
}

func values(field tools.Field) []string {
	var words []string
	for _, choice := range field.Choices {
		words = append(words, choice.Value)
	}
	return words
}

func titles(field tools.Field) []string {
	var words []string
	for _, choice := range field.Choices {
		words = append(words, choice.Title)
	}
	return words
}
