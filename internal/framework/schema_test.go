package framework_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"reflect"
	"testing"

	"github.com/invopop/jsonschema"
	validator "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/vanhoutenbos/layer2/evals/golden"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
	"github.com/vanhoutenbos/layer2/knowledge"
	"go.yaml.in/yaml/v4"
)

const schemaPath = "../../knowledge/schema.json"

// schema is the JSON Schema with which editors complete and check the knowledge files.
func schema(t *testing.T) []byte {
	t.Helper()
	reflector := jsonschema.Reflector{Anonymous: true, Mapper: scalars}
	if err := reflector.AddGoComments("github.com/vanhoutenbos/layer2/internal/framework", "."); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(reflector.Reflect(&framework.Document{})); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// scalars describes the types that the loader reads from one scalar, in place: only there can a field add the words it takes.
// A fact's value is each kind by itself, for editors that know no lists of types.
func scalars(t reflect.Type) *jsonschema.Schema {
	one := uint64(1)
	text := &jsonschema.Schema{Type: "string", MinLength: &one}
	switch t {
	case reflect.TypeFor[strict.Text](), reflect.TypeFor[framework.Condition]():
		return text
	case reflect.TypeFor[fact.Written]():
		list := &jsonschema.Schema{Type: "array", Items: text}
		return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "boolean"}, {Type: "number"}, text, list}}
	}
	return nil
}

func TestTheSchemaForEditorsMatchesTheTypes(t *testing.T) {
	golden.Compare(t, schemaPath, schema(t))
}

func TestTheSchemaAcceptsTheShippedKnowledge(t *testing.T) {
	compiled := compile(t)
	names, err := fs.Glob(knowledge.Files, "*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(knowledge.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(data, []byte("# yaml-language-server: $schema=schema.json\n")) {
			t.Errorf("%s does not tell editors its schema in its first line", name)
		}
		if err := compiled.Validate(parsed(t, data)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheSchemaRefusesWhatTheLoaderRefuses(t *testing.T) {
	compiled := compile(t)
	for what, text := range map[string]string{
		"an unknown key":       "triggerz: []",
		"a missing key":        "triggers: [{id: SM-T1}]",
		"a word of no list":    "complexity: huge",
		"a list for a text":    "id: [service-mesh]",
		"a text for a mark":    "triggers: [{id: SM-T1, says: Many, required: often}]",
		"a mapping as a value": "worked_example: {title: a, says: b, statements: [], stated: [{fact: a, why: b, value: {c: d}}], assumed: []}",
	} {
		if compiled.Validate(parsed(t, []byte(text))) == nil {
			t.Errorf("the schema accepts %s: %s", what, text)
		}
	}
}

func compile(t *testing.T) *validator.Schema {
	t.Helper()
	document, err := validator.UnmarshalJSON(bytes.NewReader(schema(t)))
	if err != nil {
		t.Fatal(err)
	}
	compiler := validator.NewCompiler()
	if err := compiler.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// parsed is YAML as the values that a validator takes.
func parsed(t *testing.T, data []byte) any {
	t.Helper()
	var value any
	if err := yaml.Unmarshal(data, &value); err != nil {
		t.Fatal(err)
	}
	return value
}
