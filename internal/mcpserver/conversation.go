package mcpserver

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/mark3labs/mcp-go/mcp"

	"github.com/vanhoutenbos/layer2/tools"
)

// conversation asks the person in the middle of a call, as clients before 2026-07-28 do, through the gate. Not by the library's
// session: it has one for all servers of a process, and what the client can do is remembered from one server to the next.
type conversation struct{ gate *gate }

// Ask puts a form. No reply, or one that is none, is as good as cancelling.
func (c conversation) Ask(ctx context.Context, form tools.Form) (tools.Reply, error) {
	plain := c.gate.person.Load().plain
	params := encode(struct {
		Message         string          `json:"message"`
		RequestedSchema json.RawMessage `json:"requestedSchema"`
	}{form.Message, schema(form, plain)})
	result, err := c.gate.ask(ctx, string(mcp.MethodElicitationCreate), params)
	var said tools.Reply
	switch {
	case errors.Is(err, errNoReply):
		return tools.Reply{Action: tools.Cancel}, nil
	case err != nil:
		return said, err
	case json.Unmarshal(result, &said) != nil || !said.Action.Known():
		return tools.Reply{Action: tools.Cancel}, nil
	}
	return said, nil
}

// gateKey is where a call on stdio has its gate.
type gateKey struct{}

// person is what a client said at initialize of the person behind it.
type person struct {
	plain bool // forms have no lists of choices
}

// personOf is the person that a client can put forms to, nil if it cannot.
func personOf(initialize message) *person {
	var capabilities mcp.ClientCapabilities
	if json.Unmarshal(initialize.member("capabilities"), &capabilities) != nil || !fillsForms(capabilities.Elicitation) {
		return nil
	}
	return &person{plain: initialize.text("protocolVersion") < "2025-11-25"}
}

// maximumAsked is how many requests to the client may be open at once. It is less than the library has workers, so that one is
// always free for calls that ask nothing.
const maximumAsked = 4

var errNoReply = errors.New("the client does not reply")

// ask sends the client a request and waits for its result. An error is errNoReply, or that of the context, which withdraws the
// request.
func (g *gate) ask(ctx context.Context, method string, params json.RawMessage) (json.RawMessage, error) {
	id, result := g.open()
	if result == nil {
		return nil, errNoReply
	}
	defer g.forget(id)
	line := fmt.Appendf(nil, `{"jsonrpc":"2.0","id":%d,"method":%q,"params":%s}`+"\n", id, method, params)
	if err := g.send(line); err != nil {
		return nil, errNoReply
	}
	select {
	case said := <-result:
		if said == nil {
			return nil, errNoReply
		}
		return said, nil
	case <-g.ended:
		return nil, errNoReply
	case <-ctx.Done():
		// A client that is gone is noticed by whoever reads.
		_ = g.send(fmt.Appendf(nil, `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":%d}}`+"\n", id))
		return nil, ctx.Err()
	}
}

// open notes a request to the client, unless there are too many or it has disconnected.
func (g *gate) open() (int64, chan json.RawMessage) {
	select {
	case <-g.ended:
		return 0, nil
	default:
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.asked) >= maximumAsked {
		return 0, nil
	}
	g.lastAsked++
	result := make(chan json.RawMessage, 1)
	g.asked[g.lastAsked] = result
	return g.lastAsked, result
}

func (g *gate) forget(id int64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.asked, id)
}

// hear takes the reply to a request of ours; a reply to anything else is dropped. The result of an error is nil.
func (g *gate) hear(m message) {
	id, err := strconv.ParseInt(m.key, 10, 64)
	if err != nil {
		return
	}
	g.mu.Lock()
	result := g.asked[id]
	delete(g.asked, id)
	g.mu.Unlock()
	if result != nil {
		result <- m.result
	}
}
