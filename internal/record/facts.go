package record

import (
	"slices"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// facts reads facts and their values, into fact order, and notes their lines. With unknown, a value may be null.
func (r *reader) facts(node *yaml.Node, name string, lines map[int]int, unknown bool) []fact.Setting {
	var list []fact.Setting
	r.each(node, name, func(key, n *yaml.Node) {
		index, known := r.fact(key, name)
		if !known {
			return
		}
		setting := fact.Setting{Fact: index}
		if !unknown || n.Tag != "!!null" {
			setting.Value = r.value(n, r.framework.Dictionary.Fact(index))
		}
		list = append(list, setting)
		if lines != nil {
			lines[index] = r.above + key.Line
		}
	})
	slices.SortFunc(list, func(a, b fact.Setting) int { return a.Fact - b.Fact })
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

// value reads what is known of a fact.
func (r *reader) value(node *yaml.Node, about fact.Fact) fact.Value {
	if node.Kind == yaml.ScalarNode && !r.scalar(node, about.Name) {
		return fact.Value{}
	}
	value, mistakes := about.Read(strict.Value(node))
	for _, m := range mistakes {
		r.add(&yaml.Node{Line: m.Line}, "%s: %s%s", about.Name, m.Problem, r.meant(m.Name, m.Known))
	}
	return value
}
