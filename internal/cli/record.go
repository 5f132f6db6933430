package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/disk"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/record"
	"github.com/vanhoutenbos/layer2/internal/text"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// defaultFacts is the facts file of the commands that need one.
const defaultFacts = "layer2.yaml"

type decisionFlags struct {
	directory, decision, reason, date string
	// served is the directory that serve and call read (--decisions).
	served string
	// supersedes and reaffirm each name a record, by number or file.
	supersedes, reaffirm string
	compare              bool
	base                 string
	strict, allowEmpty   bool
}

// define adds the flags that record and check share.
func (d *decisionFlags) define(i *invocation) {
	i.flags.StringVar(&d.directory, "dir", record.DefaultDirectory, "the `directory` of the records")
	i.flags.StringVar(&i.facts, "facts", defaultFacts, "a YAML `file` of facts; - for stdin")
}

func recordFlags(i *invocation) {
	d := &i.decisions
	d.define(i)
	i.flags.StringVar(&d.decision, "decision", "", "the decision, a `verdict`, if the facts leave it open or say otherwise")
	i.flags.StringVar(&d.reason, "reason", "", "a `text`, the reason for the decision")
	i.flags.StringVar(&d.date, "date", "", "the `day` of the decision, 2026-11-23; today if left out")
	i.flags.BoolVar(&d.compare, "compare", false, "include the tools, by class, with their pros and cons")
	i.flags.StringVar(&d.supersedes, "supersedes", "", "the `number` or file of the record that the new one replaces")
	i.flags.StringVar(&d.reaffirm, "reaffirm", "", "the `number` or file of a record to keep despite what differs today; needs --reason")
}

const recordExample = "layer2 record service-mesh"

// recordDecision writes a record, or reaffirms one.
func recordDecision(ctx context.Context, i *invocation) error {
	if err := i.decisions.check(i); err != nil {
		return err
	}
	f, err := i.framework()
	if err != nil {
		return err
	}
	workspace, err := i.requiredWorkspace(f)
	if err != nil {
		return err
	}
	if i.decisions.reaffirm != "" {
		return i.reaffirm(ctx, f, workspace)
	}
	c, old, err := i.subject(f)
	if err != nil {
		return err
	}
	draft := drafter{framework: f, capability: c, workspace: workspace, supersedes: old, decisionFlags: i.decisions}
	if draft.verdict, err = draft.decide(); err != nil {
		return err
	}
	return i.create(ctx, draft)
}

// requiredWorkspace reads the facts file of a command that needs one.
func (i *invocation) requiredWorkspace(f *framework.Framework) (tools.Workspace, error) {
	w, err := i.workspace(f, i.facts)
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("--facts: %w; write facts: {services: 7} in it, for example", err)
	}
	return w, err
}

// check refuses flags that exclude one another, and defaults the date to today.
func (d *decisionFlags) check(i *invocation) error {
	least := 1
	if d.supersedes != "" || d.reaffirm != "" {
		least = 0 // the existing record says which capability
	}
	if err := i.checkCount(least, 1, recordExample); err != nil {
		return err
	}
	if d.date == "" {
		d.date = time.Now().Format(time.DateOnly)
	}
	d.reason = words.EscapeLines(strings.TrimSpace(d.reason))
	day, isDay := record.Day(d.date)
	switch {
	case !isDay:
		return &usageError{fmt.Sprintf("--date: %s is not a day", words.Quote(d.date, longestWord)), recordExample + " --date 2026-11-23"}
	case d.reaffirm != "" && (d.supersedes != "" || d.decision != "" || d.compare):
		return &usageError{"--reaffirm keeps the decision as it is: it does not go with --supersedes, --decision or --compare", `layer2 record --reaffirm 4 --reason "…"`}
	case d.reaffirm != "" && d.reason == "":
		return &usageError{"--reaffirm needs a reason", fmt.Sprintf(`layer2 record --reaffirm %s --reason "…"`, d.reaffirm)}
	}
	d.date = day
	return nil
}

