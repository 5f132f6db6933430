package record

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// A record has one place: the front matter at the start of a file. People and tools move it: they add a licence above it, change the
// fence, save it as UTF-16, leave a merge conflict. Such a file still holds a decision, so it is reported and never taken for Markdown of
// somebody else's.

// misplaced is the error for a file that does not begin with front matter: Mistakes if it holds a record nevertheless, else ErrOther.
func misplaced(content []byte) error { return misplacedIn(content, content) }

// misplacedIn looks for a record in the end of a file.
func misplacedIn(content, end []byte) error {
	text := normal(end)
	from := prose
	if strings.HasPrefix(strings.TrimLeft(text, byteOrderMark+" \t\n"), "```") {
		from = anywhere // a fenced block that begins the file is no example
	}
	line := mention(text, from)
	if line == 0 {
		return ErrOther
	}
	line += strings.Count(normal(content[:len(content)-len(end)]), "\n")
	return Mistakes{{line, why(content, text)}}
}

// why says what keeps a record from being read, and what to do about it.
func why(content []byte, text string) string {
	first, _, _ := strings.Cut(strings.TrimLeft(text, byteOrderMark+" \t\n"), "\n")
	first = strings.TrimSpace(first)
	fence := strings.Trim(first, "-+") == "" && len(first) > 2
	switch {
	case len(content) > maximumBytes:
		return fmt.Sprintf("the file is larger than %d bytes, the most that a record may have", maximumBytes)
	case bytes.IndexByte(content, 0) >= 0:
		return "the file is UTF-16 or UTF-32: save it as UTF-8"
	case conflict(text) > 0:
		return "an unresolved merge conflict"
	case !utf8.Valid(content):
		return "the file is not UTF-8: save it as UTF-8"
	case bytes.IndexByte(content, '\n') < 0:
		return "the lines end in CR alone: save the file with LF or CRLF"
	case fence && first != marker:
		return fmt.Sprintf("front matter between %s: write it as YAML between lines of %s", first, marker)
	}
	return fmt.Sprintf("a record that is not in the front matter: begin the file with %s, the record, and %s", marker, marker)
}

// normal is text whose lines end in LF and that holds no NUL, which makes the ASCII in UTF-16 and UTF-32 readable.
func normal(content []byte) string {
	text := strings.ReplaceAll(string(content[:min(len(content), maximumBytes)]), "\x00", "")
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

// conflict returns the line, from 1, that begins a merge conflict; 0 if none does.
func conflict(text string) int {
	for i, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "<<<<<<< ") || strings.HasPrefix(line, ">>>>>>> ") {
			return i + 1
		}
	}
	return 0
}

// scope is where a record is looked for.
type scope bool

const (
	anywhere scope = true  // front matter, or what is meant to be
	prose    scope = false // Markdown, in which a block of code may show a record as an example
)

var (
	ourKey       = regexp.MustCompile(`^([ \t]*)["']?layer2["']?[ \t]*:(.*)$`)
	recordKey    = regexp.MustCompile(`^[ \t]+["']?record["']?[ \t]*:`)
	recordInFlow = regexp.MustCompile(`[{,][ \t]*["']?record["']?[ \t]*:`)
	ourTable     = regexp.MustCompile(`^[ \t]*(\[[ \t]*layer2[ \t]*\]|layer2\.record[ \t]*=|layer2[ \t]*=[ \t]*\{.*record[ \t]*=)`)
	codeFence    = regexp.MustCompile("^ {0,3}(```+|~~~+)")
)

// mention returns the line, from 1, at which a text names the key of a record with record beneath it, in capital letters or small ones; 0
// if none does. It reads neither YAML nor TOML, because the text may be broken.
func mention(text string, in scope) int {
	text = strings.ToLower(text)
	if !strings.Contains(text, "layer2") || !strings.Contains(text, "record") {
		return 0
	}
	lines := strings.Split(text, "\n")
	open := "" // the fence of the block of code that a line is in
	for i, line := range lines {
		if in == prose {
			fence := codeFence.FindStringSubmatch(line)
			switch {
			case open == "" && fence != nil:
				open = fence[1]
			case open != "" && strings.Trim(line, " \t") == strings.Repeat(open[:1], max(len(open), len(strings.Trim(line, " \t")))):
				open = ""
			}
			if open != "" || strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "\t") {
				continue
			}
		}
		if !strings.Contains(line, "layer2") {
			continue
		}
		line = strings.TrimLeft(line, byteOrderMark)
		if ourTable.MatchString(line) {
			return i + 1
		}
		if key := ourKey.FindStringSubmatch(line); key != nil && saysRecord(key[2], len(key[1]), lines[i+1:]) {
			return i + 1
		}
	}
	return 0
}

// longestRecord is how many lines under its key a record's own key may be.
const longestRecord = 1000

// saysRecord says whether record is among the keys under a key: in the rest of its line, or in the lines after it that are indented more.
func saysRecord(rest string, indent int, after []string) bool {
	if recordInFlow.MatchString(rest) {
		return true
	}
	for _, line := range after[:min(len(after), longestRecord)] {
		bare := strings.TrimLeft(line, " \t")
		switch {
		case bare == "" || bare[0] == '#':
		case len(line)-len(bare) <= indent:
			return false
		case !strings.Contains(line, "record"):
		case recordKey.MatchString(line) || recordInFlow.MatchString(line):
			return true
		}
	}
	return false
}
