package fact

import "strings"

// Fact is one thing that can be known about a platform.
type Fact struct {
	Name string
	Kind Kind
	// Values are the domain of a choice, or the members of a set, in order.
	Values []string
	// Step is how far "just past a boundary" is for a number. An integer's is 1.
	Step float64
	// Presumed is the value that a provisional answer assumes while the fact is unknown; the zero Value if it assumes none.
	Presumed Value
}

// Domain describes the allowed values for a message: "a whole number of 0 or more".
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
