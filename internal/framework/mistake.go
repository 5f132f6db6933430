package framework

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// Mistake is one thing that is wrong with the knowledge, and where it stands.
type Mistake struct {
	File string
	// Line and Column, in characters, count from 1; both are 0 where a file as a whole is wrong.
	Line, Column int
	// Problem is the mistake in one lower-case line.
	Problem string
}

// String is the mistake in one line, with its place in front, as editors and compilers write it.
func (m Mistake) String() string {
	file := words.Escape(m.File)
	switch {
	case file == "":
		return m.Problem
	case m.Line == 0:
		return file + ": " + m.Problem
	}
	return fmt.Sprintf("%s:%d:%d: %s", file, m.Line, m.Column, m.Problem)
}

// Mistakes are all that is wrong with the knowledge, by file, line and column. Those that Error shows name what may have been meant.
type Mistakes []Mistake

// shownMistakes is how many mistakes an error spells out: a file that is wrong throughout has thousands.
const shownMistakes = 50

// Error has one line for each mistake.
func (m Mistakes) Error() string {
	var lines []string
	for _, mistake := range m[:min(len(m), shownMistakes)] {
		lines = append(lines, mistake.String())
	}
	if more := len(m) - shownMistakes; more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more mistakes", more))
	}
	return strings.Join(lines, "\n")
}

// place is a line and a column of a file.
type place struct{ line, column int }

// notes are the mistakes as they are found.
type notes []note

// note is a mistake, and the name in it that nothing is called by, if there is one. What may have been meant is looked up only
// when the mistake is shown: that takes longer than finding it, and a file may have tens of thousands.
type note struct {
	Mistake
	name  string
	known []string
}

func (n *notes) add(file string, at place, format string, arguments ...any) *note {
	*n = append(*n, note{Mistake: Mistake{file, at.line, at.column, words.Cut(fmt.Sprintf(format, arguments...), longestProblem)}})
	return &(*n)[len(*n)-1]
}

// near says which names would have been something. What is not noted can be near nothing.
func (n *note) near(name string, known []string) {
	if n != nil {
		n.name, n.known = name, known
	}
}

// mistakes are the notes in order, each once.
func (n notes) mistakes() Mistakes {
	slices.SortStableFunc(n, func(a, b note) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	var mistakes Mistakes
	for _, noted := range slices.CompactFunc(n, func(a, b note) bool { return a.Mistake == b.Mistake }) {
		if len(mistakes) < shownMistakes {
			noted.Problem += words.DidYouMean(words.Nearest(noted.name, noted.known, 1))
		}
		mistakes = append(mistakes, noted.Mistake)
	}
	return mistakes
}

// How much a mistake shows, in characters: of all that it says, and of a name in it.
const (
	longestProblem = 2_000
	longestName    = 80
)

// shown is a name as a message echoes it: quoted, and cut where it is long.
func shown(name string) string { return words.Quote(name, longestName) }
