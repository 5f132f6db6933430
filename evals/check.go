package evals

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"go.yaml.in/yaml/v4"
)

// Channel is the part of an answer that a case compares.
type Channel string

// The channels. Besides are the parts that follow from the others, or come from the knowledge word for word.
const (
	Verdict     Channel = "verdict" // with the possible ones
	Reasons     Channel = "because"
	Provisional Channel = "provisional"
	IDs         Channel = "ids" // for and against, what to do, the order of options
	Questions   Channel = "questions"
	Class       Channel = "class"
	Status      Channel = "status"
	Sequence    Channel = "plan"
	Clash       Channel = "conflicts"
	Besides     Channel = "besides" // sufficient facts, flips, readings, unused facts
)

// Difference is where an answer is not what the case says.
type Difference struct {
	Channel Channel
	Text    string
}

// String is the difference in words.
func (d Difference) String() string { return d.Text }

// Check is one call that a case makes, and what its answer must say. The answer is read as a client reads it: by the names of the
// structured channel. A check is the same for whoever calls: a real client, or the tools themselves.
type Check struct {
	Tool string
	// Capability is the one that the call is about; empty for all.
	Capability string
	Arguments  json.RawMessage
	// Conflicts says that the case lists the conflicts that the answer must report.
	Conflicts bool
	compare   func(answer json.RawMessage, d *differences) error
}

// Compare holds an answer against the case. The error says that the answer, or the case, cannot be read.
func (c Check) Compare(answer json.RawMessage) ([]Difference, error) {
	var d differences
	if err := c.compare(answer, &d); err != nil {
		return nil, fmt.Errorf("%s: %w", c.Tool, err)
	}
	return d, nil
}

// Checks are the calls of the case, in the order in which they are played.
func (c Case) Checks() ([]Check, error) {
	var checks []Check
	add := func(check Check, more map[string]any) error {
		arguments, err := c.arguments(more)
		check.Arguments, check.Conflicts = arguments, c.Conflicts != nil
		checks = append(checks, check)
		return err
	}
	if len(c.Verdicts) > 0 || c.Conflicts != nil || c.Unused != nil {
		if err := add(Check{Tool: "evaluate_trigger", compare: c.evaluation}, nil); err != nil {
			return nil, err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.Verdicts)) {
		if err := add(Check{Tool: "evaluate_trigger", Capability: id, compare: c.verdict(id)}, map[string]any{"capabilities": []string{id}}); err != nil {
			return nil, err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.Options)) {
		if err := add(Check{Tool: "compare_tools", Capability: id, compare: c.comparison(id)}, map[string]any{"capability": id}); err != nil {
			return nil, err
		}
	}
	if c.Plan == nil && len(c.Themes) == 0 {
		return checks, nil
	}
	more := map[string]any{}
	if wanted := c.Wanted(); wanted != nil {
		more["themes"] = wanted
	}
	return checks, add(Check{Tool: "plan_layer3", compare: c.plan}, more)
}

// Wanted is the themes that the call for a plan names; nil for none. A case about themes alone names those, so that they are told
// in full.
func (c Case) Wanted() []string {
	switch {
	case c.Plan != nil && c.Plan.AskFor != nil:
		return *c.Plan.AskFor
	case c.Plan != nil || len(c.Themes) == 0:
		return nil
	}
	return slices.Sorted(maps.Keys(c.Themes))
}

// arguments are the case's facts as a call, with what the tool needs besides.
func (c Case) arguments(more map[string]any) (json.RawMessage, error) {
	arguments := map[string]any{"facts": c.Facts}
	if c.Facts == nil {
		arguments["facts"] = map[string]any{}
	}
	if c.Running != nil {
		arguments["running"] = c.Running
	}
	if len(c.Unsettled) > 0 {
		arguments["unsettled"] = c.Unsettled
	}
	maps.Copy(arguments, more)
	raw, err := json.Marshal(arguments)
	if err != nil {
		return nil, fmt.Errorf("case %s: %w", c.Name, err)
	}
	return raw, nil
}

// differences are collected while an answer is compared.
type differences []Difference

func (d *differences) add(channel Channel, format string, arguments ...any) {
	*d = append(*d, Difference{channel, fmt.Sprintf(format, arguments...)})
}

// list compares an exact list, if the case has one.
func (d *differences) list(channel Channel, what string, want *[]string, got []string) {
	if want != nil {
		d.same(channel, what, *want, got)
	}
}

func (d *differences) same(channel Channel, what string, want, got []string) {
	if !slices.Equal(want, got) {
		d.add(channel, "%s: want %v, got %v", what, want, got)
	}
}

// word compares a word that may be null, if the case has one.
func (d *differences) word(channel Channel, what string, want yaml.Node, got *string) error {
	if want.IsZero() {
		return nil
	}
	var expected *string
	if err := want.Decode(&expected); err != nil {
		return err
	}
	d.equal(channel, what, expected, got)
	return nil
}

// equal compares two values by their JSON.
func (d *differences) equal(channel Channel, what string, want, got any) {
	if w, g := text(want), text(got); w != g {
		d.add(channel, "%s: want %s, got %s", what, w, g)
	}
}

// text is a value as JSON, with sorted keys: two values are the same if their texts are. Nothing and an empty object are the same.
func text(value any) string {
	raw, err := json.Marshal(value)
	switch {
	case err != nil:
		return err.Error() // what was read from JSON or YAML is written again
	case string(raw) == "null":
		return "{}"
	}
	return string(raw)
}
