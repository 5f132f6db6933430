// Command report writes what the evals show as one page for people: how many cases agree, what they cover, how many questions a
// verdict takes, how many mutants of the knowledge they kill, what answers cost, and the verdict of every case. The same knowledge
// and cases give the same page. Run it in the root of the repository:
//
//	go run ./evals/report -o report.md
//
// Mutation takes longer than the rest, so its result is read from what its test prints:
//
//	go test -v -run Killed ./evals/mutation -sweep 100 >mutation.txt; go run ./evals/report -mutation mutation.txt -o report.md
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/knowledge"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "report:", err)
		stop()
		os.Exit(1)
	}
}

// run writes the page to a file, and then its summary to out; or the whole page to out.
func run(ctx context.Context, arguments []string, out io.Writer) error {
	flags := flag.NewFlagSet("report", flag.ContinueOnError)
	file := flags.String("o", "", "write the page to this `FILE`, and its summary to standard output")
	mutation := flags.String("mutation", "", "what the test of evals/mutation printed, as a `FILE`")
	root := flags.String("root", ".", "the `DIRECTORY` of the repository")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	f, err := framework.Load(knowledge.Files, nil)
	if err != nil {
		return err
	}
	results, err := gather(ctx, f, sources{os.DirFS(*root), *mutation})
	if err != nil {
		return err
	}
	summary, page := results.summary(), results.page()
	if *file == "" {
		_, err := io.WriteString(out, summary+page)
		return err
	}
	if err := os.WriteFile(*file, []byte(summary+page), 0o644); err != nil {
		return err
	}
	_, err = io.WriteString(out, summary)
	return err
}
