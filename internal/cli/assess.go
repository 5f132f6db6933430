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

// tableWidth is how wide a table is where the terminal does not say.
const tableWidth = 110

// assess prints the verdicts of all capabilities on a facts file.
func assess(ctx context.Context, i *invocation) error {
	files := 1
	if i.fleet != "" {
		files = 0
	}
	if err := i.want(files, files, "layer2 assess facts.yaml"); err != nil {
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

// width is the terminal's, as far as the environment says.
func width() int {
	if columns, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && columns >= 60 {
		return columns
	}
	return tableWidth
}
