package grounding

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

func (j *judge) plan(value any) {
	plan, _ := value.(map[string]any)
	j.object(value, j.header(rules{
		"themes":       j.each(j.theme),
		"sequence":     j.sequence,
		"other_themes": j.each(j.otherTheme),
		"if_confirmed": j.each(func(value any) {
			j.object(value, rules{"id": j.id, "verdict": j.word("verdict"), "assuming": j.each(j.assumption)})
		}),
		"decide_first": j.each(func(value any) { j.object(value, rules{"capability": j.id}) }),
		"fix_first":    j.each(func(value any) { j.object(value, rules{"capability": j.id, "blockers": j.each(j.id)}) }),
		"later":        j.each(func(value any) { j.object(value, rules{"capability": j.id, "until": j.each(j.id)}) }),
		"ask_first":    j.each(func(value any) { j.object(value, rules{"capability": j.id, "ask": j.each(j.question)}) }),
		"mermaid":      j.text(j.drawing(plan["sequence"], plan["if_confirmed"])),
	}))
}

func (j *judge) theme(value any) {
	theme, ok := j.framework.Theme(member(value, "id"))
	if !ok {
		j.find("%q is not a theme", member(value, "id"))
		return
	}
	need := theme.Need.When.Value
	if len(theme.Need.AnyStands) > 0 {
		need = words(theme.Need.AnyStands, " || ") + " stands"
	}
	var guards, advice []string
	for _, guard := range theme.Guards {
		guards = append(guards, guard.When.Value)
	}
	for _, inferred := range theme.Inferred {
		advice = append(advice, inferred.Says.Value)
	}
	for _, route := range theme.Routes {
		advice = append(advice, route.Says.Value)
	}
	condition := func(when ...string) rule {
		return func(value any) { j.object(value, rules{"when": j.text(when...), "state": j.word("state")}) }
	}
	j.object(value, rules{
		"id": j.id, "slug": j.text(theme.Slug.Value), "title": j.text(theme.Title.Value),
		"status": j.word("status"), "possible": j.each(j.word("status")), "because": j.each(j.idOrFact),
		"prerequisites": j.each(j.prerequisite), "guards": j.each(condition(guards...)), "need": condition(need),
		"advice": j.each(j.text(advice...)), "ask": j.each(j.question),
	})
}

// otherTheme is a theme that is not told in full.
func (j *judge) otherTheme(value any) {
	theme, ok := j.framework.Theme(member(value, "id"))
	if !ok {
		j.find("%q is not a theme", member(value, "id"))
		return
	}
	j.object(value, rules{"id": j.id, "slug": j.text(theme.Slug.Value), "status": j.word("status")})
}

func words(texts []strict.Text, between string) string {
	var list []string
	for _, text := range texts {
		list = append(list, text.Value)
	}
	return strings.Join(list, between)
}

// idOrFact is an id of the knowledge that is not a fact, or a fact that was given.
func (j *judge) idOrFact(value any) {
	name, _ := value.(string)
	if _, fact := j.framework.Dictionary.Index(name); fact {
		j.given(value)
		return
	}
	j.id(value)
}

func (j *judge) prerequisite(value any) {
	j.object(value, rules{
		"capability": j.id, "basis": j.word("basis"), "running": j.running(member(value, "capability")), "verdict": j.word("verdict"),
	})
}

// sequence is steps, counted from one.
func (j *judge) sequence(value any) {
	n := 0
	j.each(func(value any) {
		n++
		j.object(value, j.step(value, n))
	})(value)
}

// step is a capability, a theme or the foundation; its sentence is one of three.
func (j *judge) step(value any, n int) rules {
	r := rules{
		"step": j.equal(n), "id": j.id, "exit": j.statement, "builds_on": j.each(j.id), "questions": j.each(j.id),
		"verdict": j.text(append(j.words["status"], j.words["verdict"]...)...),
		"then":    j.text("Start the next step when the number that R3 asks for is named and met."),
		"measure": j.each(func(value any) {
			entry, ok := j.framework.Entry(member(value, "id"))
			if !ok {
				j.find("%q is not an id", member(value, "id"))
				return
			}
			j.object(value, rules{"id": j.id, "says": j.says(value), "facts": j.givenFacts(entry.When)})
		}),
	}
	if ids := measures(value); len(ids) > 0 && !slices.Contains(ids, "R3") {
		r["then"] = j.text(fmt.Sprintf("Start the next step when its measure (%s) is met.", strings.Join(ids, ", ")))
	}
	if member(value, "id") == "layer-1" {
		foundation, _ := j.framework.Entry("R1")
		r["id"], r["verdict"] = j.text("layer-1"), j.equal(nil)
		r["then"] = j.text("Start the next step when Layer 1 is stable (Y1).")
		r["measure"] = j.each(func(value any) {
			j.object(value, rules{"id": j.text("Y1"), "says": j.says(value), "facts": j.givenFacts(foundation.When)})
		})
	}
	return r
}

// measures are the ids of a step's measures.
func measures(step any) []string {
	object, _ := step.(map[string]any)
	list, _ := object["measure"].([]any)
	var ids []string
	for _, measure := range list {
		ids = append(ids, member(measure, "id"))
	}
	return ids
}

// drawing is the Mermaid of a sequence: a box a step with its title and verdict; dashed behind it, what would follow if confirmed.
func (j *judge) drawing(sequence, confirm any) string {
	steps, _ := sequence.([]any)
	drawing, last := "flowchart LR\n", "none"
	if len(steps) == 0 {
		drawing += "  none[\"Nothing is certain to start now\"]\n"
	}
	for i, step := range steps {
		title, verdict := "Layer 1", "first"
		if c, ok := j.framework.Capability(member(step, "id")); ok {
			title, verdict = c.Title.Value, member(step, "verdict")
		}
		if theme, ok := j.framework.Theme(member(step, "id")); ok {
			title, verdict = theme.Title.Value, member(step, "verdict")
		}
		drawing += fmt.Sprintf("  s%d[\"%d. %s: %s\"]\n", i+1, i+1, title, verdict)
		if i > 0 {
			drawing += fmt.Sprintf("  s%d --> s%d\n", i, i+1)
		}
		last = fmt.Sprint("s", i+1)
	}
	list, _ := confirm.([]any)
	for i, one := range list {
		if c, ok := j.framework.Capability(member(one, "id")); ok {
			drawing += fmt.Sprintf("  c%d[\"If confirmed: %s: %s\"]\n  %s -.-> c%d\n", i+1, c.Title.Value, member(one, "verdict"), last, i+1)
			last = fmt.Sprint("c", i+1)
		}
	}
	return drawing
}

// scalar is a presumption of the knowledge as a plain value.
func scalar(s fact.Written) any {
	raw, err := json.Marshal(s)
	if err != nil {
		return err.Error() // YAML's values always marshal
	}
	var value any
	if err := json.Unmarshal(raw, &value); err != nil {
		return err.Error()
	}
	return value
}
