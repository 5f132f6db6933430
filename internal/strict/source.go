package strict

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// ErrUnusual says that a text does not lie where its node says, so that nothing in it can be changed safely.
var ErrUnusual = errors.New("it is written in a way that cannot be changed piece by piece")

// Source is the text of a file in which one entry is changed, and the way from the places of its nodes to the bytes. The nodes are those of
// the text as it was: after a change, it has to be parsed again.
type Source struct {
	content []byte
	marked  bool  // a byte order mark came before the content
	lines   []int // where each line begins
	newline string
	json    bool // keys are in quotes
}

// NewSource is the source of a text. In JSON, what is put in is JSON too.
func NewSource(text []byte, json bool) *Source {
	s := &Source{lines: []int{0}, newline: "\n", json: json}
	s.content, s.marked = bytes.CutPrefix(text, mark)
	for i, c := range s.content {
		if c == '\n' {
			s.lines = append(s.lines, i+1)
		}
	}
	if bytes.Contains(s.content, []byte("\r\n")) {
		s.newline = "\r\n"
	}
	return s
}

// Bytes is the text as it is now.
func (s *Source) Bytes() []byte {
	if s.marked {
		return slices.Concat(mark, s.content)
	}
	return s.content
}

// splice puts a text in the place of some bytes. Places behind them are no longer right, so the last ones are spliced first.
func (s *Source) splice(from, to int, text string) {
	s.content = slices.Concat(s.content[:from], []byte(text), s.content[to:])
}

// start is where a node begins.
func (s *Source) start(node *yaml.Node) int {
	if node.Line < 1 || node.Line > len(s.lines) {
		return len(s.content)
	}
	at := s.lines[node.Line-1]
	for range node.Column - 1 {
		_, size := utf8.DecodeRune(s.content[at:])
		at += size
	}
	return at
}

// lineStart is where the line of a place begins, lineEnd where it ends, nextLine where the next one begins.
func (s *Source) lineStart(at int) int { return bytes.LastIndexByte(s.content[:at], '\n') + 1 }

func (s *Source) lineEnd(at int) int {
	end := s.nextLine(at)
	return at + len(bytes.TrimRight(s.content[at:end], "\r\n"))
}

func (s *Source) nextLine(at int) int {
	if i := bytes.IndexByte(s.content[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(s.content)
}

// colon is the place behind the colon of a key.
func (s *Source) colon(mapping, key *yaml.Node) (int, error) {
	end, err := s.end(key, mapping)
	if err != nil {
		return 0, err
	}
	for end < len(s.content) && s.content[end] == ' ' {
		end++
	}
	if end == len(s.content) || s.content[end] != ':' {
		return 0, ErrUnusual
	}
	return end + 1, nil
}

// end is the place behind a node; above is its key, or what it lies in.
func (s *Source) end(node, above *yaml.Node) (int, error) {
	at := s.start(node)
	n := len(node.Content)
	switch {
	case node.Kind == yaml.ScalarNode:
		return s.scalarEnd(node, above, at)
	case flow(node):
		at++
		if n > 0 {
			last, err := s.end(node.Content[n-1], node)
			if err != nil {
				return 0, err
			}
			at = last
		}
		return s.bracket(at)
	case n == 0:
		return 0, ErrUnusual
	case node.Kind == yaml.MappingNode:
		return s.end(node.Content[n-1], node.Content[n-2])
	}
	return s.end(node.Content[n-1], node)
}

// bracket is the place behind the bracket that closes a list or a mapping: before it there can be spaces, commas and comments.
func (s *Source) bracket(at int) (int, error) {
	for at < len(s.content) {
		switch c := s.content[at]; {
		case c == ']' || c == '}':
			return at + 1, nil
		case c == '#':
			at = s.nextLine(at)
		case strings.IndexByte(" \t\r\n,", c) >= 0:
			at++
		default:
			return 0, ErrUnusual
		}
	}
	return 0, ErrUnusual
}

// scalarEnd is the place behind a scalar.
func (s *Source) scalarEnd(node, above *yaml.Node, at int) (int, error) {
	switch {
	case node.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return s.indentedEnd(at, above.Column-1), nil
	case node.Style&yaml.SingleQuotedStyle != 0:
		return s.quotedEnd(at, '\'')
	case node.Style&yaml.DoubleQuotedStyle != 0:
		return s.quotedEnd(at, '"')
	}
	for _, word := range strings.Fields(node.Value) {
		at += len(s.content[at:]) - len(bytes.TrimLeft(s.content[at:], " \t\r\n"))
		if !bytes.HasPrefix(s.content[at:], []byte(word)) {
			return 0, ErrUnusual
		}
		at += len(word)
	}
	return at, nil
}

// quotedEnd is the place behind the quote that closes a text. A backslash, or a second single quote, hides one.
func (s *Source) quotedEnd(at int, quote byte) (int, error) {
	for at++; at < len(s.content); at++ {
		switch c := s.content[at]; {
		case c == '\\' && quote == '"':
			at++
		case c == quote && quote == '\'' && at+1 < len(s.content) && s.content[at+1] == quote:
			at++
		case c == quote:
			return at + 1, nil
		}
	}
	return 0, ErrUnusual
}

// indentedEnd is the end of the last line that is indented further than so many spaces, from the one behind a place.
func (s *Source) indentedEnd(at, indent int) int {
	end := s.lineEnd(at)
	for at = s.nextLine(at); at < len(s.content); at = s.nextLine(at) {
		line := string(bytes.TrimRight(s.content[at:s.nextLine(at)], "\r\n"))
		switch depth := len(line) - len(strings.TrimLeft(line, " ")); {
		case strings.TrimSpace(line) == "":
			continue
		case depth <= indent:
			return end
		}
		end = at + len(line)
	}
	return end
}
