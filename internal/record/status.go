package record

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// The statuses of MADR. Only the first two are decisions that are in force or may come to be; a superseded record says by which.
const (
	Proposed   = "proposed"
	Accepted   = "accepted"
	rejected   = "rejected"
	deprecated = "deprecated"
	superseded = "superseded"
)

var statuses = []string{Proposed, Accepted, rejected, deprecated, superseded}

// synonyms are what other tools and teams call the statuses. The misspelt one is how adr-tools writes it.
var synonyms = map[string]string{
	"draft": Proposed, "pending": Proposed,
	"approved": Accepted, "agreed": Accepted, "adopted": Accepted, "decided": Accepted,
	"declined": rejected, "withdrawn": rejected,
	"obsolete": deprecated, "retired": deprecated,
	"superceded": superseded, "replaced": superseded,
}

// InForce says whether a record is one to be checked: proposed or accepted.
func (r *Record) InForce() bool { return inForce(r.Status) }

func inForce(status string) bool { return status == Proposed || status == Accepted }

// statusOf reads a status: its first word, whatever follows it: a date, who decided. A first word that is no status is a mistake,
// because nobody would look at the record again. So is a second status that takes back what the first says.
func (r *reader) statusOf(node *yaml.Node) {
	words := strings.FieldsFunc(strings.ToLower(node.Value), func(c rune) bool { return !unicode.IsLetter(c) && c != '-' && c != '\'' })
	first := ""
	if len(words) > 0 {
		first = words[0]
	}
	status, is := statusCalled(first)
	if !is {
		r.add(node, "status %s does not begin with one of %s%s", shown(node.Value), strings.Join(statuses, ", "), r.meant(first, statuses))
		return
	}
	for _, word := range words[1:] {
		if other, is := statusCalled(word); is && inForce(other) != inForce(status) {
			r.add(node, "status %s names two, %s and %s: leave the one that is true now", shown(node.Value), status, other)
			return
		}
	}
	r.record.Status, r.record.lines.status = status, r.above+node.Line
	if status == superseded {
		_, rest, _ := strings.Cut(strings.TrimSpace(node.Value), " ")
		r.record.SupersededBy = strings.TrimSpace(rest)
	}
}

func statusCalled(word string) (string, bool) {
	if slices.Contains(statuses, word) {
		return word, true
	}
	status, is := synonyms[word]
	return status, is
}

// StatusText is the status with what a superseded record says of the record that took its place, as a message shows it.
func (r *Record) StatusText() string {
	return strings.TrimSpace(r.Status + " " + words.Cut(r.SupersededBy, longestShown))
}

// SupersededBy is the status of a record that another one has taken the place of, as MADR writes it.
func SupersededBy(number int) string { return fmt.Sprintf("superseded by ADR-%04d", number) }

// successor is the record that a superseded one names. A file is a path from the folder of the record that names it. Both are empty
// where the status names a page elsewhere, or nothing that could be looked up.
type successor struct {
	number int
	file   string
}

var (
	linkTarget = regexp.MustCompile(`\]\(<?([^)>#?]+)`)
	byNumber   = regexp.MustCompile(`(?i)^(?:by|with)?[\s:,]*\[?(?:the\s+)?(?:adr|record|decision|number|no\.?)?[-_\s#]*0*(\d{1,5})(?:$|[\].,;:)]|[-_]\D)`)
)

// successorOf reads what stands after superseded.
func successorOf(text string) successor {
	if link := linkTarget.FindStringSubmatch(text); link != nil {
		return fileNamed(strings.TrimSpace(link[1]))
	}
	for _, word := range strings.Fields(text) {
		if IsMarkdown(strings.Trim(word, `"'<>()[].,;`)) {
			return fileNamed(strings.Trim(word, `"'<>()[].,;`))
		}
	}
	if found := byNumber.FindStringSubmatch(text); found != nil {
		n, _ := strconv.Atoi(found[1]) // digits, and few
		return successor{number: n}
	}
	return successor{}
}

func fileNamed(target string) successor {
	if strings.Contains(target, ":") || strings.HasPrefix(target, "/") || !IsMarkdown(target) {
		return successor{} // a URL, or a place outside
	}
	return successor{file: path.Clean(target)}
}

// days are the ways in which tools write a date. Only the day of it counts.
var days = []string{
	time.DateOnly, time.RFC3339Nano, "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z07:00", "2006-01-02 15:04:05 -0700",
	"2006-01-02T15:04:05", time.DateTime, "2006-01-02T15:04Z07:00", "2006-01-02T15:04", "2006-01-02 15:04",
}

// Day returns the day of a date, 2026-11-23, and whether it is one. A time of day may follow, as tools write it by themselves.
func Day(text string) (string, bool) {
	for _, layout := range days {
		if _, err := time.Parse(layout, text); err == nil {
			return text[:len(time.DateOnly)], true
		}
	}
	return "", false
}
