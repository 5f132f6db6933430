package strict

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// Set sets a key in a section of the root mapping, and adds the key, the section or the root if it is missing.
func (s *Source) Set(root *yaml.Node, section, key, value string) error {
	entry := s.key(key) + ": " + value
	if root == nil && s.json {
		s.append("{\n  " + s.key(section) + ": {\n    " + entry + "\n  }\n}")
		return nil
	}
	at := -1
	if root != nil {
		at = indexOf(root, section)
	}
	switch {
	case at < 0 && root != nil && flow(root):
		return s.insertFlow(root, s.key(section)+": {"+entry+"}")
	case at < 0:
		s.append(section + ":" + s.newline + "  " + entry)
		return nil
	}
	part := root.Content[at+1]
	if len(part.Content) == 0 {
		return s.begin(root, root.Content[at], part, entry)
	}
	switch place := indexOf(part, key); {
	case place >= 0:
		return s.replace(part, place, value)
	case flow(part):
		return s.insertFlow(part, entry)
	}
	return s.AddEntry(part, entry)
}

// Unset removes a key from a section of the root. A section left empty is removed too, unless keep is set or it is the only one: then it
// stays as {}.
func (s *Source) Unset(root *yaml.Node, section, key string, keep bool) error {
	at := indexOf(root, section)
	if at < 0 {
		return ErrUnusual
	}
	return s.unset(root, at, indexOf(root.Content[at+1], key), keep, "{}")
}

// unset removes the entry at a place of a section; empty is what is left of the section if it has to stay.
func (s *Source) unset(root *yaml.Node, at, place int, keep bool, empty string) error {
	part := root.Content[at+1]
	switch {
	case place < 0:
		return ErrUnusual
	case len(part.Content) > perEntry(part):
		return s.remove(part, place)
	case keep || len(root.Content) == 2:
		return s.replace(root, at, empty)
	case flow(part):
		return s.remove(root, at)
	}
	return s.removeSection(root, root.Content[at], part)
}

// Replace changes the value of a key that the mapping has.
func (s *Source) Replace(mapping *yaml.Node, key, value string) error {
	at := indexOf(mapping, key)
	if at < 0 {
		return ErrUnusual
	}
	return s.replace(mapping, at, value)
}

// AddEntry adds an entry, given as unindented lines, after the last one of a block mapping.
func (s *Source) AddEntry(mapping *yaml.Node, lines string) error {
	if flow(mapping) || len(mapping.Content) == 0 {
		return ErrUnusual
	}
	return s.addLines(mapping, lines, mapping.Content[0].Column-1)
}

// AddItem adds an item, given as unindented lines, after the last one of a block list.
func (s *Source) AddItem(list *yaml.Node, lines string) error {
	if flow(list) {
		return ErrUnusual
	}
	return s.addLines(list, lines, list.Column-1)
}

// removeSection removes the only entry of a section and the section's key; comments between them stay.
func (s *Source) removeSection(root, key, part *yaml.Node) error {
	colon, err := s.colon(root, key)
	if err == nil {
		err = s.remove(part, 0)
	}
	if err != nil {
		return err
	}
	end := colon
	if strings.TrimSpace(string(s.content[colon:s.lineEnd(colon)])) == "" {
		end = s.nextLine(colon)
	}
	s.splice(s.start(key), end, "")
	return nil
}

// key writes a name as a key of the file.
func (s *Source) key(name string) string {
	if s.json {
		return words.JSON(name)
	}
	return name
}

// Lookup returns the value of a key; nil if the node is not a mapping or lacks the key.
func Lookup(node *yaml.Node, key string) *yaml.Node {
	if node.Kind != yaml.MappingNode {
		return nil
	}
	if at := indexOf(node, key); at >= 0 {
		return node.Content[at+1]
	}
	return nil
}

// indexOf returns the index of a key in a mapping's content; -1 if it is missing.
func indexOf(mapping *yaml.Node, key string) int {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			return i
		}
	}
	return -1
}

// flow reports whether a list or mapping is written in brackets.
func flow(node *yaml.Node) bool { return node.Style&yaml.FlowStyle != 0 }

