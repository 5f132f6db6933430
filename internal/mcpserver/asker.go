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

// A call asks the person by one of two ways. Since 2026-07-28 its answer says what is still needed, and the client calls again
// with the replies (rounds). Before, the server asks in the middle of the call (conversation), which takes a connection that
// stays: stdio. A client that did not say that it can ask is never asked.

// round is the name of the one form that a call puts at a time.
const round = "facts"

// asking is a call's context with an asker in it, if the client can ask. The rounds are those of a modern call.
func asking(ctx context.Context, call mcp.CallToolRequest) (context.Context, *rounds) {
	r := &rounds{brought: call.Params.MultiRoundTripParams}
	if !server.IsModernRequest(ctx) {
		if gate, ok := ctx.Value(gateKey{}).(*gate); ok && gate.person.Load() != nil {
			ctx = tools.WithAsker(ctx, conversation{gate})
		}
		return ctx, r
	}
	if can := call.Params.Meta.ClientCapabilities(); can != nil && fillsForms(can.Elicitation) {
		ctx = tools.WithAsker(ctx, r)
	}
	return ctx, r
}

// fillsForms reports whether a client can put forms. One that names no way of asking has this one.
func fillsForms(can *mcp.ElicitationCapability) bool {
	return can != nil && (can.Form != nil || can.URL == nil)
}

// rounds are the replies that a client brings along. The call runs again from the start with each of them: it makes the same
// forms from the same arguments, reads every reply against its form anew, and asks where the replies end. So what the client
// keeps for us need not be trusted: it can say no more than the caller could say as facts.
// A call that asks nothing does not look at them.
type rounds struct {
	brought mcp.MultiRoundTripParams
	replies []tools.Reply
	begun   bool
	next    int
	asked   *tools.Form // the one that no reply answers yet
}

// What ends a call that asks: a form that waits for the person, or replies that are none. The latter are the caller's fault.
var errUnanswered = errors.New("a form waits for the person")

type repliesError string

func (e repliesError) Error() string { return string(e) }

// Ask is the reply to the next form.
func (r *rounds) Ask(_ context.Context, form tools.Form) (tools.Reply, error) {
	if !r.begun {
		replies, err := resume(r.brought)
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

// required is the result that asks the client for the form, and gives it the replies so far to keep.
func (r *rounds) required() *mcp.CallToolResult {
	state := ""
	if len(r.replies) > 0 {
		state = base64.RawURLEncoding.EncodeToString(encode(r.replies))
	}
	return server.NewInputRequestBuilder(state).
		Elicit(round, mcp.ElicitationParams{Message: r.asked.Message, RequestedSchema: schema(*r.asked, false)}).
		ToolResult()
}

// done is an error if the client brought replies to forms that this call does not put.
func (r *rounds) done() error {
	if r.next < len(r.replies) {
		return repliesError("requestState holds replies to questions that this call does not ask")
	}
	return nil
}

// resume reads the replies: those that the client was given to keep, and the newest.
func resume(brought mcp.MultiRoundTripParams) ([]tools.Reply, error) {
	var replies []tools.Reply
	if brought.RequestState != "" {
		var err error
		if replies, err = readState(brought.RequestState); err != nil {
			return nil, repliesError("requestState is none of this server's: give it back as it was, or leave it out")
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

// maximumState is how long a state may be, in bytes; what this server gives out is far below it.
const maximumState = 64 << 10

var errState = errors.New("no state")

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

// readReply reads the bytes of a reply, and not what the library made of them: numbers keep their digits.
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
