package cost

import (
	_ "embed"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/transcript"
	"github.com/vanhoutenbos/layer2/tools"
)

// schema is the part of a JSON schema that is linted.
type schema struct {
	Description string
	Enum        []any
	Properties  map[string]schema
}

// TestDescriptionsSayWhatWhenAndWhenNot: a model chooses a tool by these words alone.
func TestDescriptionsSayWhatWhenAndWhenNot(t *testing.T) {
	all := tools.All(shipped(t), tools.Workspace{})
	var names []string
	for _, tool := range all {
		names = append(names, tool.Name)
	}
	other := regexp.MustCompile(`\(([a-z0-9]+(?:_[a-z0-9]+)+)\)`)
	for _, tool := range all {
		purpose, rest, when := strings.Cut(tool.Description, " Use it ")
		_, not, whenNot := strings.Cut(rest, ". Not for ")
		switch {
		case len(strings.Fields(purpose)) < 5:
			t.Errorf("%s: what is it for? %q", tool.Name, purpose)
		case !when:
			t.Errorf("%s: when to use it is not said (Use it …)", tool.Name)
		case !whenNot || len(strings.Fields(not)) < 3:
			t.Errorf("%s: what not to use it for is not said (Not for …)", tool.Name)
		case tool.Title == "" || !strings.HasSuffix(tool.Description, "."):
			t.Errorf("%s: no title, or no whole sentence", tool.Name)
		}
		for _, match := range other.FindAllStringSubmatch(tool.Description, -1) {
			if !slices.Contains(names, match[1]) {
				t.Errorf("%s points to %s, which is not a tool", tool.Name, match[1])
			}
		}
		for name, parameter := range inputOf(t, tool).Properties {
			if parameter.Description == "" && len(parameter.Enum) == 0 {
				t.Errorf("%s: nothing says what %s is", tool.Name, name)
			}
		}
	}
}

func TestInstructionsNameEveryTool(t *testing.T) {
	f := shipped(t)
	session, err := transcript.Open(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	for _, tool := range tools.All(f, tools.Workspace{}) {
		if !strings.Contains(session.Hello.Instructions, tool.Name) {
			t.Errorf("the instructions do not say when to use %s", tool.Name)
		}
	}
	if !strings.Contains(session.Hello.Instructions, "unknown") {
		t.Error("the instructions do not say what to do about unknown facts")
	}
}

// plain is the facts that have no hint, one a line, with comments.
//
//go:embed plain.txt
var plain string

// TestFactsSayWhatTheyMean: every fact that a tool types has a hint, unless its name says it; all have a question and a meaning.
func TestFactsSayWhatTheyMean(t *testing.T) {
	f := shipped(t)
	var reviewed []string
	for line := range strings.Lines(plain) {
		if !strings.HasPrefix(line, "#") {
			reviewed = append(reviewed, strings.Fields(line)...)
		}
	}
	typed := map[string]schema{}
	for _, tool := range tools.All(f, tools.Workspace{}) {
		for name, fact := range inputOf(t, tool).Properties["facts"].Properties {
			typed[name] = fact
		}
	}
	for _, fact := range f.Facts {
		name, number := fact.ID.Value, fact.Type.Value == "integer" || fact.Type.Value == "number"
		listed := slices.Contains(reviewed, name)
		shown, is := typed[name]
		switch {
		case !is:
			t.Errorf("no tool types %s", name)
		case shown.Description != fact.Hint.Value:
			t.Errorf("%s: a tool says %q, the knowledge %q", name, shown.Description, fact.Hint)
		case fact.Hint.IsZero() && !listed:
			t.Errorf("%s has no hint: write one, or look whether its name is enough, and list it in plain.txt", name)
		case fact.Hint.IsZero() && number:
			t.Errorf("%s is a number and has no hint that says of what", name)
		case !fact.Hint.IsZero() && listed:
			t.Errorf("%s has a hint and need not stand in plain.txt", name)
		case len(fact.Hint.Value) > 60:
			t.Errorf("%s: a hint of %d characters costs too much", name, len(fact.Hint.Value))
		case len(strings.Fields(fact.Meaning.Value)) < 15:
			t.Errorf("%s: a meaning of %d words leaves two people apart", name, len(strings.Fields(fact.Meaning.Value)))
		case !strings.HasSuffix(fact.Question.Value, "?"):
			t.Errorf("%s: %q is not a question", name, fact.Question)
		}
	}
	for _, name := range reviewed {
		if _, known := typed[name]; !known {
			t.Errorf("%s is in plain.txt but is not a fact", name)
		}
	}
}

func inputOf(t *testing.T, tool tools.Tool) schema {
	t.Helper()
	var s schema
	if err := json.Unmarshal(tool.Input, &s); err != nil {
		t.Fatalf("%s: %v", tool.Name, err)
	}
	return s
}
