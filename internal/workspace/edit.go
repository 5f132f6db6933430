package workspace

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// Edits are changes of a file of facts.
type Edits struct {
	// Settings are the new values; unknown takes a fact out.
	Settings []fact.Setting
	// Source is what says all of them. If it is empty, a fact whose value changes loses the source that it had, because that said the old
	// value.
	Source string
}

// Edit makes changes in the content of a file of facts, and leaves all else as it is written; JSON stays JSON. A file that is empty or
// new is YAML unless its name says JSON. It returns the names of the facts that lost their source. The error is all mistakes in the file,
// or says that the file is written in a way that cannot be changed piece by piece.
func Edit(f *framework.Framework, name string, content []byte, edits Edits) (edited []byte, dropped []string, err error) {
	want, root, err := read(f, name, content)
	if err != nil {
		return nil, nil, err
	}
	e := editor{framework: f, content: bytes.TrimPrefix(content, mark), want: want}
	e.json = json.Valid(e.content)
	if root == nil && strings.EqualFold(filepath.Ext(name), ".json") {
		e.json, e.content = true, bytes.TrimSpace(e.content)
	}
	for _, setting := range edits.Settings {
		if err := e.set(setting, edits.Source); err != nil {
			return nil, nil, fmt.Errorf("%s: %w; change %s by hand", name, err, f.Dictionary.Fact(setting.Fact).Name)
		}
	}
	got, _, err := read(f, name, e.content)
	if err != nil || !same(got, e.want) || e.json && !json.Valid(e.content) {
		return nil, nil, fmt.Errorf("%s: it is written in a way that cannot be changed piece by piece; change it by hand", name)
	}
	if bytes.HasPrefix(content, mark) {
		e.content = append(bytes.Clone(mark), e.content...)
	}
	return e.content, e.dropped, nil
}

// editor makes one change after another.
type editor struct {
	framework *framework.Framework
	content   []byte
	json      bool            // the content is JSON, and so is what is put into it
	want      tools.Workspace // what the content has to say
	dropped   []string
}

// set changes a fact, and what says it.
func (e *editor) set(setting fact.Setting, source string) error {
	if setting.Value.Kind == fact.Unknown {
		source = ""
	}
	fact := e.framework.Dictionary.Fact(setting.Fact)
	if changes := !e.want.Facts[setting.Fact].Equal(setting.Value); !changes && source == "" {
		return nil
	} else if changes {
		if err := e.entry("facts", fact.Name, e.format(setting.Value)); err != nil {
			return err
		}
		e.want.Facts[setting.Fact] = setting.Value
	}
	before := sourceOf(e.want, setting.Fact)
	if before == source {
		return nil
	}
	var said string
	if source == "" {
		e.dropped = append(e.dropped, fact.Name)
	} else {
		said = words.JSON(source)
	}
	if e.want.Sources == nil {
		e.want.Sources = make([]string, len(e.want.Facts))
	}
	e.want.Sources[setting.Fact] = source
	return e.entry("sources", fact.Name, said)
}

// format is what is known of a fact as the file writes it; empty for unknown.
func (e *editor) format(v fact.Value) string {
	if v.Kind == fact.Unknown {
		return ""
	}
	if e.json {
		if raw, err := v.MarshalJSON(); err == nil {
			return string(raw)
		}
	}
	return v.YAML()
}

// entry changes one entry of a section, or takes it out if there is no value.
func (e *editor) entry(section, name, value string) error {
	s := newSource(e.content)
	s.json = e.json
	var r reader
	err := s.change(r.document(e.content), section, name, value)
	e.content = s.content
	return err
}

// same says whether two workspaces know the same.
func same(a, b tools.Workspace) bool {
	for fact := range a.Facts {
		if sourceOf(a, fact) != sourceOf(b, fact) {
			return false
		}
	}
	return slices.EqualFunc(a.Facts, b.Facts, fact.Value.Equal) && maps.Equal(a.Runs, b.Runs)
}

// sourceOf is what says a fact, or nothing.
func sourceOf(w tools.Workspace, fact int) string {
	if w.Sources == nil {
		return ""
	}
	return w.Sources[fact]
}

// change makes one change in the text; without a value, it takes the entry out.
func (s *source) change(root *yaml.Node, section, name, value string) error {
	remove := value == ""
	entry := s.key(name) + ": " + value
	switch {
	case root == nil && s.json:
		s.append("{\n  " + s.key(section) + ": {\n    " + entry + "\n  }\n}")
		return nil
	case root == nil:
		s.append(section + ":" + s.newline + "  " + entry)
		return nil
	}
	at := find(root, section)
	if at < 0 {
		if flow(root) {
			return s.insertFlow(root, s.key(section)+": {"+entry+"}")
		}
		s.append(section + ":" + s.newline + "  " + entry)
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
		return s.replace(part, place, value)
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

// key is a name as a key of the file.
func (s *source) key(name string) string {
	if s.json {
		return words.JSON(name)
	}
	return name
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

// append writes lines at the end of the text.
func (s *source) append(lines string) {
	if n := len(s.content); n > 0 && s.content[n-1] != '\n' {
		s.splice(n, n, s.newline)
	}
	n := len(s.content)
	s.splice(n, n, lines+s.newline)
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

// insertFlow adds an entry to a mapping in brackets: on a line of its own if the last one stands so.
func (s *source) insertFlow(mapping *yaml.Node, entry string) error {
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
