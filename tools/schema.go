package tools

import (
	"encoding/json"
	"reflect"

	"github.com/invopop/jsonschema"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// reflectSchema is the schema of a Go type, whole: no references, closed objects, keys in field order. Hosts fail on $ref, and a
// dialect costs tokens and says nothing: 2020-12 is the default.
func reflectSchema(v any) *jsonschema.Schema {
	reflector := &jsonschema.Reflector{Anonymous: true, DoNotReference: true, ExpandedStruct: true, Mapper: vocabulary}
	schema := reflector.Reflect(v)
	schema.Version = ""
	return schema
}

// vocabulary is the schema of a value and of facts with their values; nil for any other type.
func vocabulary(t reflect.Type) *jsonschema.Schema {
	switch t {
	case reflect.TypeFor[fact.Value]():
		return valueSchema()
	case reflect.TypeFor[fact.Values]():
		value := valueSchema()
		// A number of the workspace may be known within a range only. This stands wherever an answer shows facts, so it is short; what
		// the limits are called says the answer itself.
		value.AnyOf = append(value.AnyOf, &jsonschema.Schema{Type: "object", AdditionalProperties: &jsonschema.Schema{Type: "number"}})
		return &jsonschema.Schema{Type: "object", AdditionalProperties: value}
	}
	return nil
}

// valueSchema allows the four types that an exact value can have.
func valueSchema() *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{
		{Type: "boolean"},
		{Type: "number"},
		{Type: "string"},
		{Type: "array", Items: &jsonschema.Schema{Type: "string"}},
	}}
}

// JSONSchemaExtend says that the values of a flip are exact: what would have to be is not a range.
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

// inputSchema is the schema of a tool's input, in which the facts of some uses are typed from the dictionary.
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

// factsSchema types the facts of some uses, and admits every other one with any of the types that a fact can have: the server
// checks them all against the dictionary.
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
