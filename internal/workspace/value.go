package workspace

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/strict"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// value reads what is known of a fact.
func (r *reader) value(about fact.Fact, node *yaml.Node) fact.Value {
	value, mistakes := about.Read(strict.Value(node))
	for _, m := range mistakes {
		r.note(m.Line, m.Column, "%s: %s%s", about.Name, m.Problem, r.meant(m.Name, m.Known))
	}
	return value
}

func isTrue(node *yaml.Node) bool { return strings.EqualFold(node.Value, "true") }

// kindOf is what a node is, for a message.
func kindOf(node *yaml.Node) string {
	switch {
	case node.Kind == yaml.MappingNode:
		return "a mapping"
	case node.Kind == yaml.SequenceNode:
		return "a list"
	case empty(node):
		return "nothing"
	case node.Tag != "!!str":
		return cut(node.Value)
	}
	return quoted(node.Value)
}

// longest is how much of a text of the file a message gives back, in characters.
const longest = 80

// quoted is a text of the file as a message gives it back, cut the same without quotes.
func quoted(s string) string { return words.Quote(s, longest) }
func cut(s string) string    { return words.Cut(s, longest) }
