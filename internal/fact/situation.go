package fact

import (
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// Situation is what is known about a platform: one value for each fact of the dictionary, in fact order. Unknown facts have the zero
// Value.
type Situation []Value

// With returns a copy with one fact changed.
func (s Situation) With(fact int, value Value) Situation {
	changed := slices.Clone(s)
	changed[fact] = value
	return changed
}

// Of returns the known facts among those listed, with their values.
func (s Situation) Of(d *Dictionary, facts []int) Values {
	list := Values{}
	for _, fact := range facts {
		if s[fact].Kind != Unknown {
			list = append(list, Named{d.names[fact], s[fact]})
		}
	}
	return list
}

// Setting is a value for the fact at a position in fact order.
type Setting struct {
	Fact  int
	Value Value
}

// Name replaces the positions in settings by the facts' names.
func (d *Dictionary) Name(settings []Setting) Values {
	list := Values{}
	for _, s := range settings {
		list = append(list, Named{d.names[s.Fact], s.Value})
	}
	return list
}

type Named struct {
	Fact  string
	Value Value
}

// String returns "services = 7".
func (n Named) String() string { return n.Fact + " = " + n.Value.String() }

// Values are named values in fact order. They marshal to a JSON object.
type Values []Named

// String returns "services = 7, call_chains = complex".
func (v Values) String() string { return strings.Join(v.Lines(), ", ") }

// Lines returns one "services = 7" per fact.
func (v Values) Lines() []string {
	lines := make([]string, len(v))
	for i, named := range v {
		lines[i] = named.String()
	}
	return lines
}

// MarshalJSON writes an object with its keys in fact order.
func (v Values) MarshalJSON() ([]byte, error) {
	object := []byte("{")
	for i, named := range v {
		if i > 0 {
			object = append(object, ',')
		}
		value, err := named.Value.MarshalJSON()
		if err != nil {
			return nil, err
		}
		object = append(object, words.JSON(named.Fact)...)
		object = append(object, ':')
		object = append(object, value...)
	}
	return append(object, '}'), nil
}
