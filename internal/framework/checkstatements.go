package framework

import (
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// checkCapability checks the statements, options and questions of a capability.
func (c *checker) checkCapability(f *file) {
	for _, required := range []struct {
		text strict.Text
		key  string
	}{{f.ID, "id"}, {f.Code, "code"}, {f.Title, "title"}, {f.Summary, "summary"}} {
		if !required.text.Present() {
			c.add(f.top(), "missing key %q: a capability has one", required.key)
		}
	}
	if len(f.Options) > 0 && !f.OptionsKind.Present() {
		c.add(f.Options[0].ID.Place, "missing key \"options_kind\": tools and approaches are ranked, levels and components add up")
	}
	reasons := idsOf(f.Triggers, f.Now)
	var required []string
	for _, s := range f.CapabilityFile.sections() {
		c.checkSection(s)
		for _, statement := range s.statements {
			for _, id := range statement.Answers {
				c.refers(id, "trigger (T) or reason for now (W) of "+f.ID.Value, reasons)
			}
			if statement.Required {
				required = append(required, statement.ID.Value)
			}
		}
	}
	for _, statement := range f.Now {
		c.refers(statement.Lifts, "required statement of "+f.ID.Value, required)
	}
	for _, option := range f.Options {
		c.checkDisabled(option.ID, option.Disabled, option.Reason)
	}
	var questions []string
	for _, question := range f.Questions {
		questions = append(questions, question.ID.Value)
		c.checkSection(section{key: "parts", statements: question.Parts})
	}
	c.refers(f.Exit, "question of "+f.ID.Value, questions)
}

func (c *checker) checkSection(s section) {
	for _, statement := range s.statements {
		c.checkMarks(s, statement)
		c.checkDisabled(statement.ID, statement.Disabled, statement.Reason)
		c.checkSameAs(statement)
	}
}

// checkMarks refuses a mark that would be silently ignored.
func (c *checker) checkMarks(s section, statement Statement) {
	for _, mark := range statement.marks() {
		switch {
		case !slices.Contains(s.marks, mark.name):
			c.add(mark.Place, "%q does nothing in %q", mark.name, s.key)
		case statement.Do.Present() && mark.name != "do" && mark.name != "when":
			c.add(mark.Place, "%q does nothing next to \"do\"", mark.name)
		case s.role == decide.Rule && !statement.Effect.Present():
			c.add(mark.Place, "%q does nothing without \"effect\" in %q", mark.name, s.key)
		case mark.name != "when" && mark.name != "do" && !statement.When.Present():
			c.add(mark.Place, "%q does nothing without \"when\"", mark.name)
		case mark.name == "effect" && !statement.Effect.IsZero() && !slices.Contains(s.effects, statement.Effect.Value):
			c.misplacedEffect(s, statement)
		}
	}
}

// misplacedEffect notes an effect that belongs to another list. Words that are not effects at all were noted by the decoder.
func (c *checker) misplacedEffect(s section, statement Statement) {
	if slices.Contains([]string{"floor", "blocker", "later"}, statement.Effect.Value) {
		c.add(statement.Effect.Place, "effect %q does nothing in %q; it has %s", statement.Effect, s.key, strings.Join(s.effects, " or "))
	}
}

// checkDisabled checks that a disabled entry has a reason, and that only disabled ones have.
func (c *checker) checkDisabled(id strict.Text, disabled bool, reason strict.Text) {
	switch {
	case disabled && !reason.Present():
		c.add(id.Place, "%s is disabled and gives no reason", id)
	case !disabled && reason.Present():
		c.add(reason.Place, "%s gives a reason and is not disabled", id)
	}
}

// checkSameAs checks that same_as names a statement and that the chain does not lead back.
func (c *checker) checkSameAs(statement Statement) {
	same := statement.SameAs
	if same.IsZero() {
		return
	}
	if _, is := c.same[same.Value]; !is {
		c.dangles(same.Place, "%s is not a statement", same.Quoted()).Near(same.Value, c.names)
	}
	if c.isCyclic(same.Value) {
		c.add(same.Place, "\"same_as\" of %s leads back to itself: leave it out of the statement that the others repeat", statement.ID)
	}
}

// isCyclic reports whether following same_as from a statement never ends. The answer holds for every statement on the way.
func (c *checker) isCyclic(id string) bool {
	way := map[string]bool{}
	round, known := false, false
	for ; id != "" && !round; id = c.same[id] {
		if round, known = c.circular[id]; known {
			break
		}
		round = way[id]
		way[id] = true
	}
	for on := range way {
		c.circular[on] = round
	}
	return round
}
