package workspace

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// The keys of a file of facts, as a message lists them.
var keys = []string{"facts", "running", "sources"}

// reader reads one file, and notes all mistakes in it.
type reader struct {
	framework *framework.Framework
	file      string
	mistakes  framework.Mistakes
}

// Read reads a file of facts; name is what mistakes call it. The error is all of them, as framework.Mistakes, in the order of the
// file. A file in which nothing is written is one mistake.
func Read(f *framework.Framework, name string, content []byte) (tools.Workspace, error) {
	w, root, err := read(f, name, content)
	if err == nil && root == nil {
		err = framework.Mistakes{{File: name, Problem: "nothing is in it; write facts: {services: 7}, for example"}}
	}
	return w, err
}

// read reads a file of facts; one in which nothing is written has no root.
func read(f *framework.Framework, name string, content []byte) (tools.Workspace, *yaml.Node, error) {
	r := &reader{framework: f, file: name}
	root := r.document(content)
	w := r.workspace(root)
	if len(r.mistakes) == 0 {
		return w, root, nil
	}
	slices.SortStableFunc(r.mistakes, func(a, b framework.Mistake) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return tools.Workspace{}, nil, r.mistakes
}

// workspace reads the three keys; the facts first, because a source needs one.
func (r *reader) workspace(root *yaml.Node) tools.Workspace {
	w := tools.Workspace{Facts: r.framework.Dictionary.NewSituation()}
	if root == nil {
		return w
	}
	parts := map[string]*yaml.Node{}
	r.each(root, "the file", func(key, value *yaml.Node) {
		if !slices.Contains(keys, key.Value) {
			r.add(key, "%s is no key of a file of facts, which has %s%s", quoted(key.Value), strings.Join(keys, ", "), r.instead(key.Value))
			return
		}
		parts[key.Value] = value
	})
	given := make([]bool, len(w.Facts))
	r.byFact(parts["facts"], "facts", func(fact int, _, value *yaml.Node) {
		w.Facts[fact], given[fact] = r.value(r.framework.Dictionary.Fact(fact), value), !empty(value)
	})
	if node := parts["sources"]; node != nil && !empty(node) {
		w.Sources = make([]string, len(w.Facts))
		r.byFact(node, "sources", func(fact int, key, value *yaml.Node) {
			w.Sources[fact] = r.source(r.framework.Dictionary.Fact(fact), value)
			if !given[fact] && !empty(value) {
				r.add(key, "sources: %s has no value in facts", key.Value)
			}
		})
	}
	if node := parts["running"]; node != nil && !empty(node) {
		w.Runs = r.running(node)
	}
	return w
}

// instead is what may have been meant by a key that is none.
func (r *reader) instead(key string) string {
	if _, fact := r.framework.Dictionary.Index(key); fact {
		return "; it is a fact: put it under facts"
	}
	return r.meant(key, keys)
}

// each visits the entries of a mapping, every key once; one that is refused was noted already.
func (r *reader) each(node *yaml.Node, name string, visit func(key, value *yaml.Node)) {
	if node.Kind != yaml.MappingNode {
		if refused(node) == "" {
			r.add(node, "%s is a mapping of names to values, not %s", name, kindOf(node))
		}
		return
	}
	lines := map[string]int{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		switch line, twice := lines[key.Value]; {
		case refused(key) != "" || key.Tag == "!!merge":
		case key.Kind != yaml.ScalarNode:
			r.add(key, "a key is a word, not %s", kindOf(key))
		case twice:
			r.add(key, "%s stands twice: first on line %d", quoted(key.Value), line)
		default:
			lines[key.Value] = key.Line
			visit(key, value)
		}
	}
}

// byFact visits the entries of a mapping whose keys are facts.
func (r *reader) byFact(node *yaml.Node, name string, visit func(fact int, key, value *yaml.Node)) {
	if node == nil || empty(node) {
		return
	}
	r.each(node, name, func(key, value *yaml.Node) {
		fact, known := r.framework.Dictionary.Index(key.Value)
		if !known {
			r.add(key, "%s is no fact%s", quoted(key.Value), r.meant(key.Value, r.framework.Dictionary.Names()))
			return
		}
		if refused(value) == "" {
			visit(fact, key, value)
		}
	})
}

// source reads what says a fact.
func (r *reader) source(fact fact.Fact, node *yaml.Node) string {
	words, err := tools.ReadSource(strict.Value(node))
	if err != nil {
		r.add(node, "sources: %s: %v", fact.Name, err)
	}
	return words
}

// running reads what runs: a list of capabilities, and the others do not; or a mapping of some to true or false, and nothing is
// known of the others.
func (r *reader) running(node *yaml.Node) map[string]decide.Truth {
	runs := map[string]decide.Truth{}
	switch {
	case node.Kind == yaml.SequenceNode:
		for _, c := range r.framework.Capabilities {
			runs[c.ID.Value] = decide.No
		}
		for _, item := range node.Content {
			if r.capability(item) {
				runs[item.Value] = decide.Yes
			}
		}
	case node.Kind == yaml.MappingNode:
		r.each(node, "running", func(key, value *yaml.Node) {
			switch known := r.capability(key); {
			case refused(value) != "" || empty(value):
			case value.Tag != "!!bool":
				r.add(value, "running: %s is true or false, not %s", cut(key.Value), kindOf(value))
			case known:
				runs[key.Value] = map[bool]decide.Truth{false: decide.No, true: decide.Yes}[isTrue(value)]
			}
		})
	case refused(node) == "":
		r.add(node, "running is a list of capabilities, or a mapping of them to true or false, not %s", kindOf(node))
	}
	return runs
}

// capability says whether a node names a capability.
func (r *reader) capability(node *yaml.Node) bool {
	if refused(node) != "" {
		return false
	}
	var ids []string
	for _, c := range r.framework.Capabilities {
		ids = append(ids, c.ID.Value)
	}
	if node.Kind == yaml.ScalarNode && slices.Contains(ids, node.Value) {
		return true
	}
	meant := r.meant(node.Value, ids)
	if meant == "" {
		meant = "; there are " + strings.Join(ids, ", ")
	}
	r.add(node, "running: %s is no capability%s", kindOf(node), meant)
	return false
}

// shownMistakes is how many mistakes an error spells out; for those behind, nothing is looked up that takes time.
const shownMistakes = 50

// meant is the end of a message about a name: the nearest known ones, if any are near.
func (r *reader) meant(name string, known []string) string {
	if len(r.mistakes) >= shownMistakes {
		return ""
	}
	return words.DidYouMean(words.Nearest(name, known, 3))
}

func (r *reader) add(node *yaml.Node, format string, arguments ...any) {
	r.note(node.Line, node.Column, format, arguments...)
}

func (r *reader) note(line, column int, format string, arguments ...any) {
	r.mistakes = append(r.mistakes, framework.Mistake{File: r.file, Line: line, Column: column, Problem: fmt.Sprintf(format, arguments...)})
}
