package factsfile

import (
	"slices"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
	"github.com/vanhoutenbos/layer2/tools"
)

// MaximumBytes is the largest facts file: a hundred times one with every fact.
const MaximumBytes = 1 << 20

var format = strict.Format{Name: "a facts file", Bytes: MaximumBytes}

type document struct {
	Facts     *yaml.Node `yaml:"facts,omitempty"`
	Unsettled *yaml.Node `yaml:"unsettled,omitempty"`
	Running   *yaml.Node `yaml:"running,omitempty"`
	Sources   *yaml.Node `yaml:"sources,omitempty"`

	dictionary *fact.Dictionary
}

// Hint tells people who put a fact at the top level where it belongs.
func (d document) Hint(key string) string {
	if _, is := d.dictionary.Index(key); is {
		return "it is a fact: put it under facts"
	}
	return ""
}

// Read reads a facts file; name is the file name in mistakes. The error is [strict.Mistakes], in the order of the file. An empty
// file is a mistake.
func Read(f *framework.Framework, name string, content []byte) (tools.Workspace, error) {
	w, root, err := read(f, name, content)
	if err == nil && root == nil {
		err = strict.Mistakes{{File: name, Problem: "the file says nothing; write facts: {services: 7}, for example"}}
	}
	return w, err
}

// read returns the workspace and the root of the YAML, nil for an empty file.
func read(f *framework.Framework, name string, content []byte) (tools.Workspace, *yaml.Node, error) {
	r := reader{Reader: strict.Reader{Format: format}, framework: f}
	r.document, _ = r.Document(name, content)
	if r.document == nil {
		return tools.Workspace{Facts: f.Dictionary.NewSituation()}, nil, r.Err()
	}
	w := r.workspace()
	if err := r.Err(); err != nil {
		return tools.Workspace{}, nil, err
	}
	return w, r.document.Root, nil
}

// reader reads one file, and notes every mistake.
type reader struct {
	strict.Reader
	framework *framework.Framework
	document  *strict.Document
}

// workspace reads the parts of the file; facts first, then what is unsettled, because the others refer to them.
func (r *reader) workspace() tools.Workspace {
	w := tools.Workspace{Facts: r.framework.Dictionary.NewSituation()}
	parts := document{dictionary: r.framework.Dictionary}
	r.document.Decode(&parts)
	given := make([]bool, len(w.Facts))
	r.byFact(parts.Facts, "facts", func(index int, key strict.Text, value fact.Written) {
		about := r.framework.Dictionary.Fact(index)
		known, mistakes := about.Read(value)
		r.AddRead(key.File, about.Name+": ", mistakes)
		w.Facts[index], given[index] = known, value.Form != fact.Null
	})
	if written(parts.Unsettled) {
		r.unsettled(parts.Unsettled, &w, given)
	}
	if written(parts.Sources) {
		r.sources(parts.Sources, &w, given)
	}
	if written(parts.Running) {
		w.Runs = r.running(parts.Running)
	}
	return w
}

// unsettled reads the facts that were raised and left open: a list of them, or a mapping of each to what was said, which is its source.
// It marks them as given, so that sources may have them.
func (r *reader) unsettled(part *yaml.Node, w *tools.Workspace, given []bool) {
	visit := func(index int, key strict.Text, said fact.Written) {
		switch about := w.Facts[index]; {
		case about.Kind != fact.Unknown:
			r.Add(key.Place, "unsettled: %s has a value in facts: leave it out of one of them", key)
			return
		case about.Unsettled:
			r.Add(key.Place, "unsettled: %s is given twice", key)
		}
		w.Facts[index], given[index] = fact.Value{Unsettled: true}, true
		if said.Form != fact.Null {
			r.source(w, index, key, "unsettled", said)
		}
	}
	switch part.Kind {
	case yaml.SequenceNode:
		var names []strict.Text
		r.document.DecodeNode(part, "unsettled", &names)
		for _, name := range names {
			if name.IsZero() {
				continue // it could not be read, and has been reported
			}
			if index, known := r.fact(name, "unsettled: "); known {
				visit(index, name, fact.Written{})
			}
		}
	case yaml.MappingNode:
		r.byFact(part, "unsettled", visit)
	case yaml.ScalarNode:
		r.document.Add(part, "unsettled is a list of facts, or a mapping of them to what was said, not %s", strict.Quote(part.Value))
	}
}

