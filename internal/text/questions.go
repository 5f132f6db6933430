package text

import (
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// arrow leads from an answer to the verdicts that it leaves possible.
const arrow = "→"

// asked writes the questions of one verdict: the one that decides most with what each answer leads to, the next ones, the rest by name.
func (w *writer) asked(questions []tools.Question) {
	var rest []string
	for i, q := range questions {
		switch {
		case q.Question == "":
			rest = append(rest, q.Fact)
			continue
		case i == 0:
			w.line(1, "The question that decides most")
		case i == 1:
			w.line(1, "Next")
		}
		w.line(2, question(q, nil))
		if q.Answers != nil {
			w.line(3, answersOf(q))
		}
	}
	w.list(1, "Then: ", rest)
}

// askedInShort is [writer.asked] without the words of the questions, which come at the end of the answer.
func (w *writer) askedInShort(questions []tools.Question) {
	var rest []string
	for i, q := range questions {
		if q.Question == "" {
			rest = append(rest, q.Fact)
			continue
		}
		if i == 0 {
			w.line(1, "Ask")
		}
		w.line(2, q.Fact, ": ", answersOf(q))
	}
	w.list(1, "Then: ", rest)
}

// answersOf returns "no → skip or wait · yes → adopt".
func answersOf(q tools.Question) string {
	return strings.Join(words.Each(q.Answers, func(a tools.Answer) string {
		return way(a.Is) + " " + arrow + " " + words.Or(a.Possible)
	}), " · ")
}

// way says which values make an answer. Ranges are in words; alternatives are joined by "or".
func way(is tools.Ways) string {
	switch {
	case is.None && is.AnyOf != nil:
		return "none or any of " + strings.Join(is.AnyOf, ", ")
	case is.None:
		return "none"
	case is.Else:
		return "anything else"
	case is.AnyOf != nil:
		return "any of " + strings.Join(is.AnyOf, ", ")
	}
	if len(is.Values) == 2 && is.Values[0].Kind == fact.Boolean {
		return "either way"
	}
	return strings.Join(words.Each(is.Values, func(v fact.Value) string {
		switch {
		case v.Kind != fact.Boolean:
			return v.String()
		case v.Bool:
			return "yes"
		}
		return "no"
	}), " or ")
}

// questions writes a section with each question once. All lists the evaluated capabilities, so that a question asked by most of them can
// name the exceptions instead.
func (w *writer) questions(title string, questions []tools.Question, all []string) {
	if len(questions) == 0 {
		return
	}
	w.gap()
	w.line(0, title)
	for _, q := range questions {
		w.line(1, question(q, all))
	}
}

// question returns "debugging_hours_per_week (number, h): How many hours …?". Capabilities that ask it follow a semicolon.
func question(q tools.Question, all []string) string {
	note := q.Domain()
	if len(q.Capabilities) > 0 {
		note += "; for " + askers(q.Capabilities, all)
	}
	return q.Fact + " (" + note + "): " + q.Question
}

// askers names capabilities in the shorter way: "all", "all but a", "a, b".
func askers(capabilities, all []string) string {
	others := slices.DeleteFunc(slices.Clone(all), func(id string) bool { return slices.Contains(capabilities, id) })
	switch {
	case len(all) < 2 || len(others) >= len(capabilities):
		return strings.Join(capabilities, ", ")
	case len(others) == 0:
		return "all"
	}
	return "all but " + strings.Join(others, ", ")
}

// without returns each question with words once, in order, except those in others.
func without(questions, others []tools.Question) []tools.Question {
	seen := map[string]bool{}
	for _, q := range others {
		seen[q.Fact] = q.Question != ""
	}
	var left []tools.Question
	for _, q := range questions {
		if !seen[q.Fact] && q.Question != "" {
			seen[q.Fact] = true
			left = append(left, q)
		}
	}
	return left
}

// factsOf returns the names of the facts asked for.
func factsOf(questions []tools.Question) []string {
	return words.Each(questions, func(q tools.Question) string { return q.Fact })
}
