package strict

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// Mistake is one thing that is wrong with a file, and where.
type Mistake struct {
	// File is empty where what is wrong is no one file's.
	File string
	// Line and Column, in characters, count from 1; both are 0 where a file as a whole is wrong.
	Line, Column int
	// Problem is one lower-case line.
	Problem string
}

// String is the mistake in one line, with its place in front, as editors and compilers write it.
func (m Mistake) String() string {
	file := words.Escape(m.File)
	switch {
	case m.Line == 0 && file == "":
		return m.Problem
	case m.Line == 0:
		return file + ": " + m.Problem
	case file == "":
		return fmt.Sprintf("line %d, column %d: %s", m.Line, m.Column, m.Problem)
	}
	return fmt.Sprintf("%s:%d:%d: %s", file, m.Line, m.Column, m.Problem)
}

// Mistakes are all that is wrong with some files, by file, line and column.
type Mistakes []Mistake

// Shown is how many mistakes an error spells out, and for how many it is looked up what may have been meant: a file that is wrong
// throughout has tens of thousands.
const Shown = 50

// Error has one line for each mistake.
func (m Mistakes) Error() string {
	var lines []string
	for _, mistake := range m[:min(len(m), Shown)] {
		lines = append(lines, mistake.String())
	}
	if more := len(m) - Shown; more > 0 {
		lines = append(lines, "and "+words.Count(more, "more mistake"))
	}
	return strings.Join(lines, "\n")
}

// Notes are mistakes as they are found, in any order.
type Notes struct{ notes []*Note }

// Note is a mistake as it is found. What may have been meant by a name is looked up only when the mistake is shown, because that takes
// longer than finding it. A nil Note is one that nobody wants to hear of.
type Note struct {
	Mistake
	name  string
	known []string
	most  int
	list  bool
}

// longestProblem is how much a mistake says, in characters.
const longestProblem = 2_000

// Add notes a mistake.
func (n *Notes) Add(at Place, format string, arguments ...any) *Note {
	note := &Note{Mistake: Mistake{at.File, at.Line, at.Column, words.Cut(fmt.Sprintf(format, arguments...), longestProblem)}}
	n.notes = append(n.notes, note)
	return note
}

// AddRead notes what is wrong with a value that was read for a fact. The prefix, which may be empty, comes first.
func (n *Notes) AddRead(file, prefix string, mistakes fact.Mistakes) {
	for _, m := range mistakes {
		n.Add(Place{file, m.Line, m.Column}, "%s%s", prefix, m.Problem).Near(m.Name, m.Known)
	}
}

// Len is how many mistakes were noted.
func (n *Notes) Len() int { return len(n.notes) }

// Near says that a name is not one of those known: the mistake will end in the nearest of them.
func (n *Note) Near(name string, known []string) { n.NearSome(1, name, known) }

// NearSome is Near with so many of the nearest.
func (n *Note) NearSome(most int, name string, known []string) {
	if n != nil {
		n.name, n.known, n.most = name, known, most
	}
}

// OneOf is Near for names that are few enough to list all of them where none is near.
func (n *Note) OneOf(name string, known []string) {
	if n != nil {
		n.Near(name, known)
		n.list = true
	}
}

// finished is the mistake with what may have been meant.
func (n *Note) finished() Mistake {
	meant := words.DidYouMean(words.Nearest(n.name, n.known, n.most))
	if meant == "" && n.list {
		meant = "; there are " + strings.Join(n.known, ", ")
	}
	m := n.Mistake
	m.Problem += meant
	return m
}

// Err is the Mistakes as an error; nil if there are none.
func (n *Notes) Err() error {
	if n.Len() == 0 {
		return nil
	}
	return n.Mistakes()
}

// Mistakes are those that were noted, in order, each once; nil if there are none.
func (n *Notes) Mistakes() Mistakes {
	sorted := slices.Clone(n.notes)
	slices.SortStableFunc(sorted, func(a, b *Note) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	var mistakes Mistakes
	for _, note := range slices.CompactFunc(sorted, func(a, b *Note) bool { return a.Mistake == b.Mistake }) {
		if len(mistakes) < Shown {
			mistakes = append(mistakes, note.finished())
			continue
		}
		mistakes = append(mistakes, note.Mistake)
	}
	return mistakes
}
