package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/vanhoutenbos/layer2/internal/mcpclient"
	"github.com/vanhoutenbos/layer2/internal/object"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// maximumCall is the size of the arguments of a call beyond which they are a mistake, in bytes.
const maximumCall = 1 << 20

// call starts the real server within the process, speaks MCP to it, and prints the answer of one tool.
func call(ctx context.Context, i *invocation) error {
	if n := len(i.positional); n > 2 {
		problem := fmt.Sprintf("layer2 call takes a tool and one argument, not %d: the JSON in quotes is one. %s", n-1, eaten)
		return &usageError{problem, piped(i.positional[0])}
	}
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

// callArguments are those behind the tool's name, or from stdin; none if there are none. A byte order mark before them is skipped.
func (i *invocation) callArguments() (json.RawMessage, error) {
	if len(i.positional) < 2 {
		return json.RawMessage("{}"), nil
	}
	text, from, hint := []byte(i.positional[1]), "the arguments are not JSON", "\n"+eaten
	if i.positional[1] == "-" {
		read, err := i.read("-", maximumCall)
		if err != nil {
			return nil, err
		}
		text, from, hint = read, "standard input is not JSON", ""
	}
	text = object.WithoutMark(text)
	if at := notUTF8(text); at > 0 {
		problem := fmt.Sprintf("the arguments are not UTF-8, as JSON has to be: byte %d is not (0x%02X); save or send them as UTF-8", at, text[at-1])
		return nil, &usageError{problem, piped(i.positional[0])}
	}
	if broken := whereBroken(text); broken != "" {
		return nil, &usageError{from + ": " + broken + hint, piped(i.positional[0])}
	}
	return text, nil
}

// notUTF8 returns the place, from 1, of the first byte that is not UTF-8; 0 if all are.
func notUTF8(text []byte) int {
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 {
			return at + 1
		}
		at += size
	}
	return 0
}

// eaten says why arguments may arrive otherwise than they were typed.
const eaten = "Some shells take quotes away or split what is in them, as PowerShell does. They change nothing that is piped in: " +
	"write - for the arguments then"

// examples are arguments that work, by tool.
var examples = map[string]string{
	"evaluate_trigger": `{"capability":"service-mesh","facts":{"services":7}}`,
	"compare_tools":    `{"capability":"service-mesh"}`,
	"plan_layer3":      `{"running":["observability"]}`,
	"cite":             `{"ids":["SM-T1"]}`,
}

// piped is a call whose arguments no shell changes, of the tool that was meant.
func piped(tool string) string {
	meant := "evaluate_trigger"
	if nearest := words.Nearest(tool, slices.Sorted(maps.Keys(examples)), 1); len(nearest) > 0 {
		meant = nearest[0]
	}
	return fmt.Sprintf("echo '%s' | layer2 call %s -", examples[meant], meant)
}

// whereBroken says what of a text is not JSON, with what stands round it; empty if it is JSON.
func whereBroken(text []byte) string {
	const around = 40 // characters before and behind
	var syntax *json.SyntaxError
	if err := json.Unmarshal(text, new(json.RawMessage)); !errors.As(err, &syntax) {
		return ""
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return "nothing arrived"
	}
	at := int(syntax.Offset)
	ended := strings.HasPrefix(syntax.Error(), "unexpected end")
	if !ended {
		at-- // the offset is behind the wrong character
	}
	before, behind := []rune(string(text[:at])), []rune(string(text[at:]))
	near := string(before[max(0, len(before)-around):]) + string(behind[:min(around, len(behind))])
	if len(before) > around {
		near = "…" + near
	}
	if len(behind) > around {
		near += "…"
	}
	if ended {
		return fmt.Sprintf("%s arrived, and breaks off there", shown(near))
	}
	return fmt.Sprintf("%s arrived, and breaks at character %d, %s", shown(near), len(before)+1, shown(string(behind[:1])))
}

// shown is a text in the quotes that change least of it.
func shown(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return r == '`' || !unicode.IsPrint(r) }) {
		return strconv.Quote(text)
	}
	return "`" + text + "`"
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
	problem := fmt.Sprintf("%s is not a tool; there are %s", words.Quote(tool, longestWord), strings.Join(names, ", "))
	instead := names[0]
	if nearest := words.Nearest(tool, names, 1); len(nearest) > 0 {
		instead = nearest[0]
	}
	return &usageError{problem, "layer2 call " + instead}
}
