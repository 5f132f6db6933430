package framework

// Text is a string of the knowledge that remembers where it stands, so that a mistake found later can be shown there.
type Text struct {
	Value  string
	Line   int
	Column int
}

// MarshalText writes the text alone, as JSON too: its place is no part of the knowledge.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.Value), nil }

// IsZero says whether the text is empty, wherever it stands.
func (t Text) IsZero() bool { return t.Value == "" }

// String is the text.
func (t Text) String() string { return t.Value }

func (t Text) place() place { return place{t.Line, t.Column} }

// written says whether the knowledge has the text at all, though what it says may be wrong.
func (t Text) written() bool { return t.Line > 0 }
