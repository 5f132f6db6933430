package prompt

import (
	"context"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/page"
	"github.com/vanhoutenbos/layer2/tools"
)

// library is what the prompts share.
type library struct {
	framework    *framework.Framework
	workspace    tools.Workspace
	pages        map[string]page.Resource
	capabilities []string // ids, in the framework's order
}

func newLibrary(f *framework.Framework, w tools.Workspace) *library {
	l := &library{framework: f, workspace: w, pages: map[string]page.Resource{}}
	for _, resource := range page.Resources(f) {
		l.pages[resource.URI] = resource
	}
	for _, c := range f.Capabilities {
		l.capabilities = append(l.capabilities, c.ID.Value)
	}
	return l
}

func (l *library) page(uri string) Message {
	resource := l.pages[uri]
	return Message{Page: &resource}
}

func (l *library) card(capability string) Message {
	return l.page("layer2://capabilities/" + capability)
}

// evaluate returns the full evaluation of the given capability.
func (l *library) evaluate(ctx context.Context, given map[string]string) (*tools.Evaluation, error) {
	arguments, err := call(given, "capability", "facts", "unsettled")
	if err != nil {
		return nil, err
	}
	return tools.EvaluateTrigger(ctx, l.framework, l.workspace, arguments)
}
