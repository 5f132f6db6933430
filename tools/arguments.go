package tools

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/object"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// arguments reads the arguments of one call strictly, with the exceptions in forgive.go, and collects all mistakes in them.
type arguments struct {
	mistakes  Mistakes
	framework *framework.Framework
	values    map[string]json.RawMessage
	// ignored names the arguments that were ignored, up to a limit; ignoredCount counts all of them.
	ignored      []string
	ignoredCount int
}

// readArguments splits the arguments of a call; names are those that the tool takes.
func readArguments(f *framework.Framework, raw json.RawMessage, names ...string) *arguments {
	return readObject(f, object.Held(bytes.TrimSpace(raw), objects), "the arguments", argument, names)
}

// argument is the noun for a key of a call, for which keys added by clients are ignored.
const argument = "argument of this tool"

// readObject splits an object; in messages it is called whole, and its keys are called noun.
func readObject(f *framework.Framework, raw json.RawMessage, whole, noun string, names []string) *arguments {
	a := &arguments{framework: f, values: map[string]json.RawMessage{}, mistakes: Mistakes{whole: whole}}
	if len(bytes.TrimSpace(raw)) == 0 || isNull(raw) {
		return a
	}
	list, err := object.Members(raw)
	if err != nil {
		a.mistakes.add("", "%s is not an object.", fact.FromJSON(raw).Echo())
	}
	spelled := map[string]string{} // by argument, as the caller wrote it
	for _, m := range list {
		given := m.Key
		m.Key = meantBy(given, names)
		_, twice := a.values[m.Key]
		switch {
		case !slices.Contains(names, m.Key):
			a.unknown(m, noun, names)
		case twice && spelled[m.Key] != given:
			a.mistakes.add("", "%s and %s are the same argument: give one of them.", echo(spelled[m.Key]), echo(given))
		case twice:
			a.mistakes.add("", "%s is given twice.", echo(given))
		default:
			a.values[m.Key], spelled[m.Key] = m.Value, given
		}
	}
	return a
}

// meantBy returns the argument that a key means: one capability alone is read as a list of one.
func meantBy(key string, names []string) string {
	if key == "capability" && !slices.Contains(names, key) && slices.Contains(names, "capabilities") {
		return "capabilities"
	}
	return key
}

// unknown notes a key that is not one of the names, and suggests what may have been meant.
func (a *arguments) unknown(m object.Member, noun string, names []string) {
	key := m.Key
	if a.ignoredCount >= maximumIgnored {
		if a.ignoredCount == maximumIgnored {
			a.mistakes.add("", "more than %d names are unknown; it takes %s.", maximumIgnored, strings.Join(names, ", "))
		}
		a.ignoredCount++
		return
	}
	instead := ""
	if !a.mistakes.full() {
		instead = a.instead(key, noun, names)
	}
	if instead == "" && noun == argument {
		instead = a.whyNotIgnored(m, names)
	}
	if instead == "" && noun == argument && a.ignore(key) {
		return
	}
	a.mistakes.add("", "%s is not %s; it takes %s.%s", echo(key), words.A(noun), strings.Join(names, ", "), instead)
}

// instead says what the caller may have meant by a key: the nearest name, or the argument that the key belongs in.
func (a *arguments) instead(key, noun string, names []string) string {
	_, fact := a.framework.Dictionary.Index(key)
	nearest := words.Nearest(key, names, 1)
	switch {
	case len(nearest) > 0 && !fact:
		return didYouMean(nearest)
	case noun == argument:
		return a.belongs(key, names)
	case fact && slices.Contains(names, "facts"):
		return " It is a fact: put it into facts."
	}
	return didYouMean(nearest)
}

func isNull(raw json.RawMessage) bool { return string(bytes.TrimSpace(raw)) == "null" }

// given returns an argument's value; ok is false if it is absent or null.
func (a *arguments) given(name string) (json.RawMessage, bool) {
	raw, ok := a.values[name]
	return raw, ok && !isNull(raw)
}

