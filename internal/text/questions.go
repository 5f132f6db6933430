package text

import (
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// asked writes the questions of one verdict in its order.
func (w *writer) asked(questions []tools.Question) {
	if len(questions) == 0 {
		return
	}
	w.line(1, "Ask")
	for _, q := range questions {
		w.line(2, question(q, nil))
	}
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

// without returns each question once, in order, except those in others.
func without(questions, others []tools.Question) []tools.Question {
	seen := map[string]bool{}
	for _, q := range others {
		seen[q.Fact] = true
	}
	var left []tools.Question
	for _, q := range questions {
		if !seen[q.Fact] {
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
