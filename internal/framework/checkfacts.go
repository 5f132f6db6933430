package framework

import (
	"regexp"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/decide"
)

var (
	snakeCase = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	kebabCase = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	// reserved are the words that mean something else in a condition, here or in CEL.
	reserved = []string{"true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if",
		"import", "let", "loop", "package", "namespace", "return", "var", "void", "while"}
)

// maximumValues is how many values a fact may have: nobody chooses from more.
const maximumValues = 100

// checkFacts checks the facts of all files, and makes the dictionary of those that could be read.
func (c *checker) checkFacts() {
	var facts []decide.Fact
	known := map[string]bool{}
	for _, f := range c.files {
		for _, fact := range f.Facts {
			made := c.fact(f, fact)
			if !known[made.Name] {
				known[made.Name] = true
				facts = append(facts, made)
			}
		}
	}
	c.dictionary, _ = decide.NewDictionary(facts) // no name stands twice in it
	if len(facts) == 0 && !c.incomplete {
		c.mistakes.add("", place{}, "no file holds facts")
	}
}

// fact checks one fact, and makes it the engine's.
func (c *checker) fact(f *file, fact Fact) decide.Fact {
	made := decide.Fact{Name: fact.ID.Value, Step: fact.Step}
	made.Kind, _ = decide.KindOf(fact.Type.Value)
	switch {
	case fact.ID.IsZero():
	case !snakeCase.MatchString(made.Name):
		c.add(f, fact.ID.place(), "%s is no snake_case name: write small letters, digits and _", shown(made.Name))
	case slices.Contains(reserved, made.Name):
		c.add(f, fact.ID.place(), "%q is a word of conditions and can name no fact", made.Name)
	}
	before := len(*c.mistakes)
	made.Values = c.domain(f, fact, made.Kind)
	c.faulty[made.Name] = made.Kind == decide.Unknown || len(*c.mistakes) > before
	switch {
	case made.Kind == decide.Number && fact.Step <= 0:
		c.add(f, fact.ID.place(), "%s is a number and has no step above 0: how far is just past a boundary?", made.Name)
	case made.Kind == decide.Integer && fact.Step != 0 && fact.Step != 1:
		c.add(f, fact.ID.place(), "%s is an integer, whose step is 1", made.Name)
	case made.Kind != decide.Number && made.Kind != decide.Integer && fact.Step != 0:
		c.add(f, fact.ID.place(), "%s is %s, which has no step", made.Name, indefinite(made.Kind))
	}
	if q := fact.Question.Value; q != "" && q[len(q)-1] != '?' {
		c.add(f, fact.Question.place(), "the question of %s does not end with a question mark", made.Name)
	}
	if p := fact.Presumed; p != nil && made.Kind != decide.Unknown && p.Value.Written.Kind != decide.Unknown {
		value, err := p.Value.Of(made)
		if err != nil {
			c.add(f, p.Value.place(), "%v", err)
		}
		made.Presumed = value
	}
	return made
}

// domain checks the values of a choice or a set; other facts have none.
func (c *checker) domain(f *file, fact Fact, kind decide.Kind) []string {
	if n := len(fact.Values); n > maximumValues {
		c.add(f, fact.Values[maximumValues].place(), "%s has %d values, more than the %d that a fact may have", fact.ID, n, maximumValues)
		return nil
	}
	var values []string
	for _, value := range fact.Values {
		switch {
		case value.IsZero():
			continue
		case slices.Contains(values, value.Value):
			c.add(f, value.place(), "value %s of %s stands twice", shown(value.Value), fact.ID)
			continue
		case !snakeCase.MatchString(value.Value):
			c.add(f, value.place(), "%s is no snake_case value: write small letters, digits and _", shown(value.Value))
		}
		values = append(values, value.Value)
	}
	chosen := kind == decide.Choice || kind == decide.Set
	switch {
	case chosen && len(fact.Values) == 0:
		c.add(f, fact.ID.place(), "%s is %s and lists no values", fact.ID, indefinite(kind))
	case !chosen && kind != decide.Unknown && len(fact.Values) > 0:
		c.add(f, fact.Values[0].place(), "%s is %s, which has no values", fact.ID, indefinite(kind))
	}
	return values
}
