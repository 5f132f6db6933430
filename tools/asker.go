package tools

import (
	"context"
	"encoding/json"
)

// Asker shows forms to the person at the other end of a call. It is passed in the context of a call whose client can do that.
type Asker interface {
	// Ask shows a form and waits for the person's reply. An error ends the call and becomes its error.
	Ask(ctx context.Context, form Form) (Reply, error)
}

// MaximumForms limits the forms in one call. A client that repeats the call with each reply may give up after ten calls, and the last one
// has to return the answer.
const MaximumForms = 8

// Form is a few questions shown together. Each may be left open.
type Form struct {
	Message string
	Fields  []Field
}

// Field is a question in a form.
type Field struct {
	// Name is the fact, Title the question, Description what counts as an answer.
	Name, Title, Description string
	Type                     FieldType
	// Choices are the possible answers, Default the one selected at first.
	Choices []Choice
	Default string
	// Maximum is the largest number; the smallest is 0.
	Maximum float64
}

type Choice struct{ Value, Title string }

type FieldType int

// The types of fields.
const (
	ChoiceField  FieldType = iota // one of the choices
	ChoicesField                  // a list of choices, or one text with commas between them
	IntegerField
	NumberField
)

// Reply is what the person did with a form.
type Reply struct {
	Action Action `json:"action"`
	// Content has the fields that were filled in, as a JSON object. Only an accepted form has content.
	Content json.RawMessage `json:"content,omitempty"`
}

// Action is what the person did, in the protocol's words.
type Action string

// The actions.
const (
	Accept  Action = "accept"
	Decline Action = "decline"
	Cancel  Action = "cancel"
)

// Known reports whether the action is one of the three.
func (a Action) Known() bool { return a == Accept || a == Decline || a == Cancel }

type askerKey struct{}

// WithAsker returns a context in which a call can ask.
func WithAsker(ctx context.Context, asker Asker) context.Context {
	return context.WithValue(ctx, askerKey{}, asker)
}

// AskerOf returns nil if the client cannot ask.
func AskerOf(ctx context.Context) Asker {
	asker, _ := ctx.Value(askerKey{}).(Asker)
	return asker
}
