// Command clients tries layer2 with real clients: each connects as its users do, over stdio and HTTP, in each era that it speaks,
// and does everything that it can. A line for each is printed; anything that is not as it should be is an error. The scripts smoke
// and all beside this file build and install what it needs.
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
		fmt.Fprintln(os.Stderr, "clients:", err)
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, arguments []string, out io.Writer) error {
	flags := flag.NewFlagSet("clients", flag.ContinueOnError)
	var t trial
	flags.StringVar(&t.packages, "packages", "", "the `DIRECTORY` in which the packages for Node are installed")
	flags.StringVar(&t.hosts, "hosts", "", "the `DIRECTORY` in which Claude Code and Gemini CLI are installed; they are left out if it is not given")
	flags.StringVar(&t.product, "product", "", "the `PROGRAM` layer2")
	flags.StringVar(&t.gosdk, "gosdk", "", "the `PROGRAM` of evals/clients/gosdk")
	flags.StringVar(&t.scripts, "scripts", "evals/clients", "the `DIRECTORY` of the probes for Node")
	flags.BoolVar(&t.smoke, "smoke", false, "only one way into each client")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	t.node = filepath.Join(t.packages, "node_modules", ".bin", "node")
	address, stop, err := launch.HTTP(ctx, t.product, "serve", "--http", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer stop()
	t.address = address
	return report(out, t.rows(ctx))
}

// columns are what a client is asked to do, in the order of the table.
var columns = []string{"connect", "list", "call", "error", "read", "complete", "prompt", "elicit"}

// row is what a client did. A cell is good, "cannot" if the client has no such thing, "unasked" if the server rightly does not
// ask, or says what went wrong.
type row struct {
	Client, Transport, Era string
	Cells                  map[string]string
}

const (
	good    = "ok"
	cannot  = "cannot"
	unasked = "unasked"
)

// fill puts the same into all cells that say nothing yet.
func (r row) fill(what string) row {
	for _, column := range columns {
		if r.Cells[column] == "" {
			r.Cells[column] = what
		}
	}
	return r
}

// report prints the table, and below it what went wrong.
func report(out io.Writer, rows []row) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprint(table, "client\ttransport\tera")
	for _, column := range columns {
		fmt.Fprint(table, "\t", column)
	}
	fmt.Fprintln(table)
	var wrong []string
	done := 0
	for _, r := range rows {
		fmt.Fprint(table, r.Client, "\t", r.Transport, "\t", r.Era)
		for _, column := range columns {
			fmt.Fprint(table, "\t", mark(r.Cells[column]))
			switch cell := r.Cells[column]; cell {
			case good:
				done++
			case cannot, unasked:
			default:
				wrong = append(wrong, fmt.Sprintf("%s, %s, %s: %s: %s", r.Client, r.Transport, r.Era, column, cell))
			}
		}
		fmt.Fprintln(table)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(out, "ok: as it should be   -: this client cannot   ask list: not asked over HTTP before 2026-07-28, by design")
	for _, line := range wrong {
		fmt.Fprintln(out, line)
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%d things went wrong: see above", len(wrong))
	}
	_, err := fmt.Fprintf(out, "%d ways in, %d things done as they should be\n", len(rows), done)
	return err
}

// mark is a cell in the table.
func mark(cell string) string {
	switch cell {
	case good:
		return good
	case cannot:
		return "-"
	case unasked:
		return "ask list"
	}
	return "FAIL"
}
