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

// conversation asks the person in the middle of a call, for clients older than 2026-07-28. It sends the request through the gate:
// the library keeps one stdio session per process, so a client's capabilities would leak from one server to the next.
type conversation struct{ gate *gate }

// Ask sends a form and waits. A missing or malformed reply counts as cancelling.
func (c conversation) Ask(ctx context.Context, form tools.Form) (tools.Reply, error) {
	plain := c.gate.forms.Load().plain
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

// gateKey is the context key of the gate that a stdio call came through.
type gateKey struct{}

// formSupport is what a client declared about forms at initialize.
type formSupport struct {
	plain bool // no lists of choices: the schema of before 2025-11-25
}

// formSupportOf returns nil if the client cannot show forms.
func formSupportOf(initialize message) *formSupport {
	var capabilities mcp.ClientCapabilities
	if json.Unmarshal(initialize.member("capabilities"), &capabilities) != nil || !fillsForms(capabilities.Elicitation) {
		return nil
	}
	return &formSupport{plain: initialize.text("protocolVersion") < "2025-11-25"}
}

// maximumAsked limits the requests to the client that are open at once. It is below the library's number of workers, so that one
// is always free for calls that ask nothing.
const maximumAsked = 4

var errNoReply = errors.New("no reply from the client")

// ask sends the client a request and waits for its result. The error is errNoReply, or the context's, after the request has been
// withdrawn.
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
		// If the client is gone, the reader notices.
		_ = g.send(fmt.Appendf(nil, `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":%d}}`+"\n", id))
		return nil, ctx.Err()
	}
}

// open registers a request to the client. The channel is nil if too many are open or the client has disconnected.
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

// takeReply delivers the reply to one of our requests, nil if it is an error. Other replies are dropped.
func (g *gate) takeReply(m message) {
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
