package fact

import "fmt"

// Dictionary is the facts that a framework knows. Their order is fact order.
type Dictionary struct {
	facts []Fact
	names []string
	index map[string]int
}

// NewDictionary makes a dictionary. A name that two facts share is an error.
func NewDictionary(facts []Fact) (*Dictionary, error) {
	d := &Dictionary{facts: facts, names: make([]string, len(facts)), index: make(map[string]int, len(facts))}
	for i, f := range facts {
		if _, taken := d.index[f.Name]; taken {
			return nil, fmt.Errorf("two facts are called %q", f.Name)
		}
		d.index[f.Name] = i
		d.names[i] = f.Name
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

// Select is the names of some facts.
func (d *Dictionary) Select(facts []int) []string {
	names := make([]string, len(facts))
	for i, fact := range facts {
		names[i] = d.names[fact]
	}
	return names
}

// NewSituation is one in which nothing is known.
func (d *Dictionary) NewSituation() Situation { return make(Situation, len(d.facts)) }
