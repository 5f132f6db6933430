package strict

import "github.com/vanhoutenbos/layer2/internal/words"

// Text is a string in a file together with its place, so that a mistake found later can be reported there. If the file does not have it,
// the place has no line.
type Text struct {
	Value string
	Place
}

// texter is a *Text, or a pointer to a struct that embeds Text.
type texter interface{ text() *Text }

func (t *Text) text() *Text { return t }

// MarshalText writes the text alone, also as JSON: the place is not part of the value.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.Value), nil }

// IsZero reports whether the text is empty, whatever its place.
func (t Text) IsZero() bool { return t.Value == "" }

func (t Text) String() string { return t.Value }

// Quoted returns the text as a message echoes it.
func (t Text) Quoted() string { return Quote(t.Value) }

// Present reports whether the text is in the file, even if it could not be read.
func (t Text) Present() bool { return t.Line > 0 }

// longestName is how many characters of a name a message shows.
const longestName = 80

// Quote returns a name from a file as a message echoes it: in quotes, cut if it is long.
func Quote(name string) string { return words.Quote(name, longestName) }
