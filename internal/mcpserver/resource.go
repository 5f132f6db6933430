package mcpserver

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"github.com/vanhoutenbos/layer2/internal/page"
	"github.com/vanhoutenbos/layer2/internal/record"
)

// The addresses with a variable.
const (
	capabilityRoot = "layer2://capabilities/"
	statementRoot  = "layer2://statements/"
	variable       = "id"
)

// catalogue holds the resources.
//
// Each statement is registered as a resource of its own. If it were a match of a template, the library would answer -32603 for an
// unknown statement; it says "not found" only for an unknown address. The template is shown but not registered.
type catalogue struct {
	resources []server.ServerResource
	listed    []page.Resource
	place     map[string]int // index in the list, by address
	templates []mcp.ResourceTemplate
	values    map[string][]string // by template: the values of its variable
	records   *record.LiveFolder  // the decision records; nil if there are none
}

// addRecords adds the template of the decision records, if there are any.
func (c *catalogue) addRecords(records *record.LiveFolder) {
	if c.records = records; records != nil {
		c.templates = append(c.templates, recordsTemplate())
	}
}

func newCatalogue(listed, statements []page.Resource) (*catalogue, error) {
	c := &catalogue{listed: listed, place: map[string]int{}, templates: templates(), values: map[string][]string{}}
	names, addresses := map[string]bool{}, map[string]bool{}
	for i, resource := range slices.Concat(listed, statements) {
		// The library sorts and pages by name, so names must be unique.
		if addresses[resource.URI] || names[resource.Name] {
			return nil, fmt.Errorf("duplicate resource %s (name %q)", resource.URI, resource.Name)
		}
		addresses[resource.URI], names[resource.Name] = true, true
		if i < len(listed) {
			c.place[resource.URI] = i
		}
		c.resources = append(c.resources, serverResource(resource))
		c.addCompletion(resource.URI)
	}
	return c, nil
}

// addCompletion adds the id in an address to the completions of its template.
func (c *catalogue) addCompletion(address string) {
	for _, root := range []string{capabilityRoot, statementRoot} {
		if id, ok := strings.CutPrefix(address, root); ok && !strings.HasSuffix(id, ".json") {
			template := root + "{" + variable + "}"
			c.values[template] = append(c.values[template], id)
		}
	}
}

func serverResource(resource page.Resource) server.ServerResource {
	audience := []mcp.Role{mcp.RoleUser, mcp.RoleAssistant}
	if resource.MIMEType == "application/json" {
		audience = []mcp.Role{mcp.RoleAssistant}
	}
	return server.ServerResource{
		Resource: mcp.NewResource(resource.URI, resource.Name,
			mcp.WithResourceTitle(resource.Title),
			mcp.WithResourceDescription(resource.Description),
			mcp.WithMIMEType(resource.MIMEType),
			mcp.WithAnnotations(audience, resource.Priority, ""),
		),
		Handler: func(context.Context, mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
			return []mcp.ResourceContents{contents(resource)}, nil
		},
	}
}

func templates() []mcp.ResourceTemplate {
	const twin = " Append .json to the id for JSON."
	both := []mcp.Role{mcp.RoleUser, mcp.RoleAssistant}
	return []mcp.ResourceTemplate{
		mcp.NewResourceTemplate(capabilityRoot+"{"+variable+"}", "capability",
			mcp.WithTemplateTitle("Card of a capability"),
			mcp.WithTemplateDescription("What it is, its triggers, trade-offs, timing, questions and link to Layer 1, by id."+twin),
			mcp.WithTemplateMIMEType("text/markdown"),
			mcp.WithTemplateAnnotations(both, 0.8, ""),
		),
		mcp.NewResourceTemplate(statementRoot+"{"+variable+"}", "statement",
			mcp.WithTemplateTitle("Statement of the framework"),
			mcp.WithTemplateDescription("What an id such as SM-T1 says, and its condition."+twin),
			mcp.WithTemplateMIMEType("text/markdown"),
			mcp.WithTemplateAnnotations(both, 0.5, ""),
		),
	}
}

// list removes the statements, of which there are hundreds, and restores the order of the framework. It sets the sizes here
// because they need the pages to be rendered, which would slow down the start.
func (c *catalogue) list(_ context.Context, _ any, _ *mcp.ListResourcesRequest, result *mcp.ListResourcesResult) {
	result.Resources = slices.DeleteFunc(result.Resources, func(r mcp.Resource) bool {
		_, listed := c.place[r.URI]
		return !listed
	})
	slices.SortFunc(result.Resources, func(a, b mcp.Resource) int { return c.place[a.URI] - c.place[b.URI] })
	for i, r := range result.Resources {
		result.Resources[i].Size = new(int64(len(c.listed[c.place[r.URI]].Text())))
	}
}

func (c *catalogue) listTemplates(
	_ context.Context, _ any, _ *mcp.ListResourceTemplatesRequest, result *mcp.ListResourceTemplatesResult,
) {
	result.ResourceTemplates = c.templates
}
