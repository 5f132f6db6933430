package cli

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/vanhoutenbos/layer2/internal/text"
	proof "github.com/vanhoutenbos/layer2/internal/verify"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/knowledge"
)

func verifyFlags(i *invocation) {
	i.flags.StringVar(&i.format, "format", "text", "text or json")
	i.flags.String("against", "", "an older version of the knowledge, a `directory` or the word shipped: show which outcomes the new one changes")
	i.flags.String("baseline", "", "a YAML `file` of your known findings: [{kind, subject, with, why}]")
}

// verify reports what can be proved about the knowledge or, with --against, how a change of it affects the verdicts. The exit
// status is 1 for a finding that the baseline does not list, and for a listed one that is gone.
func verify(_ context.Context, i *invocation) error {
	if err := i.checkCount(0, 1, "layer2 verify my-knowledge"); err != nil {
		return err
	}
	if len(i.positional) == 1 {
		i.knowledge = i.positional[0]
	}
	if i.format != "text" && i.format != "json" {
		return &usageError{fmt.Sprintf("--format: %s is not one of text, json", words.Quote(i.format, longestWord)), "layer2 verify --format json"}
	}
	overlay, err := openOverlay(i.knowledge)
	if err != nil {
		return err
	}
	defer overlay.close()
	if old := i.flags.Lookup("against").Value.String(); old != "" {
		return i.difference(old, overlay.files())
	}
	baseline, err := i.baseline(i.flags.Lookup("baseline").Value.String())
	if err != nil {
		return err
	}
	report, err := proof.Run(knowledge.Files, overlay.files(), baseline)
	if err != nil {
		return fmt.Errorf("the knowledge does not load:\n%w", err)
	}
	if err := i.write(report, text.Report(report)); err != nil || report.Clean() {
		return err
	}
	return statusError(refused)
}

// shipped is the value of --against that means the shipped knowledge alone.
const shipped = "shipped"

// difference prints how a change of the knowledge affects the verdicts.
func (i *invocation) difference(old string, overlay fs.FS) error {
	if old == shipped {
		old = ""
	}
	before, err := openOverlay(old)
	if err != nil {
		return fmt.Errorf("--against: %w", err)
	}
	defer before.close()
	difference, err := proof.Against(knowledge.Files, before.files(), overlay)
	if err != nil {
		return err
	}
	return i.write(difference, text.Difference(difference))
}

// write prints a report or a difference in the requested format.
func (i *invocation) write(answer any, inWords string) error {
	if i.format == "json" {
		return i.printJSON(answer)
	}
	_, err := fmt.Fprint(textLines{i.Out}, inWords)
	return err
}

// baseline reads a file of known findings. Without a name there are none.
func (i *invocation) baseline(file string) ([]proof.Entry, error) {
	if file == "" {
		return nil, nil
	}
	content, err := i.read(file, maximumFacts)
	if err != nil {
		return nil, fmt.Errorf("--baseline: %w", err)
	}
	entries, err := proof.ReadBaseline(file, content)
	if err != nil {
		return nil, fmt.Errorf("--baseline: %w", err)
	}
	return entries, nil
}
