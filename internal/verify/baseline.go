package verify

import (
	_ "embed"
	"fmt"
	"io/fs"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// shippedBaseline is what the shipped knowledge knowingly contains.
//
//go:embed baseline.yaml
var shippedBaseline []byte

// Entry is a finding that is known, and why it stays.
type Entry struct {
	Kind    Kind     `json:"kind"`
	Subject string   `json:"subject"`
	With    []string `json:"with,omitempty"`
	// Witness is facts that show it, as fact.Values writes them.
	Witness string `json:"witness,omitempty"`
	Why     string `json:"why"`
}

// of reports whether the entry is about a finding. The witness is not part of that: it may move when a threshold does.
func (e Entry) of(f Finding) bool {
	return e.Kind == f.Kind && e.Subject == f.Subject && slices.Equal(e.With, f.With)
}

// entry is an Entry as it is written.
type entry struct {
	Kind    strict.Text   `yaml:"kind"`
	Subject strict.Text   `yaml:"subject"`
	With    []strict.Text `yaml:"with,omitempty"`
	Witness strict.Text   `yaml:"witness,omitempty"`
	Why     strict.Text   `yaml:"why"`
}

// ReadBaseline reads a list of entries; name is what mistakes call the file. The error is strict.Mistakes.
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

// Report is the findings about a knowledge, held against a baseline.
type Report struct {
	Knowledge Version `json:"knowledge"`
	// New are findings that no entry is about; Known those with an entry, and its reason.
	New   []Finding `json:"new"`
	Known []Known   `json:"known"`
	// Gone are entries that are about no finding any more.
	Gone []Entry `json:"gone"`
}

// Version names a knowledge.
type Version struct {
	Version     string `json:"version"`
	Fingerprint string `json:"fingerprint"`
}

func versionOf(f *framework.Framework) Version { return Version{f.Version, f.Fingerprint} }

// Known is a finding and the reason why it stays.
type Known struct {
	Finding
	Why string `json:"why"`
}

// Clean reports whether the baseline says all that there is, and nothing else.
func (r *Report) Clean() bool { return len(r.New)+len(r.Gone) == 0 }

// Run verifies a knowledge against the shipped baseline and further entries of the user's own. The overlay may be nil; where there
// is one, shipped entries that no longer apply are no matter: the user's knowledge may well do away with what they are about.
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

// compare holds findings against entries, of which some must apply.
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
