package framework

import (
	"regexp"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

var (
	snakeCase = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	kebabCase = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	// reserved words have another meaning in conditions, here or in CEL.
	reserved = []string{"true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if",
		"import", "let", "loop", "package", "namespace", "return", "var", "void", "while"}
)

// maximumValues limits the values of a fact: nobody chooses from more.
const maximumValues = 100

// checkFacts checks the facts of all files and makes the dictionary of those that could be read.
func (c *checker) checkFacts() {
	var facts []fact.Fact
	known := map[string]bool{}
	for _, f := range c.files {
		for _, fact := range f.Facts {
			made := c.fact(fact)
			if !known[made.Name] {
				known[made.Name] = true
				facts = append(facts, made)
			}
		}
	}
	c.dictionary, _ = fact.NewDictionary(facts) // names are unique here
	if len(facts) == 0 && !c.incomplete {
		c.mistakes.Add(strict.Place{}, "no file holds facts")
	}
}

// fact checks a fact and converts it to the engine's type.
func (c *checker) fact(about Fact) fact.Fact {
	made := fact.Fact{Name: about.ID.Value, Step: about.Step}
	made.Kind, _ = fact.KindOf(about.Type.Value)
	switch {
	case about.ID.IsZero():
	case !snakeCase.MatchString(made.Name):
		c.add(about.ID.Place, "%s is not a snake_case name: write small letters, digits and _", strict.Quote(made.Name))
	case slices.Contains(reserved, made.Name):
		c.add(about.ID.Place, "%q is reserved in conditions and cannot name a fact", made.Name)
	}
	before := c.mistakes.Len()
	made.Values = c.domain(about, made.Kind)
	c.faulty[made.Name] = made.Kind == fact.Unknown || c.mistakes.Len() > before
	switch {
	case made.Kind == fact.Number && about.Step <= 0:
		c.add(about.ID.Place, "%s is a number and needs a step above 0: how far is just past a boundary?", made.Name)
	case made.Kind == fact.Integer && about.Step != 0 && about.Step != 1:
		c.add(about.ID.Place, "%s is an integer, whose step is 1", made.Name)
	case made.Kind != fact.Number && made.Kind != fact.Integer && about.Step != 0:
		c.add(about.ID.Place, "%s is %s, which has no step", made.Name, made.Kind.Indefinite())
	}
	if q := about.Question.Value; q != "" && q[len(q)-1] != '?' {
		c.add(about.Question.Place, "the question of %s does not end with a question mark", made.Name)
	}
	if p := about.Presumed; p != nil && made.Kind != fact.Unknown && p.Value.Form != fact.Null {
		made.Presumed = c.value(about.ID.File, made, p.Value)
	}
	return made
}

// value reads the value that a file gives to a fact. Ranges are not accepted.
func (c *checker) value(file string, about fact.Fact, written fact.Written) fact.Value {
	if written.Form == fact.Object {
		written.Members = nil
	}
	value, mistakes := about.Read(written)
	c.mistakes.AddRead(file, "", mistakes)
	return value
}

// domain checks the values of a choice or a set; other kinds have none.
func (c *checker) domain(about Fact, kind fact.Kind) []string {
	if n := len(about.Values); n > maximumValues {
		c.add(about.Values[maximumValues].Place, "%s has %d values, more than the %d that a fact may have", about.ID, n, maximumValues)
		return nil
	}
	var values []string
	for _, value := range about.Values {
		switch {
		case value.IsZero():
			continue
		case slices.Contains(values, value.Value):
			c.add(value.Place, "value %s of %s is given twice", value.Quoted(), about.ID)
			continue
		case !snakeCase.MatchString(value.Value):
			c.add(value.Place, "%s is not a snake_case value: write small letters, digits and _", value.Quoted())
		}
		values = append(values, value.Value)
	}
	chosen := kind == fact.Choice || kind == fact.Set
	switch {
	case chosen && len(about.Values) == 0:
		c.add(about.ID.Place, "%s is %s and lists no values", about.ID, kind.Indefinite())
	case !chosen && kind != fact.Unknown && len(about.Values) > 0:
		c.add(about.Values[0].Place, "%s is %s, which has no values", about.ID, kind.Indefinite())
	}
	return values
}
