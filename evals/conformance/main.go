// Command conformance holds layer2 against the official conformance suite, in two versions of it and in every revision of the
// protocol that layer2 speaks: the product itself, and the same server with the suite's fixtures on it (fixtureserver).
//
// What the suite wants and does not get is listed in expected.yaml, each with a reason. Anything else is a failure, and so is an
// entry that is fulfilled now: the list can only shrink. The script run beside this file builds and installs what it needs.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"text/tabwriter"

	"github.com/vanhoutenbos/layer2/evals/launch"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "conformance:", err)
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, arguments []string, out io.Writer) error {
	flags := flag.NewFlagSet("conformance", flag.ContinueOnError)
	packages := flags.String("packages", "", "the `DIRECTORY` in which the suites are installed")
	product := flags.String("product", "", "the `PROGRAM` layer2")
	fixtures := flags.String("fixtures", "", "the `PROGRAM` fixtureserver")
	file := flags.String("expected", "evals/conformance/expected.yaml", "the `FILE` of what is not fulfilled")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	expected, err := readExpected(*file)
	if err != nil {
		return err
	}
	programs := []program{
		{"product", []string{*product, "serve", "--http", "127.0.0.1:0"}},
		{"fixtures", []string{*fixtures}},
	}
	var results []result
	for _, p := range programs {
		of, err := p.examine(ctx, *packages)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		results = append(results, of...)
	}
	return report(out, results, expected)
}

// program is a server to examine, and how it is started.
type program struct {
	name    string
	command []string
}

// examine starts a server and runs every suite against it.
func (p program) examine(ctx context.Context, packages string) ([]result, error) {
	address, stop, err := launch.HTTP(ctx, p.command[0], p.command[1:]...)
	if err != nil {
		return nil, err
	}
	defer stop()
	scratch, err := os.MkdirTemp("", "conformance")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(scratch) }() // a scratch folder that stays behind does no harm
	var results []result
	for _, s := range suites {
		checks, err := s.run(ctx, packages, address, filepath.Join(scratch, s.name))
		if err != nil {
			return nil, fmt.Errorf("suite %s: %w", s.name, err)
		}
		results = append(results, result{p.name, s, checks})
	}
	return results, nil
}

// report prints a line a run and, for each, what is wrong with it. The error says how much that is.
func report(out io.Writer, results []result, expected []entry) error {
	wrong := judge(results, expected)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "server\tsuite\trevision\tscenarios\tpassed\tnot fulfilled, with a reason\tnot applicable")
	passed, excused := 0, 0
	for _, r := range results {
		n := r.count()
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%d\t%d\t%d\n", r.server, r.suite.version, r.suite.revision, n.scenarios, n.passed, n.unfulfilled, n.other)
		passed, excused = passed+n.passed, excused+n.unfulfilled
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, line := range wrong {
		fmt.Fprintln(out, line)
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%d surprises: see above, and expected.yaml", len(wrong))
	}
	_, err := fmt.Fprintf(out, "%d runs, %d checks passed, %d not fulfilled for a known reason\n", len(results), passed, excused)
	return err
}
