package cli

import (
	"context"
	"fmt"
	"os"
	"strconv"

	"github.com/vanhoutenbos/layer2/internal/text"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// tableWidth is the width of a table, in characters, if COLUMNS is not set.
const tableWidth = 110

// assess prints the verdicts on all capabilities for a facts file, or for each team of a fleet.
func assess(ctx context.Context, i *invocation) error {
	files := 1
	if i.fleet != "" {
		files = 0
	}
	if err := i.checkCount(files, files, "layer2 assess facts.yaml"); err != nil {
		return err
	}
	f, err := i.framework()
	if err != nil {
		return err
	}
	if i.fleet != "" {
		return i.assessFleet(ctx, f)
	}
	workspace, err := i.workspace(f, i.positional[0])
	if err != nil {
		return err
	}
	answer := workspace.Situation(f).Evaluate(f.Capabilities, tools.Whole)
	switch i.format {
	case "table":
		_, err = fmt.Fprint(i.Out, text.Table(answer, width()))
	case "markdown":
		_, err = fmt.Fprint(i.Out, text.Section(answer))
	case "json":
		err = i.printJSON(answer)
	default:
		return &usageError{fmt.Sprintf("--format: %s is not one of table, markdown, json", words.Quote(i.format, longestWord)), "layer2 assess facts.yaml --format table"}
	}
	return err
}

// width returns the width of the terminal in characters, if COLUMNS gives one.
func width() int {
	if columns, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && columns >= 60 {
		return columns
	}
	return tableWidth
}
