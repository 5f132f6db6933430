package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/vanhoutenbos/layer2/internal/factsfile"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/git"
	"github.com/vanhoutenbos/layer2/internal/record"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/knowledge"
	"github.com/vanhoutenbos/layer2/tools"
)

// excuse marks the broken records of a report that were broken at --base already, on the facts and the own knowledge of that revision. If
// those cannot be read, it prints why and excuses none.
func (i *invocation) excuse(ctx context.Context, f *framework.Framework, report *record.Report) error {
	repository, err := git.Open(".")
	if err != nil {
		return err
	}
	revision, err := repository.At(ctx, i.decisions.base)
	switch {
	case errors.As(err, new(git.UnknownError)):
		return fmt.Errorf("%w; in a workflow, fetch it first (actions/checkout with fetch-depth: 0)", err)
	case err != nil:
		return err
	}
	defer revision.Close()
	folder, err := revision.Folder(i.decisions.directory)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: %w", i.decisions.directory, err)
	}
	if !report.Broken() {
		return nil
	}
	then := base{invocation: i, revision: revision}
	before, err := then.check(folder)
	if err == nil {
		report.Excuse(f, before, then.framework)
	}
	without := "nothing counts as broken before"
	if err == nil && report.Broken() {
		without = "a record that was moved counts as a new one"
		if before, err = then.checkMoved(); err == nil {
			report.Excuse(f, before, then.framework)
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		named := []string{i.facts, i.knowledge, i.decisions.directory}
		fmt.Fprintf(i.Err, "note: %s, because at %s %s\n", without, words.Cut(i.decisions.base, longestWord), printed(err, named))
	}
	return nil
}

// base is what was known at --base.
type base struct {
	*invocation
	revision  *git.Revision
	framework *framework.Framework
	facts     tools.Workspace
}

// loadFramework loads the shipped knowledge and, if --knowledge names a folder that the revision has, that folder over it.
func (b *base) loadFramework() (*framework.Framework, error) {
	if b.knowledge == "" {
		return shippedKnowledge()
	}
	own, err := b.revision.Folder(b.knowledge)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return shippedKnowledge()
	case err != nil:
		return nil, fmt.Errorf("%s: %w", b.knowledge, err)
	}
	f, err := framework.Load(knowledge.Files, own)
	if err != nil {
		return nil, fmt.Errorf("the knowledge in %s does not load:\n%w", b.knowledge, err)
	}
	return f, nil
}

// check checks the records in the directory as it was, which is nil if it was not there.
func (b *base) check(folder fs.FS) (record.Report, error) {
	var err error
	if b.framework, err = b.loadFramework(); err != nil {
		return record.Report{}, err
	}
	content, err := b.revision.ReadFile(b.invocation.facts)
	if err != nil {
		return record.Report{}, fmt.Errorf("%s: %w", b.invocation.facts, err)
	}
	b.facts, err = factsfile.Read(b.framework, b.invocation.facts, content)
	if err != nil || folder == nil {
		return record.Report{}, mistaken(b.invocation.facts, err)
	}
	report, err := record.Check(b.framework, folder, b.facts.Facts)
	// Check takes a record that cannot be read for a finding. A revision that can no longer be read is an error.
	if err = errors.Join(err, b.revision.Err()); err != nil {
		return record.Report{}, fmt.Errorf("%s: %w", b.decisions.directory, err)
	}
	return report, nil
}

// checkMoved checks the records of the whole revision whose files are gone from the work tree: their folder may have been moved. A record
// that is still where it was is not looked at, so that a copy of it is no more excused than any other new record.
func (b *base) checkMoved() (record.Report, error) {
	top, err := git.Top(".")
	if err != nil {
		return record.Report{}, err
	}
	tree, err := b.revision.Folder(top)
	if err != nil {
		return record.Report{}, err
	}
	var report record.Report
	err = fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !entry.Type().IsRegular() || !record.IsMarkdown(name):
			return nil
		}
		if _, err := os.Lstat(filepath.Join(top, filepath.FromSlash(name))); !errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		content, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		if r, err := record.Read(b.framework, content); err == nil && r.InForce() {
			file := record.File{Name: path.Base(name), Record: r, Capability: r.Capability}
			report.Findings = append(report.Findings, record.Finding{File: file, Judgement: r.Judge(b.framework, b.facts.Facts)})
		}
		return nil
	})
	if err == nil {
		err = b.revision.Err()
	}
	return report, err
}
