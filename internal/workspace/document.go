package workspace

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/strict"
)

// MaximumBytes is the size beyond which a file of facts is refused: that of one with every fact in it, a hundred times.
const MaximumBytes = 1 << 20

// mark is what an editor may put before the first character of a file.
var mark = []byte("\ufeff")

// document is the root of the file's one YAML document; nil if nothing is in it, or if it cannot be read.
func (r *reader) document(content []byte) *yaml.Node {
	content = bytes.TrimPrefix(content, mark)
	if len(content) > MaximumBytes {
		r.note(0, 0, "%d bytes, more than the %d that a file of facts may have", len(content), MaximumBytes)
		return nil
	}
	documents, err := strict.Documents(content)
	var wrong *strict.Error
	switch {
	case errors.As(err, &wrong):
		r.note(wrong.Line, wrong.Column, "%s", wrong.Problem)
	case err != nil:
		r.note(0, 0, "%v", err)
	case len(documents) > 1:
		r.note(documents[1].Line, documents[1].Column, "a second document: a file of facts holds one")
	case len(documents) == 1 && len(documents[0].Content) == 1 && !empty(documents[0].Content[0]):
		r.refuse(documents[0].Content[0])
		return documents[0].Content[0]
	}
	return nil
}

// empty says whether nothing is written where a value could be: nothing, ~ or null.
func empty(node *yaml.Node) bool { return node.Kind == yaml.ScalarNode && node.Tag == "!!null" }

// refuse notes every use of the parts of YAML that make a file mean something other than what it says.
func (r *reader) refuse(node *yaml.Node) {
	if problem := refused(node); problem != "" {
		r.add(node, "%s", problem)
	}
	for i, child := range node.Content {
		if node.Kind == yaml.MappingNode && i%2 == 0 && child.Tag == "!!merge" {
			r.add(child, "a merge key, <<, is refused: write the keys out")
		}
		r.refuse(child)
	}
}

// refused says why a node has no place in a file of facts, or nothing.
func refused(node *yaml.Node) string {
	switch {
	case node.Kind == yaml.AliasNode:
		return fmt.Sprintf("an alias, *%s, is refused: write the value out", cut(node.Value))
	case node.Anchor != "":
		return fmt.Sprintf("an anchor, &%s, is refused: write the value out where it is meant", cut(node.Anchor))
	case node.Style&yaml.TaggedStyle != 0, !strings.HasPrefix(node.Tag, "!!"):
		return fmt.Sprintf("a tag, %s, is refused: put a value that starts with ! in quotes", cut(node.Tag))
	}
	return ""
}
