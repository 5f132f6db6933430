package workspace

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/spelling"
	"github.com/vanhoutenbos/layer2/tools"
)

// ParseSettings reads changes as a command line gives them: services=7, services=5..6, services=5.. (five or more), compliance=[gdpr,dora],
// environment=production, services=unset. The error joins one for each that is wrong.
func ParseSettings(f *framework.Framework, words []string) ([]decide.Setting, error) {
	var settings []decide.Setting
	var wrong []error
	set := map[int]bool{}
	for _, word := range words {
		setting, err := parseSetting(f, word)
		if err == nil && set[setting.Fact] {
			err = fmt.Errorf("%s is set twice", f.Dictionary.Fact(setting.Fact).Name)
		}
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		set[setting.Fact] = true
		settings = append(settings, setting)
	}
	return settings, errors.Join(wrong...)
}

func parseSetting(f *framework.Framework, word string) (decide.Setting, error) {
	name, value, ok := strings.Cut(word, "=")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	if !ok {
		return decide.Setting{}, fmt.Errorf("%s is no FACT=VALUE", quoted(word))
	}
	index, known := f.Dictionary.Index(name)
	if !known {
		return decide.Setting{}, fmt.Errorf("%s is no fact%s", quoted(name), didYouMean(spelling.Nearest(name, f.Dictionary.Names(), 3)))
	}
	fact := f.Dictionary.Fact(index)
	parsed, err := parseValue(fact, value)
	if err != nil {
		return decide.Setting{}, fmt.Errorf("%s: %s", name, problem(err))
	}
	return decide.Setting{Fact: index, Value: parsed}, nil
}

// number is a number as JSON writes it.
var number = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)

func parseValue(fact decide.Fact, value string) (decide.Value, error) {
	if value == "null" || value == "unset" {
		return decide.Value{}, nil
	}
	switch low, high, between := strings.Cut(value, ".."); {
	case between && (fact.Kind == decide.Integer || fact.Kind == decide.Number):
		return parseRange(fact, low, high)
	case fact.Kind == decide.Set:
		return tools.ReadValue(fact, parseList(value))
	case fact.Kind == decide.Choice:
		return tools.ReadValue(fact, text(value))
	case value == "true" || value == "false" || number.MatchString(value):
		if json.Valid([]byte(value)) {
			return tools.ReadValue(fact, json.RawMessage(value))
		}
	}
	return tools.ReadValue(fact, text(value))
}

// parseRange reads 5..6, 5.. and ..6.
func parseRange(fact decide.Fact, low, high string) (decide.Value, error) {
	ends := decide.Range{AtMost: decide.Largest}
	for _, end := range []struct {
		text string
		into *float64
	}{{low, &ends.AtLeast}, {high, &ends.AtMost}} {
		if end.text == "" {
			continue
		}
		value, err := parseValue(fact, end.text)
		if err != nil {
			return decide.Value{}, err
		}
		*end.into = value.Number
	}
	return Limited(fact, ends)
}

// parseList reads [a, b] or a,b as JSON.
func parseList(value string) json.RawMessage {
	if inner, ok := strings.CutPrefix(value, "["); ok {
		value = strings.TrimSuffix(inner, "]")
	}
	var items [][]byte
	for item := range strings.SplitSeq(value, ",") {
		if item = strings.Trim(strings.TrimSpace(item), `"`); item != "" {
			items = append(items, text(item))
		}
	}
	return joined('[', ']', items)
}
