package fact

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/words"
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

var kinds = [...]string{"unknown", "boolean", "integer", "number", "choice", "set"}

// KindOf finds a kind by its name.
func KindOf(name string) (Kind, bool) {
	i := slices.Index(kinds[1:], name)
	return Kind(i + 1), i >= 0
}

// String is the kind's name in the knowledge.
func (k Kind) String() string { return kinds[k] }

// Indefinite is the kind's name with its article: "an integer".
func (k Kind) Indefinite() string {
	return words.A(k.String())
}

// Numeric reports whether values of the kind are numbers, which may be known within a range only.
func (k Kind) Numeric() bool { return k == Integer || k == Number }
