package tools

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// CiteInput is the input of cite.
type CiteInput struct {
	IDs []string `json:"ids" jsonschema:"minItems=1,maxItems=50" jsonschema_description:"such as SM-T1, SM-Q1a, R3, Z1, services, service-mesh, reading:mesh-five or a layer2:// URI"`
}

const citeText = `What an id says, word for word: statements, facts, options, questions, themes, readings, capabilities, layer2:// URIs. ` +
	`Use it to quote or check a citation. Not for finding out what applies (evaluate_trigger).`

const maximumIDs = 50

// Citations is the answer of cite.
type Citations struct {
	Knowledge Knowledge      `json:"knowledge"`
	Found     []Citation     `json:"found"`
	Unknown   []UnknownEntry `json:"unknown"`
	Ignored   []string       `json:"ignored,omitempty"`
}

type Citation struct {
	ID         string   `json:"id"`
	Kind       string   `json:"kind"`
	Capability string   `json:"capability"`
	Says       string   `json:"says"`
	When       string   `json:"when"`
	Disabled   string   `json:"disabled,omitempty" jsonschema_description:"why it decides nothing here"`
	Readings   []string `json:"readings"`
}

// UnknownEntry is an unknown id with the nearest known ones.
type UnknownEntry struct {
	ID      string   `json:"id"`
	Nearest []string `json:"nearest"`
}

func cite(f *framework.Framework) Tool {
	return Tool{
		Name: "cite", Title: "What does it say?", Description: citeText,
		Input:  schemaOf(CiteInput{}),
		Output: schemaOf(Citations{}),
		Call: func(_ context.Context, raw json.RawMessage) (any, error) {
			return answer(citeCall(f, raw))
		},
	}
}

// citeCall answers a call of cite. It is a mistake if none of the ids is known.
func citeCall(f *framework.Framework, raw json.RawMessage) (*Citations, error) {
	a := readArguments(f, raw, "ids")
	ids, given := a.texts("ids")
	switch {
	case len(a.mistakes.list) == 0 && (!given || len(ids) == 0):
		a.mistakes.add("ids", "ids is missing: name at least one, such as SM-T1.")
	case len(ids) > maximumIDs:
		a.mistakes.add("ids", "ids: %d are too many; ask for %d at most.", len(ids), maximumIDs)
	}
	if err := a.mistakes.err(); err != nil {
		return nil, err
	}
	c := Cite(f, ids)
	c.Ignored = a.ignored
	if len(c.Found) > 0 {
		return c, nil
	}
	for i, unknown := range c.Unknown { // all ids are unknown
		a.mistakes.add("ids", "%s is not an id.%s", echo(ids[i]), didYouMean(unknown.Nearest))
	}
	return nil, a.mistakes.err()
}

func Cite(f *framework.Framework, ids []string) *Citations {
	c := &Citations{Knowledge: KnowledgeOf(f), Found: []Citation{}, Unknown: []UnknownEntry{}}
	for _, id := range ids {
		if found, ok := citation(f, id); ok {
			c.Found = append(c.Found, found)
			continue
		}
		nearest := append([]string{}, f.Nearest(id, 3)...)
		c.Unknown = append(c.Unknown, UnknownEntry{cut(id), nearest})
	}
	return c
}

// collections are the pages that are not themselves entries.
var collections = map[string]string{
	"layer2://matrix":        "The decision matrix: triggers, complexity cost and skip conditions of every capability.",
	"layer2://layer3":        "The themes of Layer 3: need, prerequisites and guards.",
	"layer2://rules":         "What the framework is, its layers, its decision rules and the conflicts that are reported.",
	"layer2://readings":      "The choices made where the source is silent or contradicts itself.",
	"layer2://facts":         "The dictionary: every fact with its type, question and meaning.",
	"layer2://cases/webshop": "The worked example: the web shop's facts, stated and assumed.",
}

func citation(f *framework.Framework, id string) (Citation, bool) {
	uri := strings.TrimSuffix(id, ".json")
	if says, ok := collections[uri]; ok {
		return Citation{ID: uri, Kind: "resource", Says: says, Readings: []string{}}, true
	}
	name := strings.TrimPrefix(strings.TrimPrefix(uri, "layer2://statements/"), "layer2://capabilities/")
	if theme, ok := f.Theme(name); ok {
		name = theme.ID.Value
	}
	for _, entry := range f.Entries() {
		if strings.EqualFold(entry.ID, name) {
			return cited(f, entry), true
		}
	}
	return Citation{}, false
}

func cited(f *framework.Framework, entry *framework.Entry) Citation {
	c := Citation{
		ID: entry.ID, Kind: string(entry.Kind), Capability: entry.Capability, Says: entry.Says, When: entry.When, Disabled: entry.Disabled,
		Readings: []string{},
	}
	for _, reading := range f.Readings {
		if slices.ContainsFunc(reading.On, func(on strict.Text) bool { return on.Value == entry.ID }) {
			c.Readings = append(c.Readings, "reading:"+reading.Slug.Value)
		}
	}
	return c
}
