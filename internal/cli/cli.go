// Package cli is the command line: flags, wiring, output and exit statuses.
package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// Version is the version of the program. The knowledge has its own.
const Version = "0.1.0"

// Streams are the standard streams. Out carries the protocol or the answer, Err everything else.
type Streams struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
}

// The exit statuses.
const (
	succeeded = 0
	refused   = 1 // a tool refused its arguments
	unusable  = 2 // wrong usage, files that do not load, or an output that cannot be written
)

type command struct {
	name, arguments, summary string
	run                      func(ctx context.Context, c *invocation) error
}

func commands() []command {
	return []command{
		{"serve", "", "speak MCP on stdin and stdout, or over HTTP, for a client such as Claude Code or VS Code", serve},
		{"call", "TOOL [JSON]", "call one tool through MCP and print the answer; - reads the JSON from stdin", call},
		{"assess", "FACTS.yaml", "the verdict for all capabilities, from a facts file; - reads it from stdin", assess},
		{"facts", "[set FACT=VALUE …]", "what a facts file says and what to ask first; or change it: a VALUE may be unsettled or unset", facts},
		{"record", "CAPABILITY", "write an architecture decision record that says what would undo it", recordDecision},
		{"check", "", "are the decision records still right? By facts and knowledge, never by date", check},
		{"verify", "[DIR]", "what can be proved about the knowledge: dead statements, gaps, contradictions", verify},
		{"version", "", "the versions of the program and of the knowledge", version},
	}
}

type session struct {
	Streams
	out *output // the writer under Out
	// draining says that the command is a server that is serving: after a signal it ends by itself.
	draining atomic.Bool
	// writing says that the command is changing files, which takes as long as the disk does.
	writing atomic.Bool
}

// invocation is one run of a command.
type invocation struct {
	*session
	flags      *flag.FlagSet
	positional []string
	// facts is a file; knowledge is a directory over the shipped knowledge.
	facts, knowledge, logLevel, format string
	// source is the origin of the facts that are set.
	source string
	// fleet is a file of teams, one per line.
	fleet     string
	asJSON    bool
	http      httpFlags
	decisions decisionFlags
}

// longestWord is how much of an argument a message echoes, in characters.
const longestWord = 80

// usageError is a mistake on the command line, with a command to type instead.
type usageError struct{ problem, instead string }

func (e *usageError) Error() string { return e.problem + "\nType: " + words.Escape(e.instead) }

// statusError is an exit status without a message: the user has been told.
type statusError int

func (e statusError) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// Run runs the program and returns its exit status. When ctx ends, a server finishes the requests that are running; any other
// command ends within the grace period, with the status of the signal.
func Run(ctx context.Context, arguments []string, streams Streams) int {
	s := &session{Streams: streams, out: &output{to: streams.Out}}
	s.Out = s.out
	if os.Getenv(inWorkflow) != "" {
		s.Out, s.Err = &workflowText{to: s.out}, &workflowText{to: streams.Err}
	}
	return s.run(ctx, func(ctx context.Context) error { return s.command(ctx, arguments) })
}

func (s *session) command(ctx context.Context, arguments []string) error {
	if len(arguments) == 0 {
		help(s.Err)
		return statusError(unusable)
	}
	name := arguments[0]
	if name == "help" || name == "-h" || name == "--help" {
		help(s.Out)
		return nil
	}
	var names []string
	for _, command := range commands() {
		if command.name == name {
			return command.start(ctx, arguments[1:], s)
		}
		names = append(names, command.name)
	}
	problem := "unknown command " + words.Quote(name, longestWord) + words.DidYouMean(words.Nearest(name, names, 1))
	return &usageError{problem, "layer2 help"}
}

func help(out io.Writer) {
	fmt.Fprint(out, "layer2 answers: is this platform capability worth its complexity, for us, now?\n\nUsage:\n\n")
	for _, c := range commands() {
		fmt.Fprintf(out, "  layer2 %-24s %s\n", strings.TrimSpace(c.name+" "+c.arguments), c.summary)
	}
	fmt.Fprint(out, "\nFlags of a command: layer2 COMMAND --help\n\nTry it:\n\n",
		"  layer2 call evaluate_trigger '{\"capability\":\"service-mesh\",\"facts\":{\"services\":2}}'\n")
}

