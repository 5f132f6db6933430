package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/mcpclient"
	"github.com/vanhoutenbos/layer2/internal/spelling"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// maximumCall is the size of the arguments of a call beyond which they are a mistake, in bytes.
const maximumCall = 8 << 20

// call starts the real server within the process, speaks MCP to it, and prints the answer of one tool.
func call(ctx context.Context, i *invocation) error {
	if err := i.want(1, 2, `layer2 call evaluate_trigger '{"capability":"service-mesh"}'`); err != nil {
		return err
	}
	arguments, err := i.callArguments()
	if err != nil {
		return err
	}
	i.quietly()
	server, _, err := i.server(i.factsOnce)
	if err != nil {
		return err
	}
	client, err := mcpclient.Connect(ctx, server, mcpclient.Modern)
	if err != nil {
		return err
	}
	return errors.Join(i.ask(ctx, client, i.positional[0], arguments), client.Close())
}

// quietly keeps the log out of a person's answer unless a level was asked for.
func (i *invocation) quietly() {
	if !i.asked("log-level") {
		i.logLevel = "warn"
	}
}

// callArguments are those behind the tool's name, or from stdin; none if there are none.
func (i *invocation) callArguments() (json.RawMessage, error) {
	if len(i.positional) < 2 {
		return json.RawMessage("{}"), nil
	}
	text := []byte(i.positional[1])
	if i.positional[1] == "-" {
		read, err := i.read("-", maximumCall)
		if err != nil {
			return nil, err
		}
		text = read
	}
	if !json.Valid(text) {
		return nil, &usageError{"the arguments are no JSON", `layer2 call evaluate_trigger '{"capability":"service-mesh"}'`}
	}
	return text, nil
}

// ask prints the answer, as text or as the structured part. A refusal goes to stderr.
func (i *invocation) ask(ctx context.Context, client *mcpclient.Client, tool string, arguments json.RawMessage) error {
	if err := known(ctx, client, tool); err != nil {
		return err
	}
	result, err := client.CallTool(ctx, tool, arguments)
	switch {
	case err != nil:
		return err
	case result.Failed:
		fmt.Fprintln(textLines{i.Err}, result.Text)
		return statusError(refused)
	case i.asJSON:
		var indented bytes.Buffer
		if err := json.Indent(&indented, result.Structured, "", "  "); err != nil {
			return err
		}
		_, err = fmt.Fprintln(jsonLines{i.Out}, indented.String())
	default:
		_, err = fmt.Fprintln(textLines{i.Out}, strings.TrimRight(result.Text, "\n"))
	}
	return err
}

// known says which tools there are if the one asked for is not among them.
func known(ctx context.Context, client *mcpclient.Client, tool string) error {
	list, err := client.ListTools(ctx)
	if err != nil {
		return err
	}
	var names []string
	for _, t := range list {
		if t.Name == tool {
			return nil
		}
		names = append(names, t.Name)
	}
	problem := fmt.Sprintf("%s is no tool; there are %s", words.Quote(tool, longestWord), strings.Join(names, ", "))
	instead := names[0]
	if nearest := spelling.Nearest(tool, names, 1); len(nearest) > 0 {
		instead = nearest[0]
	}
	return &usageError{problem, "layer2 call " + instead}
}
