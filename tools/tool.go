// Package tools has one file per tool, with its input, output, description and handler. It knows no protocol: a [Tool] takes the raw
// bytes of its arguments and returns a typed answer, or a mistake that the caller can correct.
//
// Left out on purpose: a tool that lists capabilities or facts (the schemas and resources do), one that writes decision records (the
// shell does), one that searches the text (cite finds by id, and the whole text is short).
package tools

import (
	"context"
	"encoding/json"

	"github.com/vanhoutenbos/layer2/internal/framework"
)

// Tool is one tool, ready for any protocol.
type Tool struct {
	Name, Title, Description string
	// Input and Output are self-contained JSON schemas with an object at the root.
	Input, Output json.RawMessage
	// Call answers a call. The arguments are the caller's bytes, empty for none. The answer has one of this package's answer types.
	// An error is the caller's mistake (a *Mistakes), or the context's error.
	Call func(ctx context.Context, arguments json.RawMessage) (any, error)
}

// answer returns a typed answer as any, and a plain nil if there is an error.
func answer[Answer any](typed *Answer, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return typed, nil
}

// All returns the tools in the order in which they are shown. The workspace's facts are defaults for every call.
func All(f *framework.Framework, workspace Workspace) []Tool {
	return []Tool{
		evaluateTrigger(f, workspace),
		compareTools(f, workspace),
		planLayer3(f, workspace),
		cite(f),
	}
}
