package framework

import (
	"reflect"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/strict"
	"github.com/vanhoutenbos/layer2/internal/words"
	"go.yaml.in/yaml/v4"
)

// mergeKey brings the keys of another mapping in.
const mergeKey = "<<"

// decoder turns the nodes of one file into its document, and notes every mistake on the way. It is stricter than the YAML library
// (no empty value, every key known and written once, every value of the one kind that fits) and knows the place of each mistake.
//
// The fields' tags are its only source: yaml names the key, a key without omitempty is required, jsonschema's enum lists values.
type decoder struct {
	file     string
	mistakes *notes
	fields   map[reflect.Type][]field
}

// field is one key of a mapping.
type field struct {
	name     string
	required bool
	index    []int
	enum     []string
}

// value decodes a node; name is the key that it stands behind.
func (d *decoder) value(node *yaml.Node, into reflect.Value, name string) {
	if unreadable(node) {
		d.markPlace(node, into)
		return
	}
	switch target := into.Addr().Interface().(type) {
	case *Condition:
		d.value(node, reflect.ValueOf(&target.Text).Elem(), name)
		return
	case *Text:
		*target = Text{Line: node.Line, Column: node.Column}
		if d.scalar(node, name, "a text") {
			target.Value = d.text(node, name)
		}
		return
	case *fact.Written:
		if node.Kind != yaml.ScalarNode || d.scalar(node, name, "a value of a fact") {
			*target = strict.Value(node)
		}
		return
	}
	switch into.Kind() {
	case reflect.Pointer:
		into.Set(reflect.New(into.Type().Elem()))
		d.value(node, into.Elem(), name)
	case reflect.Struct:
		d.mapping(node, into, name)
	case reflect.Slice:
		d.sequence(node, into, name)
	case reflect.Bool:
		into.SetBool(d.plain(node, fact.Fact{Name: name, Kind: fact.Boolean}).Bool)
	case reflect.Float64:
		into.SetFloat(d.plain(node, fact.Fact{Name: name, Kind: fact.Number}).Number)
	}
}

// unreadable says whether a node that is refused does not even say what was meant.
func unreadable(node *yaml.Node) bool {
	return node.Kind == yaml.AliasNode || node.Kind == yaml.ScalarNode && refused(node) != "" && node.Anchor == ""
}

// markPlace keeps the place of a text that cannot be read, so that it does not count as missing.
func (d *decoder) markPlace(node *yaml.Node, into reflect.Value) {
	switch target := into.Addr().Interface().(type) {
	case *Text:
		*target = Text{Line: node.Line, Column: node.Column}
	case *Condition:
		target.Text = Text{Line: node.Line, Column: node.Column}
	}
}

// text is what a node says, on one line. The line break at the end of a text in block style is none of its.
func (d *decoder) text(node *yaml.Node, name string) string {
	text := node.Value
	if node.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		text = strings.TrimRight(text, "\n")
	}
	c, hides := words.Hidden(text)
	switch {
	case hides && c.Rune == '\n':
		d.add(node, "%q goes over several lines: write it on one, or fold it with >-", name)
	case hides:
		d.add(node, "%q holds %s: take it out", name, c)
	}
	return text
}

// plain decodes true, false or a number, which a key takes as a fact of its name would.
func (d *decoder) plain(node *yaml.Node, key fact.Fact) fact.Value {
	if !d.scalar(node, key.Name, key.Domain()) {
		return fact.Value{}
	}
	value, mistakes := key.Read(strict.Value(node))
	for _, m := range mistakes {
		d.add(node, "%s", m.Problem)
	}
	return value
}

// scalar says whether a node is a scalar with something in it.
func (d *decoder) scalar(node *yaml.Node, name, want string) bool {
	switch {
	case node.Kind != yaml.ScalarNode:
		d.add(node, "%q is %s, not %s", name, want, kindName(node))
	case node.Tag == "!!null" || strings.TrimSpace(node.Value) == "":
		d.add(node, "%q is empty; say something or leave the key out", name)
	default:
		return true
	}
	return false
}

