package factsfile

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
	"github.com/vanhoutenbos/layer2/internal/strict"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// Edits are changes to a facts file.
type Edits struct {
	// Settings are the new values. An unknown one removes the fact; an unsettled one moves it to what is unsettled.
	Settings []fact.Setting
	// Source is the source of all of them. If it is empty, a fact that changes loses its source, which was about what was known before.
	Source string
}

// Edit changes facts in the content of a facts file and leaves the rest as it is written; JSON stays JSON. An empty or new file
// becomes YAML unless its name ends in .json. It returns the names of the facts that lost their source. The error has every
// mistake in the file, or says that its layout cannot be edited in place.
func Edit(f *framework.Framework, name string, content []byte, edits Edits) (edited []byte, dropped []string, err error) {
	want, root, err := read(f, name, content)
	if err != nil {
		return nil, nil, err
	}
	e := editor{framework: f, content: content, want: want}
	e.json = isJSON(content)
	if root == nil && strings.EqualFold(filepath.Ext(name), ".json") {
		e.json, e.content = true, bytes.TrimSpace(e.content)
	}
	for _, setting := range edits.Settings {
		if err := e.set(setting, edits.Source); err != nil {
			return nil, nil, fmt.Errorf("%s: %w; change %s by hand", words.Escape(name), err, f.Dictionary.Fact(setting.Fact).Name)
		}
	}
	got, _, err := read(f, name, e.content)
	if err != nil || !same(got, e.want) || e.json && !isJSON(e.content) {
		return nil, nil, fmt.Errorf("%s: %w; change it by hand", words.Escape(name), strict.ErrUnusual)
	}
	return e.content, e.dropped, nil
}

// isJSON reports whether a text is JSON, with or without a byte order mark.
func isJSON(content []byte) bool { return json.Valid(bytes.TrimPrefix(content, []byte("\ufeff"))) }

// editor applies one change after another.
type editor struct {
	framework *framework.Framework
	content   []byte
	json      bool            // the content is JSON and must stay so
	want      tools.Workspace // what the content must read as in the end
	dropped   []string
}

// set changes a fact and its source.
func (e *editor) set(setting fact.Setting, source string) error {
	was, is := e.want.Facts[setting.Fact], setting.Value
	if !is.Mentioned() {
		source = ""
	}
	if was.Equal(is) && source == "" {
		return nil
	}
	name := e.framework.Dictionary.Fact(setting.Fact).Name
	if err := e.change(name, was, is); err != nil {
		return err
	}
	e.want.Facts[setting.Fact] = is
	return e.cite(setting.Fact, source)
}

// change moves a fact to its new value, or between the facts and what is unsettled.
func (e *editor) change(name string, was, is fact.Value) error {
	if was.Equal(is) {
		return nil
	}
	if was.Kind != fact.Unknown || is.Kind != fact.Unknown {
		if err := e.entry("facts", name, e.format(is)); err != nil {
			return err
		}
	}
	root := e.root()
	listed := root == nil || strict.Lookup(root, unsettled) == nil || strict.Lookup(root, unsettled).Kind != yaml.MappingNode
	switch {
	case was.Unsettled == is.Unsettled:
		return nil
	case !listed && is.Unsettled:
		return e.entry(unsettled, name, "null") // its source may follow
	case !listed:
		return e.entry(unsettled, name, "")
	}
	s := strict.NewSource(e.content, e.json)
	edit := s.UnsetItem
	if is.Unsettled {
		edit = s.SetItem
	}
	err := edit(root, unsettled, name)
	e.content = s.Bytes()
	return err
}

// unsettled is the section of the facts that were raised and left open.
const unsettled = "unsettled"

// cite gives a fact its source: beside the fact if it is in a mapping of what is unsettled, else among the sources.
func (e *editor) cite(fact int, source string) error {
	name, before := e.framework.Dictionary.Fact(fact).Name, sourceOf(e.want, fact)
	listed := e.has("sources", name)
	if e.want.Sources == nil {
		e.want.Sources = make([]string, len(e.want.Facts))
	}
	e.want.Sources[fact] = source
	switch {
	case source == "":
		if before != "" {
			e.dropped = append(e.dropped, name)
		}
		if listed {
			return e.entry("sources", name, "")
		}
		return nil
	case before == source && (listed || e.has(unsettled, name)):
		return nil
	case !listed && e.has(unsettled, name):
		return e.entry(unsettled, name, words.JSON(source))
	}
	return e.entry("sources", name, words.JSON(source))
}

// has reports whether a section is a mapping that has an entry.
func (e *editor) has(section, name string) bool {
	root := e.root()
	if root == nil {
		return false
	}
	part := strict.Lookup(root, section)
	return part != nil && strict.Lookup(part, name) != nil
}

// root is the top of the content as it is now; nil if it is empty.
func (e *editor) root() *yaml.Node {
	r := strict.Reader{Format: format}
	if d, _ := r.Document("", e.content); d != nil { // it was read
		return d.Root
	}
	return nil
}

// format writes a value in the format of the file; empty for unknown.
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

// entry sets an entry of a section, or removes it if the value is empty. The section facts stays even if it is empty.
func (e *editor) entry(section, name, value string) error {
	root := e.root()
	s := strict.NewSource(e.content, e.json)
	var err error
	if value == "" {
		err = s.Unset(root, section, name, section == "facts")
	} else {
		err = s.Set(root, section, name, value)
	}
	e.content = s.Bytes()
	return err
}

// same compares the facts, their sources and what runs.
func same(a, b tools.Workspace) bool {
	for fact := range a.Facts {
		if sourceOf(a, fact) != sourceOf(b, fact) {
			return false
		}
	}
	return slices.EqualFunc(a.Facts, b.Facts, fact.Value.Equal) && maps.Equal(a.Runs, b.Runs)
}

// sourceOf returns the source of a fact; empty if it is unknown.
func sourceOf(w tools.Workspace, fact int) string {
	if w.Sources == nil {
		return ""
	}
	return w.Sources[fact]
}
