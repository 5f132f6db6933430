package record

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// Read reads a file. The error is ErrOther for Markdown that is no record, Mistakes for a record that cannot be relied on. Of a
// record that is not in force only the status is read: what it once rested on may be gone.
func Read(f *framework.Framework, content []byte) (*Record, error) { return read(f, content, allowed) }

func read(f *framework.Framework, content []byte, in examples) (*Record, error) {
	fm, err := readFront(content, in)
	if err != nil {
		return nil, err
	}
	r := reader{framework: f, above: fm.above, record: &Record{lines: lines{facts: map[int]int{}, statements: map[string]int{}}}}
	r.top(fm.root)
	if len(r.mistakes) > 0 {
		return nil, r.unreadable(fm.root)
	}
	return r.record, nil
}

// UnreadableError is a record that cannot be relied on. It wraps Mistakes.
type UnreadableError struct {
	Mistakes
	// Capability is what the record is about; empty if even that cannot be read.
	Capability string
}

// Unwrap returns the mistakes.
func (e UnreadableError) Unwrap() error { return e.Mistakes }

func (r *reader) unreadable(root *yaml.Node) error {
	err := UnreadableError{Mistakes: r.mistakes.sorted()}
	if ours := value(root, "layer2"); ours != nil {
		if id := value(ours, "capability"); id != nil {
			if c, known := r.framework.Capability(id.Value); known {
				err.Capability = c.ID.Value
			}
		}
	}
	return err
}

// reader reads the front matter of one record, and collects all that is wrong with it.
type reader struct {
	framework *framework.Framework
	above     int // lines above the YAML
	record    *Record
	mistakes  Mistakes
}

// top reads the keys of the front matter itself. MADR has others, and so may a team: they are not looked at.
func (r *reader) top(root *yaml.Node) {
	pairs := r.pairs(root, "the front matter", nil)
	status, date := pairs["status"], pairs["date"]
	r.present(root, "status", status)
	if status != nil && r.scalar(status, "status") {
		r.statusOf(status)
	}
	if r.record.Status != "" && !r.record.InForce() {
		return
	}
	if r.refuse(root); len(r.mistakes) > 0 {
		return // what else is wrong may only seem so
	}
	r.present(root, "date", date)
	if date != nil {
		r.record.Date = r.day(date, "date")
	}
	ours := pairs["layer2"]
	if r.known(ours) {
		r.layer2(ours)
	}
}

// known says whether the record is of a form that this program reads.
func (r *reader) known(ours *yaml.Node) bool {
	version := value(ours, "record")
	if version == nil || !r.scalar(version, "record") || version.Value == strconv.Itoa(form) {
		return true
	}
	if n, err := strconv.Atoi(version.Value); err == nil && n > form {
		r.add(version, "record %d is a later version of the form than %d, the last that this program reads: use a newer layer2", n, form)
	} else {
		r.add(version, "record %s is no version of the form: write %d", shown(version.Value), form)
	}
	return false
}

// field is a key of a mapping: whether it has to be there, and what reads it.
type field struct {
	key      string
	required bool
	read     func(*yaml.Node)
}

// layer2 reads what is this package's.
func (r *reader) layer2(node *yaml.Node) {
	record := r.record
	r.mapping(node, "layer2", []field{
		{"record", true, func(*yaml.Node) {}}, // checked before
		{"capability", true, func(n *yaml.Node) { record.Capability = r.capability(n) }},
		{"verdict", true, func(n *yaml.Node) { record.Verdict, record.lines.verdict = r.verdict(n, "verdict"), r.above+n.Line }},
		{"possible", false, func(n *yaml.Node) { record.Possible = r.verdicts(n) }},
		{"decision", true, func(n *yaml.Node) { record.Decision = r.verdict(n, "decision") }},
		{"reason", false, func(n *yaml.Node) { record.Reason = r.text(n, "reason") }},
		{"because", true, func(n *yaml.Node) { record.Because = r.becauses(n) }},
		{"facts", true, func(n *yaml.Node) { record.Facts = r.facts(n, "facts", record.lines.facts, false) }},
		{"sources", false, func(n *yaml.Node) { record.Sources = r.sources(n) }},
		{"sufficient", true, func(n *yaml.Node) { record.Sufficient = r.sufficient(n) }},
		{"statements", true, func(n *yaml.Node) { record.Statements = r.readings(n, false) }},
		{"flips", true, func(n *yaml.Node) { record.Flips = r.flips(n) }},
		{"knowledge", true, func(n *yaml.Node) { record.Knowledge = r.knowledge(n) }},
		{"reaffirmed", false, func(n *yaml.Node) { record.Reaffirmed = r.reaffirmed(n) }},
	})
	if len(r.mistakes) > 0 {
		return
	}
	r.agree(node, record.Verdict, record.Possible)
	switch undetermined := record.Verdict == decide.Undetermined; {
	case record.Decision == decide.Undetermined:
		r.add(value(node, "decision"), "undetermined is no decision")
	case undetermined && !slices.Contains(record.Possible, record.Decision):
		r.add(value(node, "decision"), "decision %s is not among possible", record.Decision)
	case record.Decision != record.Verdict && record.Reason == "":
		r.add(value(node, "decision"), "decision %s is not the verdict, %s: it needs a reason", record.Decision, record.Verdict)
	}
}