// mapping decodes the keys of a mapping into the fields of a struct.
func (d *decoder) mapping(node *yaml.Node, into reflect.Value, name string) {
	if node.Kind != yaml.MappingNode {
		d.add(node, "%q is a mapping, not %s", name, kindName(node))
		return
	}
	fields := d.fieldsOf(into.Type())
	seen := map[string]*yaml.Node{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		f := d.key(node.Content[i], fields, seen)
		if f == nil {
			continue
		}
		value := node.Content[i+1]
		d.value(value, into.FieldByIndex(f.index), f.name)
		d.enumerated(value, f)
	}
	for _, f := range fields {
		if f.required && seen[f.name] == nil && seen[mergeKey] == nil {
			d.add(node, "missing key %q", f.name)
		}
	}
}

// key finds the field of a key. A misspelt key is a mistake, and is then read as the one that was meant, so that the mistakes
// behind it are found too and nothing counts as missing that is only misspelt.
func (d *decoder) key(key *yaml.Node, fields []field, seen map[string]*yaml.Node) *field {
	switch {
	case key.Tag == "!!merge":
		seen[mergeKey] = key // refused already; what it brings in is not known
		return nil
	case unreadable(key):
		return nil // refused already
	case key.Kind != yaml.ScalarNode:
		d.add(key, "a key is a word, not %s", kindName(key))
		return nil
	}
	name := key.Value
	if first := seen[name]; first != nil {
		d.add(key, "key %s stands twice: first on line %d", shown(name), first.Line)
		return nil
	}
	seen[name] = key
	if f := find(fields, name); f != nil {
		return f
	}
	names := namesOf(fields)
	d.add(key, "unknown key %s", shown(name)).near(name, names)
	for _, near := range words.Nearest(name, names, 1) {
		if seen[near] == nil {
			seen[near] = key
			return find(fields, near)
		}
	}
	return nil
}

func find(fields []field, name string) *field {
	if i := slices.IndexFunc(fields, func(f field) bool { return f.name == name }); i >= 0 {
		return &fields[i]
	}
	return nil
}

// enumerated checks a value that has to be one of a few words.
func (d *decoder) enumerated(node *yaml.Node, f *field) {
	if f.enum != nil && node.Kind == yaml.ScalarNode && !unreadable(node) && node.Value != "" && !slices.Contains(f.enum, node.Value) {
		d.add(node, "%q is one of %s, not %s", f.name, strings.Join(f.enum, ", "), shown(node.Value)).near(node.Value, f.enum)
	}
}

func (d *decoder) sequence(node *yaml.Node, into reflect.Value, name string) {
	if node.Kind != yaml.SequenceNode {
		d.add(node, "%q is a list, not %s", name, kindName(node))
		return
	}
	list := reflect.MakeSlice(into.Type(), len(node.Content), len(node.Content))
	for i, item := range node.Content {
		d.value(item, list.Index(i), name)
	}
	into.Set(list)
}

func (d *decoder) add(node *yaml.Node, format string, arguments ...any) *note {
	return d.mistakes.add(d.file, place{node.Line, node.Column}, format, arguments...)
}

func kindName(node *yaml.Node) string {
	switch {
	case node.Kind == yaml.MappingNode:
		return "a mapping"
	case node.Kind == yaml.SequenceNode:
		return "a list"
	case node.Tag == "!!null":
		return "empty"
	}
	return shown(node.Value)
}

// fieldsOf lists the keys that a struct has, those of its inlined structs among them, in order.
func (d *decoder) fieldsOf(t reflect.Type) []field {
	if known, ok := d.fields[t]; ok {
		return known
	}
	var fields []field
	for _, f := range reflect.VisibleFields(t) {
		name, rest, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if name == "" {
			continue // inlined, and its own fields are visible
		}
		var enum []string
		for _, part := range strings.Split(f.Tag.Get("jsonschema"), ",") {
			if word, is := strings.CutPrefix(part, "enum="); is {
				enum = append(enum, word)
			}
		}
		fields = append(fields, field{name, rest != "omitempty", f.Index, enum})
	}
	d.fields[t] = fields
	return fields
}

func namesOf(fields []field) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return names
}
