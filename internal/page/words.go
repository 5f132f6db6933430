package page

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/tools"
)

// undetermined is the verdict, and the status, that is none.
const undetermined = "undetermined"

// or joins alternatives: "a, b or c".
func or(items []string) string { return joined(items, " or ") }

// and joins a list: "a, b and c".
func and(items []string) string { return joined(items, " and ") }

func joined(items []string, last string) string {
	if len(items) == 0 {
		return ""
	}
	n := len(items) - 1
	if n == 0 {
		return items[0]
	}
	return strings.Join(items[:n], ", ") + last + items[n]
}

// ruling is a verdict with what is possible and why: "SKIP because need", "undetermined (skip or wait) because need".
func ruling(verdict string, possible []string, because string) string {
	text := strings.ToUpper(verdict)
	if verdict == undetermined {
		text = verdict + " (" + or(possible) + ")"
	}
	if because != "" {
		text += " because " + because
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

// value writes a value so that its kind can be read back: a choice that looks like another kind is quoted.
func value(v tools.Value) string {
	if v.Kind == decide.Choice && (!word.MatchString(v.Text) || v.Text == "true" || v.Text == "false") {
		return strconv.Quote(v.Text)
	}
	return v.String()
}

// word is a name as facts, choices and capabilities have it.
var word = regexp.MustCompile(`^[a-z][a-z0-9_-]*$`)

// facts writes facts and their values, "services = 7, call_chains = complex", for lines that are wrapped.
func facts(list tools.Facts) string {
	parts := make([]string, len(list))
	for i, fact := range list {
		parts[i] = fact.Fact + glue + "=" + glue + value(fact.Value)
	}
	return strings.Join(parts, ", ")
}

// inParentheses is " (…)" behind a sentence, or nothing where there is nothing to say.
func inParentheses(text string) string {
	if text == "" {
		return ""
	}
	return " (" + text + ")"
}

// given is the facts behind a sentence, in parentheses.
func given(list *tools.Facts) string {
	if list == nil {
		return ""
	}
	return inParentheses(facts(*list))
}

// quoted shows what a caller wrote, which may be anything, on one line.
func quoted(text string) string { return strconv.Quote(text) }
