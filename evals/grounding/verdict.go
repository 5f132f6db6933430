package grounding

import (
	"encoding/json"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/framework"
)

// becauses are the words for what settled a verdict (logic.md §1); the output schema does not list them.
var becauses = []string{"scale", "need", "readiness", "timing", "contested", "unmeasured", "no_pressure"}

func (j *judge) evaluation(value any) {
	j.object(value, j.header(rules{"verdicts": j.each(j.verdict), "ask": j.each(j.question)}))
}

// verdict is the answer for one capability.
func (j *judge) verdict(value any) {
	c, ok := j.framework.Capability(member(value, "capability"))
	if !ok {
		j.find("%q is not a capability", member(value, "capability"))
		return
	}
	complexity := c.Complexity.Value
	if complexity == "" {
		complexity = "not stated"
	}
	j.object(value, rules{
		"capability": j.id, "title": j.text(c.Title.Value), "verdict": j.word("verdict"),
		"because": j.each(j.text(becauses...)), "possible": j.each(j.word("verdict")),
		"running": j.running(c.ID.Value), "provisional": j.provisional,
		"for": j.each(j.reason(c)), "against": j.each(j.reason(c)),
		"sufficient": j.each(j.given), "ask": j.each(j.question), "flips": j.each(j.flip),
		"to_do": j.each(j.statement), "questions": j.each(j.statement), "builds_on": j.each(j.statement), "keeps": j.each(j.statement),
		"complexity": j.text(complexity), "readings": j.each(j.id), "cites": j.each(j.id),
		"measure": j.each(j.reason(c)), "exit": j.statement, "record": j.unfiled,
	})
}

// unfiled is a decision record, of which the server was given none.
func (j *judge) unfiled(value any) { j.find("%v: there are no decision records", value) }

// running is what the caller said of a capability: true, false, or null where nothing was said.
func (j *judge) running(capability string) rule {
	if j.call.Case.Running == nil {
		return j.equal(nil)
	}
	return j.equal(slices.Contains(*j.call.Case.Running, capability))
}

// reason is a statement of the capability or a rule, with the given facts that it mentions.
func (j *judge) reason(c *framework.Capability) rule {
	return func(value any) {
		entry, ok := j.framework.Entry(member(value, "id"))
		if !ok || entry.Capability != c.ID.Value && entry.Capability != "" {
			j.find("%v is not a statement of %s", member(value, "id"), c.ID)
			return
		}
		j.object(value, rules{
			"id": j.id, "says": j.says(value), "facts": j.givenFacts(entry.When), "effect": j.word("effect"), "answers": j.each(j.id),
		})
	}
}

// provisional is a verdict and what it assumes: presumptions of the dictionary about what the caller did not give.
func (j *judge) provisional(value any) {
	if value == nil {
		return
	}
	j.object(value, rules{
		"verdict": j.word("verdict"), "because": j.each(j.text(becauses...)),
		"assuming": j.each(func(value any) {
			name := member(value, "fact")
			i, known := j.framework.Dictionary.Index(name)
			if !known || j.framework.Facts[i].Presumed == nil {
				j.find("%q is not a fact with a presumption", name)
				return
			}
			if j.facts[name] != nil {
				j.find("%s is assumed, and was given", name)
			}
			presumed := j.framework.Facts[i].Presumed
			j.object(value, rules{"fact": j.text(name), "says": j.text(presumed.Says.Value), "value": func(value any) {
				j.leaves++
				if got := canonical(value); got != canonical(scalar(presumed.Value)) {
					j.find("%s is presumed to be %s, not %s", name, canonical(scalar(presumed.Value)), got)
				}
			}})
		}),
	})
}

// flip is changes of given facts and further facts about unknown ones, to values that the conditions tell apart.
func (j *judge) flip(value any) {
	j.object(value, rules{
		"verdict": j.word("verdict"), "because": j.each(j.text(becauses...)),
		"set": func(value any) {
			for name, set := range j.settings(value) {
				if j.facts[name] == nil || same(set, j.facts[name]) {
					j.find("%s is set to %v, and was given as %v", name, set, j.facts[name])
				}
				j.reachable(name, set)
			}
		},
		"given": func(value any) {
			for name, given := range j.settings(value) {
				if j.facts[name] != nil {
					j.find("%s is to be given, and was", name)
				}
				j.reachable(name, given)
			}
		},
	})
}

// reachable reports whether a fact can have a value, and where it is a number, that it stands at a limit of the knowledge or a step
// from one.
func (j *judge) reachable(name string, value any) {
	j.leaves++
	i, known := j.framework.Dictionary.Index(name)
	if !known {
		j.find("%q is not a fact", name)
		return
	}
	fact := j.framework.Dictionary.Fact(i)
	switch value := value.(type) {
	case bool:
	case string:
		j.text(fact.Values...)(value)
	case []any:
		j.each(j.text(fact.Values...))(value)
	case json.Number:
		if !slices.Contains(j.numbers[name], float(value)) {
			j.find("%s = %s is not a limit of the knowledge, nor a step from one", name, value)
		}
	default:
		j.find("%s = %v is not a value", name, value)
	}
}
