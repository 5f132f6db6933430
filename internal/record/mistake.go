package record

import (
	"errors"
	"fmt"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/strict"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// ErrOther says that a file does not hold a record of this package, and is none of its business.
var ErrOther = errors.New("not a record of layer2")

// UnreadableError is a record that cannot be relied on. Its mistakes do not name the file.
type UnreadableError struct {
	strict.Mistakes
	// Capability is what the record is about; empty if even that cannot be read.
	Capability string
}

func (e UnreadableError) Unwrap() error { return e.Mistakes }

// shownMistakes is how many mistakes an error lists.
const shownMistakes = 5

func (e UnreadableError) Error() string {
	var parts []string
	for _, mistake := range e.Mistakes[:min(len(e.Mistakes), shownMistakes)] {
		parts = append(parts, fmt.Sprintf("line %d: %s", mistake.Line, words.Cut(mistake.Problem, longestProblem)))
	}
	if more := len(e.Mistakes) - shownMistakes; more > 0 {
		parts = append(parts, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(parts, "; ")
}

func unreadable(line int, format string, arguments ...any) UnreadableError {
	return UnreadableError{Mistakes: strict.Mistakes{{Line: line, Column: 1, Problem: fmt.Sprintf(format, arguments...)}}}
}

// Limits on messages, in characters: for text quoted from a file, and for one of several mistakes.
const (
	longestShown   = 60
	longestProblem = 1_000
)
