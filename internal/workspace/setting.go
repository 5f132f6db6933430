package workspace

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/spelling"
	"github.com/vanhoutenbos/layer2/tools"
)

// ParseSettings reads changes as a command line gives them: services=7, services=5..6, services=5.. (five or more), compliance=[gdpr,dora],
// compliance=none, environment=production, services=unset. The error joins one for each that is wrong.
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
		return decide.Setting{}, fmt.Errorf("%s: %s%s", name, problem(err), meantBy(f, index, value))
	}
	return decide.Setting{Fact: index, Value: parsed}, nil
}

// number is a number as JSON writes it.
var number = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)

func parseValue(fact decide.Fact, value string) (decide.Value, error) {
	switch low, high, between := strings.Cut(value, ".."); {
	case value == "":
		return decide.Value{}, errors.New("no value given")
	case value == "null" || value == "unset":
		return decide.Value{}, nil
	case between && numeric(fact):
		return parseRange(fact, low, high)
	case fact.Kind == decide.Set:
		return parseSet(fact, value)
	case fact.Kind == decide.Choice:
		return framework.ReadValue(fact, text(value))
	case value == "true" || value == "false" || number.MatchString(value):
		if json.Valid([]byte(value)) {
			return framework.ReadValue(fact, json.RawMessage(value))
		}
	}
	return framework.ReadValue(fact, text(value))
}

func numeric(fact decide.Fact) bool { return fact.Kind == decide.Integer || fact.Kind == decide.Number }

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
		if strings.Contains(end.text, "..") {
			return decide.Value{}, errors.New("a range has two ends, as in 5..6")
		}
		value, err := parseValue(fact, end.text)
		if err == nil && value.Kind == decide.Unknown {
			err = fmt.Errorf("%q is no limit of a range", end.text)
		}
		if err != nil {
			return decide.Value{}, err
		}
		*end.into = value.Number
	}
	return Limited(fact, ends)
}

// parseSet reads [a, b] or a,b. Only [] and none are the empty set: a member that is empty is most likely a variable that is not set.
func parseSet(fact decide.Fact, value string) (decide.Value, error) {
	inner, open := strings.CutPrefix(value, "[")
	inner, closed := strings.CutSuffix(inner, "]")
	switch {
	case open != closed:
		return decide.Value{}, fmt.Errorf("%s has only one of its brackets", quoted(value))
	case open && strings.TrimSpace(inner) == "", value == "none" && !slices.Contains(fact.Values, "none"):
		return decide.Value{Kind: decide.Set}, nil
	}
	var members []string
	for member := range strings.SplitSeq(inner, ",") {
		member = strings.Trim(strings.TrimSpace(member), `"`)
		if member == "" {
			return decide.Value{}, fmt.Errorf("%s has an empty member", quoted(value))
		}
		members = append(members, member)
	}
	list, err := json.Marshal(members)
	if err != nil {
		return decide.Value{}, err
	}
	return framework.ReadValue(fact, list)
}

var (
	// decimalComma is 2,5, and thousands is 2,500, which is not clear.
	decimalComma = regexp.MustCompile(`^([0-9]+),([0-9]+)$`)
	thousands    = regexp.MustCompile(`^[0-9]{1,3}(,[0-9]{3})+$`)
	withUnit     = regexp.MustCompile(`^([0-9]+(?:\.[0-9]+)?) ?(\pL{1,12}|%)$`)
	between      = regexp.MustCompile(`^([0-9]+(?:\.[0-9]+)?) ?[-–] ?([0-9]+(?:\.[0-9]+)?)$`)
	orMore       = regexp.MustCompile(`^(?:>=|≥) ?([0-9]+(?:\.[0-9]+)?)$|^([0-9]+(?:\.[0-9]+)?)\+$`)
	orLess       = regexp.MustCompile(`^(?:<=|≤) ?([0-9]+(?:\.[0-9]+)?)$`)
)

// meantBy is what to write in the place of a value that is refused, where it is clear what was meant: "; write services=7". Else it is
// empty.
func meantBy(f *framework.Framework, index int, value string) string {
	fact := f.Dictionary.Fact(index)
	write := func(value, remark string) string { return fmt.Sprintf("; write %s=%s%s", fact.Name, value, remark) }
	switch {
	case value == "" && fact.Kind == decide.Set:
		return write("none", fmt.Sprintf(" for the empty set, or %s=unset to make it unknown", fact.Name))
	case value == "":
		return write("unset", " to make it unknown")
	case fact.Kind == decide.Boolean:
		switch strings.ToLower(value) {
		case "true", "yes", "y", "on", "1":
			return write("true", "")
		case "false", "no", "n", "off", "0":
			return write("false", "")
		}
	case fact.Kind == decide.Set:
		if strings.Trim(value, "[], ") == "" {
			return write("none", fmt.Sprintf(" for the empty set, or %s=unset to make it unknown", fact.Name))
		}
	case numeric(fact):
		unit := f.Facts[index].Unit.Value
		meant := meantNumber(fact, unit, value)
		if _, err := parseValue(fact, meant); meant != "" && err == nil {
			return write(meant, inUnit(unit))
		}
		if withUnit.MatchString(value) && unit != "" {
			return "; give the number alone" + inUnit(unit)
		}
	}
	return ""
}

// meantNumber is a number or a range as it has to be written.
func meantNumber(fact decide.Fact, unit, value string) string {
	first := func(groups []string) string { return strings.Join(groups[1:], "") } // only one of them matched
	switch groups := []string(nil); {
	case thousands.MatchString(value) && fact.Kind == decide.Integer:
		return strings.ReplaceAll(value, ",", "")
	case thousands.MatchString(value):
		return ""
	case decimalComma.MatchString(value) && fact.Kind == decide.Number:
		return strings.Replace(value, ",", ".", 1)
	case match(withUnit, value, &groups):
		if word := strings.ToLower(groups[2]); word == fact.Name || word+"s" == fact.Name {
			return groups[1]
		}
		return converted(groups[1], unitCalled(groups[2]), unit)
	case match(between, value, &groups):
		return groups[1] + ".." + groups[2]
	case match(orMore, value, &groups):
		return first(groups) + ".."
	case match(orLess, value, &groups):
		return ".." + first(groups)
	}
	return ""
}

// units are what people call the units of facts.
var units = map[string][]string{
	"h":   {"h", "hr", "hrs", "hour", "hours"},
	"min": {"m", "min", "mins", "minute", "minutes"},
	"%":   {"%", "percent", "pct"},
}

func unitCalled(word string) string {
	for unit, names := range units {
		if slices.Contains(names, strings.ToLower(word)) {
			return unit
		}
	}
	return ""
}

// converted is a number of one unit in another; empty where nobody can tell.
func converted(number, from, to string) string {
	n, err := strconv.ParseFloat(number, 64)
	switch {
	case err != nil || from == "":
		return ""
	case from == to:
		return number
	case from == "h" && to == "min":
		return tools.Number(n * 60)
	case from == "min" && to == "h":
		return tools.Number(n / 60)
	}
	return ""
}

func match(pattern *regexp.Regexp, value string, groups *[]string) bool {
	*groups = pattern.FindStringSubmatch(value)
	return *groups != nil
}

// inUnit is the end of a hint about a number that has a unit, because what was written may have been in another one.
func inUnit(unit string) string {
	switch unit {
	case "":
		return ""
	case "h":
		unit = "hours"
	case "min":
		unit = "minutes"
	case "%":
		unit = "percent"
	}
	return ", in " + unit
}
