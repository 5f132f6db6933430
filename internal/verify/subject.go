package verify

import (
	"fmt"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// subject is one capability under examination.
type subject struct {
	*framework.Capability
	dictionary *fact.Dictionary
	space      *decide.Space
	// whole is its outcomes as they are; bare the model without the statements that are marked same_as or shown, and bareMap
	// the outcomes of that.
	whole, bareMap decide.OutcomeMap
	bareVerdicts   decide.VerdictMap
	bare           decide.Model
	// deciding are its statements that take part in the ladder, without the foundation.
	deciding []decide.Statement
	// texts are its statements as the knowledge has them, by id.
	texts map[string]framework.Statement
}

func newSubject(f *framework.Framework, c *framework.Capability) (*subject, error) {
	space, err := decide.NewSpace(f.Dictionary, c.Model.Conditions())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.ID, err)
	}
	s := &subject{Capability: c, dictionary: f.Dictionary, space: space, texts: map[string]framework.Statement{}}
	for _, statement := range slices.Concat(c.Statements(), f.Rules) {
		s.texts[statement.ID.Value] = statement
	}
	s.bare = c.Model
	for _, statement := range c.Model.Statements {
		if s.marked(statement.ID) {
			s.bare = without(s.bare, statement.ID)
		}
	}
	s.whole, s.bareMap = space.Outcomes(c.Model), space.Outcomes(s.bare)
	s.bareVerdicts = s.bareMap.Verdicts()
	s.deciding = slices.DeleteFunc(slices.Clone(c.Model.Statements), func(statement decide.Statement) bool { return !statement.Decides() })
	return s, nil
}

// marked reports whether the knowledge says of a statement that it changes no outcome.
func (s *subject) marked(id string) bool {
	text := s.texts[id]
	return !text.SameAs.IsZero() || !text.Shown.IsZero()
}

// statement finds a statement of the model; the foundation too, where it is asked. Without a condition it decides nothing, and
// the zero Statement stands for one that is not there.
func (s *subject) statement(id string) decide.Statement {
	for _, statement := range s.Model.Statements {
		if statement.ID == id {
			return statement
		}
	}
	if s.Model.Foundation.ID == id && !s.Model.Prepare {
		return s.Model.Foundation
	}
	return decide.Statement{}
}

// without is a model without a statement, or without its foundation.
func without(m decide.Model, id string) decide.Model {
	m.Statements = slices.DeleteFunc(slices.Clone(m.Statements), func(s decide.Statement) bool { return s.ID == id })
	if m.Foundation.ID == id {
		m.Foundation = decide.Statement{}
	}
	return m
}

// with is a model with a statement put in the place of the one with its id, or added behind.
func with(m decide.Model, statement decide.Statement) decide.Model {
	m.Statements = slices.Clone(m.Statements)
	for i, s := range m.Statements {
		if s.ID == statement.ID {
			m.Statements[i] = statement
			return m
		}
	}
	m.Statements = append(m.Statements, statement)
	return m
}

// alone is the region of a condition in a space of its own.
func (v *finder) alone(condition *decide.Condition) (decide.Region, error) {
	space, err := decide.NewSpace(v.Dictionary, []*decide.Condition{condition})
	if err != nil {
		return decide.Region{}, err
	}
	return space.Where(condition), nil
}
