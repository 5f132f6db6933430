package strict

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// Refuse notes every use of the YAML features that make a file mean something other than it shows: aliases, anchors, tags and merge keys.
func (d *Document) Refuse() { d.refuse(d.Root) }

func (d *Document) refuse(node *yaml.Node) {
	if problem := refused(node); problem != "" {
		d.Add(node, "%s", problem)
	}
	for i, child := range node.Content {
		if node.Kind == yaml.MappingNode && i%2 == 0 && merges(child) {
			d.Add(child, "a merge key, <<, is refused: write the keys out")
		}
		d.refuse(child)
	}
}

// refused says why a node is refused; empty if it is not.
func refused(node *yaml.Node) string {
	switch {
	case node.Kind == yaml.AliasNode:
		return fmt.Sprintf("an alias, *%s, is refused: write the value out", words.Cut(node.Value, longestName))
	case node.Anchor != "":
		return fmt.Sprintf("an anchor, &%s, is refused: write the value out where it is meant", words.Cut(node.Anchor, longestName))
	case tagged(node):
		return fmt.Sprintf("a tag, %s, is refused: put a value that starts with ! in quotes", words.Cut(node.Tag, longestName))
	}
	return ""
}

func tagged(node *yaml.Node) bool {
	return node.Style&yaml.TaggedStyle != 0 || !strings.HasPrefix(node.Tag, "!!")
}

// merges reports whether a key merges another mapping in.
func merges(key *yaml.Node) bool { return key.Tag == "!!merge" }

// unreadable reports whether a refused node leaves no value to go on with.
func unreadable(node *yaml.Node) bool {
	return node.Kind == yaml.AliasNode || node.Kind == yaml.ScalarNode && node.Anchor == "" && tagged(node)
}

// empty reports whether a value is missing: nothing, ~ or null.
func empty(node *yaml.Node) bool { return node.Kind == yaml.ScalarNode && node.Tag == "!!null" }
