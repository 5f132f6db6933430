package client

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/mark3labs/mcp-go/client"
	"github.com/mark3labs/mcp-go/mcp"
)

// Option is something that a client can do beside calling.
type Option = client.ClientOption

// Form is what a server asks the person for, with its schema as it came.
type Form struct {
	Message string
	Schema  json.RawMessage
}

// Person fills in a form: accept with the fields, decline, or cancel.
type Person func(form Form) (action mcp.ElicitationResponseAction, fields map[string]any)

// WithPerson lets a server put forms.
func WithPerson(person Person) Option { return client.WithElicitationHandler(handler(person)) }

type handler Person

func (h handler) Elicit(_ context.Context, request mcp.ElicitationRequest) (*mcp.ElicitationResult, error) {
	schema, err := json.Marshal(request.Params.RequestedSchema)
	if err != nil {
		return nil, fmt.Errorf("form: %w", err)
	}
	result := &mcp.ElicitationResult{}
	action, fields := h(Form{request.Params.Message, schema})
	result.Action = action
	if fields != nil {
		result.Content = fields
	}
	return result, nil
}
