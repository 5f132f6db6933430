package strict

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Value returns what a node says, before a fact determines its type. A mapping may be a range. Items that [Document.Refuse] refuses
// (aliases, custom tags, merge keys) are left out.
func Value(node *yaml.Node) fact.Written {
	w := fact.Written{Place: placeOf(node)}
	switch node.Kind {
	case yaml.SequenceNode:
		w.Form, w.Items = fact.List, []fact.Written{}
		for _, item := range node.Content {
			if one := Value(item); one.Form != fact.Null || item.Tag == "!!null" {
				w.Items = append(w.Items, one)
			}
		}
		w.Text = "[…]"
	case yaml.MappingNode:
		w.Form, w.Text, w.Members = fact.Object, "{…}", []fact.Member{}
		for i := 0; i+1 < len(node.Content); i += 2 {
			key, value := node.Content[i], node.Content[i+1]
			if key.Kind == yaml.ScalarNode && key.Tag != "!!merge" {
				w.Members = append(w.Members, fact.Member{Place: placeOf(key), Key: key.Value, Value: Value(value)})
			}
		}
	case yaml.ScalarNode:
		w.Form, w.Text = scalar(node)
	}
	return w
}

func scalar(node *yaml.Node) (fact.Form, string) {
	switch node.Tag {
	case "!!bool":
		return fact.Bool, strings.ToLower(node.Value)
	case "!!int", "!!float":
		return fact.Numeral, node.Value
	case "!!null":
		return fact.Null, ""
	case "!!str", "!!timestamp", "!!binary":
		return fact.String, node.Value
	}
	return fact.Null, ""
}

func placeOf(node *yaml.Node) fact.Place { return fact.Place{Line: node.Line, Column: node.Column} }
