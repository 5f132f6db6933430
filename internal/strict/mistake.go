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
	// File is empty for a mistake that belongs to no single file.
	File string
	// Line and Column, in characters, count from 1; both are 0 for a mistake in the file as a whole.
	Line, Column int
	// Problem is one lower-case line.
	Problem string
}

// String returns the mistake on one line, prefixed with its place as editors and compilers write it.
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

// Mistakes are sorted by file, line and column.
type Mistakes []Mistake

// Shown limits how many mistakes an error spells out and searches suggestions for: a file that is wrong throughout has tens of thousands.
const Shown = 50

// Error returns one line for each mistake, up to Shown.
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

// Notes collects mistakes in any order.
type Notes struct{ notes []*Note }

// Note is a mistake as it was found. Suggestions for a name are looked up only when the mistake is shown, because that takes longer than
// finding it. A nil Note discards what it is told.
type Note struct {
	Mistake
	name  string
	known []string
	most  int
	list  bool
}

// longestProblem limits the text of a mistake, in characters.
const longestProblem = 2_000

func (n *Notes) Add(at Place, format string, arguments ...any) *Note {
	note := &Note{Mistake: Mistake{at.File, at.Line, at.Column, words.Cut(fmt.Sprintf(format, arguments...), longestProblem)}}
	n.notes = append(n.notes, note)
	return note
}

// AddRead notes the mistakes from reading a fact's value, each prefixed.
func (n *Notes) AddRead(file, prefix string, mistakes fact.Mistakes) {
	for _, m := range mistakes {
		n.Add(Place{file, m.Line, m.Column}, "%s%s", prefix, m.Problem).Near(m.Name, m.Known)
	}
}

func (n *Notes) Len() int { return len(n.notes) }

// Near adds a suggestion: the mistake will end with the known name nearest to the unknown one.
func (n *Note) Near(name string, known []string) { n.NearSome(1, name, known) }

// NearSome is [Note.Near] with up to that many suggestions.
func (n *Note) NearSome(most int, name string, known []string) {
	if n != nil {
		n.name, n.known, n.most = name, known, most
	}
}

// OneOf is [Note.Near] for a short list of names: it is shown in full if none of them is near.
func (n *Note) OneOf(name string, known []string) {
	if n != nil {
		n.Near(name, known)
		n.list = true
	}
}

// withSuggestions returns the mistake with its suggestions.
func (n *Note) withSuggestions() Mistake {
	meant := words.DidYouMean(words.Nearest(n.name, n.known, n.most))
	if meant == "" && n.list {
		meant = "; there are " + strings.Join(n.known, ", ")
	}
	m := n.Mistake
	m.Problem += meant
	return m
}

// Err returns the Mistakes as an error; nil if there are none.
func (n *Notes) Err() error {
	if n.Len() == 0 {
		return nil
	}
	return n.Mistakes()
}

// Mistakes returns them sorted and without duplicates; nil if there are none.
func (n *Notes) Mistakes() Mistakes {
	sorted := slices.Clone(n.notes)
	slices.SortStableFunc(sorted, func(a, b *Note) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	var mistakes Mistakes
	for _, note := range slices.CompactFunc(sorted, func(a, b *Note) bool { return a.Mistake == b.Mistake }) {
		if len(mistakes) < Shown {
			mistakes = append(mistakes, note.withSuggestions())
			continue
		}
		mistakes = append(mistakes, note.Mistake)
	}
	return mistakes
}
