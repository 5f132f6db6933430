package evals

import (
	"encoding/json"
	"slices"

	"go.yaml.in/yaml/v4"
)

// Running is what a case says of the capabilities that run: a list, and the others do not run, or an object that says it of some.
type Running struct {
	listed []string
	said   map[string]bool
}

// Runs reports whether a capability runs; nil is unknown. A nil Running says nothing.
func (r *Running) Runs(capability string) *bool {
	if r == nil {
		return nil
	}
	runs, said := r.said[capability], true
	if r.said == nil {
		runs = slices.Contains(r.listed, capability)
	} else {
		_, said = r.said[capability]
	}
	if !said {
		return nil
	}
	return &runs
}

// UnmarshalYAML reads a list or an object.
func (r *Running) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.MappingNode {
		return node.Decode(&r.said)
	}
	r.listed = []string{}
	return node.Decode(&r.listed)
}

// MarshalJSON writes it as a call takes it.
func (r *Running) MarshalJSON() ([]byte, error) {
	if r.said != nil {
		return json.Marshal(r.said)
	}
	return json.Marshal(r.listed)
}
