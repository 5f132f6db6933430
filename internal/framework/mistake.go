package framework

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

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
	*n = append(*n, note{Mistake: Mistake{file, at.line, at.column, readable(fmt.Sprintf(format, arguments...))}})
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
			noted.Problem += meant(noted.name, noted.known)
		}
		mistakes = append(mistakes, noted.Mistake)
	}
	return mistakes
}

// readable is a text as one line of a terminal may show it: what a name in the knowledge carries must not move the cursor, turn
// the reading direction or fill the screen.
func readable(text string) string {
	const longest = 2_000
	if runes := []rune(text); len(runes) > longest {
		text = string(runes[:longest-1]) + "…"
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, text)
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
