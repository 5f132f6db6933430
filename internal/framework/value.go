package framework

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/spelling"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// longestSet is how many members of a set are looked at: no fact has as many.
const longestSet = 1_000

// significant is the number of significant digits at which a decimal is still itself after a round trip.
const significant = 15

// ReadValue reads a fact's value from JSON. Null is unknown. The error says what the fact can be; it is a *WordError for a wrong word,
// and joins one for each wrong member of a set.
//
// All values from outside are read here, or by ReadNode, so that a call, the facts file and a record accept the same.
func ReadValue(fact decide.Fact, raw json.RawMessage) (decide.Value, error) {
	raw = bytes.TrimSpace(raw)
	if isNull(raw) {
		return decide.Value{}, nil
	}
	switch first := raw[0]; {
	case fact.Kind == decide.Boolean && (first == 't' || first == 'f'):
		return decide.Value{Kind: decide.Boolean, Bool: first == 't'}, nil
	case numeric(fact) && (first == '-' || first >= '0' && first <= '9'):
		n, err := readNumber(fact, string(raw))
		return decide.Value{Kind: fact.Kind, Number: n}, err
	case fact.Kind == decide.Choice && first == '"':
		var text string
		if err := json.Unmarshal(raw, &text); err != nil {
			return decide.Value{}, fmt.Errorf("%s is no text", ShowJSON(raw))
		}
		return decide.Value{Kind: decide.Choice, Text: text}, oneOf(fact, text)
	case fact.Kind == decide.Set && first == '[':
		return readSet(fact, raw)
	}
	return decide.Value{}, wrongType(fact, raw)
}

// ReadNode reads a fact's value from YAML, like ReadValue. A range of a number is not a value: the caller reads its limits with this.
func ReadNode(fact decide.Fact, node *yaml.Node) (decide.Value, error) {
	number := node.Kind == yaml.ScalarNode && (node.Tag == "!!int" || node.Tag == "!!float")
	if number && numeric(fact) && !json.Valid([]byte(node.Value)) {
		return decide.Value{}, fmt.Errorf("%s is no plain number: write digits only, as in 7 or 1.5", cut(node.Value))
	}
	if node.Kind == yaml.MappingNode {
		return decide.Value{}, wrongType(fact, json.RawMessage("{…}")) // whatever is in it
	}
	return ReadValue(fact, JSONOf(node))
}

func numeric(fact decide.Fact) bool { return fact.Kind == decide.Integer || fact.Kind == decide.Number }

// JSONOf returns a node as a call would give it. Of a mapping it returns an empty object, because no value is one.
func JSONOf(node *yaml.Node) json.RawMessage {
	switch node.Kind {
	case yaml.MappingNode:
		return json.RawMessage("{}")
	case yaml.SequenceNode:
		items := make([][]byte, len(node.Content))
		for i, item := range node.Content {
			items[i] = JSONOf(item)
		}
		return slices.Concat([]byte{'['}, bytes.Join(items, []byte{','}), []byte{']'})
	}
	switch {
	case node.Tag == "!!null":
		return json.RawMessage("null")
	case node.Tag == "!!bool":
		return json.RawMessage(strings.ToLower(node.Value))
	case (node.Tag == "!!int" || node.Tag == "!!float") && json.Valid([]byte(node.Value)):
		return json.RawMessage(node.Value)
	}
	text, err := json.Marshal(node.Value)
	if err != nil {
		panic(err) // a string always marshals
	}
	return text
}

// readNumber reads a number that is exact in every client: not negative, up to 2^53-1, and with 15 significant digits at most where it
// is no whole number.
func readNumber(fact decide.Fact, literal string) (float64, error) {
	n, err := strconv.ParseFloat(literal, 64)
	if err != nil || n > decide.Largest {
		return 0, fmt.Errorf("%s is larger than %d", cut(literal), int64(decide.Largest))
	}
	if n == 0 && strings.ContainsAny(strings.Split(strings.ToLower(literal), "e")[0], "123456789") {
		return 0, fmt.Errorf("%s is too small to be told from 0", cut(literal))
	}
	if n < 0 {
		return 0, fmt.Errorf("%s is negative, and %s is %s", cut(literal), fact.Name, domain(fact))
	}
	if tooExact(literal) {
		return 0, fmt.Errorf("%s has more than %d significant digits", cut(literal), significant)
	}
	if fact.Kind == decide.Integer && n != float64(int64(n)) {
		return 0, fmt.Errorf("%s is no whole number, and %s is %s", cut(literal), fact.Name, domain(fact))
	}
	return n + 0, nil
}

