package tools

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// Limits on what an error gives back: an echo never carries more of the caller's text, an error never more than a page.
const (
	maximumEcho  = 80    // characters
	maximumError = 2_000 // characters
)

// Mistakes are all that is wrong with a call, each in a sentence that lets the caller correct it.
type Mistakes struct {
	whole string // what the mistakes are in if they are not all in one argument
	list  []mistake
}

type mistake struct {
	argument string // the argument it is in
	sentence string
}

// full says that an error has no room for what is noted from here on: a call may hold a million mistakes. They are counted, and
// nothing that takes time is looked up for them.
func (m *Mistakes) full() bool { return len(m.list) >= maximumError/10 }

// add notes a mistake in an argument.
func (m *Mistakes) add(argument, format string, arguments ...any) {
	if m.full() {
		m.list = append(m.list, mistake{argument: argument})
		return
	}
	m.list = append(m.list, mistake{argument, fmt.Sprintf(format, arguments...)})
}

// err is the mistakes as an error, or nil.
func (m *Mistakes) err() error {
	if len(m.list) == 0 {
		return nil
	}
	return m
}

// Error lists them all under a heading that counts them, and says of how many there was no room to speak.
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

// where names the argument that all mistakes are in.
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

// echo quotes what the caller wrote, cut to a length that cannot hurt.
func echo(text string) string { return words.Quote(text, maximumEcho) }

// cut shortens a caller's words to what an answer may give back.
func cut(text string) string { return words.Cut(text, maximumEcho) }

// didYouMean is a sentence that names the nearest valid words, or nothing.
func didYouMean(nearest []string) string {
	question, _ := strings.CutPrefix(words.DidYouMean(nearest), "; did")
	if question == "" {
		return ""
	}
	return " Did" + question
}
