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
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/record"
	"github.com/vanhoutenbos/layer2/internal/text"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// defaultFacts is the workspace file of the commands that cannot do without one.
const defaultFacts = "layer2.yaml"

// decisionFlags are the flags of record and check.
type decisionFlags struct {
	directory, decision, reason, date string
	// onFile is the directory that serve and call read.
	onFile string
	// supersedes and reaffirm name a record, by its number or its file.
	supersedes, reaffirm string
	compare              bool
	base                 string
	strict, allowEmpty   bool
}

// define adds the flags that both commands have.
func (d *decisionFlags) define(i *invocation) {
	i.flags.StringVar(&d.directory, "dir", record.DefaultDirectory, "the `directory` of the records")
	i.flags.StringVar(&i.facts, "facts", defaultFacts, "a YAML `file` of facts; - for stdin")
}

// recordFlags adds the flags of record.
func recordFlags(i *invocation) {
	d := &i.decisions
	d.define(i)
	i.flags.StringVar(&d.decision, "decision", "", "what was decided, if the facts do not decide or it is not what they say: a `verdict`")
	i.flags.StringVar(&d.reason, "reason", "", "a `text`: why it was decided so")
	i.flags.StringVar(&d.date, "date", "", "the `day` of the decision, 2026-11-23; today if left out")
	i.flags.BoolVar(&d.compare, "compare", false, "take in the tools, by class, with their pros and cons")
	i.flags.StringVar(&d.supersedes, "supersedes", "", "the `number` or file of the record whose place the new one takes")
	i.flags.StringVar(&d.reaffirm, "reaffirm", "", "the `number` or file of a record to hold to, in spite of what differs today; needs --reason")
}

const recordExample = "layer2 record service-mesh"

// recordDecision writes a record of a decision, or reaffirms one.
func recordDecision(ctx context.Context, i *invocation) error {
	if err := i.decisions.check(i); err != nil {
		return err
	}
	f, err := i.framework()
	if err != nil {
		return err
	}
	workspace, err := i.known(f)
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

// known is the workspace of a command that cannot do without one.
func (i *invocation) known(f *framework.Framework) (tools.Workspace, error) {
	w, err := i.workspace(f, i.facts)
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("--facts: %w; write facts: {services: 7} in it, for example", err)
	}
	return w, err
}

// check refuses flags that do not go together, and fills in today.
func (d *decisionFlags) check(i *invocation) error {
	least := 1
	if d.supersedes != "" || d.reaffirm != "" {
		least = 0 // the record that is there says which capability
	}
	if err := i.want(least, 1, recordExample); err != nil {
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
		return &usageError{"--reaffirm holds to a decision as it is: --supersedes, --decision and --compare have no place beside it", `layer2 record --reaffirm 4 --reason "…"`}
	case d.reaffirm != "" && d.reason == "":
		return &usageError{"--reaffirm needs a reason", fmt.Sprintf(`layer2 record --reaffirm %s --reason "…"`, d.reaffirm)}
	}
	d.date = day
	return nil
}

// subject is the capability to decide on, and the file whose place the new record takes, empty if none.
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
	file, old, err := i.named(f, i.decisions.supersedes)
	switch {
	case err != nil:
		return nil, "", err
	case !old.InForce():
		return nil, "", fmt.Errorf("%s is %s already", i.inDirectory(file), old.StatusText())
	case c == nil:
		c, _ = f.Capability(old.Capability) // it was read
	case c.ID.Value != old.Capability:
		return nil, "", fmt.Errorf("%s is about %s, not %s", i.inDirectory(file), old.Capability, c.ID.Value)
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
	return nil, &usageError{fmt.Sprintf("%s is not a capability; there are %s", words.Quote(id, longestWord), strings.Join(ids, ", ")), instead}
}

