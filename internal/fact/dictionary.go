package fact

import "fmt"

// Dictionary lists the facts that a framework knows. Its order is fact order.
type Dictionary struct {
	facts []Fact
	names []string
	index map[string]int
}

// NewDictionary fails if two facts share a name.
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

func (d *Dictionary) Len() int { return len(d.facts) }

func (d *Dictionary) Fact(i int) Fact { return d.facts[i] }

// Index returns the fact's position in fact order.
func (d *Dictionary) Index(name string) (int, bool) {
	i, ok := d.index[name]
	return i, ok
}

// Names returns all names in fact order. The caller must not change the slice.
func (d *Dictionary) Names() []string { return d.names }

// Select returns the names of the facts at the given positions.
func (d *Dictionary) Select(facts []int) []string {
	names := make([]string, len(facts))
	for i, fact := range facts {
		names[i] = d.names[fact]
	}
	return names
}

// NewSituation returns a situation in which nothing is known.
func (d *Dictionary) NewSituation() Situation { return make(Situation, len(d.facts)) }