// subject returns the capability to decide on and the file that the new record replaces, empty if none.
func (i *invocation) subject(f *framework.Framework) (*framework.Capability, string, error) {
	var c *framework.Capability
	if len(i.positional) == 1 {
		var err error
		if c, err = capabilityOf(f, i.positional[0]); err != nil {
			return nil, "", err
		}
	}
	if i.decisions.supersedes == "" {
		return c, "", nil
	}
	file, old, err := i.findRecord(f, i.decisions.supersedes)
	switch {
	case err != nil:
		return nil, "", err
	case !old.InForce():
		return nil, "", fmt.Errorf("%s is %s already", i.recordPath(file), old.StatusText())
	case c == nil:
		c, _ = f.Capability(old.Capability) // it was read
	case c.ID.Value != old.Capability:
		return nil, "", fmt.Errorf("%s is about %s, not %s", i.recordPath(file), old.Capability, c.ID.Value)
	}
	return c, file, nil
}

func capabilityOf(f *framework.Framework, id string) (*framework.Capability, error) {
	if c, known := f.Capability(id); known {
		return c, nil
	}
	var ids []string
	for _, c := range f.Capabilities {
		ids = append(ids, c.ID.Value)
	}
	instead := recordExample
	if nearest := words.Nearest(id, ids, 1); len(nearest) > 0 {
		instead = "layer2 record " + nearest[0]
	}
	return nil, &usageError{fmt.Sprintf("unknown capability %s; there are %s", words.Quote(id, longestWord), strings.Join(ids, ", ")), instead}
}

// findRecord reads the record that a number or a file names. The file is relative to the records' directory or to the working
// directory.
func (i *invocation) findRecord(f *framework.Framework, reference string) (string, *record.Record, error) {
	directory, err := record.OpenFolder(i.decisions.directory)
	if err != nil {
		return "", nil, fmt.Errorf("--dir %s: %w", i.recordPath(""), err)
	}
	defer func() { _ = directory.Close() }() // it was only read
	found, err := record.Find(f, directory)
	if err != nil {
		return "", nil, fmt.Errorf("--dir %s: %w", i.recordPath(""), err)
	}
	file, err := found.Named(reference)
	if below, unrelated := filepath.Rel(i.decisions.directory, reference); err != nil && unrelated == nil && filepath.IsLocal(below) {
		if seen, problem := found.Named(filepath.ToSlash(below)); problem == nil {
			file, err = seen, nil
		}
	}
	if err != nil {
		return "", nil, fmt.Errorf("%s: %w", i.recordPath(""), err)
	}
	if file.Err != nil {
		return "", nil, fmt.Errorf("%s: %w", i.recordPath(file.Name), file.Err)
	}
	return file.Name, file.Record, nil
}

// recordPath returns the path of a file in the records' directory, for messages.
func (i *invocation) recordPath(name string) string {
	return words.Escape(path.Join(i.decisions.directory, name))
}

// reaffirm appends to a record what differs today.
func (i *invocation) reaffirm(ctx context.Context, f *framework.Framework, w tools.Workspace) error {
	d := i.decisions
	file, r, err := i.findRecord(f, d.reaffirm)
	if err != nil {
		return err
	}
	if len(i.positional) == 1 && i.positional[0] != r.Capability && r.InForce() {
		return fmt.Errorf("%s is about %s, not %s", i.recordPath(file), r.Capability, i.positional[0])
	}
	directory, err := record.OpenFolder(d.directory)
	if err != nil {
		return err
	}
	defer func() { _ = directory.Close() }() // what was written is synced
	i.writing.Store(true)
	defer i.writing.Store(false)
	err = directory.Change(ctx, record.Edit{File: file, Apply: func(content []byte) ([]byte, error) {
		return record.Reaffirm(f, content, w.Facts, d.reason, d.date)
	}})
	if err != nil {
		return fmt.Errorf("%s/%w", i.recordPath(""), err)
	}
	fmt.Fprintln(i.Out, i.recordPath(file))
	return nil
}

