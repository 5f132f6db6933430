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

	"github.com/vanhoutenbos/layer2/internal/strict"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// The statuses of MADR. The first two count as in force.
const (
	Proposed   = "proposed"
	Accepted   = "accepted"
	rejected   = "rejected"
	deprecated = "deprecated"
	superseded = "superseded"
)

var statuses = []string{Proposed, Accepted, rejected, deprecated, superseded}

// synonyms are other names of the statuses. "superceded" is how adr-tools spells it.
var synonyms = map[string]string{
	"draft": Proposed, "pending": Proposed,
	"approved": Accepted, "agreed": Accepted, "adopted": Accepted, "decided": Accepted,
	"declined": rejected, "withdrawn": rejected,
	"obsolete": deprecated, "retired": deprecated,
	"superceded": superseded, "replaced": superseded,
}

var (
	// secondStatus matches a word that may revoke the status before it: right after it, or after a sign or a word that announces a
	// change.
	secondStatus = regexp.MustCompile(`(?:^\W*[\w'-]+[\s*_~]+|(?:[,;/|→]|->|=>|\b(?:but|then|now|later)\b)[\s*_~]*)(?:(?:but|and|then|now|later)\s+)*([a-z'-]+)`)
	// asides matches titles and history, which may name other statuses.
	asides = regexp.MustCompile(`\[[^\]]*\]\([^)]*\)|\b(?:replaces|supersedes|was|were|previously|formerly)\b.*$`)
)

// InForce reports whether a record is to be checked: proposed or accepted.
func (r *Record) InForce() bool { return inForce(r.Status) }

func inForce(status string) bool { return status == Proposed || status == Accepted }

// statusOf reads a status from the first word; a date or names may follow. An unknown first word is a mistake, because the record
// would never be checked again. So is a second status that contradicts the first.
func (r *reader) statusOf(text strict.Text) {
	if text.IsZero() {
		return
	}
	words := strings.FieldsFunc(strings.ToLower(text.Value), func(c rune) bool { return !unicode.IsLetter(c) && c != '-' && c != '\'' })
	first := ""
	if len(words) > 0 {
		first = words[0]
	}
	status, is := statusCalled(first)
	if !is {
		r.Add(text.Place, "status %s does not begin with one of %s", text.Quoted(), strings.Join(statuses, ", ")).Near(first, statuses)
		return
	}
	for _, again := range secondStatus.FindAllStringSubmatch(asides.ReplaceAllString(strings.ToLower(text.Value), ""), -1) {
		if other, is := statusCalled(again[1]); is && inForce(other) != inForce(status) {
			r.Add(text.Place, "status %s says two things, %s and %s: write the one that is true now", text.Quoted(), status, other)
			return
		}
	}
	r.record.Status, r.record.lines.status = status, text.Line
	if status == superseded {
		_, rest, _ := strings.Cut(strings.TrimSpace(text.Value), " ")
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

// StatusText returns the status for a message; for a superseded record, with its successor.
func (r *Record) StatusText() string {
	return strings.TrimSpace(r.Status + " " + words.Cut(r.SupersededBy, longestShown))
}

// SupersededBy returns the status of a superseded record, as MADR writes it.
func SupersededBy(number int) string { return fmt.Sprintf("superseded by ADR-%04d", number) }

// successor is the record that a superseded one names. A file is a path from the folder of the superseded record.
type successor struct {
	number int
	file   string
}

var (
	linkTarget = regexp.MustCompile(`\]\(<?([^)>#?]+)`)
	byADR      = regexp.MustCompile(`(?i)\badr[-–_\s#]*0*(\d{1,5})\b`)
	byNumber   = regexp.MustCompile(`(?i)^(?:by|with|see)?[\s:,]*\[?(?:the\s+)?(?:record|decision|number|no\.?)?[-_\s#]*0*(\d{1,5})(?:$|[\].,;:)]|\s*\(|[-_]\D)`)
)

// successorsOf reads the text after superseded: links, file names or numbers. It returns nothing for a page elsewhere or other
// text.
func successorsOf(text string) []successor {
	var list []successor
	for _, link := range linkTarget.FindAllStringSubmatch(text, -1) {
		list = append(list, fileNamed(strings.TrimSpace(link[1]))...)
	}
	if linkTarget.MatchString(text) {
		return list
	}
	for _, word := range strings.Fields(text) {
		list = append(list, fileNamed(strings.Trim(word, `"'<>()[].,;`))...)
	}
	numbers := byADR.FindAllStringSubmatch(text, -1)
	if found := byNumber.FindStringSubmatch(text); found != nil && len(numbers) == 0 {
		numbers = append(numbers, found)
	}
	if len(list) > 0 {
		return list
	}
	for _, found := range numbers {
		n, _ := strconv.Atoi(found[1]) // digits, and few
		list = append(list, successor{number: n})
	}
	return list
}

// fileNamed returns the Markdown file in a link or a word, nothing for a URL or other text.
func fileNamed(target string) []successor {
	if strings.Contains(target, ":") || strings.HasPrefix(target, "/") || !IsMarkdown(target) {
		return nil
	}
	return []successor{{file: path.Clean(target)}}
}

// days are the layouts of a date that tools write. Only the day counts.
var days = []string{
	time.DateOnly, "2006/01/02", "20060102",
	time.RFC3339Nano, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04",
	"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z07:00", "2006-01-02 15:04:05 -0700", time.DateTime, "2006-01-02 15:04",
}

// remark matches what people append to a date.
var remark = regexp.MustCompile(`(?:,| \().*$`)

// Day returns the day of a date as 2026-11-23. A time of day or a remark in parentheses may follow.
func Day(text string) (string, bool) {
	text = strings.TrimSpace(remark.ReplaceAllString(text, ""))
	for _, layout := range days {
		if day, err := time.Parse(layout, text); err == nil {
			return day.Format(time.DateOnly), true
		}
	}
	return "", false
}
