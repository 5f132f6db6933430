package record

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/vanhoutenbos/layer2/internal/strict"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// A record belongs in the front matter at the start of a file. People and tools misplace it: they put a license above it, change the
// fence, save the file as UTF-16, leave a merge conflict. Such a file still holds a decision, so it is reported instead of being passed
// over as unrelated Markdown. A block of code is different: in documentation it is an example of a record.

// examples says which blocks of code in a file are examples.
type examples uint8

const (
	// allowed: a block of code after some text is an example.
	allowed examples = iota
	// only: the file is documentation, judging by its name, and all code in it is an example.
	only
	// unlikely: the file has the number of a decision, so a whole record in it is the decision, even in a block of code.
	unlikely
	// none: the text is front matter, or what is left of it.
	none
)

// misplaced looks for a record in the end of a file, where none should be. The error is an UnreadableError if there is one, else
// ErrOther. Content is the whole file, for the line numbers.
func misplaced(content, end []byte, in examples) error {
	text := normal(end)
	line := mention(text, in)
	if line == 0 {
		return ErrOther
	}
	line += strings.Count(normal(content[:len(content)-len(end)]), "\n")
	return unreadable(line, "%s", why(content, text))
}

// why says what keeps a record from being read, and what to do about it.
func why(content []byte, text string) string {
	first := firstLine(text)
	fence := strings.Trim(first, "-+~") == "" && len(first) > 2
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
		return "the lines do not end in LF: save the file with LF or CRLF"
	case fence && first != marker:
		return fmt.Sprintf("front matter between %s: write it as YAML between lines of %s", words.Cut(first, longestShown), marker)
	case strings.HasPrefix(first, marker) && firstLine(string(content)) != marker:
		return fmt.Sprintf("the front matter begins with %s: write %s alone on that line", strict.Quote(firstLine(string(content))), marker)
	}
	return fmt.Sprintf("a record that is not in the front matter: begin the file with %s, the record, and %s", marker, marker)
}

// firstLine returns the first line that is not blank.
func firstLine(text string) string {
	first, _, _ := strings.Cut(strings.TrimLeft(text, " \t\r\n"), "\n")
	return strings.TrimRight(first, " \t\r")
}

// normal returns text with LF line ends and without characters that do not print. Dropping NUL makes the ASCII in UTF-16 and
// UTF-32 readable.
func normal(content []byte) string {
	text := string(content[:min(len(content), maximumBytes)])
	if _, hidden := words.HiddenInLines(text); !hidden && !strings.ContainsRune(text, '\u00a0') {
		return strings.ReplaceAll(text, "\r\n", "\n")
	}
	text = strings.ReplaceAll(text, "\x00", "")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n").Replace(text)
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\n', c == '\t':
			return c
		case unicode.IsSpace(c):
			return ' '
		}
		if _, hidden := words.Hidden(string(c)); hidden && c != utf8.RuneError {
			return -1
		}
		return c
	}, text)
}

// conflict returns the line, from 1, of the first merge conflict marker; 0 if there is none.
func conflict(text string) int {
	for i, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "<<<<<<< ") || strings.HasPrefix(line, ">>>>>>> ") {
			return i + 1
		}
	}
	return 0
}

// mention returns the line, from 1, at which a text has a record: the key layer2 with record below it, or most of the other keys,
// in whatever case; 0 if it has none. It does not parse YAML, TOML or JSON, because the text may be damaged.
func mention(text string, in examples) int {
	text = strings.ToLower(text)
	lines := strings.Split(text, "\n")
	code := codeIn(lines)
	if in != only && startsWithCode(lines, code) {
		in = none
	}
	named, remains := 0, keys{}
	for i, line := range lines {
		lines[i] = quoteMark.ReplaceAllString(line, "")
	}
	for i, line := range lines {
		if !code[i] || in == none {
			if named == 0 && namesRecord(line, lines[i+1:]) {
				named = i + 1
			}
		} else if in != unlikely {
			continue
		}
		remains.count(line, i+1)
	}
	if named > 0 {
		return named
	}
	return remains.record()
}

// keys are the keys of a record found in a text, with the line of the first of each.
type keys map[string]int

// most is how many keys of a record no other text has.
const most = 6

