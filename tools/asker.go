package tools

import (
	"context"
	"encoding/json"
)

// Asker puts forms to the person at the other end of a call. Whoever makes a call for a client that can do that puts one into
// its context.
type Asker interface {
	// Ask waits for what the person does with a form. An error ends the call, and is the call's.
	Ask(ctx context.Context, form Form) (Reply, error)
}

// MaximumForms is how many forms one call puts to a person at most. A client that calls again with each reply may give up after
// ten calls; the last of them has to be the answer.
const MaximumForms = 8

// Form is a few questions, put at once. Each may be left open.
type Form struct {
	Message string
	Fields  []Field
}

// Field is a question of a form.
type Field struct {
	// Name is the fact; Title asks for it, and Description says what counts.
	Name, Title, Description string
	Type                     FieldType
	// Choices are what can be chosen, and Default is the one that stands there at first.
	Choices []Choice
	Default string
	// Maximum is the largest number; the smallest is 0.
	Maximum float64
}

// Choice is something to choose, and how it is shown.
type Choice struct{ Value, Title string }

// FieldType is what a field takes.
type FieldType int

// The types of fields.
const (
	ChoiceField  FieldType = iota // one of the choices
	ChoicesField                  // a list of choices, or one text with commas between them
	IntegerField
	NumberField
)

// Reply is what a person did with a form.
type Reply struct {
	Action Action `json:"action"`
	// Content is the fields that were filled in, as a JSON object. Only an accepted form has one.
	Content json.RawMessage `json:"content,omitempty"`
}

// Action is what a person did, in the words of the protocol.
type Action string

// The actions.
const (
	Accept  Action = "accept"
	Decline Action = "decline"
	Cancel  Action = "cancel"
)

// Known reports whether it is one of the three.
func (a Action) Known() bool { return a == Accept || a == Decline || a == Cancel }

type askerKey struct{}

// WithAsker is a context in which a call can ask.
func WithAsker(ctx context.Context, asker Asker) context.Context {
	return context.WithValue(ctx, askerKey{}, asker)
}

// AskerOf is the asker of a call, nil if its client cannot ask.
func AskerOf(ctx context.Context) Asker {
	asker, _ := ctx.Value(askerKey{}).(Asker)
	return asker
}
