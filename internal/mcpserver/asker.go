package mcpserver

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"github.com/vanhoutenbos/layer2/tools"
)

// There are two ways to ask the person during a call. Since 2026-07-28 the result says what is still needed, and the client repeats
// the call with the replies ([rounds]). Older clients are asked in the middle of the call ([conversation]), which needs a lasting
// connection: stdio. A client that does not declare elicitation is never asked.

// round names the single form that one result may ask for.
const round = "facts"

// withAsker returns the context for a call, with an asker in it if the client can show forms, and the rounds of a modern call.
func withAsker(ctx context.Context, call mcp.CallToolRequest) (context.Context, *rounds) {
	r := &rounds{sent: call.Params.MultiRoundTripParams}
	if !server.IsModernRequest(ctx) {
		if gate, ok := ctx.Value(gateKey{}).(*gate); ok && gate.forms.Load() != nil {
			ctx = tools.WithAsker(ctx, conversation{gate})
		}
		return ctx, r
	}
	if can := call.Params.Meta.ClientCapabilities(); can != nil && fillsForms(can.Elicitation) {
		ctx = tools.WithAsker(ctx, r)
	}
	return ctx, r
}

// fillsForms reports whether a client can show forms. One that declares elicitation without a mode has forms.
func fillsForms(can *mcp.ElicitationCapability) bool {
	return can != nil && (can.Form != nil || can.URL == nil)
}

// rounds replays the replies that the client sends along. Each repeated call runs from the start: it makes the same forms from the
// same arguments, checks every reply against its form again, and asks where the replies end. The state that the client holds for
// us therefore needs no trust: it can say nothing that the caller could not state as facts.
//
// A call that asks nothing ignores them.
type rounds struct {
	sent    mcp.MultiRoundTripParams
	replies []tools.Reply
	begun   bool
	next    int
	asked   *tools.Form // the form without a reply
}

// Either ends a call: a form that waits for the person, or malformed replies, which are the caller's mistake.
var errUnanswered = errors.New("waiting for the person to fill in a form")

type repliesError string

func (e repliesError) Error() string { return string(e) }

// Ask returns the next reply the client sent, or errUnanswered.
func (r *rounds) Ask(_ context.Context, form tools.Form) (tools.Reply, error) {
	if !r.begun {
		replies, err := resume(r.sent)
		if err != nil {
			return tools.Reply{}, err
		}
		r.begun, r.replies = true, replies
	}
	if r.next == len(r.replies) {
		r.asked = &form
		return tools.Reply{}, errUnanswered
	}
	r.next++
	return r.replies[r.next-1], nil
}

// inputRequired returns the result that asks the client for the open form and hands it the replies so far as state.
func (r *rounds) inputRequired() *mcp.CallToolResult {
	state := ""
	if len(r.replies) > 0 {
		state = base64.RawURLEncoding.EncodeToString(encode(r.replies))
	}
	return server.NewInputRequestBuilder(state).
		Elicit(round, mcp.ElicitationParams{Message: r.asked.Message, RequestedSchema: schema(*r.asked, false)}).
		ToolResult()
}

// done returns an error if the client sent replies to forms that this call does not ask for.
func (r *rounds) done() error {
	if r.next < len(r.replies) {
		return repliesError("requestState holds replies to questions that this call does not ask")
	}
	return nil
}

// resume returns the replies in the state, followed by the new one.
func resume(brought mcp.MultiRoundTripParams) ([]tools.Reply, error) {
	var replies []tools.Reply
	if brought.RequestState != "" {
		var err error
		if replies, err = readState(brought.RequestState); err != nil {
			return nil, repliesError("requestState was not issued by this server: send it back unchanged, or leave it out")
		}
	}
	if response, ok := brought.InputResponses[round]; ok {
		said, err := readReply(response)
		if err != nil {
			return nil, repliesError("inputResponses: " + round + " is not a reply to a form: its action is accept, decline or cancel")
		}
		replies = append(replies, said)
	}
	return replies, nil
}

// maximumState is the most bytes that a state may have. The server's own are far smaller.
const maximumState = 64 << 10

var errState = errors.New("not a state")

func readState(state string) ([]tools.Reply, error) {
	if len(state) > maximumState {
		return nil, errState
	}
	text, err := base64.RawURLEncoding.DecodeString(state)
	if err != nil {
		return nil, err
	}
	var replies []tools.Reply
	if err := json.Unmarshal(text, &replies); err != nil {
		return nil, err
	}
	for _, said := range replies {
		if !said.Action.Known() {
			return nil, errState
		}
	}
	return replies, nil
}

// readReply decodes the raw reply, not the library's version of it, so that numbers keep their digits.
func readReply(response mcp.InputResponse) (tools.Reply, error) {
	var said tools.Reply
	text, err := response.MarshalJSON()
	if err != nil {
		return said, err
	}
	if err := json.Unmarshal(text, &said); err != nil {
		return said, err
	}
	if !said.Action.Known() {
		return said, errState
	}
	return said, nil
}
