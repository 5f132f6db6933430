package tools

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/record"
	"github.com/vanhoutenbos/layer2/internal/spelling"
)

// situation is what a call knows of the platform: facts, and which capabilities run.
type situation struct {
	decide.Situation
	// runs is what is known of each capability, by id; one that is missing is unknown.
	runs map[string]decide.Truth
	// given marks the facts that the call itself gave, workspace those that the workspace did and the call left alone.
	given, workspace []bool
	// sources says of each fact what says it, empty for those without; nil if nobody named any.
	sources []string
}

// Workspace is defaults for every call: the facts of a file, and what says them. The zero Workspace holds none.
type Workspace struct {
	// Facts are in fact order. A number may be known within a range only, which no call can say.
	Facts decide.Situation
	// Runs is what is known of each capability, by id; one that is missing is unknown.
	Runs map[string]decide.Truth
	// Sources says of each fact what says it, empty for those without; nil if the file names none.
	Sources []string
	// Decisions are the decisions on file; nil if none are kept.
	Decisions *record.Archive
}

// situation reads the arguments facts, sources and running over the workspace's: one by one, null makes unknown again.
func (a *arguments) situation(w Workspace) situation {
	n := a.framework.Dictionary.Len()
	s := situation{Situation: make(decide.Situation, n), runs: w.Runs, given: make([]bool, n), workspace: make([]bool, n)}
	copy(s.Situation, w.Facts)
	for i, value := range s.Situation {
		s.workspace[i] = value.Kind != decide.Unknown
	}
	a.facts(&s)
	a.sources(&s, w.Sources)
	if raw, present := a.values["running"]; present {
		s.runs = nil
		if !isNull(raw) {
			s.runs = a.running()
		}
	}
	return s
}

// running reads the capabilities that run; all others do not.
func (a *arguments) running() map[string]decide.Truth {
	runs := map[string]decide.Truth{}
	for _, c := range a.framework.Capabilities {
		runs[c.ID.Value] = decide.No
	}
	ids, _ := a.texts("running")
	for _, id := range ids {
		if c := a.capabilityOf("running", id); c != nil {
			runs[id] = decide.Yes
		}
	}
	return runs
}

// facts reads the facts of the call into a situation.
func (a *arguments) facts(s *situation) {
	a.byFact("facts", "", func(index int, raw json.RawMessage) {
		fact := a.framework.Dictionary.Fact(index)
		value, err := ReadValue(fact, raw)
		if err != nil {
			for _, one := range apart(err) {
				a.mistakes.add("facts", "%s: %s", fact.Name, sentence(one))
			}
		}
		s.Situation[index], s.given[index], s.workspace[index] = value, err != nil || value.Kind != decide.Unknown, false
	})
}

// byFact reads an object with a member for each fact, every one once. The prefix says where a mistake is.
func (a *arguments) byFact(argument, prefix string, read func(index int, value json.RawMessage)) {
	raw, ok := a.given(argument)
	if !ok {
		return
	}
	list, err := members(raw)
	if err != nil {
		a.mistakes.add(argument, "%s: %s is %s, and %s is an object of names and values.", argument, show(raw), jsonType(raw), argument)
		return
	}
	seen := map[string]bool{}
	for _, m := range list {
		if seen[m.key] {
			a.mistakes.add(argument, "%s%s stands twice.", prefix, echo(m.key))
			continue
		}
		seen[m.key] = true
		index, known := a.framework.Dictionary.Index(m.key)
		if !known {
			var nearest []string
			if !a.mistakes.full() {
				nearest = spelling.Nearest(m.key, a.framework.Dictionary.Names(), 3)
			}
			a.mistakes.add(argument, "%s%s is no fact.%s All facts: layer2://facts.", prefix, echo(m.key), didYouMean(nearest))
			continue
		}
		read(index, m.value)
	}
}

