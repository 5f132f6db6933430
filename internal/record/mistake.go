package record

import (
	"errors"
	"fmt"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/strict"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// ErrOther says that a file holds no record of this package: it is somebody else's, and left alone.
var ErrOther = errors.New("not a record of layer2")

// UnreadableError is a record that cannot be relied on. It wraps the mistakes, whose file is not named: it is the record's.
type UnreadableError struct {
	strict.Mistakes
	// Capability is what the record is about; empty if even that cannot be read.
	Capability string
}

// Unwrap returns the mistakes.
func (e UnreadableError) Unwrap() error { return e.Mistakes }

// shownMistakes is how many mistakes an error spells out.
const shownMistakes = 5

// Error is the mistakes on one line, each with its line.
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

// unreadable is one mistake that keeps a file from being read as a record.
func unreadable(line int, format string, arguments ...any) UnreadableError {
	return UnreadableError{Mistakes: strict.Mistakes{{Line: line, Column: 1, Problem: fmt.Sprintf(format, arguments...)}}}
}

// How much a message shows, in characters: of a text of the file, and of one mistake among several.
const (
	longestShown   = 60
	longestProblem = 1_000
)