// anyKey matches what looks like a key of a record, in YAML, TOML or JSON.
var anyKey = regexp.MustCompile(`(?:^|[\s{,\["'?>|;-])["']?(record|capability|verdict|decision|because|facts|sufficient|statements|flips|knowledge)["']?[ \t]*[:=]`)

func (k keys) count(line string, number int) {
	if !strings.ContainsAny(line, ":=") {
		return
	}
	for _, found := range anyKey.FindAllStringSubmatch(line, -1) {
		if k[found[1]] == 0 {
			k[found[1]] = number
		}
	}
}

// record returns the first line of a record; 0 if there are too few keys.
func (k keys) record() int {
	first := 0
	for _, line := range k {
		if first == 0 || line < first {
			first = line
		}
	}
	if len(k) < most {
		return 0
	}
	return first
}

var (
	ourKey       = regexp.MustCompile(`^([ \t>?&!-]*|.*[{,][ \t]*)["']?layer2["']?[ \t]*:(.*)$`)
	recordKey    = regexp.MustCompile(`^["']?record["']?[ \t]*:`)
	recordInFlow = regexp.MustCompile(`^[^{]*\{(?:[^{}]*,)?[ \t]*["']?record["']?[ \t]*:`)
	ourTable     = regexp.MustCompile(`^[ \t]*(\[[ \t]*layer2[ \t]*\]|layer2\.record[ \t]*=|layer2[ \t]*=[ \t]*\{.*record[ \t]*=)`)
)

// namesRecord reports whether a line has the key layer2, and the key record follows on it or below it.
func namesRecord(line string, after []string) bool {
	if !strings.Contains(line, "layer2") {
		return false
	}
	if ourTable.MatchString(line) {
		return true
	}
	key := ourKey.FindStringSubmatch(line)
	return key != nil && saysRecord(key[2], len(key[1]), after)
}

// longestRecord is how many lines below layer2 the key record may come.
const longestRecord = 1000

// quoteMark matches the start of a quoted line in Markdown.
var quoteMark = regexp.MustCompile(`^ {0,3}(?:> ?)+`)

// saysRecord reports whether record is a child key: in the rest of the parent's line, or among the more indented lines after it.
func saysRecord(rest string, indent int, after []string) bool {
	if recordInFlow.MatchString(rest) {
		return true
	}
	child := 0
	for _, line := range after[:min(len(after), longestRecord)] {
		bare := strings.TrimLeft(line, " \t")
		depth := len(line) - len(bare)
		switch {
		case bare == "" || bare[0] == '#':
			continue
		case depth <= indent:
			return false
		case child == 0:
			child = depth
		}
		if depth == child && recordKey.MatchString(bare) {
			return true
		}
	}
	return false
}

var (
	codeFence  = regexp.MustCompile("^(?:[ \t>]|[-*+] |[0-9]+[.)] )*(`{3,}[^`]*|~{3,}.*)$")
	codeIndent = regexp.MustCompile("^(?: {0,3}\t|    )")
)

// codeIn reports for each line of Markdown whether it is in a block of code, fenced or indented. A fence that is never closed does
// not count, so nothing can hide behind it.
func codeIn(lines []string) []bool {
	code := make([]bool, len(lines))
	budget := 100 * len(lines) // of lines to look at, for a file of fences that are never closed
	for i := 0; i < len(lines); i++ {
		open := codeFence.FindStringSubmatch(lines[i])
		if open == nil {
			code[i] = codeIndent.MatchString(lines[i])
			continue
		}
		end := closing(lines, i, open[1], &budget)
		for ; i < end; i++ {
			code[i] = true
		}
		if end > 0 {
			code[i] = true
		}
	}
	return code
}

// closing returns the line that closes a fence; 0 if none does.
func closing(lines []string, at int, fence string, budget *int) int {
	length := len(fence) - len(strings.TrimLeft(fence, fence[:1]))
	for i := at + 1; i < len(lines) && *budget > 0; i++ {
		*budget--
		bare := strings.Trim(lines[i], " \t>")
		if len(bare) >= length && strings.Trim(bare, fence[:1]) == "" {
			return i
		}
	}
	return 0
}

// startsWithCode reports whether the text begins with a block of code.
func startsWithCode(lines []string, code []bool) bool {
	for i, line := range lines {
		if strings.TrimSpace(line) != "" {
			return code[i]
		}
	}
	return false
}
