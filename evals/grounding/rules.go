package grounding

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/evals/condition"
	"github.com/vanhoutenbos/layer2/evals/transcript"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// judge walks one answer. A rule is given a value and finds what is wrong with it.
type judge struct {
	*Grounds
	call      transcript.Call
	facts     map[string]any // the caller's
	sources   map[string]any // the caller's
	unsettled []any          // the caller's
	ids       map[string]bool
	path      []string
	leaves    int
	findings  []string
}

// rule holds a value against its grounds.
type rule = func(value any)

// rules are those of an object's keys.
type rules map[string]rule

func (j *judge) find(format string, arguments ...any) {
	j.findings = append(j.findings, fmt.Sprintf("%s at %s: %s", &j.call, strings.Join(j.path, "."), fmt.Sprintf(format, arguments...)))
}

// object holds every key of an object against its rule.
func (j *judge) object(value any, r rules) {
	object, ok := value.(map[string]any)
	if !ok {
		j.find("%v is not an object", value)
		return
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		j.path = append(j.path, key)
		if rule, known := r[key]; known {
			rule(object[key])
		} else {
			j.find("nothing says what it may hold: %v", object[key])
		}
		j.path = j.path[:len(j.path)-1]
	}
}

// each applies a rule to every element of a list.
func (j *judge) each(r rule) rule {
	return func(value any) {
		list, ok := value.([]any)
		if !ok {
			j.find("%v is not a list", value)
		}
		for _, element := range list {
			r(element)
		}
	}
}

// member is a key of an object as a string, empty if it is none.
func member(value any, key string) string {
	object, _ := value.(map[string]any)
	text, _ := object[key].(string)
	return text
}

// text is one of some texts, byte for byte.
func (j *judge) text(allowed ...string) rule {
	return func(value any) {
		j.leaves++
		if text, ok := value.(string); !ok || !slices.Contains(allowed, text) {
			j.find("%q is none of %q", value, allowed)
		}
	}
}

// exactly is a list of texts, in order.
func (j *judge) exactly(want []strict.Text) rule {
	return func(value any) {
		texts := []string{}
		for _, text := range want {
			texts = append(texts, text.Value)
		}
		j.equal(texts)(value)
	}
}

// equal is a value that is the same as one of ours.
func (j *judge) equal(want any) rule {
	return func(value any) {
		j.leaves++
		if got, expected := canonical(value), canonical(want); got != expected {
			j.find("%s is not %s", got, expected)
		}
	}
}

// word is a word of the output schemas' enumeration for a property.
func (j *judge) word(property string) rule { return j.text(j.words[property]...) }

// truth is a boolean that the rules leave to the cases.
func (j *judge) truth(value any) {
	j.leaves++
	if _, ok := value.(bool); !ok {
		j.find("%v is not a boolean", value)
	}
}

// id is an id of the knowledge; cite is asked for it later.
func (j *judge) id(value any) {
	j.leaves++
	text, ok := value.(string)
	if !ok || text == "" {
		j.find("%v is not an id", value)
		return
	}
	j.ids[text] = true
	name := strings.TrimPrefix(strings.TrimPrefix(text, "layer2://capabilities/"), "layer2://statements/")
	if _, known := j.framework.Entry(name); !known {
		j.find("%q is not an id of the knowledge", text)
	}
}

// says is the text of the entry that an object names.
func (j *judge) says(value any) rule {
	entry, ok := j.framework.Entry(member(value, "id"))
	if !ok {
		return func(any) { j.find("it has no id of the knowledge") }
	}
	return j.text(entry.Says)
}

// statement is an id and what it says.
func (j *judge) statement(value any) { j.object(value, rules{"id": j.id, "says": j.says(value)}) }

// given is the name of a fact that the caller gave.
func (j *judge) given(value any) {
	j.leaves++
	name, _ := value.(string)
	if known, is := j.facts[name]; !is || known == nil {
		j.find("%v is not a given fact", value)
	}
}

