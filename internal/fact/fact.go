package fact

import "strings"

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

// Domain says in words what the fact can be.
func (f Fact) Domain() string {
	switch f.Kind {
	case Boolean:
		return "true or false"
	case Integer:
		return "a whole number of 0 or more"
	case Number:
		return "a number of 0 or more"
	case Choice:
		return "one of " + strings.Join(f.Values, ", ")
	}
	return "a list of " + strings.Join(f.Values, ", ")
}
