package grounding

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

func (j *judge) comparison(value any) {
	c, ok := j.framework.Capability(j.call.Capability)
	if !ok {
		j.find("%q is not a capability", j.call.Capability)
		return
	}
	j.object(value, j.header(rules{"verdict": j.verdict, "kind": j.text(c.OptionsKind.Value), "options": j.each(j.option(c))}))
}

// option is one of the capability's, in the words of the knowledge.
func (j *judge) option(c *framework.Capability) rule {
	return func(value any) {
		id := member(value, "id")
		i := slices.IndexFunc(c.Options, func(o framework.Option) bool { return o.ID.Value == id })
		if i < 0 {
			j.find("%q is not an option of %s", id, c.ID)
			return
		}
		option := c.Options[i]
		type update struct {
			Date   strict.Text `json:"date"`
			Says   strict.Text `json:"says"`
			Source strict.Text `json:"source"`
		}
		updates := []update{}
		for _, u := range option.Updates {
			updates = append(updates, update(u))
		}
		decided, open := j.each(j.clause(option, false)), j.each(j.clause(option, true))
		j.object(value, rules{
			"id": j.id, "name": j.text(option.Name.Value), "use_when": j.text(option.UseWhen.Value), "tie": j.truth,
			"class": func(value any) {
				if value != nil {
					j.word("class")(value)
				}
			},
			"fits": decided, "fails": decided, "unknown": open, "could_rule_out": open,
			"pros": j.exactly(option.Pros), "cons": j.exactly(option.Cons), "updates": j.sameJSON(updates),
		})
	}
}

// sameJSON is a value that marshals as one of ours does.
func (j *judge) sameJSON(want any) rule {
	return func(value any) {
		decoded, err := decode([]byte(canonical(want)))
		if err != nil {
			j.find("%v", err)
			return
		}
		j.equal(decoded)(value)
	}
}

// clause is a condition of the option in its words, with the given facts that it mentions, or with questions where it is open.
func (j *judge) clause(option framework.Option, open bool) rule {
	return func(value any) {
		var when []string
		for _, clause := range slices.Concat(option.Fits, option.Out) {
			if clause.Says.Value == member(value, "says") {
				when = append(when, clause.When.Value)
			}
		}
		if when == nil {
			j.find("%q is not a clause of %s", member(value, "says"), option.ID)
		}
		r := rules{"says": j.text(member(value, "says")), "facts": j.givenFacts(when...)}
		if open {
			r = rules{"says": r["says"], "ask": j.each(j.question)}
		}
		j.object(value, r)
	}
}
