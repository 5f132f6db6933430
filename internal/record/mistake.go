package record

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// ErrOther says that a Markdown file is no record of this package: it is somebody else's, and left alone.
var ErrOther = errors.New("no record of layer2")

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

// err is the mistakes in the order of their lines, or nil.
func (m Mistakes) err() error {
	if len(m) == 0 {
		return nil
	}
	slices.SortStableFunc(m, func(a, b Mistake) int { return a.Line - b.Line })
	return m
}

// shown is a word of a file as a message echoes it: quoted, cut where it is long, and unable to move a cursor.
func shown(word string) string {
	const longest = 60
	if runes := []rune(word); len(runes) > longest {
		word = string(runes[:longest]) + "…"
	}
	return `"` + strings.Map(printable, word) + `"`
}

func printable(r rune) rune {
	if unicode.IsPrint(r) {
		return r
	}
	return unicode.ReplacementChar
}