// described returns a value of a call and its type, as in: "seven" is a string.
func described(raw json.RawMessage) string {
	w := fact.FromJSON(raw)
	return w.Echo() + " is " + w.Indefinite()
}

// text reads a string; ok is false if it is absent.
func (a *arguments) text(name string) (string, bool) {
	raw, ok := a.given(name)
	if !ok {
		return "", false
	}
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		a.mistakes.add(name, "%s: %s, and %s is a string.", name, described(raw), name)
		return "", false
	}
	return text, true
}

// maximumItems limits how many items of a list are read: nothing that a list can name has as many.
const maximumItems = 1_000

// texts reads a list of strings and removes duplicates; ok is false if it is absent.
func (a *arguments) texts(name string) ([]string, bool) {
	raw, ok := a.given(name)
	if !ok {
		return nil, false
	}
	list, ok := listOf(raw)
	if !ok {
		a.mistakes.add(name, "%s: %s, and %s is a list of strings.", name, described(raw), name)
		return nil, false
	}
	var items []json.RawMessage
	if err := json.Unmarshal(list, &items); err != nil {
		a.mistakes.add(name, "%s: %s is not a list.", name, fact.FromJSON(raw).Echo())
		return nil, false
	}
	if len(items) > maximumItems {
		a.mistakes.add(name, "%s: %d are too many; name each once.", name, len(items))
		return nil, false
	}
	texts := []string{}
	for _, item := range items {
		var text string
		if err := json.Unmarshal(item, &text); err != nil || isNull(item) {
			a.mistakes.add(name, "%s: %s, and %s is a list of strings.", name, described(item), name)
		} else if !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	return texts, true
}

// nonEmpty is [arguments.texts], but treats an empty list as absent, because programs fill in what is optional.
func (a *arguments) nonEmpty(name string) ([]string, bool) {
	list, ok := a.texts(name)
	return list, ok && len(list) > 0
}

// flag reads a boolean; false if it is absent.
func (a *arguments) flag(name string) bool {
	raw, ok := a.given(name)
	if !ok {
		return false
	}
	var flag bool
	if err := json.Unmarshal(object.Held(raw, booleans), &flag); err != nil {
		a.mistakes.add(name, "%s: %s, and %s is true or false.", name, described(raw), name)
	}
	return flag
}

// choice reads one of a few words; empty if it is absent.
func (a *arguments) choice(name string, allowed ...string) string {
	text, ok := a.text(name)
	if ok && !slices.Contains(allowed, text) {
		a.mistakes.add(name, "%s: %s is not one of %s.%s", name, echo(text), strings.Join(allowed, ", "), didYouMean(words.Nearest(text, allowed, 1)))
	}
	return text
}

// capability reads a capability's id; nil if it is absent or wrong.
func (a *arguments) capability(name string) *framework.Capability {
	id, ok := a.text(name)
	if !ok {
		return nil
	}
	return a.capabilityOf(name, id)
}

// capabilities reads capabilities by id and returns them in the framework's order; none if absent.
func (a *arguments) capabilities(argument string) []*framework.Capability {
	ids, _ := a.nonEmpty(argument)
	var list []*framework.Capability
	for _, id := range ids {
		if c := a.capabilityOf(argument, id); c != nil {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(x, y *framework.Capability) int {
		return slices.Index(a.framework.Capabilities, x) - slices.Index(a.framework.Capabilities, y)
	})
	return list
}

func (a *arguments) capabilityOf(argument, id string) *framework.Capability {
	capability, ok := a.framework.Capability(id)
	if !ok {
		ids := capabilityIDs(a.framework)
		a.mistakes.add(argument, "%s: %s is not a capability; there are %s.%s", argument, echo(id), strings.Join(ids, ", "), didYouMean(words.Nearest(id, ids, 1)))
	}
	return capability
}

func capabilityIDs(f *framework.Framework) []string {
	ids := make([]string, len(f.Capabilities))
	for i, c := range f.Capabilities {
		ids[i] = c.ID.Value
	}
	return ids
}
