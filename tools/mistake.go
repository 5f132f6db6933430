package tools

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// Limits on what an error returns: how much it echoes of the caller's text, and its total length, about a page.
const (
	maximumEcho  = 80    // characters
	maximumError = 2_000 // characters
)

// Mistakes are all mistakes in a call, each in a sentence that lets the caller correct it.
type Mistakes struct {
	whole string // what the mistakes are in, unless all are in one argument
	list  []mistake
}

type mistake struct {
	argument string // the argument it is in
	sentence string
}

// full reports whether an error has no room for further mistakes: a call may have a million. Those are only counted, and nothing slow is
// looked up for them.
func (m *Mistakes) full() bool { return len(m.list) >= maximumError/10 }

func (m *Mistakes) add(argument, format string, arguments ...any) {
	if m.full() {
		m.list = append(m.list, mistake{argument: argument})
		return
	}
	m.list = append(m.list, mistake{argument, fmt.Sprintf(format, arguments...)})
}

// err returns nil if there are no mistakes.
func (m *Mistakes) err() error {
	if len(m.list) == 0 {
		return nil
	}
	return m
}

// Error lists the mistakes under a heading with their number, and says how many did not fit.
func (m *Mistakes) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s%s:", words.Count(len(m.list), "mistake"), m.where())
	length := utf8.RuneCountInString(b.String())
	for i, mistake := range m.list {
		line := "\n- " + mistake.sentence
		length += utf8.RuneCountInString(line)
		if length > maximumError-40 {
			fmt.Fprintf(&b, "\n- and %d more.", len(m.list)-i)
			break
		}
		b.WriteString(line)
	}
	return b.String()
}

// where names the argument that contains all mistakes, or the whole.
func (m *Mistakes) where() string {
	argument := m.list[0].argument
	for _, mistake := range m.list {
		if mistake.argument != argument {
			argument = ""
		}
	}
	if argument == "" {
		return " in " + m.whole
	}
	return " in " + argument
}

// echo quotes what the caller wrote, cut to a safe length.
func echo(text string) string { return words.Quote(text, maximumEcho) }

// cut shortens the caller's text to what an answer may return.
func cut(text string) string { return words.Cut(text, maximumEcho) }

// didYouMean returns a sentence with the nearest valid words, or nothing.
func didYouMean(nearest []string) string {
	question, _ := strings.CutPrefix(words.DidYouMean(nearest), "; did")
	if question == "" {
		return ""
	}
	return " Did" + question
}
