package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/vanhoutenbos/layer2/internal/disk"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/git"
	"github.com/vanhoutenbos/layer2/internal/record"
	"github.com/vanhoutenbos/layer2/internal/text"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

func checkFlags(i *invocation) {
	i.decisions.define(i)
	i.flags.StringVar(&i.format, "format", "text", "text, json or github")
	i.flags.BoolVar(&i.decisions.strict, "strict", false, "fail on a doubtful record too")
	i.flags.StringVar(&i.decisions.base, "base", "", "a git `revision`: records that were already broken there only give a warning")
	i.flags.BoolVar(&i.decisions.allowEmpty, "allow-empty", false, "succeed if there is no decision record yet")
}

// check reports which decision records are no longer right. The exit status is the highest over the records: 1 for a broken one, 2
// for an unreadable one.
func check(ctx context.Context, i *invocation) error {
	if err := i.checkCount(0, 0, "layer2 check"); err != nil {
		return err
	}
	switch i.format {
	case "text", "json", "github":
	default:
		return &usageError{fmt.Sprintf("--format: %s is not one of text, json, github", words.Quote(i.format, longestWord)), "layer2 check --format github"}
	}
	if i.decisions.base != "" && i.facts == "-" {
		return &usageError{"--base: facts from standard input have no past", "layer2 check --facts " + defaultFacts + " --base " + i.decisions.base}
	}
	f, err := i.framework()
	if err != nil {
		return err
	}
	workspace, err := i.requiredWorkspace(f)
	if err != nil {
		return err
	}
	report, err := i.checkNow(f, workspace)
	if err != nil {
		return fmt.Errorf("--dir %s: %w", i.recordPath(""), err)
	}
	if i.decisions.base != "" {
		if err := i.markKnown(ctx, f, &report); err != nil {
			return fmt.Errorf("--base: %w", err)
		}
	}
	shown := text.Check{
		Framework: f, Report: report, Facts: i.facts, Knowledge: i.knowledge,
		Directory: i.decisions.directory, FromRoot: fromRoot(i.decisions.directory),
		Base: i.decisions.base, Strict: i.decisions.strict, AllowEmpty: i.decisions.allowEmpty,
	}
	if err := i.show(shown); err != nil {
		return err
	}
	if report.Records() == 0 && !i.decisions.allowEmpty {
		return fmt.Errorf("no decision record in %s; layer2 record writes one; if there are no decisions yet, use --allow-empty", i.recordPath(""))
	}
	if exit := shown.Exit(); exit > 0 {
		return statusError(exit)
	}
	return nil
}

// checkNow checks the records in the work tree. A missing folder is an error without --allow-empty.
func (i *invocation) checkNow(f *framework.Framework, w tools.Workspace) (record.Report, error) {
	directory, err := record.OpenFolder(i.decisions.directory)
	switch {
	case errors.Is(err, fs.ErrNotExist) && i.decisions.allowEmpty:
		return record.Report{}, nil
	case errors.Is(err, fs.ErrNotExist):
		return record.Report{}, fmt.Errorf("%w; layer2 record creates it; if there are no decisions yet, use --allow-empty", err)
	case err != nil:
		return record.Report{}, err
	}
	defer func() { _ = directory.Close() }() // it was only read
	return record.Check(f, directory, w.Facts)
}

// fromRoot returns the path of a folder from GITHUB_WORKSPACE or else the top of the repository, as GitHub expects it in
// annotations. A folder in neither is returned as given.
func fromRoot(folder string) string {
	roots := []string{os.Getenv("GITHUB_WORKSPACE")}
	if top, err := git.Top("."); err == nil {
		roots = append(roots, top)
	}
	absolute, err := filepath.Abs(folder)
	if err != nil {
		return filepath.ToSlash(filepath.Clean(folder))
	}
	for _, root := range roots {
		if below, is := within(root, absolute); is {
			return below
		}
	}
	return filepath.ToSlash(filepath.Clean(folder))
}

// within returns the slash-separated path from root to folder, whatever symlinks lead to either.
func within(root, folder string) (string, bool) {
	if root == "" {
		return "", false
	}
	for _, resolve := range []func(string) (string, error){filepath.Abs, filepath.EvalSymlinks} {
		from, err := resolve(root)
		if err != nil {
			continue
		}
		to, err := resolve(folder)
		if err != nil {
			continue
		}
		if below, err := filepath.Rel(from, to); err == nil && filepath.IsLocal(below) {
			return filepath.ToSlash(below), true
		}
	}
	return "", false
}

// show prints a check in the requested format.
func (i *invocation) show(c text.Check) error {
	switch i.format {
	case "json":
		return i.printJSON(c.Structured())
	case "github":
		fmt.Fprint(i.out, c.Annotations()) // workflow commands on purpose; their content is escaped
		return summarize(os.Getenv("GITHUB_STEP_SUMMARY"), c.Summary())
	}
	fmt.Fprint(i.Out, c.Text())
	return nil
}

// summarize appends to the step summary of a workflow, if there is one.
func summarize(file, text string) error {
	if file == "" {
		return nil
	}
	if err := disk.Append(file, []byte(text)); err != nil {
		return fmt.Errorf("GITHUB_STEP_SUMMARY: %s: %w", words.Escape(file), err)
	}
	return nil
}