func (s *Source) append(lines string) {
	if n := len(s.content); n > 0 && s.content[n-1] != '\n' {
		s.splice(n, n, s.newline)
	}
	n := len(s.content)
	s.splice(n, n, lines+s.newline)
}

// begin writes the first entry of an empty section.
func (s *Source) begin(root, key, part *yaml.Node, entry string) error {
	colon, err := s.colon(root, key)
	if err != nil {
		return err
	}
	end, err := s.end(part, key)
	if err != nil {
		return err
	}
	if flow(root) {
		s.splice(colon, end, " {"+entry+"}")
		return nil
	}
	line := s.lineEnd(end)
	indent := strings.Repeat(" ", key.Column-1+2)
	s.splice(line, line, s.newline+indent+entry)
	s.splice(colon, end, "")
	return nil
}

// insertFlow adds an entry to a list or mapping in brackets, on its own line if the last one has its own.
func (s *Source) insertFlow(node *yaml.Node, entry string) error {
	n := len(node.Content)
	if n == 0 {
		at := s.start(node) + 1
		s.splice(at, at, entry)
		return nil
	}
	first, last, above := entryAt(node, n-perEntry(node))
	at, err := s.end(last, above)
	if err != nil {
		return err
	}
	start := s.start(first)
	indent := string(s.content[s.lineStart(start):start])
	if strings.TrimSpace(indent) != "" {
		s.splice(at, at, ", "+entry)
		return nil
	}
	s.splice(at, at, ","+s.newline+indent+entry)
	return nil
}

// perEntry is how many nodes an entry of a list or mapping has.
func perEntry(node *yaml.Node) int {
	if node.Kind == yaml.MappingNode {
		return 2
	}
	return 1
}

// entryAt returns the first and the last node of the entry at an index of a list's or mapping's content, and what is above the last.
func entryAt(node *yaml.Node, at int) (first, last, above *yaml.Node) {
	if node.Kind == yaml.MappingNode {
		return node.Content[at], node.Content[at+1], node.Content[at]
	}
	return node.Content[at], node.Content[at], node
}

// addLines adds lines after a node, at the given indentation.
func (s *Source) addLines(node *yaml.Node, lines string, indent int) error {
	end, err := s.end(node, node)
	if err != nil {
		return err
	}
	at := s.lineEnd(end)
	var added strings.Builder
	for line := range strings.Lines(lines) {
		added.WriteString(s.newline + strings.Repeat(" ", indent) + strings.TrimSuffix(line, "\n"))
	}
	s.splice(at, at, added.String())
	return nil
}

// replace changes a key's value. A value on lines of its own moves up to the key's line; a comment after the key stays.
func (s *Source) replace(mapping *yaml.Node, at int, value string) error {
	key, old := mapping.Content[at], mapping.Content[at+1]
	colon, err := s.colon(mapping, key)
	if err != nil {
		return err
	}
	end, err := s.end(old, key)
	if err != nil {
		return err
	}
	start := s.start(old)
	switch first := s.lineStart(start); {
	case first > colon: // on a later line
		s.splice(s.lineEnd(s.lineStart(first-1)), end, "")
		s.splice(colon, colon, " "+value)
	case start == end: // the value was empty
		s.splice(colon, end, " "+value)
	default:
		s.splice(start, end, value)
	}
	return nil
}

// remove removes an entry of a list or mapping: its lines, or its part of the brackets including a comma.
func (s *Source) remove(node *yaml.Node, at int) error {
	first, last, above := entryAt(node, at)
	start := s.start(first)
	end, err := s.end(last, above)
	next := at + perEntry(node)
	switch {
	case err != nil:
		return err
	case !flow(node):
		line := s.lineStart(start)
		before := strings.TrimSpace(string(s.content[line:start]))
		if dash := node.Kind == yaml.SequenceNode && before == "-"; before != "" && !dash {
			return ErrUnusual
		}
		s.splice(line, s.nextLine(end), "")
	case next < len(node.Content):
		s.splice(start, s.start(node.Content[next]), "")
	default:
		_, last, above := entryAt(node, at-perEntry(node))
		before, err := s.end(last, above)
		if err != nil {
			return err
		}
		s.splice(before, end, "")
	}
	return nil
}
