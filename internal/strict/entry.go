package strict

import (
	"reflect"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Entry is one key of a mapping that may have any, and its value. A slice of entries is decoded in the order of the file. A value that
// is a pointer or a fact.Written may be null; it then is nil, or the Written of nothing.
type Entry[T any] struct {
	Key   Text
	Value T
}

// entry is what all types of entries are.
type entry interface{ isEntry() }

func (Entry[T]) isEntry() {}

// entries decodes a mapping with any keys.
func (d *Document) entries(node *yaml.Node, into reflect.Value, name string) {
	list := reflect.MakeSlice(into.Type(), 0, len(node.Content)/2)
	one := reflect.New(into.Type().Elem()).Elem()
	d.pairs(node, name, func(key, value *yaml.Node) {
		one.SetZero()
		one.Field(0).Set(reflect.ValueOf(Text{Value: key.Value, Place: d.At(key)}))
		d.entryValue(value, one.Field(1), key.Value)
		list = reflect.Append(list, one)
	})
	into.Set(list)
}

func (d *Document) entryValue(node *yaml.Node, into reflect.Value, name string) {
	written, is := into.Addr().Interface().(*fact.Written)
	switch {
	case is:
		*written = Value(node)
	case into.Kind() != reflect.Pointer || !empty(node):
		d.value(node, into, name)
	}
}
