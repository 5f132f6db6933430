package text

import (
	"strconv"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// undetermined is the verdict, and the status, that is none.
const undetermined = "undetermined"

// settled is a verdict with why in words, and the rungs of the ladder behind it: "SKIP: too small for it (scale)".
func settled(verdict string, reasons []string) string {
	return strings.ToUpper(verdict) + ": " + why(verdict, reasons) + inParentheses(words.Or(reasons))
}

// ruling is a verdict or a status with what is possible and because of what: "undetermined (skip or wait) because need", "READY".
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

// runs says in words what is known of whether a capability runs.
func runs(running *bool) string {
	switch {
	case running == nil:
		return "running unknown"
	case *running:
		return "runs"
	}
	return "does not run"
}

// facts writes facts and their values, "services = 7, call_chains = complex", for lines that are wrapped between facts.
func facts(list fact.Values) string {
	lines := list.Lines()
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], " ", glue)
	}
	return strings.Join(lines, ", ")
}

// inParentheses is " (…)" behind a sentence, or nothing where there is nothing to say.
func inParentheses(text string) string {
	if text == "" {
		return ""
	}
	return " (" + text + ")"
}

// given is the facts behind a sentence, in parentheses.
func given(list fact.Values) string {
	return inParentheses(facts(list))
}

// quoted shows what a caller wrote, which may be anything, on one line.
func quoted(text string) string { return strconv.Quote(text) }
