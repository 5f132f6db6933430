package verify

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// edits returns the changes that turn the old model into the new one, in the order of the new statements; removals come last.
func (p *pair) edits(before, after side, oldModel, newModel decide.Model) []Edit {
	var edits []Edit
	add := func(was, is decide.Statement, apply func(decide.Model) decide.Model) {
		edit := Edit{ID: cmp.Or(is.ID, was.ID), Was: describe(was), Is: describe(is), apply: apply}
		if entry, known := after.Entry(edit.ID); known && entry.Statement != nil {
			edit.File, edit.Line = entry.Statement.ID.File, lineOf(*entry.Statement)
			if entry.Statement.Disabled {
				edit.Is = "disabled"
			}
		} else if entry, known := before.Entry(edit.ID); known && entry.Statement != nil {
			edit.File, edit.Line = entry.Statement.ID.File, lineOf(*entry.Statement)
		}
		edits = append(edits, edit)
	}
	for _, is := range newModel.Statements {
		was, _ := find(oldModel, is.ID)
		if !alike(was, is) {
			add(was, is, func(m decide.Model) decide.Model { return with(m, is) })
		}
	}
	if !alike(oldModel.Foundation, newModel.Foundation) {
		add(oldModel.Foundation, newModel.Foundation, func(m decide.Model) decide.Model { m.Foundation = newModel.Foundation; return m })
	}
	if oldModel.Prepare != newModel.Prepare {
		c := after.capability
		edits = append(edits, Edit{ID: "mode", Was: before.capability.Mode.Value, Is: c.Mode.Value, File: c.ID.File, Line: c.ID.Line,
			apply: func(m decide.Model) decide.Model { m.Prepare = newModel.Prepare; return m }})
	}
	for _, was := range oldModel.Statements {
		if _, still := find(newModel, was.ID); !still {
			add(was, decide.Statement{}, func(m decide.Model) decide.Model { return without(m, was.ID) })
		}
	}
	return edits
}

func lineOf(s framework.Statement) int {
	if s.When.Line > 0 {
		return s.When.Line
	}
	return s.ID.Line
}

func find(m decide.Model, id string) (decide.Statement, bool) {
	i := slices.IndexFunc(m.Statements, func(s decide.Statement) bool { return s.ID == id })
	if i < 0 {
		return decide.Statement{}, false
	}
	return m.Statements[i], true
}

// alike reports whether two statements are equal as far as outcomes are concerned.
func alike(a, b decide.Statement) bool { return describe(a) == describe(b) && a.Role == b.Role }

// describe returns what a statement does, on one line; empty for the zero Statement.
func describe(s decide.Statement) string {
	if s.ID == "" {
		return ""
	}
	var parts []string
	if s.When != nil {
		parts = append(parts, s.When.String())
	}
	for _, m := range marksOf(s) {
		parts = append(parts, m.name)
	}
	return strings.Join(parts, "; ")
}

// explainer finds out which edits had an effect.
type explainer struct {
	space *decide.Space
	old   decide.Model
	edits []Edit
	known map[string]decide.OutcomeMap // by the edits applied
}

// mostTried is how many edits are tried in all combinations. With more, no edit of the set found can be left out, but a smaller set may
// exist.
const mostTried = 12

// explain returns the smallest set of edits with which the old model has the new outcome everywhere in the change; of several, the one
// whose edits come first.
func (e *explainer) explain(change decide.Change) []Edit {
	if len(e.edits) > mostTried {
		return e.pick(e.drop(change))
	}
	var masks []uint
	for mask := range uint(1) << len(e.edits) {
		masks = append(masks, mask)
	}
	slices.SortStableFunc(masks, func(a, b uint) int { return bits.OnesCount(a) - bits.OnesCount(b) })
	for _, mask := range masks {
		chosen := make([]bool, len(e.edits))
		for i := range chosen {
			chosen[i] = mask>>i&1 == 1
		}
		if e.suffices(chosen, change) {
			return e.pick(chosen)
		}
	}
	return e.edits // all edits together yield the new model
}

// drop removes edits one by one, last first, as long as the remaining ones still explain the change.
func (e *explainer) drop(change decide.Change) []bool {
	chosen := slices.Repeat([]bool{true}, len(e.edits))
	for i := range slices.Backward(e.edits) {
		chosen[i] = false
		chosen[i] = !e.suffices(chosen, change)
	}
	return chosen
}

// suffices reports whether the chosen edits alone yield the new outcome everywhere in the change.
func (e *explainer) suffices(chosen []bool, change decide.Change) bool {
	key := fmt.Sprint(chosen)
	outcomes, known := e.known[key]
	if !known {
		m := e.old
		for _, edit := range e.pick(chosen) {
			m = edit.apply(m)
		}
		outcomes = e.space.Outcomes(m)
		e.known[key] = outcomes
	}
	return change.Where.Without(outcomes.Where(change.To)).Empty()
}

func (e *explainer) pick(chosen []bool) []Edit {
	picked := []Edit{}
	for i, is := range chosen {
		if is {
			picked = append(picked, e.edits[i])
		}
	}
	return picked
}
