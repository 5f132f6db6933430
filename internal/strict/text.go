package strict

import "github.com/vanhoutenbos/layer2/internal/words"

// Text is a string of a file that remembers where it stands, so that a mistake found later can be shown there. One that the file does
// not have has a place without a line.
type Text struct {
	Value string
	Place
}

// texter is a text, or what embeds one.
type texter interface{ text() *Text }

func (t *Text) text() *Text { return t }

// MarshalText writes the text alone, as JSON too: its place is not part of what it says.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.Value), nil }

// IsZero reports whether the text is empty, wherever it stands.
func (t Text) IsZero() bool { return t.Value == "" }

// String is the text.
func (t Text) String() string { return t.Value }

// Quoted is the text as a message echoes it.
func (t Text) Quoted() string { return Quote(t.Value) }

// Present reports whether the file has the text at all, though what it says may be wrong.
func (t Text) Present() bool { return t.Line > 0 }

// longestName is how much of a name a message shows, in characters.
const longestName = 80

// Quote is a name from a file as a message echoes it: in quotes, and cut where it is long.
func Quote(name string) string { return words.Quote(name, longestName) }