// ReadValue reads a fact's value from JSON: null is unknown, anything that the fact cannot be is an error that says what it can. A
// wrong word is a *WordError. Errors of several members of a set are joined.
func ReadValue(fact decide.Fact, raw json.RawMessage) (decide.Value, error) {
	raw = bytes.TrimSpace(raw)
	if isNull(raw) {
		return decide.Value{}, nil
	}
	switch first := raw[0]; {
	case fact.Kind == decide.Boolean && (first == 't' || first == 'f'):
		return decide.Value{Kind: decide.Boolean, Bool: first == 't'}, nil
	case (fact.Kind == decide.Integer || fact.Kind == decide.Number) && (first == '-' || first >= '0' && first <= '9'):
		n, err := numberOf(fact, string(raw))
		return decide.Value{Kind: fact.Kind, Number: n}, err
	case fact.Kind == decide.Choice && first == '"':
		var text string
		if err := json.Unmarshal(raw, &text); err != nil {
			return decide.Value{}, fmt.Errorf("%s is no text", show(raw))
		}
		return decide.Value{Kind: decide.Choice, Text: text}, oneOf(fact, text)
	case fact.Kind == decide.Set && first == '[':
		return setOf(fact, raw)
	}
	return decide.Value{}, fmt.Errorf("%s is %s, and %s is %s", show(raw), jsonType(raw), fact.Name, domain(fact))
}

// numberOf reads a number that is exact in every client: not negative, up to 2^53-1, with 15 significant digits at most where
// it is no whole number.
func numberOf(fact decide.Fact, literal string) (float64, error) {
	n, err := strconv.ParseFloat(literal, 64)
	if err != nil || n > decide.Largest {
		return 0, fmt.Errorf("%s is larger than %d", cut(literal), int64(decide.Largest))
	}
	if n < 0 {
		return 0, fmt.Errorf("%s is negative, and %s is %s", cut(literal), fact.Name, domain(fact))
	}
	mantissa, _, _ := strings.Cut(strings.ToLower(literal), "e")
	whole := strings.Trim(mantissa, "0123456789") == "" && mantissa == literal
	if significant := strings.Trim(strings.Replace(mantissa, ".", "", 1), "-0"); !whole && len(significant) > 15 {
		return 0, fmt.Errorf("%s has more than 15 significant digits", cut(literal))
	}
	if fact.Kind == decide.Integer && n != float64(int64(n)) {
		return 0, fmt.Errorf("%s is no whole number, and %s is %s", cut(literal), fact.Name, domain(fact))
	}
	return n + 0, nil
}

// WordError says that a word is none of a fact's values, and which of them may have been meant.
type WordError struct {
	Problem string
	Nearest []string
}

// Error is the problem, with what may have been meant.
func (e *WordError) Error() string { return e.Problem + "." + didYouMean(e.Nearest) }

func oneOf(fact decide.Fact, text string) error {
	if slices.Contains(fact.Values, text) {
		return nil
	}
	return &WordError{
		Problem: fmt.Sprintf("%s is not one of %s", echo(text), strings.Join(fact.Values, ", ")),
		Nearest: spelling.Nearest(text, fact.Values, 1),
	}
}

// setOf reads a set: members in the order of the domain, each once.
func setOf(fact decide.Fact, raw json.RawMessage) (decide.Value, error) {
	var items []json.RawMessage
	if err := json.Unmarshal(raw, &items); err != nil {
		return decide.Value{}, fmt.Errorf("%s is no list", show(raw))
	}
	if len(items) > maximumItems {
		return decide.Value{}, fmt.Errorf("%d members are too many, and %s is %s", len(items), fact.Name, domain(fact))
	}
	var given []string
	var wrong []error
	for _, item := range items {
		var text string
		if err := json.Unmarshal(item, &text); err != nil || isNull(item) {
			wrong = append(wrong, fmt.Errorf("%s is %s, and %s is %s", show(item), jsonType(item), fact.Name, domain(fact)))
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

// apart is the errors that were joined to one.
func apart(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	return []error{err}
}

// sentence ends an error with a full stop where it does not end as a sentence already.
func sentence(err error) string {
	text := err.Error()
	if strings.HasSuffix(text, "?") || strings.HasSuffix(text, ".") {
		return text
	}
	return text + "."
}

// jsonType names the type of a JSON value.
func jsonType(raw json.RawMessage) string {
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
