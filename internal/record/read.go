package record

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// Read reads a file. The error is ErrOther for Markdown that is not a record, and an UnreadableError for a record that cannot be
// relied on. Of a record that is not in force only the status is read, because its facts and statements may no longer exist.
func Read(f *framework.Framework, content []byte) (*Record, error) { return read(f, content, allowed) }

func read(f *framework.Framework, content []byte, in examples) (*Record, error) {
	fm, err := readFront(content, in)
	if err != nil {
		return nil, err
	}
	r := reader{front: fm, framework: f, record: &Record{lines: lines{facts: map[int]int{}, statements: map[string]int{}}}}
	r.top()
	if r.Len() > 0 {
		return nil, r.unreadable()
	}
	return r.record, nil
}

// reader reads the front matter of one record, and notes every mistake.
type reader struct {
	front
	framework *framework.Framework
	record    *Record
}

func (r *reader) unreadable() error {
	err := UnreadableError{Mistakes: r.Mistakes()}
	if ours := strict.Lookup(r.document.Root, "layer2"); ours != nil {
		if id := strict.Lookup(ours, "capability"); id != nil {
			if c, known := r.framework.Capability(id.Value); known {
				err.Capability = c.ID.Value
			}
		}
	}
	return err
}

// top reads the top level of the front matter.
func (r *reader) top() {
	var general madr
	r.document.DecodeNode(r.document.Root, "", &general)
	r.statusOf(general.Status)
	if r.record.Status != "" && !r.record.InForce() {
		return
	}
	if r.document.Refuse(); r.Len() > 0 {
		return // further mistakes may be consequences
	}
	var keys inForceKeys
	r.document.DecodeNode(r.document.Root, "", &keys)
	r.record.Date = r.day(keys.Date, "date")
	if r.knownForm(keys.Layer2) {
		var d document
		r.document.DecodeNode(keys.Layer2, "layer2", &d)
		r.layer2(d)
	}
}

// knownForm reports whether this program reads the record's version of the form.
func (r *reader) knownForm(ours *yaml.Node) bool {
	version := strict.Lookup(ours, "record")
	if version == nil || version.Kind != yaml.ScalarNode || version.Value == strconv.Itoa(form) {
		return true
	}
	if n, err := strconv.Atoi(version.Value); err == nil && n > form {
		r.document.Add(version, "record %d is a later version of the form than %d, the last that this program reads: use a newer layer2", n, form)
	} else {
		r.document.Add(version, "record %s is not a version of the form: write %d", strict.Quote(version.Value), form)
	}
	return false
}

func (r *reader) layer2(d document) {
	record := r.record
	record.Capability = r.capability(d.Capability)
	record.Verdict, record.lines.verdict = r.verdict(d.Verdict, "verdict"), d.Verdict.Line
	record.Possible = r.verdicts(d.Possible)
	record.Decision = r.verdict(d.Decision, "decision")
	record.Reason = d.Reason.Value
	record.VerdictReasons = r.reasons(d.VerdictReasons)
	record.Facts = r.facts(d.Facts, "facts", record.lines.facts, false)
	record.Unsettled = r.unsettled(d.Unsettled, record.Facts)
	record.Sources = r.sources(d.Sources)
	record.Sufficient = r.named(d.Sufficient, "sufficient")
	record.Statements = r.wordings(d.Statements, false)
	for _, one := range d.Flips {
		record.Flips = append(record.Flips, decide.Flip{
			Set: r.facts(one.Set, "set", nil, false), Given: r.facts(one.Given, "given", nil, false), Verdict: r.verdict(one.Verdict, "verdict"),
		})
	}
	record.Knowledge = d.Knowledge.read()
	for _, again := range d.Reaffirmed {
		record.Reaffirmed = append(record.Reaffirmed, r.reaffirmed(again))
	}
	if r.Len() > 0 {
		return
	}
	r.agree(d.Verdict, record.Verdict, d.Possible, record.Possible)
	switch undetermined := record.Verdict == decide.Undetermined; {
	case record.Decision == decide.Undetermined:
		r.Add(d.Decision.Place, "undetermined is not a decision")
	case undetermined && !slices.Contains(record.Possible, record.Decision):
		r.Add(d.Decision.Place, "decision %s is not among possible", record.Decision)
	case record.Decision != record.Verdict && record.Reason == "":
		r.Add(d.Decision.Place, "decision %s is not the verdict, %s: it needs a reason", record.Decision, record.Verdict)
	}
}

