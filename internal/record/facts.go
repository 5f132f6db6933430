package record

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// facts reads facts and their values, into fact order, and notes their lines. With unknown, a value may be null.
func (r *reader) facts(node *yaml.Node, name string, lines map[int]int, unknown bool) []decide.Setting {
	var list []decide.Setting
	r.each(node, name, func(key, n *yaml.Node) {
		fact, known := r.fact(key, name)
		if !known {
			return
		}
		setting := decide.Setting{Fact: fact}
		if !unknown || n.Tag != "!!null" {
			setting.Value = r.value(n, r.framework.Dictionary.Fact(fact))
		}
		list = append(list, setting)
		if lines != nil {
			lines[fact] = r.above + key.Line
		}
	})
	slices.SortFunc(list, func(a, b decide.Setting) int { return a.Fact - b.Fact })
	return list
}

// fact finds the fact that a node names.
func (r *reader) fact(node *yaml.Node, name string) (int, bool) {
	fact, known := r.framework.Dictionary.Index(node.Value)
	if !known {
		r.add(node, "%s: %s is no fact%s", name, shown(node.Value), r.meant(node.Value, r.framework.Dictionary.Names()))
	}
	return fact, known
}

// sources reads what says each fact, into fact order.
func (r *reader) sources(node *yaml.Node) []Citation {
	var list []Citation
	r.each(node, "sources", func(key, n *yaml.Node) {
		fact, known := r.fact(key, "sources")
		if words := r.text(n, "sources: "+key.Value); known && words != "" {
			list = append(list, Citation{fact, words})
		}
	})
	slices.SortFunc(list, func(a, b Citation) int { return a.Fact - b.Fact })
	return list
}

func (r *reader) sufficient(node *yaml.Node) []int {
	var list []int
	for _, item := range r.items(node, "sufficient") {
		if fact, known := r.fact(item, "sufficient"); known {
			list = append(list, fact)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// value reads the value of a fact, as in a file of facts: one that it can have, or the range of a number.
func (r *reader) value(node *yaml.Node, fact decide.Fact) decide.Value {
	if node.Kind == yaml.MappingNode && (fact.Kind == decide.Integer || fact.Kind == decide.Number) {
		return r.rangeOf(node, fact)
	}
	if node.Kind == yaml.ScalarNode && !r.scalar(node, fact.Name) {
		return decide.Value{}
	}
	value, err := framework.ReadNode(fact, node)
	if err != nil {
		r.add(node, "%s: %s", fact.Name, strings.TrimSuffix(strings.ReplaceAll(err.Error(), "\n", " "), "."))
	}
	return value
}

// rangeOf reads {at_least: 5, at_most: 6}; one of the two is enough.
func (r *reader) rangeOf(node *yaml.Node, fact decide.Fact) decide.Value {
	before := len(r.mistakes)
	limits := decide.Range{AtMost: decide.Largest}
	limit := func(into *float64) func(*yaml.Node) {
		return func(n *yaml.Node) {
			if n.Kind == yaml.MappingNode {
				r.add(n, "%s: a limit is a number", fact.Name)
				return
			}
			*into = r.value(n, fact).Number
		}
	}
	r.mapping(node, fact.Name, []field{
		{"at_least", false, limit(&limits.AtLeast)},
		{"at_most", false, limit(&limits.AtMost)},
	})
	switch {
	case len(r.mistakes) > before:
		return decide.Value{}
	case len(node.Content) == 0:
		r.add(node, "%s: a range has at_least, at_most or both", fact.Name)
	case limits.AtLeast > limits.AtMost:
		r.add(node, "%s: at_least is more than at_most", fact.Name)
	case limits.AtLeast == limits.AtMost:
		return decide.Value{Kind: fact.Kind, Number: limits.AtLeast}
	}
	return decide.Within(fact.Kind, limits)
}
