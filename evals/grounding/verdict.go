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
		"direction": j.wordOrNull("direction"), "running": j.running(c.ID.Value), "provisional": j.provisional, "withheld": j.wordOrNull("withheld"),
		"for": j.each(j.reason(c)), "waiting": j.each(j.reason(c)), "against": j.each(j.reason(c)), "edges": j.each(j.edge),
		"sufficient": j.each(j.given), "ask": j.each(j.question), "flips": j.each(j.flip),
		"to_do": j.each(j.statement), "questions": j.each(j.statement), "builds_on": j.each(j.statement), "keeps": j.each(j.statement),
		"complexity": j.text(complexity), "readings": j.each(j.statement), "cites": j.each(j.id),
		"measure": j.each(j.reason(c)), "exit": j.statement, "record": j.unfiled,
	})
}

// unfiled is a decision record, of which the server was given none.
func (j *judge) unfiled(value any) { j.find("%v: there are no decision records", value) }

// running is what the caller said of a capability: true, false, or null where nothing was said.
func (j *judge) running(capability string) rule {
	if runs := j.call.Case.Running.Runs(capability); runs != nil {
		return j.equal(*runs)
	}
	return j.equal(nil)
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
			"id": j.id, "says": j.says(value), "facts": j.givenFacts(entry.When), "effect": j.word("effect"), "answers": j.each(j.id), "on": j.each(j.open),
		})
	}
}

// open is the name of a fact that the caller did not give, or gave as a range.
func (j *judge) open(value any) {
	j.leaves++
	name, _ := value.(string)
	_, known := j.framework.Dictionary.Index(name)
	if _, ranged := rangeOf(j.facts[name]); !known || j.facts[name] != nil && !ranged {
		j.find("%v is not an open fact", value)
	}
}

// wordOrNull is a word of the output schemas' enumeration for a property, or null.
func (j *judge) wordOrNull(property string) rule {
	return func(value any) {
		if value != nil {
			j.word(property)(value)
		}
	}
}

// edge is a given number, and the one a step on.
func (j *judge) edge(value any) {
	name := member(value, "fact")
	given, _ := j.facts[name].(json.Number)
	step := stepOf(j.framework, name)
	j.object(value, rules{"fact": j.given, "value": func(value any) {
		j.leaves++
		if !same(value, j.facts[name]) {
			j.find("%s is said to be %v, and was given as %v", name, value, j.facts[name])
		}
	}, "next": func(value any) {
		j.leaves++
		next, ok := value.(json.Number)
		if by := float(next) - float(given); !ok || by-step > 1e-9 && by+step > 1e-9 || by < 0 && by+step < -1e-9 {
			j.find("%v is not a step of %v from %v", value, step, given)
		}
	}, "possible": j.each(j.word("verdict"))})
}

// provisional is a verdict and what it assumes: presumptions of the dictionary about what the caller did not give.
func (j *judge) provisional(value any) {
	if value == nil {
		return
	}
	j.object(value, rules{
		"verdict": j.word("verdict"), "because": j.each(j.text(becauses...)), "for": j.each(j.id), "assuming": j.each(j.assumption),
	})
}

// assumption is a presumption of the dictionary about a fact that nobody mentioned.
func (j *judge) assumption(value any) {
	name := member(value, "fact")
	i, known := j.framework.Dictionary.Index(name)
	if !known || j.framework.Facts[i].Presumed == nil {
		j.find("%q is not a fact with a presumption", name)
		return
	}
	if j.facts[name] != nil || slices.Contains(j.unsettled, any(name)) {
		j.find("%s is assumed, and was mentioned", name)
	}
	presumed, kind := j.framework.Facts[i].Presumed, "unsaid"
	if presumed.Check {
		kind = "check"
	}
	j.object(value, rules{"fact": j.text(name), "says": j.text(presumed.Says.Value), "kind": j.text(kind),
		"otherwise": j.each(j.word("verdict")), "value": func(value any) {
			j.leaves++
			if got := canonical(value); got != canonical(scalar(presumed.Value)) {
				j.find("%s is presumed to be %s, not %s", name, canonical(scalar(presumed.Value)), got)
			}
		}})
}

// flip is changes of given facts and further facts about unknown ones, to values that the conditions tell apart.
func (j *judge) flip(value any) {
	j.object(value, rules{
		"verdict": j.word("verdict"), "because": j.each(j.text(becauses...)),
		"set": func(value any) {
			for name, set := range j.settings(value) {
				if j.facts[name] == nil && !j.presumable(name) || same(set, j.facts[name]) {
					j.find("%s is set to %v, and was given as %v", name, set, j.facts[name])
				}
				j.reachable(name, set)
			}
		},
		"given": func(value any) {
			for name, given := range j.settings(value) {
				if _, ranged := rangeOf(j.facts[name]); j.facts[name] != nil && !ranged {
					j.find("%s is to be given, and was", name)
				}
				j.reachable(name, given)
			}
		},
	})
}

// presumable reports whether a fact has a presumption, from which a flip of a provisional verdict departs.
func (j *judge) presumable(name string) bool {
	i, known := j.framework.Dictionary.Index(name)
	return known && j.framework.Facts[i].Presumed != nil
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
