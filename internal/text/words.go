package text

import (
	"strconv"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// undetermined is the name of a verdict or status that is still open.
const undetermined = "undetermined"

// settled returns a verdict with its reason in words and the rungs of the ladder behind it: "SKIP: too small for it (scale)".
func settled(verdict string, reasons []string) string {
	return strings.ToUpper(verdict) + ": " + why(verdict, reasons) + inParentheses(words.Or(reasons))
}

// ruling returns a verdict or status, what is possible, and why: "undetermined (skip or wait) because need", "READY".
func ruling(verdict string, possible []string, reasons string) string {
	text := strings.ToUpper(verdict)
	if verdict == undetermined {
		text = verdict + " (" + words.Or(possible) + ")"
	}
	if reasons != "" {
		text += " because " + reasons
	}
	return text
}

// runs says in words whether a capability runs.
func runs(running *bool) string {
	switch {
	case running == nil:
		return "running unknown"
	case *running:
		return "runs"
	}
	return "does not run"
}

// facts returns "services = 7, call_chains = complex" for text that may be wrapped between facts but not inside them.
func facts(list fact.Values) string {
	lines := list.Lines()
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], " ", glue)
	}
	return strings.Join(lines, ", ")
}

// inParentheses returns " (…)" to follow a sentence, or nothing for an empty text.
func inParentheses(text string) string {
	if text == "" {
		return ""
	}
	return " (" + text + ")"
}

// given returns the facts after a sentence, in parentheses.
func given(list fact.Values) string {
	return inParentheses(facts(list))
}

// quoted returns what a caller wrote, which may be anything, on one line.
func quoted(text string) string { return strconv.Quote(text) }