// start parses the flags, which may come before or after the other arguments, and runs the command.
func (c command) start(ctx context.Context, arguments []string, s *session) error {
	i := &invocation{session: s, flags: flag.NewFlagSet("layer2 "+c.name, flag.ContinueOnError)}
	i.flags.SetOutput(io.Discard)
	i.flags.StringVar(&i.knowledge, "knowledge", "", "a `directory` of YAML files that override the shipped knowledge")
	i.flags.StringVar(&i.logLevel, "log-level", "info", "the lowest `level` to log on stderr: debug, info, warn, error or disabled")
	switch c.name {
	case "serve", "call":
		i.flags.StringVar(&i.facts, "facts", "", "a YAML `file` of facts that every call starts from: {running: […], facts: {…}}")
		i.flags.StringVar(&i.decisions.served, "decisions", "", "a `directory` of decision records, such as docs/decisions, to serve and to compare verdicts with")
	}
	switch c.name {
	case "call":
		i.flags.BoolVar(&i.asJSON, "json", false, "print the structured answer instead of the text")
	case "assess":
		i.flags.StringVar(&i.format, "format", "table", "table, markdown or json")
		i.flags.StringVar(&i.fleet, "fleet", "", "a `file` of teams, one JSON object per line: {id, running, facts, unsettled}; - for stdin; the answers come one per line")
	}
	switch c.name {
	case "serve":
		i.http.define(i.flags)
	case "facts":
		factsFlags(i)
	case "record":
		recordFlags(i)
	case "check":
		checkFlags(i)
	case "verify":
		verifyFlags(i)
	}
	i.flags.Usage = func() {} // an error says what to type instead
	for rest := arguments; ; {
		if err := i.flags.Parse(rest); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				c.usage(s.Out, i.flags)
				return nil
			}
			return &usageError{words.Escape(err.Error()), "layer2 " + c.name + " --help"}
		}
		if rest = i.flags.Args(); len(rest) == 0 {
			if err := i.checkEmpty(); err != nil {
				return err
			}
			return c.run(ctx, i)
		}
		i.positional, rest = append(i.positional, rest[0]), rest[1:]
	}
}

// fileFlags are the flags that name a file or a folder. An empty value usually comes from an unset variable.
var fileFlags = []string{"facts", "knowledge", "decisions", "dir", "fleet", "baseline", "against"}

// checkEmpty refuses empty arguments and empty file names.
func (i *invocation) checkEmpty() error {
	help := i.flags.Name() + " --help"
	if slices.Contains(i.positional, "") {
		return &usageError{"an argument is empty; is a variable unset?", help}
	}
	var err error
	i.flags.Visit(func(f *flag.Flag) {
		if slices.Contains(fileFlags, f.Name) && f.Value.String() == "" {
			err = &usageError{"--" + f.Name + " is empty; is a variable unset?", help}
		}
	})
	return err
}

func (c command) usage(out io.Writer, flags *flag.FlagSet) {
	fmt.Fprintf(out, "Usage: layer2 %s [flags]\n\n%s.\n\n", strings.TrimSpace(c.name+" "+c.arguments), strings.ToUpper(c.summary[:1])+c.summary[1:])
	flags.VisitAll(func(f *flag.Flag) {
		value, usage := flag.UnquoteUsage(f)
		fmt.Fprintf(out, "  %-22s %s", strings.TrimSpace("--"+f.Name+" "+value), usage)
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" {
			fmt.Fprintf(out, " (default %s)", f.DefValue)
		}
		fmt.Fprintln(out)
	})
}

// checkCount checks the number of arguments besides the flags.
func (i *invocation) checkCount(least, most int, instead string) error {
	if n := len(i.positional); n < least || n > most {
		return &usageError{fmt.Sprintf("%s takes %s, not %d", i.flags.Name(), argumentCount(least, most), n), instead}
	}
	return nil
}

func argumentCount(least, most int) string {
	switch {
	case most == 0:
		return "no arguments"
	case least == most:
		return fmt.Sprintf("%d argument", least)
	}
	return fmt.Sprintf("%d or %d arguments", least, most)
}
