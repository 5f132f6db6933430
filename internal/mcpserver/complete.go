package mcpserver

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// maximumCompletions is the protocol's limit.
const maximumCompletions = 100

// CompleteResourceArgument returns the ids that begin with what was typed, then those that contain it.
func (c *catalogue) CompleteResourceArgument(
	_ context.Context, template string, argument mcp.CompleteArgument, _ mcp.CompleteContext,
) (*mcp.Completion, error) {
	values, ok := c.values[template]
	name := variable
	if template == recordTemplate && c.records != nil {
		var err error
		if values, err = recordReferences(c.records); err != nil {
			return nil, errors.New(invalidParams + words.Cut(err.Error(), maximumError))
		}
		name, ok = recordNumber, true
	}
	if !ok {
		return nil, fmt.Errorf("%sunknown template %s; there are layer2://capabilities/{id} and layer2://statements/{id}",
			invalidParams, words.Quote(template, maximumEcho))
	}
	if argument.Name != name {
		return nil, fmt.Errorf("%sunknown variable %s; the template has {%s}", invalidParams, words.Quote(argument.Name, maximumEcho), name)
	}
	return completion(rank(values, argument.Value)), nil
}

// completion returns the matches, cut to the protocol's limit.
func completion(matches []string) *mcp.Completion {
	shown := matches[:min(len(matches), maximumCompletions)]
	return &mcp.Completion{Values: shown, Total: len(matches), HasMore: len(matches) > len(shown)}
}

// rank returns the values that contain what was typed, ignoring case: those that begin with it first, each group in its given
// order.
func rank(values []string, typed string) []string {
	typed = strings.ToLower(typed)
	begin, contain := []string{}, []string{}
	for _, value := range values {
		switch low := strings.ToLower(value); {
		case strings.HasPrefix(low, typed):
			begin = append(begin, value)
		case strings.Contains(low, typed):
			contain = append(contain, value)
		}
	}
	return append(begin, contain...)
}
