package mutation

import (
	"fmt"
	"io/fs"
	"iter"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"go.yaml.in/yaml/v4"
)

// Mutant is the knowledge with one mistake in it.
type Mutant struct {
	File string
	Line int
	// Operator is the kind of mistake, Subject what it is made in.
	Operator, Subject string
	From, To          string
	// Text is the whole file with the mistake.
	Text []byte
}

// String is the place of the mutation and what it changes.
func (m Mutant) String() string {
	return fmt.Sprintf("%s:%d %s %s: %s -> %s", m.File, m.Line, m.Subject, m.Operator, m.From, m.To)
}

// All are the mutants of the knowledge in a file system, file by file. The dictionary is that of the knowledge.
func All(files fs.FS, dictionary *fact.Dictionary) (iter.Seq2[Mutant, error], error) {
	paths, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return nil, err
	}
	roots := map[string]*yaml.Node{}
	for _, path := range paths {
		content, err := fs.ReadFile(files, path)
		if err != nil {
			return nil, err
		}
		var root yaml.Node
		if err := yaml.Load(content, &root); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		roots[path] = &root
	}
	return func(yield func(Mutant, error) bool) {
		order, triggers := outline(roots)
		for _, path := range paths {
			m := &mutator{file: path, root: roots[path], dictionary: dictionary, order: order, triggers: triggers, yield: yield}
			m.document(roots[path].Content[0])
			if m.stopped {
				return
			}
		}
	}, nil
}

// outline is the framework's order of capabilities, and the triggers of each.
func outline(roots map[string]*yaml.Node) (order []string, triggers map[string][]string) {
	triggers = map[string][]string{}
	for _, root := range roots {
		document := root.Content[0]
		if list := valueOf(document, "order"); list != nil {
			order = textsOf(list)
		}
		triggers[textOf(document, "id")] = idsOf(document, "triggers")
	}
	return order, triggers
}

// mutator makes the mutants of one file. Each is a node that is something else for a moment, while the file is written.
type mutator struct {
	file       string
	root       *yaml.Node
	dictionary *fact.Dictionary
	order      []string            // of the capabilities
	triggers   map[string][]string // by capability
	yield      func(Mutant, error) bool
	stopped    bool
}

// replace makes a mutant in which one node is another.
func (m *mutator) replace(node *yaml.Node, with yaml.Node, operator, subject, from, to string) {
	if m.stopped {
		return
	}
	line := node.Line
	was := *node
	*node = with
	text, err := write(m.root)
	*node = was
	m.stopped = !m.yield(Mutant{m.file, line, operator, subject, from, to, text}, err)
}

// write writes a file so that every condition stays on one line.
func write(root *yaml.Node) ([]byte, error) {
	return yaml.Dump(root, yaml.WithIndent(2), yaml.WithLineWidth(-1))
}

// scalar makes a mutant in which a text is another.
func (m *mutator) scalar(node *yaml.Node, to, operator, subject string) {
	with := *node
	with.Value, with.Style = to, yaml.SingleQuotedStyle
	m.replace(node, with, operator, subject, node.Value, to)
}

// set makes a mutant in which a mapping has a key with a value: put in front if it is new.
func (m *mutator) set(mapping *yaml.Node, key string, value yaml.Node, operator, subject string) {
	with, from := *mapping, "nothing"
	if old := valueOf(mapping, key); old != nil {
		from = key + ": " + short(old)
		with = without(mapping, key)
	}
	name := plain(key)
	with.Content = append(slices.Clone(with.Content), &name, &value)
	m.replace(mapping, with, operator, subject, from, key+": "+short(&value))
}

// remove makes a mutant in which a mapping lacks a key.
func (m *mutator) remove(mapping *yaml.Node, key, operator, subject string) {
	m.replace(mapping, without(mapping, key), operator, subject, key+": "+short(valueOf(mapping, key)), "nothing")
}

// drop makes a mutant in which the list behind a key lacks one item; the key goes with the last.
func (m *mutator) drop(mapping *yaml.Node, key string, i int, operator, subject string) {
	list := valueOf(mapping, key)
	if len(list.Content) == 1 {
		m.remove(mapping, key, operator, subject)
		return
	}
	with := *list
	with.Content = slices.Delete(slices.Clone(list.Content), i, i+1)
	m.replace(list, with, operator, subject, short(list.Content[i]), "nothing")
}

// valueOf is the value of a key; nil if the key is missing.
func valueOf(mapping *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			return mapping.Content[i+1]
		}
	}
	return nil
}

// itemsOf are the items of the list behind a key.
func itemsOf(mapping *yaml.Node, key string) []*yaml.Node {
	if list := valueOf(mapping, key); list != nil {
		return list.Content
	}
	return nil
}

func textsOf(list *yaml.Node) []string {
	var texts []string
	for _, item := range list.Content {
		texts = append(texts, item.Value)
	}
	return texts
}

// textOf is the text behind a key; empty if the key is missing.
func textOf(mapping *yaml.Node, key string) string {
	if value := valueOf(mapping, key); value != nil {
		return value.Value
	}
	return ""
}

func without(mapping *yaml.Node, key string) yaml.Node {
	with := *mapping
	with.Content = nil
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value != key {
			with.Content = append(with.Content, mapping.Content[i], mapping.Content[i+1])
		}
	}
	return with
}

// short is a node in a few words.
func short(node *yaml.Node) string {
	switch {
	case node.Kind == yaml.ScalarNode:
		return node.Value
	case node.Kind == yaml.MappingNode && valueOf(node, "when") != nil:
		return textOf(node, "when")
	case node.Kind == yaml.MappingNode && valueOf(node, "capability") != nil:
		return textOf(node, "capability")
	case node.Kind == yaml.MappingNode && valueOf(node, "value") != nil:
		return short(valueOf(node, "value"))
	}
	return fmt.Sprint(textsOf(node))
}

// plain is a word, true, false or a number.
func plain(value string) yaml.Node { return yaml.Node{Kind: yaml.ScalarNode, Value: value} }