// agree checks that what was left open is there exactly where the verdict is undetermined.
func (r *reader) agree(node *yaml.Node, verdict decide.Verdict, possible []decide.Verdict) {
	switch {
	case verdict != decide.Undetermined && possible != nil:
		r.add(value(node, "possible"), "possible belongs to an undetermined verdict, not to %s", verdict)
	case verdict == decide.Undetermined && len(possible) < 2:
		r.add(node, "an undetermined verdict needs possible, with two verdicts or more")
	}
}

func (r *reader) reaffirmed(node *yaml.Node) []Reaffirmation {
	var list []Reaffirmation
	for _, item := range r.items(node, "reaffirmed") {
		before := len(r.mistakes)
		var again Reaffirmation
		r.mapping(item, "reaffirmed", []field{
			{"date", true, func(n *yaml.Node) { again.Date = r.day(n, "date") }},
			{"facts", true, func(n *yaml.Node) { again.Facts = r.facts(n, "facts", r.record.lines.facts, true) }},
			{"verdict", true, func(n *yaml.Node) { again.Verdict = r.verdict(n, "verdict") }},
			{"possible", false, func(n *yaml.Node) { again.Possible = r.verdicts(n) }},
			{"reason", true, func(n *yaml.Node) { again.Reason = r.text(n, "reason") }},
			{"statements", false, func(n *yaml.Node) { again.Statements = r.readings(n, true) }},
			{"knowledge", false, func(n *yaml.Node) { k := r.knowledge(n); again.Knowledge = &k }},
		})
		if len(r.mistakes) == before {
			r.agree(item, again.Verdict, again.Possible)
		}
		list = append(list, again)
	}
	return list
}

func (r *reader) flips(node *yaml.Node) []decide.Flip {
	var flips []decide.Flip
	for _, item := range r.items(node, "flips") {
		var flip decide.Flip
		r.mapping(item, "flips", []field{
			{"set", true, func(n *yaml.Node) { flip.Set = r.facts(n, "set", nil, false) }},
			{"given", false, func(n *yaml.Node) { flip.Given = r.facts(n, "given", nil, false) }},
			{"verdict", true, func(n *yaml.Node) { flip.Verdict = r.verdict(n, "verdict") }},
		})
		flips = append(flips, flip)
	}
	return flips
}

func (r *reader) knowledge(node *yaml.Node) Knowledge {
	var k Knowledge
	r.mapping(node, "knowledge", []field{
		{"version", true, func(n *yaml.Node) { k.Version = r.text(n, "version") }},
		{"fingerprint", true, func(n *yaml.Node) { k.Fingerprint = r.text(n, "fingerprint") }},
	})
	return k
}

// statementID matches what a statement can be called.
var statementID = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*$`)

// readings reads how statements read; with gone, one may be null.
func (r *reader) readings(node *yaml.Node, gone bool) []Reading {
	var list []Reading
	r.each(node, "statements", func(key, n *yaml.Node) {
		reading := Reading{ID: key.Value}
		if !statementID.MatchString(key.Value) {
			r.add(key, "statements: %s is not the id of a statement, such as SM-T1", shown(key.Value))
			return
		}
		if !gone || n.Tag != "!!null" {
			reading.Text = r.text(n, "statements: "+key.Value)
		}
		r.record.lines.statements[key.Value] = r.above + key.Line
		list = append(list, reading)
	})
	return list
}

func (r *reader) capability(node *yaml.Node) string {
	id := r.text(node, "capability")
	if _, known := r.framework.Capability(id); !known && id != "" {
		var ids []string
		for _, c := range r.framework.Capabilities {
			ids = append(ids, c.ID.Value)
		}
		r.add(node, "%s is no capability; there are %s%s", shown(id), strings.Join(ids, ", "), r.meant(id, ids))
	}
	return id
}

func (r *reader) day(node *yaml.Node, name string) string {
	if !r.scalar(node, name) {
		return ""
	}
	day, is := Day(node.Value)
	if !is {
		r.add(node, "%s %s is not a day: write it as 2026-11-23", name, shown(node.Value))
	}
	return day
}
