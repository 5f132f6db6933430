package decide

import (
	"fmt"
	"slices"
)

// Kind is the type of a fact. The zero Kind is that of a value which is unknown.
type Kind uint8

// The kinds of facts.
const (
	Unknown Kind = iota
	Boolean
	Integer
	Number
	Choice
	Set
)

var kindNames = [...]string{"unknown", "boolean", "integer", "number", "choice", "set"}

// String is the kind's name as the knowledge writes it.
func (k Kind) String() string { return kindNames[k] }

// indefinite is the kind's name with its article.
func (k Kind) indefinite() string {
	if k == Integer {
		return "an " + k.String()
	}
	return "a " + k.String()
}

// KindOf finds a kind by its name.
func KindOf(name string) (Kind, bool) {
	i := slices.Index(kindNames[1:], name)
	return Kind(i + 1), i >= 0
}

// Largest is the largest number a fact can have: beyond it, integers are not exact in every client.
const Largest = 1<<53 - 1

// Fact is one thing that can be known about a platform.
type Fact struct {
	Name string
	Kind Kind
	// Values are the domain of a choice, or the members of a set, in order.
	Values []string
	// Step is what "just past a boundary" means for a number. An integer's is 1.
	Step float64
	// Presumed is what silence is taken for in a provisional answer; the zero Value where silence says nothing.
	Presumed Value
}

// Value is what is known of one fact. The zero Value is "unknown".
type Value struct {
	Kind Kind
	// Bool is a boolean's value, Number an integer's or number's, Text a choice's.
	Bool   bool
	Number float64
	Text   string
	// Members are a set's, in the order of the fact's Values, each once.
	Members []string
	// Range is the limits of a number of which no more is known; nil where the value is exact. It is read only.
	Range *Range
}

// Equal says whether two values are the same.
func (v Value) Equal(w Value) bool {
	limits := v.Range == w.Range || v.Range != nil && w.Range != nil && *v.Range == *w.Range
	return v.Kind == w.Kind && v.Bool == w.Bool && v.Number == w.Number && v.Text == w.Text && slices.Equal(v.Members, w.Members) && limits
}

// Dictionary is the facts that a framework knows. Their order is fact order.
type Dictionary struct {
	facts []Fact
	names []string
	index map[string]int
}

// NewDictionary makes a dictionary; a name that stands twice is an error.
func NewDictionary(facts []Fact) (*Dictionary, error) {
	d := &Dictionary{facts: facts, names: make([]string, len(facts)), index: make(map[string]int, len(facts))}
	for i, fact := range facts {
		if _, twice := d.index[fact.Name]; twice {
			return nil, fmt.Errorf("fact %q stands twice", fact.Name)
		}
		d.index[fact.Name] = i
		d.names[i] = fact.Name
	}
	return d, nil
}

// Len is the number of facts.
func (d *Dictionary) Len() int { return len(d.facts) }

// Fact is the fact at a place in fact order.
func (d *Dictionary) Fact(i int) Fact { return d.facts[i] }

// Index is a fact's place in fact order.
func (d *Dictionary) Index(name string) (int, bool) {
	i, ok := d.index[name]
	return i, ok
}

// Names are all names, in fact order. They are not to be changed.
func (d *Dictionary) Names() []string { return d.names }

// Situation is what is known of a platform: a value for each fact of the dictionary, in fact order; unknown facts hold the
// zero Value.
type Situation []Value

// NewSituation is one in which nothing is known.
func (d *Dictionary) NewSituation() Situation { return make(Situation, len(d.facts)) }

// With is the situation with one fact changed.
func (s Situation) With(fact int, value Value) Situation {
	changed := slices.Clone(s)
	changed[fact] = value
	return changed
}
