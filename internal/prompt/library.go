package prompt

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/page"
	"github.com/vanhoutenbos/layer2/tools"
)

// library is what prompts are written from: the tools' answers, and the pages.
type library struct {
	framework    *framework.Framework
	tools        map[string]tools.Tool
	pages        map[string]page.Resource
	capabilities []string // ids, in the framework's order
}

func newLibrary(f *framework.Framework, all []tools.Tool) *library {
	l := &library{framework: f, tools: map[string]tools.Tool{}, pages: map[string]page.Resource{}}
	for _, tool := range all {
		l.tools[tool.Name] = tool
	}
	for _, resource := range page.Resources(f) {
		l.pages[resource.URI] = resource
	}
	for _, c := range f.Capabilities {
		l.capabilities = append(l.capabilities, c.ID.Value)
	}
	return l
}

// page is a message that holds a page of the knowledge.
func (l *library) page(uri string) Message {
	resource := l.pages[uri]
	return Message{Page: &resource}
}

func (l *library) card(capability string) Message {
	return l.page("layer2://capabilities/" + capability)
}

// ask calls a tool for its typed answer.
func ask[Answer any](ctx context.Context, l *library, tool string, arguments json.RawMessage) (Answer, error) {
	var none Answer
	answer, err := l.tools[tool].Call(ctx, arguments)
	if err != nil {
		return none, err
	}
	typed, ok := answer.(Answer)
	if !ok {
		return none, fmt.Errorf("%s answered with a %T", tool, answer)
	}
	return typed, nil
}

// evaluate is the full answer for one capability.
func (l *library) evaluate(ctx context.Context, given map[string]string) (*tools.Evaluation, error) {
	arguments, err := call(given, "capability", "facts")
	if err != nil {
		return nil, err
	}
	return ask[*tools.Evaluation](ctx, l, "evaluate_trigger", arguments)
}
