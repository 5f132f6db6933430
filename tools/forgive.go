package tools

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/object"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// Deviations that clients produce on their own, and that can mean one thing only, are accepted: a string that contains exactly the
// expected JSON is read as that JSON, a single value where a list is expected is a list of one, and an argument that resembles
// nothing the tools know is ignored. Where a string is expected nothing is unwrapped, and null in a string never means unknown.

// The characters with which JSON of each type can start.
const (
	objects  = "{"
	lists    = "["
	booleans = "tf"
	numbers  = "-0123456789"
)

// listOf returns a list, turning a single value into a list of one. ok is false for an object.
func listOf(raw json.RawMessage) (json.RawMessage, bool) {
	raw = object.Held(raw, lists)
	switch raw[0] {
	case '[':
		return raw, true
	case '{':
		return nil, false
	}
	return slices.Concat(json.RawMessage("["), raw, json.RawMessage("]")), true
}

// forgiven unwraps a fact's value from a string if the string contains JSON of the fact's type.
func forgiven(about fact.Fact, raw json.RawMessage) json.RawMessage {
	switch about.Kind {
	case fact.Boolean:
		return object.Held(raw, booleans)
	case fact.Integer, fact.Number:
		return object.Held(raw, numbers)
	case fact.Set:
		if held := object.Held(raw, lists); held[0] != '"' {
			return held
		}
		list, _ := listOf(raw)
		return list
	}
	return raw
}

const (
	// maximumNamed is how many ignored arguments an answer names.
	maximumNamed = 10
	// maximumIgnored is how many arguments may be ignored. No client adds as many, and each is compared with all known names.
	maximumIgnored = 100
)

// ignore notes an argument that the tool does not take. It returns false for a name that no client would add: letters of other
// scripts can imitate a name that the tool does take.
func (a *arguments) ignore(key string) bool {
	if key == "" || strings.ContainsFunc(key, func(r rune) bool { return r < ' ' || r > '~' }) {
		return false
	}
	a.ignoredCount++
	if name := cut(key); len(a.ignored) < maximumNamed && !slices.Contains(a.ignored, name) {
		a.ignored = append(a.ignored, name)
	}
	return true
}

// Limits on the search for arguments inside a value that would be ignored: nesting depth and number of keys.
const (
	searchDepth = 3
	searchKeys  = 1_000
)

// whyNotIgnored returns what to do about an argument that must not be ignored although its name resembles no known one: the name mentions
// something that a verdict can rest on, or the value contains arguments or facts. It is empty for all others.
func (a *arguments) whyNotIgnored(m object.Member, names []string) string {
	keys := searchKeys
	if a.wraps(m.Value, names, searchDepth, &keys) {
		return " It wraps arguments or facts: give them without it."
	}
	word := strings.ToLower(m.Key)
	for _, of := range inventedNames {
		if strings.Contains(word, of.part) && slices.Contains(names, of.argument) {
			return didYouMean([]string{of.argument})
		}
	}
	if slices.ContainsFunc(inventedNames, func(of inventedName) bool { return strings.Contains(word, of.part) }) {
		return " It seems to be meant for another tool."
	}
	for _, fact := range a.framework.Dictionary.Names() {
		stem := strings.TrimSuffix(strings.TrimSuffix(fact, "s"), "e")
		if len(stem) >= shortestStem && !strings.Contains(fact, "_") && strings.Contains(word, stem) {
			return didYouMean([]string{fact}) + a.belongs(fact, names)
		}
	}
	return ""
}

type inventedName struct{ part, argument string }

// inventedNames lists parts of names that callers invent for an argument.
var inventedNames = []inventedName{
	{"fact", "facts"}, {"running", "running"}, {"capabilit", "capabilities"}, {"capabilit", "capability"}, {"theme", "themes"},
	{"unsettled", "unsettled"}, {"doubt", "unsettled"},
	{"known", "facts"}, {"given", "facts"}, {"situation", "facts"}, {"detail", "detail"},
}

// shortestStem is the minimum length of a fact's stem (servic, of services) for it to be searched in other names.
const shortestStem = 6

// wraps reports whether a value is an object, perhaps inside a string, with a key somewhere that is an argument of the tool or a fact.
func (a *arguments) wraps(value json.RawMessage, names []string, deep int, keys *int) bool {
	members, err := object.Members(object.Held(value, objects))
	if err != nil || deep == 0 {
		return false
	}
	for _, m := range members {
		if *keys--; *keys < 0 {
			return true // no client adds as much on its own
		}
		_, fact := a.framework.Dictionary.Index(m.Key)
		if fact || slices.Contains(names, m.Key) || a.wraps(m.Value, names, deep-1, keys) {
			return true
		}
	}
	return false
}

// belonging is a kind of names and where they belong: in the first of these arguments that the tool takes, otherwise elsewhere.
type belonging struct {
	noun      string
	known     []string
	arguments []string
	elsewhere string
}

// belongs says where a key belongs that is, or almost is, the name of something that a tool takes; empty if it is not. Ignoring such a
// key could reverse the answer.
func (a *arguments) belongs(key string, names []string) string {
	kinds := a.belongings()
	var known []string
	for _, kind := range kinds {
		known = append(known, kind.known...)
	}
	nearest := words.Nearest(key, known, 1)
	if len(nearest) == 0 {
		return ""
	}
	kind := kinds[slices.IndexFunc(kinds, func(b belonging) bool { return slices.Contains(b.known, nearest[0]) })]
	where := kind.elsewhere
	if i := slices.IndexFunc(kind.arguments, func(argument string) bool { return slices.Contains(names, argument) }); i >= 0 {
		where = "put it into " + kind.arguments[i]
	}
	if nearest[0] == key {
		return fmt.Sprintf(" It is %s: %s.", kind.noun, where)
	}
	return fmt.Sprintf("%s It is %s: %s.", didYouMean(nearest), kind.noun, where)
}

func (a *arguments) belongings() []belonging {
	f := a.framework
	var options, themes []string
	for _, c := range f.Capabilities {
		for _, option := range c.Enabled {
			options = append(options, option.ID.Value, option.Name.Value)
		}
	}
	for _, theme := range f.Themes {
		themes = append(themes, theme.Slug.Value)
	}
	return []belonging{
		{"a fact", f.Dictionary.Names(), []string{"facts", "ids"}, "facts takes it"},
		{"a capability", capabilityIDs(f), []string{"capabilities", "capability", "ids", "running"}, "capabilities takes it"},
		{"an option", options, []string{"tools", "ids"}, "compare_tools takes it in tools"},
		{"a theme", themes, []string{"themes", "ids"}, "plan_layer3 takes it in themes"},
	}
}
