package framework

import "encoding/json"

// Text is a string of the knowledge that remembers where it stands, so that a mistake found later can be shown there.
type Text struct {
	Value  string
	Line   int
	Column int
}

// MarshalJSON writes the text alone: its place is no part of the knowledge.
func (t Text) MarshalJSON() ([]byte, error) { return json.Marshal(t.Value) }

// IsZero says whether the text is empty, wherever it stands.
func (t Text) IsZero() bool { return t.Value == "" }

// String is the text.
func (t Text) String() string { return t.Value }

func (t Text) place() place { return place{t.Line, t.Column} }

// written says whether the knowledge has the text at all, though what it says may be wrong.
func (t Text) written() bool { return t.Line > 0 }
