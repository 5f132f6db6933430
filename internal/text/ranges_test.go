package text_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/text"
	"github.com/vanhoutenbos/layer2/tools"
)

// ranges is a workspace in which numbers are known within a range, and of the rest a part.
func ranges(random *rand.Rand, dictionary *fact.Dictionary) tools.Workspace {
	w := tools.Workspace{Facts: dictionary.NewSituation()}
	for i := range w.Facts {
		about := dictionary.Fact(i)
		low := float64(random.IntN(8))
		switch {
		case random.IntN(3) == 0:
		case about.Kind == fact.Boolean:
			w.Facts[i] = fact.Value{Kind: fact.Boolean, Bool: random.IntN(2) == 0}
		case about.Kind == fact.Choice:
			w.Facts[i] = fact.Value{Kind: fact.Choice, Text: about.Values[random.IntN(len(about.Values))]}
		case about.Kind == fact.Set:
			w.Facts[i] = fact.Value{Kind: fact.Set}
		case random.IntN(3) == 0:
			w.Facts[i] = fact.Within(about.Kind, fact.Range{Low: low + 1, High: fact.Largest})
		default:
			w.Facts[i] = fact.Within(about.Kind, fact.Range{Low: low, High: low + 1 + float64(random.IntN(3))})
		}
	}
	return w
}

// An answer on a workspace with ranges says the same in both channels, and keeps to the schema that the tool declares.
func TestAnswersOnRanges(t *testing.T) {
	f := shipped.Framework(t)
	random := rand.New(rand.NewPCG(31, 32))
	shown, asked := 0, 0
	schemas := map[string]*jsonschema.Schema{}
	for range 60 {
		for _, tool := range tools.All(f, ranges(random, f.Dictionary)) {
			a := asker{t, f, []tools.Tool{tool}}
			for _, arguments := range []string{`{}`, `{"detail":"full"}`, `{"capability":"service-mesh"}`, `{"capability":"cost-visibility"}`, `{"capability":"multi-region"}`} {
				capability := strings.Contains(arguments, "capability")
				if tool.Name == "cite" || tool.Name == "compare_tools" && !capability || tool.Name == "plan_layer3" && arguments != "{}" {
					continue
				}
				answer := a.call(tool.Name, arguments)
				sameInBothChannels(t, answer)
				text := text.Answer(answer)
				shown += strings.Count(text, " or more)") + strings.Count(text, " to ")
				asked += strings.Count(text, "? Between ") + strings.Count(text, ", but how many?")
				raw, err := json.Marshal(answer)
				if err != nil {
					t.Fatal(err)
				}
				if schemas[tool.Name] == nil {
					schemas[tool.Name] = compiled(t, tool.Output)
				}
				value, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
				if err != nil {
					t.Fatal(err)
				}
				if err := schemas[tool.Name].Validate(value); err != nil {
					t.Fatalf("%s: %v in\n%s", tool.Name, err, raw)
				}
			}
		}
	}
	if shown == 0 || asked == 0 {
		t.Errorf("%d ranges were shown and %d asked about", shown, asked)
	}
}

func compiled(t *testing.T, raw []byte) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("output", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("output")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// How a question ends about a number that is known within a range, in everything that people read.
func TestQuestionsOnRanges(t *testing.T) {
	f := shipped.Framework(t)
	services, _ := f.Dictionary.Index("services")
	for _, test := range []struct {
		low, high float64
		shown     string
		want      string
	}{
		{5, 6, "5 to 6", " 5 or 6?"},
		{4, 9, "4 to 9", " Between 4 and 9?"},
		{4, fact.Largest, "4 or more", " 4 or more, but how many?"},
		{0, 5, "at most 5", " At most 5, but how many?"},
	} {
		w := tools.Workspace{Facts: f.Dictionary.NewSituation()}
		for i := range w.Facts {
			if presumed := f.Dictionary.Fact(i).Presumed; presumed.Kind != fact.Unknown {
				w.Facts[i] = presumed
			}
		}
		set := func(name string, value fact.Value) {
			i, _ := f.Dictionary.Index(name)
			w.Facts[i] = value
		}
		set("mtls_needed", fact.Value{Kind: fact.Boolean, Bool: true})
		w.Facts[services] = fact.Within(fact.Integer, fact.Range{Low: test.low, High: test.high})
		answer := asker{t, f, tools.All(f, w)}.call("evaluate_trigger", `{"capability":"service-mesh"}`)
		assessed := w.Situation(f).Evaluate(f.Capabilities, tools.Whole)
		for name, text := range map[string]string{"text": text.Answer(answer), "table": text.Table(assessed, 400), "section": text.Section(assessed)} {
			text = strings.Join(strings.Fields(text), " ") // whatever the width
			if !strings.Contains(text, f.Facts[services].Question.Value+test.want) {
				t.Errorf("%s: no question that ends on%s\n%s", name, test.want, text)
			}
		}
		if s := fmt.Sprint(w.Facts[services]); s != test.shown {
			t.Errorf("shown as %s, want %s", s, test.shown)
		}
	}
}
