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

// Edits are changes of a facts file.
type Edits struct {
	// Settings are the new values; unknown takes a fact out.
	Settings []fact.Setting
	// Source is what says all of them. If it is empty, a fact whose value changes loses the source that it had, because that said the old
	// value.
	Source string
}

// Edit makes changes in the content of a facts file, and leaves all else as it is written; JSON stays JSON. A file that is empty or
// new is YAML unless its name says JSON. It returns the names of the facts that lost their source. The error is all mistakes in the file,
// or says that the file is written in a way that cannot be changed piece by piece.
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
			return nil, nil, fmt.Errorf("%s: %w; change %s by hand", name, err, f.Dictionary.Fact(setting.Fact).Name)
		}
	}
	got, _, err := read(f, name, e.content)
	if err != nil || !same(got, e.want) || e.json && !isJSON(e.content) {
		return nil, nil, fmt.Errorf("%s: %w; change it by hand", name, strict.ErrUnusual)
	}
	return e.content, e.dropped, nil
}

// isJSON reports whether a text is JSON, which may have a byte order mark here.
func isJSON(content []byte) bool { return json.Valid(bytes.TrimPrefix(content, []byte("\ufeff"))) }

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

// entry changes one entry of a section, or takes it out if there is no value. Without facts, their section stays.
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

// same reports whether two workspaces know the same.
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
