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

// maximumCall is the most bytes that the arguments of a call may have.
const maximumCall = 1 << 20

// call starts the real server in this process, speaks MCP to it, and prints the answer of one tool.
func call(ctx context.Context, i *invocation) error {
	if n := len(i.positional); n > 2 {
		problem := fmt.Sprintf("layer2 call takes a tool and one argument, not %d: the JSON in quotes is one. %s", n-1, quotingHint)
		return &usageError{problem, pipedExample(i.positional[0])}
	}
	if err := i.checkCount(1, 2, `layer2 call evaluate_trigger '{"capability":"service-mesh"}'`); err != nil {
		return err
	}
	arguments, err := i.callArguments()
	if err != nil {
		return err
	}
	i.quietLog()
	server, _, err := i.server(i.factsOnce)
	if err != nil {
		return err
	}
	client, err := mcpclient.Connect(ctx, server, mcpclient.Modern)
	if err != nil {
		return err
	}
	return errors.Join(i.printAnswer(ctx, client, i.positional[0], arguments), client.Close())
}

// quietLog logs warnings and errors only, unless --log-level is given.
func (i *invocation) quietLog() {
	if !i.given("log-level") {
		i.logLevel = "warn"
	}
}

// callArguments returns the arguments of the tool, from the command line or stdin; {} if there are none. A byte order mark is
// skipped.
func (i *invocation) callArguments() (json.RawMessage, error) {
	if len(i.positional) < 2 {
		return json.RawMessage("{}"), nil
	}
	text, from, hint := []byte(i.positional[1]), "the arguments are not JSON", "\n"+quotingHint
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
		return nil, &usageError{problem, pipedExample(i.positional[0])}
	}
	if broken := syntaxProblem(text); broken != "" {
		return nil, &usageError{from + ": " + broken + hint, pipedExample(i.positional[0])}
	}
	return text, nil
}

// notUTF8 returns the position, from 1, of the first byte that is not UTF-8; 0 if there is none.
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

// quotingHint says why arguments may not arrive as they were typed.
const quotingHint = "Some shells, such as PowerShell, strip quotes or split quoted text. Piped input is left alone: " +
	"pipe the JSON in, and type - in its place"

// examples are valid arguments, by tool.
var examples = map[string]string{
	"evaluate_trigger": `{"capability":"service-mesh","facts":{"services":7}}`,
	"compare_tools":    `{"capability":"service-mesh"}`,
	"plan_layer3":      `{"running":["observability"]}`,
	"cite":             `{"ids":["SM-T1"]}`,
}

// pipedExample returns a command that pipes valid arguments to the tool that was probably meant.
func pipedExample(tool string) string {
	meant := "evaluate_trigger"
	if nearest := words.Nearest(tool, slices.Sorted(maps.Keys(examples)), 1); len(nearest) > 0 {
		meant = nearest[0]
	}
	return fmt.Sprintf("echo '%s' | layer2 call %s -", examples[meant], meant)
}

// syntaxProblem says where a text stops being JSON, with an excerpt; empty if it is JSON.
func syntaxProblem(text []byte) string {
	const around = 40 // characters before and behind
	var syntax *json.SyntaxError
	if err := json.Unmarshal(text, new(json.RawMessage)); !errors.As(err, &syntax) {
		return ""
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return "nothing was received"
	}
	at := int(syntax.Offset)
	ended := strings.HasPrefix(syntax.Error(), "unexpected end")
	if !ended {
		at-- // the offset is past the wrong character
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
		return fmt.Sprintf("received %s, which is incomplete", quoteExcerpt(near))
	}
	return fmt.Sprintf("received %s, with a syntax error at character %d, %s", quoteExcerpt(near), len(before)+1, quoteExcerpt(string(behind[:1])))
}

// quoteExcerpt quotes a text in backticks, which need no escapes, or in Go syntax if something in it does not print.
func quoteExcerpt(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return r == '`' || !unicode.IsPrint(r) }) {
		return strconv.Quote(text)
	}
	return "`" + text + "`"
}

// printAnswer prints the answer, as text or as JSON. A refusal goes to stderr.
func (i *invocation) printAnswer(ctx context.Context, client *mcpclient.Client, tool string, arguments json.RawMessage) error {
	if err := checkTool(ctx, client, tool); err != nil {
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

// checkTool returns an error that lists the tools if there is none of that name.
func checkTool(ctx context.Context, client *mcpclient.Client, tool string) error {
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
	problem := fmt.Sprintf("unknown tool %s; there are %s", words.Quote(tool, longestWord), strings.Join(names, ", "))
	instead := names[0]
	if nearest := words.Nearest(tool, names, 1); len(nearest) > 0 {
		instead = nearest[0]
	}
	return &usageError{problem, "layer2 call " + instead}
}
