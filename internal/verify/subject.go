package verify

import (
	"fmt"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// subject is one capability being verified.
type subject struct {
	*framework.Capability
	dictionary *fact.Dictionary
	space      *decide.Space
	// whole is the outcomes of the model; bare is the model without the statements marked same_as or shown, and bareMap its
	// outcomes.
	whole, bareMap decide.OutcomeMap
	bareVerdicts   decide.VerdictMap
	bare           decide.Model
	// deciding are the statements that take part in the ladder, without the foundation.
	deciding []decide.Statement
	// texts are the statements as written, by id.
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

// marked reports whether the knowledge says that a statement changes no outcome.
func (s *subject) marked(id string) bool {
	text := s.texts[id]
	return !text.SameAs.IsZero() || !text.Shown.IsZero()
}

// statement returns a statement of the model, or the foundation if it applies. For an unknown id it returns the zero Statement, which has
// no condition and so decides nothing.
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

// without returns a model without a statement, or without its foundation.
func without(m decide.Model, id string) decide.Model {
	m.Statements = slices.DeleteFunc(slices.Clone(m.Statements), func(s decide.Statement) bool { return s.ID == id })
	if m.Foundation.ID == id {
		m.Foundation = decide.Statement{}
	}
	return m
}

// with returns a model in which a statement replaces the one with its id, or is added at the end.
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

// alone returns the region of a condition in a space of its own.
func (v *finder) alone(condition *decide.Condition) (decide.Region, error) {
	space, err := decide.NewSpace(v.Dictionary, []*decide.Condition{condition})
	if err != nil {
		return decide.Region{}, err
	}
	return space.Where(condition), nil
}
