package strict

import (
	"reflect"
	"slices"
	"strings"
)

// field is one key of a mapping, described by the tags of a struct field.
type field struct {
	name     string
	required bool
	index    []int
	enum     []string
}

// Others is embedded in a struct whose mapping may have further keys. They are ignored.
type Others struct{}

func (Others) others() {}

// open is implemented by structs that embed Others.
type open interface{ others() }

// shape is the keys of a mapping, derived from a struct.
type shape struct {
	fields []field
	names  []string // of the fields
	others bool     // other keys are allowed
}

// shapeOf derives the shape of a struct. Keys of inlined structs are listed among the others, in order.
func (r *Reader) shapeOf(t reflect.Type) *shape {
	if known := r.shapes[t]; known != nil {
		return known
	}
	s := &shape{others: t.Implements(reflect.TypeFor[open]())}
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
		s.fields = append(s.fields, field{name, rest != "omitempty", f.Index, enum})
		s.names = append(s.names, name)
	}
	if r.shapes == nil {
		r.shapes = map[reflect.Type]*shape{}
	}
	r.shapes[t] = s
	return s
}

// field returns nil for a key that the shape does not have.
func (s *shape) field(name string) *field {
	if i := slices.Index(s.names, name); i >= 0 {
		return &s.fields[i]
	}
	return nil
}
