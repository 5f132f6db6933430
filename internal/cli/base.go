package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/git"
	"github.com/vanhoutenbos/layer2/internal/record"
	"github.com/vanhoutenbos/layer2/internal/workspace"
	"github.com/vanhoutenbos/layer2/knowledge"
)

// before checks the records as they were at --base, against the facts and the own knowledge of that revision. If those cannot be read,
// it prints why and reports nothing, so that no record is excused.
func (i *invocation) before(ctx context.Context) (record.Report, error) {
	base := i.decisions.base
	repository, err := git.Open(".")
	if err != nil {
		return record.Report{}, err
	}
	then, err := repository.At(ctx, base)
	var unknown git.UnknownError
	switch {
	case errors.As(err, &unknown):
		return record.Report{}, fmt.Errorf("%w; in a workflow, fetch it first (actions/checkout with fetch-depth: 0)", err)
	case err != nil:
		return record.Report{}, err
	}
	defer then.Close()
	records, err := then.Folder(i.decisions.directory)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return record.Report{}, nil // there were no records yet
	case err != nil:
		return record.Report{}, fmt.Errorf("%s: %w", i.decisions.directory, err)
	}
	report, err := i.checkThen(then, record.Folder{FS: records})
	if ctx.Err() != nil {
		return record.Report{}, ctx.Err()
	}
	if err != nil {
		fmt.Fprintf(i.Err, "note: nothing counts as broken before, because at %s %v\n", base, err)
	}
	return report, nil
}

func (i *invocation) checkThen(then *git.Revision, records record.Source) (record.Report, error) {
	f, err := i.frameworkThen(then)
	if err != nil {
		return record.Report{}, err
	}
	content, err := then.ReadFile(i.facts)
	if err != nil {
		return record.Report{}, fmt.Errorf("%s: %w", i.facts, err)
	}
	known, err := workspace.Read(f, i.facts, content)
	if err != nil {
		return record.Report{}, mistaken(i.facts, err)
	}
	report, err := record.Check(f, records, known.Facts)
	// Check takes a record that cannot be read for a finding. A revision that can no longer be read is an error.
	if err = errors.Join(err, then.Err()); err != nil {
		return record.Report{}, fmt.Errorf("%s: %w", i.decisions.directory, err)
	}
	return report, nil
}

// frameworkThen loads the shipped knowledge and, if --knowledge names a folder that the revision has, that folder over it.
func (i *invocation) frameworkThen(then *git.Revision) (*framework.Framework, error) {
	if i.knowledge == "" {
		return framework.Load(knowledge.Files, nil)
	}
	own, err := then.Folder(i.knowledge)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return framework.Load(knowledge.Files, nil)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", i.knowledge, err)
	}
	f, err := framework.Load(knowledge.Files, own)
	if err != nil {
		return nil, fmt.Errorf("the knowledge in %s does not load:\n%w", i.knowledge, err)
	}
	return f, nil
}
