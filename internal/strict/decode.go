package strict

import (
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// Decode refuses what [Document.Refuse] refuses and decodes the document into the value that into points to.
//
// A struct is a mapping: its field tags name the keys, as in `yaml:"says,omitempty"`. A key without omitempty is required;
// jsonschema:"enum=a,enum=b" lists the only values it takes. A []Entry is a mapping with arbitrary keys; any other slice is a list. A
// scalar is a Text or a struct that embeds one, a bool, float64 or fact.Written. A pointer is a value that may be missing, and a
// *yaml.Node is left undecoded. This is stricter than the YAML library: no value is empty, every key is known and given once, and every
// value has the one kind that fits.
func (d *Document) Decode(into any) {
	d.Refuse()
	d.DecodeNode(d.Root, "", into)
}

// DecodeNode decodes one node of the document without refusing anything. Messages call it by name, which is the key before it, or empty
// for the root.
func (d *Document) DecodeNode(node *yaml.Node, name string, into any) {
	d.value(node, reflect.ValueOf(into).Elem(), name)
}

func (d *Document) value(node *yaml.Node, into reflect.Value, name string) {
	if target, is := into.Addr().Interface().(**yaml.Node); is {
		*target = node
		return
	}
	if unreadable(node) {
		d.place(node, into)
		return
	}
	switch target := into.Addr().Interface().(type) {
	case texter:
		*target.text() = Text{Value: d.text(node, name), Place: d.At(node)}
		return
	case *fact.Written:
		if node.Kind != yaml.ScalarNode || d.scalar(node, name, "a value of a fact") {
			*target = Value(node)
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
		d.slice(node, into, name)
	case reflect.Bool:
		into.SetBool(d.plain(node, fact.Fact{Name: name, Kind: fact.Boolean}).Bool)
	case reflect.Float64:
		into.SetFloat(d.plain(node, fact.Fact{Name: name, Kind: fact.Number}).Number)
	}
}

// place records where an unreadable text is, so that it does not count as missing.
func (d *Document) place(node *yaml.Node, into reflect.Value) {
	if target, is := into.Addr().Interface().(texter); is {
		target.text().Place = d.At(node)
	}
}

// text returns a node's text, without the line break that ends a block scalar.
func (d *Document) text(node *yaml.Node, name string) string {
	if !d.scalar(node, name, "a text") {
		return ""
	}
	text := node.Value
	if node.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		text = strings.TrimRight(text, "\n")
	}
	if !d.reader.Format.Plain {
		return text
	}
	switch c, hides := words.Hidden(text); {
	case hides && c.Rune == '\n':
		d.Add(node, "%s spans several lines: write it on one, or fold it with >-", called(name))
	case hides:
		d.Add(node, "%s holds %s: take it out", called(name), c)
	}
	return text
}

// plain decodes true, false or a number by the rules for facts.
func (d *Document) plain(node *yaml.Node, key fact.Fact) fact.Value {
	if !d.scalar(node, key.Name, key.Domain()) {
		return fact.Value{}
	}
	value, mistakes := key.Read(Value(node))
	d.reader.AddRead(d.File, "", mistakes)
	return value
}

// scalar reports whether a node is a scalar that is not empty.
func (d *Document) scalar(node *yaml.Node, name, want string) bool {
	switch {
	case node.Kind != yaml.ScalarNode:
		d.Add(node, "%s must be %s, not %s", called(name), want, kindOf(node))
	case empty(node) || strings.TrimSpace(node.Value) == "":
		d.Add(node, "%s is empty; say something or leave the key out", called(name))
	default:
		return true
	}
	return false
}

func (d *Document) mapping(node *yaml.Node, into reflect.Value, name string) {
	shape := d.reader.shapeOf(into.Type())
	missing(shape, into, d.File)
	seen := map[string]bool{}
	whole := d.pairs(node, name, func(key, value *yaml.Node) {
		f := shape.field(key.Value)
		if f == nil && !shape.others {
			if f = d.unknown(key, shape, into); f != nil && seen[f.name] {
				return
			}
		}
		if f == nil {
			return
		}
		seen[f.name] = true
		d.value(value, into.FieldByIndex(f.index), f.name)
		d.enumerated(value, f)
	})
	for _, f := range shape.fields {
		if f.required && !seen[f.name] && whole {
			d.Add(node, "missing key %q", f.name)
		}
	}
}

// missing gives every required text its file, so that a mistake in a text that is missing still names the file.
func missing(s *shape, into reflect.Value, file string) {
	for _, f := range s.fields {
		if target, is := into.FieldByIndex(f.index).Addr().Interface().(texter); is && f.required {
			target.text().File = file
		}
	}
}

// pairs visits each key of a mapping once, with its value. whole is false if the node is not a mapping or merges another one in.
func (d *Document) pairs(node *yaml.Node, name string, visit func(key, value *yaml.Node)) (whole bool) {
	if node.Kind != yaml.MappingNode {
		if !unreadable(node) {
			d.Add(node, "%s must be a mapping, not %s", called(name), kindOf(node))
		}
		return false
	}
	whole = true
	lines := map[string]int{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		switch line, twice := lines[key.Value]; {
		case merges(key):
			whole = false
		case unreadable(key):
		case key.Kind != yaml.ScalarNode:
			d.Add(key, "a key is a word, not %s", kindOf(key))
		case twice:
			d.Add(key, "duplicate key %s: the first is on line %d", Quote(key.Value), line)
		default:
			lines[key.Value] = key.Line
			visit(key, value)
		}
	}
	return whole
}

// hinter is implemented by structs that can say what an unknown key was meant to be.
type hinter interface{ Hint(key string) string }

// unknown notes an unknown key. It returns the field that was most likely meant, so that mistakes in its value are found too and the
// field does not count as missing.
func (d *Document) unknown(key *yaml.Node, s *shape, into reflect.Value) *field {
	if h, is := into.Addr().Interface().(hinter); is {
		if hint := h.Hint(key.Value); hint != "" {
			d.Add(key, "unknown key %s; %s", Quote(key.Value), hint)
			return nil
		}
	}
	note := d.Add(key, "unknown key %s", Quote(key.Value))
	note.Near(key.Value, s.names)
	note.list = len(s.names) <= fewKeys
	for _, near := range words.Nearest(key.Value, s.names, 1) {
		return s.field(near)
	}
	return nil
}

// fewKeys is how many keys a message lists at most.
const fewKeys = 12

// enumerated checks a value against its field's enum.
func (d *Document) enumerated(node *yaml.Node, f *field) {
	if f.enum != nil && node.Kind == yaml.ScalarNode && !unreadable(node) && node.Value != "" && !slices.Contains(f.enum, node.Value) {
		d.Add(node, "%q must be one of %s, not %s", f.name, strings.Join(f.enum, ", "), Quote(node.Value)).Near(node.Value, f.enum)
	}
}

// slice decodes a list, or a mapping with arbitrary keys.
func (d *Document) slice(node *yaml.Node, into reflect.Value, name string) {
	if into.Type().Elem().Implements(reflect.TypeFor[entry]()) {
		d.entries(node, into, name)
		return
	}
	if node.Kind != yaml.SequenceNode {
		d.Add(node, "%s must be a list, not %s", called(name), kindOf(node))
		return
	}
	list := reflect.MakeSlice(into.Type(), len(node.Content), len(node.Content))
	for i, item := range node.Content {
		d.value(item, list.Index(i), name)
	}
	into.Set(list)
}

// called is how messages name a node, given the key before it.
func called(name string) string {
	if name == "" {
		return "the file"
	}
	return Quote(name)
}

// kindOf describes a node for a message.
func kindOf(node *yaml.Node) string {
	switch {
	case node.Kind == yaml.MappingNode:
		return "a mapping"
	case node.Kind == yaml.SequenceNode:
		return "a list"
	case empty(node):
		return "empty"
	case node.Kind == yaml.ScalarNode && node.Tag != "!!str":
		return words.Cut(node.Value, longestName)
	}
	return Quote(node.Value)
}
