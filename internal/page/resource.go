// Package page writes the knowledge as pages, each as Markdown and as JSON: cards, the matrix, statements, facts, rules, readings, Layer 3
// and the worked example. Output is deterministic: same knowledge, same bytes.
package page

import (
	"fmt"
	"sync"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// Resource is a page of the knowledge, ready to be served.
type Resource struct {
	URI, Name, Title, Description, MIMEType string
	// Text returns the content, which is written on the first call: most pages of a server are never read.
	Text func() string
	// Priority is its importance to a reader, from 0 to 1.
	Priority float64
}

// jsonPriority is the priority of JSON pages, which are for programs.
const jsonPriority = 0.2

// Resources returns the pages to list: each as Markdown, and as JSON with .json appended to its URI.
func Resources(f *framework.Framework) []Resource {
	var list []Resource
	for _, d := range documents(f) {
		list = append(list, d.both()...)
	}
	return list
}

// Statements returns the pages of everything with an id of the framework: statements, options, questions and their parts, themes. There
// are hundreds, so they are not listed but found by id.
func Statements(f *framework.Framework) []Resource {
	var list []Resource
	for _, s := range statementsOf(f) {
		list = append(list, document{
			name: "statements/" + s.ID, title: s.ID, description: s.Says, priority: 0.5,
			markdown: func() string { return s.markdown(f) }, content: func() any { return s },
		}.both()...)
	}
	return list
}

// document is a page before it is split into its two forms.
type document struct {
	name, title, description string
	priority                 float64
	markdown                 func() string
	content                  func() any // what the JSON says
}

// both returns the Markdown and the JSON form.
func (d document) both() []Resource {
	uri := "layer2://" + d.name
	text, inJSON := sync.OnceValue(d.markdown), sync.OnceValue(func() string { return jsonOf(d.content()) })
	return []Resource{
		{uri, d.name, d.title, d.description, "text/markdown", text, d.priority},
		{uri + ".json", d.name + ".json", d.title + " (JSON)", d.description, "application/json", inJSON, jsonPriority},
	}
}

func jsonOf(content any) string {
	encoded, err := words.Marshal(content)
	if err != nil {
		panic(fmt.Sprintf("page: %v", err)) // the types in this package always marshal
	}
	return string(encoded) + "\n"
}

// documents returns the pages in the order in which they are listed.
func documents(f *framework.Framework) []document {
	list := []document{{
		name: "matrix", title: "Decision matrix", priority: 0.9,
		description: "All capabilities on one page: trigger, complexity cost, and when to skip.",
		markdown:    func() string { return matrixMarkdown(f) }, content: func() any { return matrixOf(f) },
	}}
	for _, c := range f.Capabilities {
		list = append(list, document{
			name: "capabilities/" + c.ID.Value, title: c.Title.Value, priority: 0.8,
			description: "What it is, its triggers, trade-offs, timing, questions and link to Layer 1: " + c.Title.Value + ".",
			markdown:    func() string { return cardOf(f, c).markdown() }, content: func() any { return cardOf(f, c) },
		})
	}
	list = append(list,
		document{
			name: "layer3", title: "Layer 3", priority: 0.6,
			description: "The six themes of Layer 3: need, prerequisites, guards and routes.",
			markdown:    func() string { return layer3Markdown(f) }, content: func() any { return layer3Of(f) },
		},
		document{
			name: "rules", title: "Rules", priority: 0.7,
			description: "What the framework is (F), its layers (Y), its decision rules (R), and conflicting facts.",
			markdown:    func() string { return rulesMarkdown(f) }, content: func() any { return rulesOf(f) },
		},
		document{
			name: "readings", title: "Readings", priority: 0.5,
			description: "The choices made where the framework is silent or contradicts itself, each with a name.",
			markdown:    func() string { return readingsMarkdown(f) }, content: func() any { return readingsOf(f) },
		},
		document{
			name: "facts", title: "Facts", priority: 0.7,
			description: "The dictionary: every fact with its type, its values, what is presumed while it is unknown, its question and its meaning.",
			markdown:    func() string { return factsMarkdown(f) }, content: func() any { return factsPage(f) },
		},
	)
	if f.Shop != nil {
		list = append(list, document{
			name: "cases/webshop", title: f.Shop.Title.Value, priority: 0.4,
			description: "The framework's worked example: what its source states, what is assumed, and the facts for a call.",
			markdown:    func() string { return shopMarkdown(f) }, content: func() any { return shopOf(f) },
		})
	}
	return list
}
