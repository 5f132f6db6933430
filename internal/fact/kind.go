package fact

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// Kind is the type of a fact. Unknown values have the zero Kind.
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

var kinds = [...]string{"unknown", "boolean", "integer", "number", "choice", "set"}

// KindOf finds a kind by its name in the knowledge.
func KindOf(name string) (Kind, bool) {
	i := slices.Index(kinds[1:], name)
	return Kind(i + 1), i >= 0
}

func (k Kind) String() string { return kinds[k] }

// Indefinite returns the kind's name with its article: "an integer".
func (k Kind) Indefinite() string {
	return words.A(k.String())
}

// Numeric reports whether values of the kind are numbers, for which a range may be known instead of an exact value.
func (k Kind) Numeric() bool { return k == Integer || k == Number }
