package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/vanhoutenbos/layer2/internal/page"
	"github.com/vanhoutenbos/layer2/internal/record"
)

// checkFlags adds the flags of check.
func checkFlags(i *invocation) {
	i.decisions.define(i)
	i.flags.StringVar(&i.format, "format", "text", "text, json or github")
	i.flags.BoolVar(&i.decisions.strict, "strict", false, "fail on a doubtful record too")
	i.flags.StringVar(&i.decisions.base, "base", "", "a git `revision`: what was broken there already is a warning")
}

// check says which decisions on file are no longer right. Its exit status is the highest of its records: 1 for a broken one, 2 for
// one that cannot be read.
func check(ctx context.Context, i *invocation) error {
	if err := i.want(0, 0, "layer2 check"); err != nil {
		return err
	}
	switch i.format {
	case "text", "json", "github":
	default:
		return &usageError{fmt.Sprintf("--format: %q is not one of text, json, github", i.format), "layer2 check --format github"}
	}
	if i.decisions.base != "" && i.facts == "-" {
		return &usageError{"--base: facts from standard input have no past", "layer2 check --facts " + defaultFacts + " --base " + i.decisions.base}
	}
	f, err := i.framework()
	if err != nil {
		return err
	}
	workspace, err := i.known(f)
	if err != nil {
		return err
	}
	directory, err := record.OpenDirectory(i.decisions.directory)
	if err != nil {
		return fmt.Errorf("--dir: %w", err)
	}
	defer func() { _ = directory.Close() }() // it was only read
	report, err := record.Check(f, directory, workspace.Facts)
	if err != nil {
		return fmt.Errorf("--dir: %w", err)
	}
	if i.decisions.base != "" {
		before, err := i.before(ctx)
		if err != nil {
			return fmt.Errorf("--base: %w", err)
		}
		report.Excuse(before)
	}
	shown := page.Check{
		Framework: f, Report: report, Directory: i.decisions.directory, Base: i.decisions.base, Strict: i.decisions.strict,
	}
	if err := i.show(shown); err != nil {
		return err
	}
	if exit := report.Exit(i.decisions.strict); exit > 0 {
		return statusError(exit)
	}
	return nil
}

// show prints a check in the wanted format.
func (i *invocation) show(c page.Check) error {
	switch i.format {
	case "json":
		encoder := json.NewEncoder(i.Out)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return encoder.Encode(c.Structured())
	case "github":
		fmt.Fprint(i.Out, c.Annotations())
		return summarize(os.Getenv("GITHUB_STEP_SUMMARY"), c.Summary())
	}
	fmt.Fprint(i.Out, c.Text())
	return nil
}

// summarize appends to the summary of a workflow's step, if there is one.
func summarize(file, text string) error {
	if file == "" {
		return nil
	}
	out, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = out.WriteString(text)
	return errors.Join(err, out.Close())
}