// agree checks that possible is given exactly if the verdict is undetermined.
func (r *reader) agree(at strict.Text, verdict decide.Verdict, open []strict.Text, possible []decide.Verdict) {
	switch {
	case verdict != decide.Undetermined && possible != nil:
		r.Add(open[0].Place, "possible belongs to an undetermined verdict, not to %s", verdict)
	case verdict == decide.Undetermined && len(possible) < 2:
		r.Add(at.Place, "an undetermined verdict needs possible, with two verdicts or more")
	}
}

func (r *reader) reaffirmed(d reaffirmed) Reaffirmation {
	before := r.Len()
	again := Reaffirmation{
		Date: r.day(d.Date, "date"), Facts: r.facts(d.Facts, "facts", r.record.lines.facts, true),
		Verdict: r.verdict(d.Verdict, "verdict"), Possible: r.verdicts(d.Possible),
		Reason: d.Reason.Value, Statements: r.wordings(d.Statements, true),
	}
	again.Unsettled = r.unsettled(d.Unsettled, again.Facts)
	if d.Knowledge != nil {
		k := d.Knowledge.read()
		again.Knowledge = &k
	}
	if r.Len() == before && d.Verdict.Present() {
		r.agree(d.Verdict, again.Verdict, d.Possible, again.Possible)
	}
	return again
}

func (k knowledge) read() Knowledge { return Knowledge{k.Version.Value, k.Fingerprint.Value} }

var statementID = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*$`)

// wordings reads the wording of statements; with gone, a text may be null.
func (r *reader) wordings(entries []strict.Entry[*strict.Text], gone bool) []Wording {
	var list []Wording
	for _, entry := range entries {
		wording := Wording{ID: entry.Key.Value}
		switch {
		case !statementID.MatchString(wording.ID):
			r.Add(entry.Key.Place, "statements: %s is not the id of a statement, such as SM-T1", entry.Key.Quoted())
			continue
		case entry.Value != nil:
			wording.Text = entry.Value.Value
		case !gone:
			r.Add(entry.Key.Place, "%q is empty; give the wording of the statement", wording.ID)
		}
		r.record.lines.statements[wording.ID] = entry.Key.Line
		list = append(list, wording)
	}
	return list
}

func (r *reader) capability(id strict.Text) string {
	if _, known := r.framework.Capability(id.Value); !known && !id.IsZero() {
		var ids []string
		for _, c := range r.framework.Capabilities {
			ids = append(ids, c.ID.Value)
		}
		r.Add(id.Place, "%s is not a capability", id.Quoted()).OneOf(id.Value, ids)
	}
	return id.Value
}

func (r *reader) day(date strict.Text, name string) string {
	day, is := Day(date.Value)
	if !is && !date.IsZero() {
		r.Add(date.Place, "%s %s is not a day: write it as 2026-11-23", name, date.Quoted())
	}
	return day
}

// VerdictOf finds a verdict by its name, including undetermined.
func VerdictOf(name string) (decide.Verdict, bool) {
	i := slices.Index(verdictNames(), name)
	return decide.Verdict(max(i, 0)), i >= 0
}

func verdictNames() []string {
	var list []string
	for v := decide.Skip; v <= decide.Undetermined; v++ {
		list = append(list, v.String())
	}
	return list
}

func (r *reader) verdict(text strict.Text, name string) decide.Verdict {
	if text.IsZero() {
		return decide.Undetermined
	}
	v, known := VerdictOf(text.Value)
	if !known {
		r.notOneOf(text, name, verdictNames())
	}
	return v
}

func (r *reader) notOneOf(text strict.Text, name string, known []string) {
	r.Add(text.Place, "%s: %s is not one of %s", name, text.Quoted(), strings.Join(known, ", ")).Near(text.Value, known)
}

// verdicts reads the possible verdicts, in the framework's order.
func (r *reader) verdicts(texts []strict.Text) []decide.Verdict {
	var list []decide.Verdict
	for _, text := range texts {
		if v := r.verdict(text, "possible"); v != decide.Undetermined {
			list = append(list, v)
		} else if text.Value == v.String() {
			r.Add(text.Place, "possible: undetermined is not an outcome")
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func (r *reader) reasons(texts []strict.Text) []decide.Reason {
	var known []string
	for b := decide.Scale; b <= decide.NoPressure; b++ {
		known = append(known, b.String())
	}
	var list []decide.Reason
	for _, text := range texts {
		i := slices.Index(known, text.Value)
		if i < 0 && !text.IsZero() {
			r.notOneOf(text, "because", known)
			continue
		}
		list = append(list, decide.Reason(max(i, 0)))
	}
	return list
}
