package text

import (
	"strings"

	"github.com/vanhoutenbos/layer2/internal/record"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// Redefined is a fact, and the version of the knowledge in which its meaning changed.
type Redefined struct {
	Fact  string `json:"fact"`
	Since string `json:"since"`
}

// redefined returns the facts of a record whose meaning has changed since.
func (c Check) redefined(f record.Finding) []Redefined {
	list := []Redefined{}
	for _, r := range f.Redefined {
		list = append(list, Redefined{c.Framework.Dictionary.Fact(r.Fact).Name, words.Escape(r.Since)})
	}
	return list
}

// redefinitions says which meanings have changed: "the meaning of compliance changed in 1.1.0".
func (c Check) redefinitions(f record.Finding) string {
	parts := words.Each(c.redefined(f), func(r Redefined) string { return "that of " + r.Fact + " in " + r.Since })
	first := c.redefined(f)[0]
	parts[0] = "the meaning of " + first.Fact + " changed in " + first.Since
	return words.And(parts)
}

// redefinedToo is a sentence about the meanings that have changed, behind what undid a record; empty if none has.
func (c Check) redefinedToo(f record.Finding) string {
	if len(f.Redefined) == 0 {
		return ""
	}
	return " " + words.Capital(c.redefinitions(f)) + "."
}

// cite returns the command that shows what the redefined facts mean now.
func (c Check) cite(f record.Finding) string {
	ids := words.Each(c.redefined(f), func(r Redefined) string { return words.JSON(r.Fact) })
	command := "layer2 call cite '{\"ids\":[" + strings.Join(ids, ",") + "]}'"
	if c.Knowledge != "" {
		command += " " + flagged("knowledge", c.Knowledge)
	}
	return command
}
