package prompt

import (
	"strings"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// quoted is what a person wrote, as a quotation: a mark stands before every line, so that none can pass for one of the prompt's, and
// what the person did not see is written out.
func quoted(text string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(lineEnds.Replace(text), "\n") {
		b.WriteString(strings.TrimRight("> "+words.EscapeLines(line), " ") + "\n")
	}
	return b.String()
}

// lineEnds are all that may be shown as the end of a line.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")
