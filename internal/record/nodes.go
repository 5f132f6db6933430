package record

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/words"
)

func (r *reader) add(node *yaml.Node, format string, arguments ...any) {
	line := 1
	if node != nil {
		line = r.above + node.Line
	}
	r.mistakes = append(r.mistakes, Mistake{line, words.Cut(fmt.Sprintf(format, arguments...), longestProblem)})
}

// lookedUp is for how many mistakes it is looked up what may have been meant: a file may have tens of thousands.
const lookedUp = 50

// meant is the end of a message about a word: the nearest known one, if one is near.
func (r *reader) meant(word string, known []string) string {
	if len(r.mistakes) >= lookedUp {
		return ""
	}
	return words.DidYouMean(words.Nearest(word, known, 1))
}

// refuse notes every use of the parts of YAML that make a file mean something other than what it says.
func (r *reader) refuse(node *yaml.Node) {
	switch {
	case node.Kind == yaml.AliasNode:
		r.add(node, "an alias, *%s, is refused: write the value out", words.Cut(node.Value, longestShown))
	case node.Anchor != "":
		r.add(node, "an anchor, &%s, is refused: write the value out where it is meant", words.Cut(node.Anchor, longestShown))
	case node.Tag == "!!merge":
		r.add(node, "a merge key, <<, is refused: write the keys out")
	case node.Style&yaml.TaggedStyle != 0, !strings.HasPrefix(node.Tag, "!!"):
		r.add(node, "a tag, %s, is refused: put a value that starts with ! in quotes", words.Cut(node.Tag, longestShown))
	}
	for _, child := range node.Content {
		r.refuse(child)
	}
}

// pairs are the keys of a mapping and what stands behind them. A key that stands twice is a mistake, and so is one that is not
// among the known, unless all are welcome.
func (r *reader) pairs(node *yaml.Node, name string, known []string) map[string]*yaml.Node {
	pairs := map[string]*yaml.Node{}
	r.each(node, name, func(key, value *yaml.Node) {
		if known != nil && !slices.Contains(known, key.Value) {
			r.add(key, "unknown key %s in %s%s", shown(key.Value), name, r.meant(key.Value, known))
		}
		pairs[key.Value] = value
	})
	return pairs
}

// each calls a function for every key of a mapping, once each.
func (r *reader) each(node *yaml.Node, name string, read func(key, value *yaml.Node)) {
	if node.Kind != yaml.MappingNode {
		r.add(node, "%s is a mapping, not %s", name, kindOf(node))
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key := node.Content[i]
		switch {
		case key.Kind != yaml.ScalarNode:
			r.add(key, "a key of %s is a word, not %s", name, kindOf(key))
		case seen[key.Value]:
			r.add(key, "%s stands twice in %s", shown(key.Value), name)
		default:
			seen[key.Value] = true
			read(key, node.Content[i+1])
		}
	}
}

// mapping reads the fields of a mapping, in their order, whatever order the file has.
func (r *reader) mapping(node *yaml.Node, name string, fields []field) {
	var known []string
	for _, f := range fields {
		known = append(known, f.key)
	}
	pairs := r.pairs(node, name, known)
	for _, f := range fields {
		if n := pairs[f.key]; n != nil {
			f.read(n)
		} else if f.required && node.Kind == yaml.MappingNode {
			r.present(node, f.key, nil)
		}
	}
}

// present notes a key that is missing.
func (r *reader) present(node *yaml.Node, key string, value *yaml.Node) {
	if value == nil {
		r.add(node, "missing key %q", key)
	}
}

// items are those of a list.
func (r *reader) items(node *yaml.Node, name string) []*yaml.Node {
	if node.Kind != yaml.SequenceNode {
		r.add(node, "%s is a list, not %s", name, kindOf(node))
		return nil
	}
	return node.Content
}

// scalar says whether a node is one value with something in it.
func (r *reader) scalar(node *yaml.Node, name string) bool {
	switch {
	case node.Kind == yaml.AliasNode:
		return false // refused already
	case node.Kind != yaml.ScalarNode:
		r.add(node, "%s is one value, not %s", name, kindOf(node))
	case node.Tag == "!!null" || strings.TrimSpace(node.Value) == "":
		r.add(node, "%s is empty", name)
	default:
		return true
	}
	return false
}

// text reads a value as it is written.
func (r *reader) text(node *yaml.Node, name string) string {
	if !r.scalar(node, name) {
		return ""
	}
	return node.Value
}

func kindOf(node *yaml.Node) string {
	switch {
	case node.Kind == yaml.MappingNode:
		return "a mapping"
	case node.Kind == yaml.SequenceNode:
		return "a list"
	case node.Tag == "!!null":
		return "empty"
	}
	return shown(node.Value)
}

// VerdictOf finds a verdict by its name; undetermined is one too.
func VerdictOf(name string) (decide.Verdict, bool) {
	i := slices.Index(verdictNames(), name)
	return decide.Verdict(max(i, 0)), i >= 0
}

func verdictNames() []string {
	var list []string
	for v := decide.Skip; v <= decide.Undetermined; v++ {
		list = append(list, v.String())
	}
	return list
}

func (r *reader) verdict(node *yaml.Node, name string) decide.Verdict {
	if !r.scalar(node, name) {
		return decide.Undetermined
	}
	v, known := VerdictOf(node.Value)
	if !known {
		r.add(node, "%s: %s is not one of %s%s", name, shown(node.Value), strings.Join(verdictNames(), ", "), r.meant(node.Value, verdictNames()))
	}
	return v
}

// verdicts reads what was left open, and puts it in the framework's order.
func (r *reader) verdicts(node *yaml.Node) []decide.Verdict {
	var list []decide.Verdict
	for _, item := range r.items(node, "possible") {
		if v := r.verdict(item, "possible"); v != decide.Undetermined {
			list = append(list, v)
		} else if item.Value == v.String() {
			r.add(item, "possible: undetermined is no verdict that can come true")
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func (r *reader) becauses(node *yaml.Node) []decide.Because {
	var known []string
	for b := decide.Scale; b <= decide.NoPressure; b++ {
		known = append(known, b.String())
	}
	var list []decide.Because
	for _, item := range r.items(node, "because") {
		word := r.text(item, "because")
		i := slices.Index(known, word)
		if i < 0 && word != "" {
			r.add(item, "because: %s is not one of %s%s", shown(word), strings.Join(known, ", "), r.meant(word, known))
			continue
		}
		list = append(list, decide.Because(max(i, 0)))
	}
	return list
}
