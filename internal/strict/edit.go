package strict

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// Set gives a key of a section of the root a value. What is not there yet is added: the key, the section, the root.
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

// Unset takes a key out of a section of the root, which has it. A section that has no other goes too, unless it is to be kept or is all
// that there is: then it stays, and is empty.
func (s *Source) Unset(root *yaml.Node, section, key string, keep bool) error {
	at := indexOf(root, section)
	if at < 0 {
		return ErrUnusual
	}
	part := root.Content[at+1]
	place := indexOf(part, key)
	switch {
	case place < 0:
		return ErrUnusual
	case len(part.Content) > 2:
		return s.remove(part, place)
	case keep || len(root.Content) == 2:
		return s.replace(root, at, "{}")
	case flow(part):
		return s.remove(root, at)
	}
	return s.removeSection(root, root.Content[at], part)
}

// Replace gives a key of a mapping, which has it, another value.
func (s *Source) Replace(mapping *yaml.Node, key, value string) error {
	at := indexOf(mapping, key)
	if at < 0 {
		return ErrUnusual
	}
	return s.replace(mapping, at, value)
}

// AddEntry adds an entry, as lines without indentation, behind the last one of a mapping in block style.
func (s *Source) AddEntry(mapping *yaml.Node, lines string) error {
	if flow(mapping) || len(mapping.Content) == 0 {
		return ErrUnusual
	}
	return s.addLines(mapping, lines, mapping.Content[0].Column-1)
}

// AddItem adds an item, as lines without indentation, behind the last one of a list in block style.
func (s *Source) AddItem(list *yaml.Node, lines string) error {
	if flow(list) {
		return ErrUnusual
	}
	return s.addLines(list, lines, list.Column-1)
}

// removeSection takes out the last entry of a section and the line above it; the comments in between stay.
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

// key is a name as a key of the file.
func (s *Source) key(name string) string {
	if s.json {
		return words.JSON(name)
	}
	return name
}

// Lookup is the value of a key of a mapping; nil if the node is not one, or does not have the key.
func Lookup(node *yaml.Node, key string) *yaml.Node {
	if node.Kind != yaml.MappingNode {
		return nil
	}
	if at := indexOf(node, key); at >= 0 {
		return node.Content[at+1]
	}
	return nil
}

// indexOf is the place of a key among a mapping's content; -1 if it is not there.
func indexOf(mapping *yaml.Node, key string) int {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			return i
		}
	}
	return -1
}

// flow reports whether a list or a mapping is written in brackets.
func flow(node *yaml.Node) bool { return node.Style&yaml.FlowStyle != 0 }

// append writes lines at the end of the text.
func (s *Source) append(lines string) {
	if n := len(s.content); n > 0 && s.content[n-1] != '\n' {
		s.splice(n, n, s.newline)
	}
	n := len(s.content)
	s.splice(n, n, lines+s.newline)
}

// begin writes the first entry of a section that is empty.
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

// insertFlow adds an entry to a mapping in brackets: on a line of its own if the last one stands so.
func (s *Source) insertFlow(mapping *yaml.Node, entry string) error {
	n := len(mapping.Content)
	if n == 0 {
		at := s.start(mapping) + 1
		s.splice(at, at, entry)
		return nil
	}
	key := mapping.Content[n-2]
	at, err := s.end(mapping.Content[n-1], key)
	if err != nil {
		return err
	}
	start := s.start(key)
	indent := string(s.content[s.lineStart(start):start])
	if strings.TrimSpace(indent) != "" {
		s.splice(at, at, ", "+entry)
		return nil
	}
	s.splice(at, at, ","+s.newline+indent+entry)
	return nil
}

// addLines adds lines behind a node, indented as what is in it.
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

// replace writes another value behind a key. One that stood on lines of its own moves up to the key; a comment behind the key stays.
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
	case start == end: // nothing was there
		s.splice(colon, end, " "+value)
	default:
		s.splice(start, end, value)
	}
	return nil
}

// remove takes an entry out: its lines, or its part of the brackets with a comma.
func (s *Source) remove(mapping *yaml.Node, at int) error {
	key, old := mapping.Content[at], mapping.Content[at+1]
	start := s.start(key)
	end, err := s.end(old, key)
	switch {
	case err != nil:
		return err
	case !flow(mapping):
		first := s.lineStart(start)
		if strings.TrimSpace(string(s.content[first:start])) != "" {
			return ErrUnusual
		}
		s.splice(first, s.nextLine(end), "")
	case at+2 < len(mapping.Content):
		s.splice(start, s.start(mapping.Content[at+2]), "")
	default:
		before, err := s.end(mapping.Content[at-1], mapping.Content[at-2])
		if err != nil {
			return err
		}
		s.splice(before, end, "")
	}
	return nil
}
