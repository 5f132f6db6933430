package strict

import (
	"slices"

	"go.yaml.in/yaml/v4"
)

// SetItem adds an item to a section of the root that is a list, and adds the section or the root if it is missing.
func (s *Source) SetItem(root *yaml.Node, section, item string) error {
	item = s.key(item)
	list := "[" + item + "]"
	if root == nil && s.json {
		s.append("{\n  " + s.key(section) + ": " + list + "\n}")
		return nil
	}
	at := -1
	if root != nil {
		at = indexOf(root, section)
	}
	switch {
	case at < 0 && root != nil && flow(root):
		return s.insertFlow(root, s.key(section)+": "+list)
	case at < 0:
		s.append(section + ": " + list)
		return nil
	}
	switch part := root.Content[at+1]; {
	case len(part.Content) == 0:
		return s.replace(root, at, list)
	case part.Kind != yaml.SequenceNode:
		return ErrUnusual
	case flow(part):
		return s.insertFlow(part, item)
	default:
		return s.AddItem(part, "- "+item)
	}
}

// UnsetItem removes an item from a section of the root that is a list. A section left empty is removed too, unless it is the only one:
// then it stays as [].
func (s *Source) UnsetItem(root *yaml.Node, section, item string) error {
	at := indexOf(root, section)
	if at < 0 {
		return ErrUnusual
	}
	place := slices.IndexFunc(root.Content[at+1].Content, func(n *yaml.Node) bool { return n.Value == item })
	return s.unset(root, at, place, false, "[]")
}
