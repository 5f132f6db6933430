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
		return &jsonschema.Schema{Type: "object", AdditionalProperties: valueSchema()}
	case reflect.TypeFor[Ways]():
		return waysSchema()
	case reflect.TypeFor[Running]():
		return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{
			{Type: "array", Items: &jsonschema.Schema{Type: "string"}},
			{Type: "object", AdditionalProperties: &jsonschema.Schema{Type: "boolean"}},
		}}
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

// waysSchema allows a value, a list of values, or an object that tells a set by its members. Clients refuse a schema that allows anything.
func waysSchema() *jsonschema.Schema {
	told := &jsonschema.Schema{Type: "object", Properties: jsonschema.NewProperties(), AdditionalProperties: jsonschema.FalseSchema}
	told.Properties.Set("none", &jsonschema.Schema{Type: "boolean"})
	told.Properties.Set("else", &jsonschema.Schema{Type: "boolean"})
	told.Properties.Set("any_of", &jsonschema.Schema{Type: "array", Items: &jsonschema.Schema{Type: "string"}})
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{
		{Type: "boolean"},
		{Type: "number"},
		{Type: "string"},
		{Type: "array", Items: valueSchema()},
		told,
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
	if named, ok := schema.Properties.Get("capabilities"); ok {
		named.Items = &jsonschema.Schema{Type: "string", Enum: capabilities}
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
		Description: "Only what a person said or a file shows; leave the rest out. A wish is one of somebody who decides; asking whether " +
			"is none. What was raised and left open goes into unsettled. A number may be a range: \"5..6\", \"5..\", \">1\".",
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
	case fact.Integer, fact.Number:
		// A range is a string, and hosts that validate would refuse it from a number alone.
		return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "number"}, {Type: "string"}}}
	case fact.Choice:
		return &jsonschema.Schema{Type: "string", Enum: values}
	}
	return &jsonschema.Schema{Type: "array", Items: &jsonschema.Schema{Type: "string", Enum: values}}
}
