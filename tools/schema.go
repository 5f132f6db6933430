package tools

import (
	"encoding/json"
	"reflect"

	"github.com/invopop/jsonschema"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// reflectSchema returns the schema of a Go type without references, with closed objects and keys in field order. Hosts fail on $ref, and
// $schema would cost tokens for nothing: 2020-12 is the default.
func reflectSchema(v any) *jsonschema.Schema {
	reflector := &jsonschema.Reflector{Anonymous: true, DoNotReference: true, ExpandedStruct: true, Mapper: vocabulary}
	schema := reflector.Reflect(v)
	schema.Version = ""
	return schema
}

// vocabulary returns the schema of fact values and of facts with values; nil for any other type.
func vocabulary(t reflect.Type) *jsonschema.Schema {
	switch t {
	case reflect.TypeFor[fact.Value]():
		return valueSchema()
	case reflect.TypeFor[fact.Values]():
		value := valueSchema()
		// A number in the workspace may be known only within a range. This is repeated wherever an answer has facts, so it is short;
		// the answer itself shows the names of the limits.
		value.AnyOf = append(value.AnyOf, &jsonschema.Schema{Type: "object", AdditionalProperties: &jsonschema.Schema{Type: "number"}})
		return &jsonschema.Schema{Type: "object", AdditionalProperties: value}
	}
	return nil
}

// valueSchema allows the four types of an exact value.
func valueSchema() *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{
		{Type: "boolean"},
		{Type: "number"},
		{Type: "string"},
		{Type: "array", Items: &jsonschema.Schema{Type: "string"}},
	}}
}

// JSONSchemaExtend restricts the values of a flip to exact ones: a required value is never a range.
func (Flip) JSONSchemaExtend(schema *jsonschema.Schema) {
	for _, name := range []string{"set", "given"} {
		schema.Properties.Set(name, &jsonschema.Schema{Type: "object", AdditionalProperties: valueSchema()})
	}
}

func schemaOf(v any) json.RawMessage { return marshal(reflectSchema(v)) }

func marshal(schema *jsonschema.Schema) json.RawMessage {
	raw, err := json.Marshal(schema)
	if err != nil {
		panic(err) // a schema is plain data
	}
	return raw
}

// inputSchema returns the schema of a tool's input, in which the facts selected by typed have their type from the dictionary.
func inputSchema(f *framework.Framework, input any, typed func(framework.Uses) bool) json.RawMessage {
	schema := reflectSchema(input)
	capabilities := make([]any, len(f.Capabilities))
	for i, c := range f.Capabilities {
		capabilities[i] = c.ID.Value
	}
	if capability, ok := schema.Properties.Get("capability"); ok {
		capability.Enum = capabilities
	}
	if running, ok := schema.Properties.Get("running"); ok {
		running.Items = &jsonschema.Schema{Type: "string", Enum: capabilities}
	}
	if themes, ok := schema.Properties.Get("themes"); ok {
		themes.Items = &jsonschema.Schema{Type: "string", Enum: themeNames(f)}
	}
	schema.Properties.Set("facts", factsSchema(f, typed))
	return marshal(schema)
}

// factsSchema gives the selected facts their type and allows the others with any type that a fact can have: the server checks all of them
// against the dictionary.
func factsSchema(f *framework.Framework, typed func(framework.Uses) bool) *jsonschema.Schema {
	schema := &jsonschema.Schema{
		Type:                 "object",
		Properties:           jsonschema.NewProperties(),
		AdditionalProperties: valueSchema(),
		Description:          "Only what a person said or a file shows; leave the rest out.",
	}
	for i, entry := range f.Facts {
		if typed(f.Uses(i)) {
			one := factSchema(f.Dictionary.Fact(i))
			one.Description = entry.Hint.Value
			schema.Properties.Set(entry.ID.Value, one)
		}
	}
	return schema
}

func factSchema(about fact.Fact) *jsonschema.Schema {
	values := make([]any, len(about.Values))
	for i, value := range about.Values {
		values[i] = value
	}
	switch about.Kind {
	case fact.Boolean:
		return &jsonschema.Schema{Type: "boolean"}
	case fact.Integer:
		return &jsonschema.Schema{Type: "integer", Minimum: "0"}
	case fact.Number:
		return &jsonschema.Schema{Type: "number", Minimum: "0"}
	case fact.Choice:
		return &jsonschema.Schema{Type: "string", Enum: values}
	}
	return &jsonschema.Schema{Type: "array", Items: &jsonschema.Schema{Type: "string", Enum: values}}
}
