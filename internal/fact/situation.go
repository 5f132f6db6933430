package fact

import (
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// Situation is what is known of a platform: a value for each fact of the dictionary, in fact order. Unknown facts hold the zero Value.
type Situation []Value

// With is the situation with one fact changed.
func (s Situation) With(fact int, value Value) Situation {
	changed := slices.Clone(s)
	changed[fact] = value
	return changed
}

// Of is the facts of a list that are known, with their values.
func (s Situation) Of(d *Dictionary, facts []int) Values {
	list := Values{}
	for _, fact := range facts {
		if s[fact].Kind != Unknown {
			list = append(list, Named{d.names[fact], s[fact]})
		}
	}
	return list
}

// Setting is a value for a fact, which is given by its place in fact order.
type Setting struct {
	Fact  int
	Value Value
}

// Name names the facts of settings.
func (d *Dictionary) Name(settings []Setting) Values {
	list := Values{}
	for _, s := range settings {
		list = append(list, Named{d.names[s.Fact], s.Value})
	}
	return list
}

// Named is a fact's name and its value.
type Named struct {
	Fact  string
	Value Value
}

// String is "services = 7".
func (n Named) String() string { return n.Fact + " = " + n.Value.String() }

// Values are facts and their values, in fact order. JSON shows them as an object.
type Values []Named

// String is "services = 7, call_chains = complex".
func (v Values) String() string { return strings.Join(v.Lines(), ", ") }

// Lines are the facts one by one: "services = 7".
func (v Values) Lines() []string {
	lines := make([]string, len(v))
	for i, named := range v {
		lines[i] = named.String()
	}
	return lines
}

// MarshalJSON writes an object whose keys stand in fact order.
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
