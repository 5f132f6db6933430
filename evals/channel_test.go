package evals

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/vanhoutenbos/layer2/evals/readback"
	"github.com/vanhoutenbos/layer2/internal/mcpclient"
)

// schema is a compiled JSON schema, of another make than the one that wrote it.
type schema struct{ compiled *jsonschema.Schema }

func compile(t *testing.T, name string, raw []byte) *schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(name, document); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	compiled, err := compiler.Compile(name)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return &schema{compiled}
}

func (s *schema) validate(raw []byte) error {
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	return s.compiled.Validate(value)
}

// contract is what a tool declares of its arguments and its answer.
type contract struct{ input, output *schema }

// contracts compiles what the server declares.
func contracts(t *testing.T, client *mcpclient.Client) map[string]contract {
	t.Helper()
	list, err := client.ListTools(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	declared := map[string]contract{}
	for _, tool := range list {
		input, err := json.Marshal(tool.InputSchema)
		if err != nil {
			t.Fatal(err)
		}
		output, err := json.Marshal(tool.OutputSchema)
		if err != nil {
			t.Fatal(err)
		}
		base := "https://layer2.test/" + tool.Name
		declared[tool.Name] = contract{compile(t, base+"/input", input), compile(t, base+"/output", output)}
	}
	return declared
}

// sameInBoth reads the text channel back and compares it with the structured one: either may be all that a model sees.
func sameInBoth(t *testing.T, tool string, result mcpclient.Result) {
	t.Helper()
	read, err := readback.Answer(result.Text)
	if err != nil {
		t.Errorf("%s: %v in\n%s", tool, err, result.Text)
		return
	}
	raw, err := json.Marshal(read)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := canonical(t, raw), canonical(t, result.Structured); got != want {
		t.Errorf("%s: the text says\n%s\nand the structured part\n%s", tool, got, want)
	}
}

// canonical is JSON with sorted keys.
func canonical(t *testing.T, raw []byte) string {
	t.Helper()
	var value any
	if err := json.Unmarshal(raw, &value); err != nil {
		t.Fatal(err)
	}
	sorted, err := json.MarshalIndent(value, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(sorted)
}
