// Package transcript plays the facts of every case against every tool, through a real client and the real server, and keeps
// what was answered: the material on which coverage and grounding are judged.
package transcript

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/rs/zerolog"

	"github.com/vanhoutenbos/layer2/evals"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/mcpclient"
	"github.com/vanhoutenbos/layer2/internal/mcpserver"
)

// Call is one question to a tool, and its answer in both channels.
type Call struct {
	// Case is the one whose facts were given; nil for citations.
	Case *evals.Case
	Tool string
	// Capability is the one that was named; empty where all were asked about.
	Capability string
	// Checked says that the case expects something of this answer, so that a wrong one would fail.
	Checked   bool
	Arguments json.RawMessage

	Structured json.RawMessage
	Text       string
}

// citations is how many ids one call of cite takes.
const citations = 50

// Session is a connection to a server of its own. Close it.
type Session struct {
	*mcpclient.Client
	framework *framework.Framework
}

// Open starts a server over a framework and connects to it.
func Open(ctx context.Context, f *framework.Framework) (*Session, error) {
	server, err := mcpserver.New(mcpserver.Config{Framework: f, Version: "test", Logger: zerolog.Nop()})
	if err != nil {
		return nil, fmt.Errorf("transcript: %w", err)
	}
	client, err := mcpclient.Connect(ctx, server, mcpclient.Modern)
	if err != nil {
		return nil, fmt.Errorf("transcript: %w", err)
	}
	return &Session{client, f}, nil
}

// All is every answer of the three deciding tools to the facts of every case: all capabilities brief and full, each alone, the
// options of each, and the plan. One call names sources.
func All(ctx context.Context, f *framework.Framework, cases []evals.Case) ([]Call, error) {
	return play(ctx, f, cases, func(Call) bool { return true })
}

// Checked is only those answers of which the cases expect something.
func Checked(ctx context.Context, f *framework.Framework, cases []evals.Case) ([]Call, error) {
	return play(ctx, f, cases, func(c Call) bool { return c.Checked })
}

func play(ctx context.Context, f *framework.Framework, cases []evals.Case, wanted func(Call) bool) (calls []Call, err error) {
	session, err := Open(ctx, f)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, session.Close()) }()
	for i := range cases {
		for _, call := range session.questions(&cases[i]) {
			if !wanted(call) {
				continue
			}
			if err := session.Ask(ctx, &call); err != nil {
				return nil, err
			}
			calls = append(calls, call)
		}
	}
	return calls, nil
}

// questions are the calls of one case.
func (s *Session) questions(c *evals.Case) []Call {
	calls := []Call{
		{Case: c, Tool: "evaluate_trigger", Checked: len(c.Verdicts) > 0, Arguments: arguments(c, nil)},
		{Case: c, Tool: "evaluate_trigger", Arguments: arguments(c, map[string]any{"detail": "full", "sources": sources(c)})},
	}
	for _, capability := range s.framework.Capabilities {
		id := capability.ID.Value
		named := arguments(c, map[string]any{"capability": id})
		_, verdict := c.Verdicts[id]
		_, options := c.Options[id]
		calls = append(calls,
			Call{Case: c, Tool: "evaluate_trigger", Capability: id, Checked: verdict, Arguments: named},
			Call{Case: c, Tool: "compare_tools", Capability: id, Checked: options, Arguments: named})
	}
	plan := Call{Case: c, Tool: "plan_layer3", Checked: c.Plan != nil || len(c.Themes) > 0}
	if wanted := c.Wanted(); wanted != nil {
		plan.Arguments = arguments(c, map[string]any{"themes": wanted})
	} else {
		plan.Arguments = arguments(c, nil)
	}
	return append(calls, plan)
}

// sources says of every other fact that the case says it; the rest stays without a source.
func sources(c *evals.Case) map[string]string {
	words := map[string]string{}
	for i, fact := range slices.Sorted(maps.Keys(c.Facts)) {
		if i%2 == 0 && c.Facts[fact] != nil {
			words[fact] = "case " + c.Name
		}
	}
	return words
}

// Cite is what the tool says of some ids, in as many calls as it takes.
func (s *Session) Cite(ctx context.Context, ids []string) ([]Call, error) {
	var calls []Call
	for len(ids) > 0 {
		some := ids[:min(len(ids), citations)]
		ids = ids[len(some):]
		call := Call{Tool: "cite", Arguments: marshal(map[string]any{"ids": some})}
		if err := s.Ask(ctx, &call); err != nil {
			return nil, err
		}
		calls = append(calls, call)
	}
	return calls, nil
}

// Ask puts a call to the server and fills in the answer. A tool that refuses the arguments is an error.
func (s *Session) Ask(ctx context.Context, call *Call) error {
	result, err := s.CallTool(ctx, call.Tool, call.Arguments)
	if err != nil {
		return fmt.Errorf("%s: %w", call, err)
	}
	if result.Failed {
		return fmt.Errorf("%s: %s", call, result.Text)
	}
	call.Structured, call.Text = result.Structured, result.Text
	return nil
}

// String names the case and the question.
func (c *Call) String() string {
	name := c.Tool
	if c.Capability != "" {
		name += " " + c.Capability
	}
	if c.Case != nil {
		name = c.Case.Name + ": " + name
	}
	return name
}

// arguments are the facts of a case as a call, with what the tool needs besides.
func arguments(c *evals.Case, more map[string]any) json.RawMessage {
	all := map[string]any{"facts": map[string]any{}}
	if c.Facts != nil {
		all["facts"] = c.Facts
	}
	if c.Running != nil {
		all["running"] = c.Running
	}
	if len(c.Unsettled) > 0 {
		all["unsettled"] = c.Unsettled
	}
	for key, value := range more {
		all[key] = value
	}
	return marshal(all)
}

// marshal is JSON of what YAML or this package made: nothing in it can fail.
func marshal(value any) json.RawMessage {
	raw, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return raw
}
