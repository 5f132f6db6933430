package verify

import (
	_ "embed"
	"fmt"
	"io/fs"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// shippedBaseline lists the findings that the shipped knowledge contains on purpose.
//
//go:embed baseline.yaml
var shippedBaseline []byte

// Entry is a known finding and the reason why it stays.
type Entry struct {
	Kind    Kind     `json:"kind"`
	Subject string   `json:"subject"`
	With    []string `json:"with,omitempty"`
	// Witness is a set of facts that show it, as fact.Values writes them.
	Witness string `json:"witness,omitempty"`
	Why     string `json:"why"`
}

// of reports whether the entry describes a finding. The witness is not compared: it may move with a threshold.
func (e Entry) of(f Finding) bool {
	return e.Kind == f.Kind && e.Subject == f.Subject && slices.Equal(e.With, f.With)
}

// entry is an Entry as written.
type entry struct {
	Kind    strict.Text   `yaml:"kind"`
	Subject strict.Text   `yaml:"subject"`
	With    []strict.Text `yaml:"with,omitempty"`
	Witness strict.Text   `yaml:"witness,omitempty"`
	Why     strict.Text   `yaml:"why"`
}

// ReadBaseline reads a list of entries; mistakes call the file name. The error is a [strict.Mistakes].
func ReadBaseline(name string, content []byte) ([]Entry, error) {
	r := strict.Reader{Format: strict.Format{Name: "a baseline", Plain: true}}
	var written []entry
	if d, _ := r.Document(name, content); d != nil {
		d.Decode(&written)
	}
	var entries []Entry
	for _, w := range written {
		e := Entry{Kind: Kind(w.Kind.Value), Subject: w.Subject.Value, Witness: w.Witness.Value, Why: w.Why.Value}
		for _, id := range w.With {
			e.With = append(e.With, id.Value)
		}
		if !slices.Contains(kinds[:], e.Kind) && !w.Kind.IsZero() {
			r.Add(w.Kind.Place, "%s is not a kind of finding", w.Kind.Quoted()).OneOf(w.Kind.Value, kindNames())
		}
		entries = append(entries, e)
	}
	if err := r.Err(); err != nil {
		return nil, err
	}
	return entries, nil
}

func kindNames() []string {
	names := make([]string, len(kinds))
	for i, kind := range kinds {
		names[i] = string(kind)
	}
	return names
}

// Report is the findings in a knowledge, compared with a baseline.
type Report struct {
	Knowledge Version `json:"knowledge"`
	// New findings have no entry in the baseline; Known ones have, with its reason.
	New   []Finding `json:"new"`
	Known []Known   `json:"known"`
	// Gone are entries that no longer match a finding.
	Gone []Entry `json:"gone"`
}

// Version identifies a knowledge.
type Version struct {
	Version     string `json:"version"`
	Fingerprint string `json:"fingerprint"`
}

func versionOf(f *framework.Framework) Version { return Version{f.Version, f.Fingerprint} }

// Known is a finding with the reason why it stays.
type Known struct {
	Finding
	Why string `json:"why"`
}

// Clean reports whether findings and baseline match exactly.
func (r *Report) Clean() bool { return len(r.New)+len(r.Gone) == 0 }

// Run verifies a knowledge against the shipped baseline and the user's own entries. The overlay may be nil. With an overlay, shipped
// entries that match nothing are not reported: the user's knowledge may well remove what they describe.
func Run(shipped, overlay fs.FS, own []Entry) (*Report, error) {
	entries, err := ReadBaseline("baseline.yaml", shippedBaseline)
	if err != nil {
		return nil, fmt.Errorf("the shipped baseline: %w", err)
	}
	f, findings, err := Find(shipped, overlay)
	if err != nil {
		return nil, err
	}
	must := own
	if overlay == nil {
		must = slices.Concat(entries, own)
	}
	return compare(versionOf(f), findings, slices.Concat(entries, own), must), nil
}

// compare matches findings with entries; those in must have to match.
func compare(knowledge Version, findings []Finding, entries, must []Entry) *Report {
	r := &Report{Knowledge: knowledge, New: []Finding{}, Known: []Known{}, Gone: []Entry{}}
	for _, f := range findings {
		if i := slices.IndexFunc(entries, func(e Entry) bool { return e.of(f) }); i >= 0 {
			r.Known = append(r.Known, Known{f, entries[i].Why})
		} else {
			r.New = append(r.New, f)
		}
	}
	for _, e := range must {
		if !slices.ContainsFunc(findings, e.of) {
			r.Gone = append(r.Gone, e)
		}
	}
	return r
}
