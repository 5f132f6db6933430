package record

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// ErrOther says that a file holds no record of this package: it is somebody else's, and left alone.
var ErrOther = errors.New("not a record of layer2")

// Mistake is one thing that is wrong with a record, and its line.
type Mistake struct {
	Line    int
	Problem string
}

// Mistakes are all that is wrong with a record, by line.
type Mistakes []Mistake

// shownMistakes is how many mistakes an error spells out.
const shownMistakes = 5

// Error is the mistakes on one line, each with its line.
func (m Mistakes) Error() string {
	var parts []string
	for _, mistake := range m[:min(len(m), shownMistakes)] {
		parts = append(parts, fmt.Sprintf("line %d: %s", mistake.Line, mistake.Problem))
	}
	if more := len(m) - shownMistakes; more > 0 {
		parts = append(parts, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(parts, "; ")
}

// sorted is the mistakes in the order of their lines.
func (m Mistakes) sorted() Mistakes {
	slices.SortStableFunc(m, func(a, b Mistake) int { return a.Line - b.Line })
	return m
}

// How much a message shows, in characters: of a word, and in all.
const (
	longestShown   = 60
	longestProblem = 1_000
)

// shown is a word of a file as a message echoes it.
func shown(word string) string { return words.Quote(word, longestShown) }
