package prompt

import (
	"strings"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// quoted quotes a person's text: each line begins with a mark, so that none can pass for part of the prompt, and characters that
// do not print are escaped.
func quoted(text string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(lineEnds.Replace(text), "\n") {
		b.WriteString(strings.TrimRight("> "+words.EscapeLines(line), " ") + "\n")
	}
	return b.String()
}

// lineEnds normalizes everything that may be displayed as the end of a line.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")
