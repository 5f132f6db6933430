package prompt

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/object"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// The arguments that several prompts take.

func (l *library) capability() Argument {
	return Argument{
		Name: "capability", Title: "Capability", Description: "Its id, such as service-mesh.", Required: true,
		Values: func(map[string]string) []string { return l.capabilities },
	}
}

func facts() Argument {
	return Argument{
		Name: "facts", Title: "Facts",
		Description: `What is known, as JSON: {"services": 7, "layer1_stable": true}. Leave out what is unknown. All facts: layer2://facts.`,
	}
}

func (l *library) unsettled() Argument {
	return Argument{
		Name: "unsettled", Title: "Unsettled facts", Many: true,
		Description: "Facts that were raised and left open (doubted, disputed, promised), with commas between.",
		Values:      func(map[string]string) []string { return l.framework.Dictionary.Names() },
	}
}

// decision is one that a person has made.
func (l *library) decision(required bool) Argument {
	return Argument{
		Name: "decision", Title: "Decision", Description: "The decision that was made: skip, wait, prepare, consider or adopt.",
		Required: required,
		Values:   func(given map[string]string) []string { return l.decisions(given["capability"]) },
	}
}

func (l *library) running() Argument {
	return Argument{
		Name: "running", Title: "Running today", Many: true,
		Description: "Capabilities in use today, with commas between; none if there are none; blank if unknown.",
		Values:      func(map[string]string) []string { return append([]string{none}, l.capabilities...) },
	}
}

func (l *library) themes() Argument {
	return Argument{
		Name: "themes", Title: "Themes", Many: true,
		Description: "Themes of Layer 3 that are wanted, with commas between; blank for all.",
		Values: func(map[string]string) []string {
			slugs := make([]string, len(l.framework.Themes))
			for i, theme := range l.framework.Themes {
				slugs[i] = theme.Slug.Value
			}
			return slugs
		},
	}
}

// none means an empty list.
const none = "none"

// list splits values at commas.
func list(text string) []string {
	values := []string{}
	for value := range strings.SplitSeq(text, ",") {
		if value = strings.TrimSpace(value); value != "" {
			values = append(values, value)
		}
	}
	return values
}

// decisions returns those that a capability can come to; all if it is unknown.
func (l *library) decisions(capability string) []string {
	c, known := l.framework.Capability(capability)
	var words []string
	for v := decide.Skip; v <= decide.Adopt; v++ {
		if !known || slices.ContainsFunc(c.Model.Ends(), func(o decide.Outcome) bool { return o.Verdict == v }) {
			words = append(words, v.String())
		}
	}
	return words
}

// decided returns the given decision, empty if there is none.
func (l *library) decided(given map[string]string) (string, error) {
	word := given["decision"]
	all := l.decisions("")
	if word != "" && !slices.Contains(all, word) {
		return "", Mistake(fmt.Sprintf("decision: %s is not one of %s%s", echo(word), strings.Join(all, ", "), words.DidYouMean(words.Nearest(word, all, 1))))
	}
	return word, nil
}

// call returns the given arguments as JSON for a tool.
func call(given map[string]string, names ...string) (json.RawMessage, error) {
	arguments := map[string]json.RawMessage{}
	for _, name := range names {
		text, ok := given[name]
		if !ok {
			continue
		}
		value, err := valueOf(name, text)
		if err != nil {
			return nil, err
		}
		arguments[name] = value
	}
	return json.Marshal(arguments)
}

// valueOf turns an argument into JSON. Facts are JSON already; lists may be JSON or comma-separated words.
func valueOf(name, text string) (json.RawMessage, error) {
	switch {
	case name == "facts", isList(name) && strings.HasPrefix(text, "["):
		if !json.Valid([]byte(text)) {
			return nil, Mistake(fmt.Sprintf(`%s: %s is not JSON; %s`, name, echo(text), exampleOf(name)))
		}
		return object.Held(json.RawMessage(text), "{["), nil
	case name == "running" && text == none:
		return json.RawMessage("[]"), nil
	case isList(name):
		return json.Marshal(list(text))
	}
	return json.Marshal(text)
}

func isList(argument string) bool {
	return argument == "running" || argument == "themes" || argument == "unsettled"
}

// exampleOf says how an argument is written as JSON.
func exampleOf(argument string) string {
	if argument == "facts" {
		return `facts are an object, such as {"services": 7}`
	}
	return "give the names with commas between"
}
