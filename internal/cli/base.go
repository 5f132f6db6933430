package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/vanhoutenbos/layer2/internal/disk"
	"github.com/vanhoutenbos/layer2/internal/factsfile"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/git"
	"github.com/vanhoutenbos/layer2/internal/record"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/knowledge"
	"github.com/vanhoutenbos/layer2/tools"
)

// markKnown marks the broken records of a report that were already broken at --base, judged by the facts and the knowledge of that
// revision. If those cannot be read, it prints why and marks none.
func (i *invocation) markKnown(ctx context.Context, f *framework.Framework, report *record.Report) error {
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
		return fmt.Errorf("%s: %w", words.Escape(i.decisions.directory), err)
	}
	if !report.Broken() {
		return nil
	}
	then := base{invocation: i, revision: revision}
	before, err := then.check(folder)
	if err == nil {
		report.MarkKnown(f, before, then.framework)
	}
	without := "nothing counts as broken before"
	if err == nil && report.Broken() {
		without = "a record that was moved counts as a new one"
		if before, err = then.checkMoved(); err == nil {
			report.MarkKnown(f, before, then.framework)
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		fmt.Fprintf(i.Err, "note: %s, because at %s %s\n", without, words.Cut(i.decisions.base, longestWord), words.EscapeLines(err.Error()))
	}
	return nil
}

// base is the facts and the knowledge at --base.
type base struct {
	*invocation
	revision  *git.Revision
	framework *framework.Framework
	facts     tools.Workspace
}

// loadFramework loads the shipped knowledge, with the --knowledge folder of the revision over it if the revision has one.
func (b *base) loadFramework() (*framework.Framework, error) {
	if b.knowledge == "" {
		return shippedKnowledge()
	}
	own, err := b.revision.Folder(b.knowledge)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return shippedKnowledge()
	case err != nil:
		return nil, fmt.Errorf("%s: %w", words.Escape(b.knowledge), err)
	}
	f, err := framework.Load(knowledge.Files, own)
	if err != nil {
		return nil, fmt.Errorf("the knowledge in %s does not load:\n%w", words.Escape(b.knowledge), err)
	}
	return f, nil
}

// check checks the records in the folder, nil if the revision has none, against the facts of that revision.
func (b *base) check(folder fs.FS) (record.Report, error) {
	var err error
	if b.framework, err = b.loadFramework(); err != nil {
		return record.Report{}, err
	}
	content, err := b.revision.ReadFile(b.invocation.facts)
	if err != nil {
		return record.Report{}, fmt.Errorf("%s: %w", words.Escape(b.invocation.facts), err)
	}
	b.facts, err = factsfile.Read(b.framework, b.invocation.facts, content)
	if err != nil || folder == nil {
		return record.Report{}, countMistakes(b.invocation.facts, err)
	}
	report, err := record.Check(b.framework, folder, b.facts.Facts)
	// Check reports an unreadable record as a finding, but reading the revision itself may have failed.
	if err = errors.Join(err, b.revision.Err()); err != nil {
		return record.Report{}, fmt.Errorf("%s: %w", words.Escape(b.decisions.directory), err)
	}
	return report, nil
}

// checkMoved checks the records of the whole revision whose files are gone from the work tree, because their folder may have been
// moved. Records still in place are skipped, so that a copy of one counts as new.
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
			return fmt.Errorf("%s: %w", words.Escape(name), disk.Reason(err))
		case !entry.Type().IsRegular() || !record.IsMarkdown(name):
			return nil
		}
		if _, err := os.Lstat(filepath.Join(top, filepath.FromSlash(name))); !errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		content, err := fs.ReadFile(tree, name)
		if err != nil {
			return fmt.Errorf("%s: %w", words.Escape(name), disk.Reason(err))
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
