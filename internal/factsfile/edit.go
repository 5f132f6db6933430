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
	// Settings are the new values; an unknown one removes the fact.
	Settings []fact.Setting
	// Source is the source of all of them. If it is empty, a fact whose value changes loses its source, which was about the old
	// value.
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
	r := strict.Reader{Format: format}
	d, _ := r.Document("", e.content) // it was read
	var root *yaml.Node
	if d != nil {
		root = d.Root
	}
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