// givenFacts are facts with the values that the caller gave, none but those that some condition mentions.
func (j *judge) givenFacts(conditions ...string) rule {
	var mentioned []string
	for _, when := range conditions {
		if when == "" {
			continue
		}
		expression, err := condition.Parse(when)
		if err != nil {
			return func(any) { j.find("%v", err) }
		}
		mentioned = append(mentioned, expression.Facts()...)
	}
	return func(value any) {
		for name, fact := range j.settings(value) {
			j.leaves++
			if !same(fact, j.facts[name]) {
				j.find("%s is said to be %v, and was given as %v", name, fact, j.facts[name])
			}
			if !slices.Contains(mentioned, name) {
				j.find("%s has nothing to do with %q", name, conditions)
			}
		}
	}
}

// settings are an object of facts and values.
func (j *judge) settings(value any) map[string]any {
	object, ok := value.(map[string]any)
	if !ok {
		j.find("%v is not an object of facts", value)
	}
	return object
}

// same compares two values of a fact: numbers by value, sets by members.
func same(a, b any) bool {
	if x, ok := a.(json.Number); ok {
		y, ok := b.(json.Number)
		return ok && float(x) == float(y)
	}
	if low, ok := rangeOf(a); ok {
		given, ok := rangeOf(b)
		return ok && (low == given || low == given.whole())
	}
	if x, ok := a.([]any); ok {
		y, ok := b.([]any)
		return ok && len(x) == len(y) && !slices.ContainsFunc(x, func(member any) bool { return !slices.Contains(y, member) })
	}
	return b != nil && a == b
}

func float(n json.Number) float64 {
	f, err := n.Float64()
	if err != nil {
		return -1 // no fact is negative
	}
	return f
}

// header holds what every answer of the deciding tools opens with, beside the rules of the rest.
func (j *judge) header(more rules) rules {
	all := rules{
		"knowledge":      j.knowledge,
		"from_workspace": j.equal([]string{}),
		"unsettled":      j.each(j.leftOpen),
		"unused":         j.each(j.unused),
		"conflicts":      j.each(j.conflict),
		"sources":        j.equal(j.sources),
		"unsourced":      j.each(j.unsourced),
	}
	maps.Copy(all, more)
	return all
}

// leftOpen is the name of a fact that the caller named as unsettled.
func (j *judge) leftOpen(value any) {
	j.leaves++
	if !slices.Contains(j.unsettled, value) {
		j.find("%v was not said to be unsettled", value)
	}
}

// unused is a given fact, with the tools that would use it.
func (j *judge) unused(value any) {
	j.object(value, rules{"fact": j.given, "used_by": j.each(j.text("evaluate_trigger", "compare_tools", "plan_layer3"))})
}

// unsourced is a given fact for which the caller named no source.
func (j *judge) unsourced(value any) {
	if !slices.Contains(j.unsettled, value) {
		j.given(value)
	}
	name, _ := value.(string)
	if j.sources[name] != nil {
		j.find("%s is said to have no source, and has %q", name, j.sources[name])
	}
}

func (j *judge) knowledge(value any) {
	j.object(value, rules{"version": j.text(j.framework.Version), "fingerprint": j.text(j.framework.Fingerprint)})
}

// conflict is one of the knowledge, with the facts of its condition.
func (j *judge) conflict(value any) {
	says := member(value, "says")
	var when []string
	for _, conflict := range j.framework.Conflicts {
		if conflict.Says.Value == says {
			when = append(when, conflict.When.Value)
		}
	}
	if when == nil {
		j.find("%q is not a conflict of the knowledge", says)
	}
	j.object(value, rules{"says": j.text(says), "facts": j.givenFacts(when...)})
}

// question is a fact that the caller did not give, in the dictionary's words.
func (j *judge) question(value any) {
	name := member(value, "fact")
	i, known := j.framework.Dictionary.Index(name)
	if !known {
		j.find("%q is not a fact", name)
		return
	}
	if _, ranged := rangeOf(j.facts[name]); j.facts[name] != nil && !ranged {
		j.find("%s is asked for, and was given", name)
	}
	fact := j.framework.Facts[i]
	j.object(value, rules{
		"fact": j.text(name), "question": j.worded(name, fact.Question.Value), "type": j.text(fact.Type.Value), "values": j.exactly(fact.Values),
		"unit": j.text(fact.Unit.Value), "capabilities": j.each(j.id),
		"answers": j.each(func(value any) {
			j.object(value, rules{"is": func(value any) { j.ways(name, value) }, "possible": j.each(j.word("verdict"))})
		}),
	})
}
