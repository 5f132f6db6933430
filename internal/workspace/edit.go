package workspace

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/tools"
)

// Edit changes facts in a file of facts; an unknown value takes a fact out. What says a fact goes with the value that it said: the
// facts that lost their source are dropped, by name. All else stays as it is written. The error is all mistakes in the file, or says
// that the file is written in a way that cannot be changed piece by piece; an empty file is none.
func Edit(f *framework.Framework, name string, content []byte, changes []decide.Setting) (edited []byte, dropped []string, err error) {
	want, _, err := read(f, name, content)
	if err != nil {
		return nil, nil, err
	}
	edited = bytes.TrimPrefix(content, mark)
	for _, change := range changes {
		fact := f.Dictionary.Fact(change.Fact)
		if want.Facts[change.Fact].Equal(change.Value) {
			continue
		}
		edited, err = withEntry(edited, "facts", fact.Name, change.Value)
		if err == nil && sourceOf(want, change.Fact) != "" {
			dropped = append(dropped, fact.Name)
			want.Sources[change.Fact] = ""
			edited, err = withEntry(edited, "sources", fact.Name, decide.Value{})
		}
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w; change %s by hand", name, err, fact.Name)
		}
		want.Facts[change.Fact] = change.Value
	}
	if got, _, err := read(f, name, edited); err != nil || !same(got, want) {
		return nil, nil, fmt.Errorf("%s: it is written in a way that cannot be changed piece by piece; change it by hand", name)
	}
	if bytes.HasPrefix(content, mark) {
		edited = append(bytes.Clone(mark), edited...)
	}
	return edited, dropped, nil
}

// same says whether two workspaces know the same.
func same(a, b tools.Workspace) bool {
	for fact := range a.Facts {
		if sourceOf(a, fact) != sourceOf(b, fact) {
			return false
		}
	}
	return slices.EqualFunc(a.Facts, b.Facts, decide.Value.Equal) && maps.Equal(a.Runs, b.Runs)
}

// sourceOf is what says a fact, or nothing.
func sourceOf(w tools.Workspace, fact int) string {
	if w.Sources == nil {
		return ""
	}
	return w.Sources[fact]
}

// withEntry is the content with one entry of a section changed, or taken out if the value is unknown.
func withEntry(content []byte, section, name string, value decide.Value) ([]byte, error) {
	s := newSource(content)
	var r reader
	root := r.document(content)
	err := s.change(root, section, name, value)
	return s.content, err
}

// change makes one change in the text.
func (s *source) change(root *yaml.Node, section, name string, value decide.Value) error {
	remove := value.Kind == decide.Unknown
	entry := name + ": " + Format(value)
	if root == nil {
		s.append(section, entry)
		return nil
	}
	at := find(root, section)
	if at < 0 {
		if flow(root) {
			return s.insertFlow(root, section+": {"+entry+"}")
		}
		s.append(section, entry)
		return nil
	}
	key, part := root.Content[at], root.Content[at+1]
	if len(part.Content) == 0 {
		return s.begin(root, key, part, entry)
	}
	place := find(part, name)
	switch {
	case place < 0 && flow(part):
		return s.insertFlow(part, entry)
	case place < 0:
		return s.insertLine(part, entry)
	case !remove:
		return s.replace(part, place, Format(value))
	case len(part.Content) > 2:
		return s.remove(part, place)
	case section == "facts" || len(root.Content) == 2:
		return s.replace(root, at, "{}")
	case flow(part):
		return s.remove(root, at)
	}
	return s.removeSection(root, key, part)
}

// removeSection takes out the last entry of a section and the line above it; the comments in between stay.
func (s *source) removeSection(root, key, part *yaml.Node) error {
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

// find is the place of a key among a mapping's content; -1 if it is not there.
func find(mapping *yaml.Node, key string) int {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			return i
		}
	}
	return -1
}

// flow says whether a list or a mapping is written in brackets.
func flow(node *yaml.Node) bool { return node.Style&yaml.FlowStyle != 0 }

// append writes a new section at the end of the text.
func (s *source) append(section, entry string) {
	if n := len(s.content); n > 0 && s.content[n-1] != '\n' {
		s.splice(n, n, s.newline)
	}
	n := len(s.content)
	s.splice(n, n, section+":"+s.newline+"  "+entry+s.newline)
}

// begin writes the first entry of a section that is empty.
func (s *source) begin(root, key, part *yaml.Node, entry string) error {
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

// insertFlow adds an entry to a mapping in brackets.
func (s *source) insertFlow(mapping *yaml.Node, entry string) error {
	n := len(mapping.Content)
	if n == 0 {
		at := s.start(mapping) + 1
		s.splice(at, at, entry)
		return nil
	}
	at, err := s.end(mapping.Content[n-1], mapping.Content[n-2])
	if err == nil {
		s.splice(at, at, ", "+entry)
	}
	return err
}

// insertLine adds an entry on a line of its own behind the last one of a mapping.
func (s *source) insertLine(mapping *yaml.Node, entry string) error {
	n := len(mapping.Content)
	end, err := s.end(mapping.Content[n-1], mapping.Content[n-2])
	if err != nil {
		return err
	}
	line := s.lineEnd(end)
	s.splice(line, line, s.newline+strings.Repeat(" ", mapping.Content[0].Column-1)+entry)
	return nil
}

// replace writes another value behind a key. One that stood on lines of its own moves up to the key; a comment behind the key stays.
func (s *source) replace(mapping *yaml.Node, at int, value string) error {
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
func (s *source) remove(mapping *yaml.Node, at int) error {
	key, old := mapping.Content[at], mapping.Content[at+1]
	start := s.start(key)
	end, err := s.end(old, key)
	switch {
	case err != nil:
		return err
	case !flow(mapping):
		first := s.lineStart(start)
		if strings.TrimSpace(string(s.content[first:start])) != "" {
			return errUnusual
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