// tooExact says whether a decimal has more digits than every client keeps.
func tooExact(literal string) bool {
	mantissa, _, _ := strings.Cut(strings.ToLower(literal), "e")
	whole := strings.Trim(mantissa, "0123456789") == "" && mantissa == literal
	return !whole && len(strings.Trim(strings.Replace(mantissa, ".", "", 1), "-0")) > significant
}

// WordError says that a word is none of a fact's values, and which of them may have been meant.
type WordError struct {
	Problem string
	Nearest []string
}

func (e *WordError) Error() string {
	if len(e.Nearest) == 0 {
		return e.Problem + "."
	}
	return fmt.Sprintf("%s. Did you mean %q?", e.Problem, e.Nearest[0])
}

func oneOf(fact decide.Fact, text string) error {
	if slices.Contains(fact.Values, text) {
		return nil
	}
	return &WordError{
		Problem: fmt.Sprintf("%s is not one of %s", shown(text), strings.Join(fact.Values, ", ")),
		Nearest: spelling.Nearest(text, fact.Values, 1),
	}
}

// readSet reads a set: members in the order of the domain, each once.
func readSet(fact decide.Fact, raw json.RawMessage) (decide.Value, error) {
	var items []json.RawMessage
	if err := json.Unmarshal(raw, &items); err != nil {
		return decide.Value{}, fmt.Errorf("%s is no list", ShowJSON(raw))
	}
	if len(items) > longestSet {
		return decide.Value{}, fmt.Errorf("%d members are too many, and %s is %s", len(items), fact.Name, domain(fact))
	}
	var given []string
	var wrong []error
	for _, item := range items {
		var text string
		if err := json.Unmarshal(item, &text); err != nil || isNull(item) {
			wrong = append(wrong, wrongType(fact, item))
		} else if err := oneOf(fact, text); err != nil {
			wrong = append(wrong, err)
		}
		given = append(given, text)
	}
	if len(wrong) > 0 {
		return decide.Value{}, errors.Join(wrong...)
	}
	value := decide.Value{Kind: decide.Set}
	for _, member := range fact.Values {
		if slices.Contains(given, member) {
			value.Members = append(value.Members, member)
		}
	}
	return value, nil
}

func wrongType(fact decide.Fact, raw json.RawMessage) error {
	return fmt.Errorf("%s is %s, and %s is %s", ShowJSON(raw), JSONType(raw), fact.Name, domain(fact))
}

// domain says what a fact can be.
func domain(fact decide.Fact) string {
	switch fact.Kind {
	case decide.Boolean:
		return "true or false"
	case decide.Integer:
		return "a whole number of 0 or more"
	case decide.Number:
		return "a number of 0 or more"
	case decide.Choice:
		return "one of " + strings.Join(fact.Values, ", ")
	}
	return "a list of " + strings.Join(fact.Values, ", ")
}

func isNull(raw json.RawMessage) bool { return string(bytes.TrimSpace(raw)) == "null" }

// JSONType names the type of a JSON value.
func JSONType(raw json.RawMessage) string {
	switch raw[0] {
	case '"':
		return "a string"
	case '{':
		return "an object"
	case '[':
		return "a list"
	case 't', 'f':
		return "a boolean"
	case 'n':
		return "null"
	}
	return "a number"
}

// ShowJSON returns a JSON value as a message echoes it: cut, on one line, a string in its quotes.
func ShowJSON(raw json.RawMessage) string {
	var text string
	if raw[0] == '"' && json.Unmarshal(raw, &text) == nil {
		return shown(text)
	}
	// Between the values of a list or an object there may be line breaks, but in its strings there are none.
	return cut(lineBreaks.Replace(string(raw[:min(len(raw), utf8.UTFMax*(longestName+1))])))
}

var lineBreaks = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ")

// cut shortens a text from outside to what a message may give back.
func cut(text string) string { return words.Cut(text, longestName) }
