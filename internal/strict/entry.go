package strict

import (
	"reflect"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Entry is one key of a mapping with arbitrary keys, and its value. Entries decode in file order. A null value is allowed if T is a
// pointer (nil) or a fact.Written (the zero Written).
type Entry[T any] struct {
	Key   Text
	Value T
}

// entry is implemented by every Entry[T].
type entry interface{ isEntry() }

func (Entry[T]) isEntry() {}

// entries decodes a mapping with arbitrary keys.
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
