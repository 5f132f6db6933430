package strict

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// ErrUnusual means that a text is not found where its node says, so that it cannot be changed safely.
var ErrUnusual = errors.New("it is written in a way that cannot be changed piece by piece")

// Source is the text of a file in which one entry is to be changed. It maps the places of nodes to bytes. The nodes belong to the text
// before the change; parse again before the next one.
type Source struct {
	content []byte
	marked  bool  // a byte order mark came before the content
	lines   []int // where each line begins
	newline string
	json    bool // keys are in quotes
}

// NewSource returns a Source for a YAML text, or for a JSON text, into which JSON is inserted.
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

// Bytes returns the current text.
func (s *Source) Bytes() []byte {
	if s.marked {
		return slices.Concat(mark, s.content)
	}
	return s.content
}

// splice replaces a range of bytes. That invalidates all later offsets, so callers splice from back to front.
func (s *Source) splice(from, to int, text string) {
	s.content = slices.Concat(s.content[:from], []byte(text), s.content[to:])
}

// start returns the offset of a node.
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

// lineStart returns where the line around an offset starts, lineEnd where it ends, and nextLine where the next one starts.
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

// colon returns the offset after a key's colon.
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

// end returns the offset after a node; above is its key, or the node that contains it.
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

// bracket returns the offset after the closing bracket of a list or mapping, which may follow spaces, commas and comments.
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

// scalarEnd returns the offset after a scalar.
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

// quotedEnd returns the offset after the closing quote. A backslash in double quotes, or a doubled single quote, escapes one.
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

// indentedEnd returns the end of the last line indented deeper than indent, starting with the line after at.
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