// sources reads where the facts come from.
func (r *reader) sources(part *yaml.Node, w *tools.Workspace, given []bool) {
	if w.Sources == nil {
		w.Sources = make([]string, len(w.Facts))
	}
	r.byFact(part, "sources", func(index int, key strict.Text, value fact.Written) {
		if value.Form == fact.Null {
			return
		}
		if w.Sources[index] != "" {
			r.Add(key.Place, "sources: %s has words in unsettled, which are its source: leave one of them out", key)
		}
		r.source(w, index, key, "sources", value)
		if !given[index] {
			r.Add(key.Place, "sources: %s has no value in facts, and is not unsettled", key)
		}
	})
}

// source reads the source of one fact.
func (r *reader) source(w *tools.Workspace, index int, key strict.Text, part string, value fact.Written) {
	if w.Sources == nil {
		w.Sources = make([]string, len(w.Facts))
	}
	said, err := tools.ReadSource(value)
	if err != nil {
		r.Add(strict.Place{File: key.File, Line: value.Line, Column: value.Column}, "%s: %s: %v", part, key, err)
	}
	w.Sources[index] = said
}

// written reports whether a part of the file is present and not null.
func written(part *yaml.Node) bool { return part != nil && part.Tag != "!!null" }

// byFact visits the entries of a mapping whose keys are facts.
func (r *reader) byFact(part *yaml.Node, name string, visit func(index int, key strict.Text, value fact.Written)) {
	if !written(part) {
		return
	}
	var entries []strict.Entry[fact.Written]
	r.document.DecodeNode(part, name, &entries)
	for _, entry := range entries {
		if index, known := r.fact(entry.Key, ""); known {
			visit(index, entry.Key, entry.Value)
		}
	}
}

// fact returns the index of a fact by its name; the prefix opens the message about a name that is none.
func (r *reader) fact(name strict.Text, prefix string) (index int, known bool) {
	index, known = r.framework.Dictionary.Index(name.Value)
	if !known {
		r.Add(name.Place, "%s%s is not a fact", prefix, name.Quoted()).NearSome(3, name.Value, r.framework.Dictionary.Names())
	}
	return index, known
}

// running reads what runs today: a list of capabilities, so the others do not run, or a mapping to true or false, so the others
// are unknown.
func (r *reader) running(node *yaml.Node) map[string]decide.Truth {
	runs := map[string]decide.Truth{}
	var known []string
	for _, c := range r.framework.Capabilities {
		known = append(known, c.ID.Value)
	}
	switch node.Kind {
	case yaml.SequenceNode:
		for _, id := range known {
			runs[id] = decide.No
		}
		var all []strict.Text
		r.document.DecodeNode(node, "running", &all)
		for _, id := range all {
			if r.isOneOf(id, known) {
				runs[id.Value] = decide.Yes
			}
		}
	case yaml.MappingNode:
		var some []strict.Entry[*bool]
		r.document.DecodeNode(node, "running", &some)
		for _, entry := range some {
			if r.isOneOf(entry.Key, known) && entry.Value != nil {
				runs[entry.Key.Value] = map[bool]decide.Truth{false: decide.No, true: decide.Yes}[*entry.Value]
			}
		}
	case yaml.ScalarNode:
		r.document.Add(node, "running is a list of capabilities, or a mapping of them to true or false, not %s", strict.Quote(node.Value))
	}
	return runs
}

// isOneOf reports whether a text names a capability. An empty one could not be read and has been reported.
func (r *reader) isOneOf(id strict.Text, known []string) bool {
	is := slices.Contains(known, id.Value)
	if !is && !id.IsZero() {
		r.Add(id.Place, "running: %s is not a capability", id.Quoted()).OneOf(id.Value, known)
	}
	return is
}
