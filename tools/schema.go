package tools

import (
	"encoding/json"

	"github.com/invopop/jsonschema"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// reflectSchema is the schema of a Go type, whole: no references, closed objects, keys in field order. Hosts fail on $ref, and a
// dialect costs tokens and says nothing: 2020-12 is the default.
func reflectSchema(v any) *jsonschema.Schema {
	reflector := &jsonschema.Reflector{Anonymous: true, DoNotReference: true, ExpandedStruct: true}
	schema := reflector.Reflect(v)
	schema.Version = ""
	return schema
}

func schemaOf(v any) json.RawMessage { return marshal(reflectSchema(v)) }

func marshal(schema *jsonschema.Schema) json.RawMessage {
	raw, err := json.Marshal(schema)
	if err != nil {
		panic(err) // a schema is plain data
	}
	return raw
}

// inputSchema is the schema of a tool's input, with the facts that it alone needs typed from the dictionary.
func inputSchema(f *framework.Framework, input any, typed factSet) json.RawMessage {
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

// factsSchema types the facts of a set, and admits every other one with any of the types that a fact can have: the server
// checks them all against the dictionary.
func factsSchema(f *framework.Framework, typed factSet) *jsonschema.Schema {
	schema := &jsonschema.Schema{
		Type:                 "object",
		Properties:           jsonschema.NewProperties(),
		AdditionalProperties: Value{}.JSONSchema(),
		Description:          "Only what a person said or a file shows; leave the rest out.",
	}
	for i, fact := range f.Facts {
		if typed[i] {
			one := factSchema(f.Dictionary.Fact(i))
			one.Description = fact.Hint.Value
			schema.Properties.Set(fact.ID.Value, one)
		}
	}
	return schema
}

func factSchema(fact decide.Fact) *jsonschema.Schema {
	values := make([]any, len(fact.Values))
	for i, value := range fact.Values {
		values[i] = value
	}
	switch fact.Kind {
	case decide.Boolean:
		return &jsonschema.Schema{Type: "boolean"}
	case decide.Integer:
		return &jsonschema.Schema{Type: "integer", Minimum: "0"}
	case decide.Number:
		return &jsonschema.Schema{Type: "number", Minimum: "0"}
	case decide.Choice:
		return &jsonschema.Schema{Type: "string", Enum: values}
	}
	return &jsonschema.Schema{Type: "array", Items: &jsonschema.Schema{Type: "string", Enum: values}}
}
