package framework

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/spelling"
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
	switch {
	case m.File == "":
		return m.Problem
	case m.Line == 0:
		return m.File + ": " + m.Problem
	}
	return fmt.Sprintf("%s:%d:%d: %s", m.File, m.Line, m.Column, m.Problem)
}

// Mistakes are all that is wrong with the knowledge, by file, line and column.
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

// sorted is the mistakes in order, each once.
func (m Mistakes) sorted() Mistakes {
	slices.SortStableFunc(m, func(a, b Mistake) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return slices.Compact(m)
}

// place is a line and a column of a file.
type place struct{ line, column int }

func (m *Mistakes) add(file string, at place, format string, arguments ...any) {
	*m = append(*m, Mistake{file, at.line, at.column, fmt.Sprintf(format, arguments...)})
}

// meant is the end of a message about a name: the nearest known one, if one is near.
func meant(name string, known []string) string {
	nearest := spelling.Nearest(name, known, 1)
	if len(nearest) == 0 {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", nearest[0])
}

// shown is a name as a message echoes it: quoted, and cut where it is long.
func shown(name string) string {
	const longest = 80
	if runes := []rune(name); len(runes) > longest {
		name = string(runes[:longest-1]) + "…"
	}
	return fmt.Sprintf("%q", name)
}
