package factsfile

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// ParseSettings reads changes from a command line: services=7, services=5..6, services=5.. (five or more), compliance=[gdpr,dora],
// compliance=none, environment=production, services=unsettled (raised and left open), services=unset. The error joins one for each that
// is wrong.
func ParseSettings(f *framework.Framework, words []string) ([]fact.Setting, error) {
	var settings []fact.Setting
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

func parseSetting(f *framework.Framework, word string) (fact.Setting, error) {
	name, value, ok := strings.Cut(word, "=")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	if !ok {
		return fact.Setting{}, fmt.Errorf("%s is not a FACT=VALUE", strict.Quote(word))
	}
	index, known := f.Dictionary.Index(name)
	if !known {
		return fact.Setting{}, fmt.Errorf("%s is not a fact%s", strict.Quote(name), words.DidYouMean(words.Nearest(name, f.Dictionary.Names(), 3)))
	}
	if value == unsettled {
		return fact.Setting{Fact: index, Value: fact.Value{Unsettled: true}}, nil
	}
	about := f.Dictionary.Fact(index)
	parsed, err := parseValue(about, value)
	if err != nil {
		return fact.Setting{}, fmt.Errorf("%s: %w%s", name, err, meantBy(f, index, value))
	}
	return fact.Setting{Fact: index, Value: parsed}, nil
}

// parseValue reads a value as typed. The error is one lower-case line, with what may have been meant.
func parseValue(about fact.Fact, word string) (fact.Value, error) {
	written, err := about.Word(word)
	if err != nil {
		return fact.Value{}, err
	}
	value, mistakes := about.Read(written)
	if len(mistakes) == 0 {
		return value, nil
	}
	var problems []string
	for _, m := range mistakes {
		problems = append(problems, m.Problem+words.DidYouMean(words.Nearest(m.Name, m.Known, 1)))
	}
	return fact.Value{}, errors.New(strings.Join(problems, "; "))
}

var (
	// decimalComma matches 2,5; thousands matches 2,500, which is ambiguous.
	decimalComma = regexp.MustCompile(`^([0-9]+),([0-9]+)$`)
	thousands    = regexp.MustCompile(`^[0-9]{1,3}(,[0-9]{3})+$`)
	withUnit     = regexp.MustCompile(`^([0-9]+(?:\.[0-9]+)?) ?(\pL{1,12}|%)$`)
	between      = regexp.MustCompile(`^([0-9]+(?:\.[0-9]+)?) ?[-–] ?([0-9]+(?:\.[0-9]+)?)$`)
	orMore       = regexp.MustCompile(`^(?:>=|≥) ?([0-9]+(?:\.[0-9]+)?)$|^([0-9]+(?:\.[0-9]+)?)\+$`)
	orLess       = regexp.MustCompile(`^(?:<=|≤) ?([0-9]+(?:\.[0-9]+)?)$`)
)

// meantBy returns what to write instead of a refused value, if that is clear: "; write services=7". Otherwise it is empty.
func meantBy(f *framework.Framework, index int, value string) string {
	about := f.Dictionary.Fact(index)
	write := func(value, remark string) string { return fmt.Sprintf("; write %s=%s%s", about.Name, value, remark) }
	switch {
	case value == "" && about.Kind == fact.Set:
		return write("none", fmt.Sprintf(" for the empty set, or %s=unset to make it unknown", about.Name))
	case value == "":
		return write("unset", " to make it unknown")
	case value == "unknown" || value == "?" || len(words.Nearest(value, []string{unsettled}, 1)) > 0:
		return write(unsettled, fmt.Sprintf(" if it was raised and left open, or %s=unset to make it unknown", about.Name))
	case about.Kind == fact.Boolean:
		switch strings.ToLower(value) {
		case "true", "yes", "y", "on", "1":
			return write("true", "")
		case "false", "no", "n", "off", "0":
			return write("false", "")
		}
	case about.Kind == fact.Set:
		if strings.Trim(value, "[], ") == "" {
			return write("none", fmt.Sprintf(" for the empty set, or %s=unset to make it unknown", about.Name))
		}
	case about.Kind.Numeric():
		unit := f.Facts[index].Unit.Value
		meant := meantNumber(about, unit, value)
		if _, err := parseValue(about, meant); meant != "" && err == nil {
			return write(meant, inUnit(unit))
		}
		if withUnit.MatchString(value) && unit != "" {
			return "; give the number alone" + inUnit(unit)
		}
	}
	return ""
}

// meantNumber returns a number or a range in the required notation; empty if it is unclear.
func meantNumber(about fact.Fact, unit, value string) string {
	first := func(groups []string) string { return strings.Join(groups[1:], "") } // only one of them matched
	switch groups := []string(nil); {
	case thousands.MatchString(value) && about.Kind == fact.Integer:
		return strings.ReplaceAll(value, ",", "")
	case thousands.MatchString(value):
		return ""
	case decimalComma.MatchString(value) && about.Kind == fact.Number:
		return strings.Replace(value, ",", ".", 1)
	case match(withUnit, value, &groups):
		if word := strings.ToLower(groups[2]); word == about.Name || word+"s" == about.Name {
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

// units are other names of the units of facts.
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

// converted converts a number between units; empty if it cannot.
func converted(number, from, to string) string {
	n, err := strconv.ParseFloat(number, 64)
	switch {
	case err != nil || from == "":
		return ""
	case from == to:
		return number
	case from == "h" && to == "min":
		return fact.FormatNumber(n * 60)
	case from == "min" && to == "h":
		return fact.FormatNumber(n / 60)
	}
	return ""
}

func match(pattern *regexp.Regexp, value string, groups *[]string) bool {
	*groups = pattern.FindStringSubmatch(value)
	return *groups != nil
}

// inUnit ends a hint about a number with its unit, because the value may have been in another one.
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