// create writes the record, and marks the one that it replaces as superseded.
func (i *invocation) create(ctx context.Context, draft drafter) error {
	d := i.decisions
	if err := os.MkdirAll(d.directory, 0o777); err != nil {
		return fmt.Errorf("%s: %w", i.recordPath(""), disk.Reason(err))
	}
	directory, err := record.OpenFolder(d.directory)
	if err != nil {
		return err
	}
	defer func() { _ = directory.Close() }() // what was written is synced
	var also func(number int) record.Edit
	if draft.supersedes != "" {
		also = func(number int) record.Edit {
			return record.Edit{File: draft.supersedes, Apply: func(content []byte) ([]byte, error) {
				return record.Supersede(draft.framework, content, number)
			}}
		}
	}
	others, err := inForce(draft.framework, directory, draft.capability.ID.Value, draft.supersedes)
	if err != nil {
		return err
	}
	folder := path.Dir(draft.supersedes) // beside the record that it replaces
	i.writing.Store(true)
	defer i.writing.Store(false)
	name, err := directory.Create(ctx, folder, func(int) (record.Draft, error) { return draft.write() }, also)
	if err != nil {
		return fmt.Errorf("%s: %w", i.recordPath(""), err)
	}
	fmt.Fprintln(i.Out, i.recordPath(name))
	for _, other := range others {
		fmt.Fprintf(i.Err, "note: %s is in force for %s too; only one can be accepted\n", i.recordPath(other), draft.capability.ID.Value)
	}
	return nil
}

// inForce returns the files of the records in force for a capability, except one.
func inForce(f *framework.Framework, directory *record.Folder, capability, but string) ([]string, error) {
	found, err := record.Find(f, directory)
	var names []string
	for _, file := range found.Files {
		if file.Name != but && file.Record != nil && file.Record.InForce() && file.Capability == capability {
			names = append(names, file.Name)
		}
	}
	return names, err
}

// drafter writes a new record.
type drafter struct {
	framework  *framework.Framework
	capability *framework.Capability
	workspace  tools.Workspace
	supersedes string
	verdict    decide.Verdict // the decision
	decisionFlags
}

// decide returns the decision: the framework's verdict, or that of --decision, which needs a reason if it differs.
func (d drafter) decide() (decide.Verdict, error) {
	id := d.capability.ID.Value
	e := d.capability.Decision.Brief(d.workspace.Facts)
	open := make([]string, len(e.Possible))
	for i, v := range e.Possible {
		open[i] = v.String()
	}
	with := fmt.Sprintf(`layer2 record %s --decision %s --reason "…"`, id, open[0])
	if d.decision == "" {
		if e.Verdict == decide.Undetermined {
			return 0, &usageError{fmt.Sprintf("the facts leave %s open between %s: give more of them (%s first), or decide with a reason",
				id, strings.Join(open, ", "), d.framework.Facts[e.Ask[0]].ID.Value), with}
		}
		return e.Verdict, nil
	}
	var can []string
	for _, end := range d.capability.Model.Ends() {
		if word := end.Verdict.String(); !slices.Contains(can, word) {
			can = append(can, word)
		}
	}
	verdict, known := record.VerdictOf(d.decision)
	switch {
	case !known || !slices.Contains(can, d.decision):
		return 0, &usageError{fmt.Sprintf("--decision: %s is not one of %s", words.Quote(d.decision, longestWord), strings.Join(can, ", ")), with}
	case e.Verdict == decide.Undetermined && !slices.Contains(e.Possible, verdict):
		return 0, &usageError{fmt.Sprintf("--decision: the facts rule %s out; they leave %s", d.decision, strings.Join(open, ", ")), with}
	case verdict != e.Verdict && d.reason == "":
		return 0, &usageError{fmt.Sprintf("--decision %s is not what the framework says, %s: it needs a reason", d.decision, e.Verdict),
			fmt.Sprintf(`layer2 record %s --decision %s --reason "…"`, id, d.decision)}
	}
	return verdict, nil
}

// write drafts the file of the record.
func (d drafter) write() (record.Draft, error) {
	c := d.capability
	r := record.New(d.framework, c, d.workspace.Facts, d.verdict, d.reason, d.date)
	r.Cite(d.workspace.Sources)
	known := d.workspace.Situation(d.framework)
	decided := text.Decided{Record: r, Supersedes: d.supersedes, Evaluation: known.Evaluate([]*framework.Capability{c}, tools.Decided)}
	if d.compare {
		decided.Comparison = known.Compare(c, c.Enabled)
	}
	content := []byte(r.FrontMatter(d.framework) + "\n" + text.Record(d.framework, decided))
	if _, err := record.Read(d.framework, content); err != nil {
		return record.Draft{}, fmt.Errorf("the record would not be readable: %w", err)
	}
	return record.Draft{Name: c.ID.Value + "-" + d.verdict.String(), Content: content}, nil
}