// named reads the record that a person names by its number or its file, as seen from the directory or from here.
func (i *invocation) named(f *framework.Framework, reference string) (string, *record.Record, error) {
	directory, err := record.OpenFolder(i.decisions.directory)
	if err != nil {
		return "", nil, fmt.Errorf("--dir %s: %w", i.inDirectory(""), err)
	}
	defer func() { _ = directory.Close() }() // it was only read
	found, err := record.Find(f, directory)
	if err != nil {
		return "", nil, fmt.Errorf("--dir %s: %w", i.inDirectory(""), err)
	}
	file, err := found.Named(reference)
	if below, unrelated := filepath.Rel(i.decisions.directory, reference); err != nil && unrelated == nil && filepath.IsLocal(below) {
		if seen, problem := found.Named(filepath.ToSlash(below)); problem == nil {
			file, err = seen, nil
		}
	}
	if err != nil {
		return "", nil, fmt.Errorf("%s: %w", i.inDirectory(""), err)
	}
	if file.Err != nil {
		return "", nil, fmt.Errorf("%s: %w", i.inDirectory(file.Name), file.Err)
	}
	return file.Name, file.Record, nil
}

// inDirectory is a file of the directory of records as a message shows it.
func (i *invocation) inDirectory(name string) string {
	return words.Escape(path.Join(i.decisions.directory, name))
}

// reaffirm appends to a record what differs today.
func (i *invocation) reaffirm(ctx context.Context, f *framework.Framework, w tools.Workspace) error {
	d := i.decisions
	file, r, err := i.named(f, d.reaffirm)
	if err != nil {
		return err
	}
	if len(i.positional) == 1 && i.positional[0] != r.Capability && r.InForce() {
		return fmt.Errorf("%s is about %s, not %s", i.inDirectory(file), r.Capability, i.positional[0])
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
		return fmt.Errorf("%s/%w", i.inDirectory(""), err)
	}
	fmt.Fprintln(i.Out, i.inDirectory(file))
	return nil
}

// create writes the record, and the status of the one whose place it takes.
func (i *invocation) create(ctx context.Context, draft drafter) error {
	d := i.decisions
	if err := os.MkdirAll(d.directory, 0o777); err != nil {
		return err
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
	folder := path.Dir(draft.supersedes) // beside the record whose place it takes
	i.writing.Store(true)
	defer i.writing.Store(false)
	name, err := directory.Create(ctx, folder, func(int) (record.Draft, error) { return draft.write() }, also)
	if err != nil {
		return fmt.Errorf("%s: %w", i.inDirectory(""), err)
	}
	fmt.Fprintln(i.Out, i.inDirectory(name))
	for _, other := range others {
		fmt.Fprintf(i.Err, "note: %s is in force for %s too; only one can be accepted\n", i.inDirectory(other), draft.capability.ID.Value)
	}
	return nil
}

// inForce are the records of a capability that are in force, but for one.
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

// drafter writes a record of a decision that was not there before.
type drafter struct {
	framework  *framework.Framework
	capability *framework.Capability
	workspace  tools.Workspace
	supersedes string
	verdict    decide.Verdict // that was decided
	decisionFlags
}

// decide is what was decided: what the framework says, unless the caller says otherwise with a reason.
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

// write is the file of the record.
func (d drafter) write() (record.Draft, error) {
	c := d.capability
	r := record.New(d.framework, c, d.workspace.Facts, d.verdict, d.reason, d.date)
	r.Cite(d.workspace.Sources)
	known := d.workspace.Situation(d.framework)
	decided := text.Decided{Record: r, Supersedes: d.supersedes, Evaluation: known.Evaluate([]*framework.Capability{c}, tools.Whole)}
	if d.compare {
		decided.Comparison = known.Compare(c, c.Enabled)
	}
	content := []byte(r.FrontMatter(d.framework) + "\n" + text.Record(d.framework, decided))
	if _, err := record.Read(d.framework, content); err != nil {
		return record.Draft{}, fmt.Errorf("the record would not be readable: %w", err)
	}
	return record.Draft{Name: c.ID.Value + "-" + d.verdict.String(), Content: content}, nil
}
