package verify

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// shippedBaseline is what the shipped knowledge knowingly contains.
//
//go:embed baseline.yaml
var shippedBaseline []byte

// Entry is a finding that is known, and why it stays.
type Entry struct {
	Kind    Kind     `yaml:"kind" json:"kind"`
	Subject string   `yaml:"subject" json:"subject"`
	With    []string `yaml:"with,omitempty" json:"with,omitempty"`
	// Witness is facts that show it, as fact.Values writes them.
	Witness string `yaml:"witness,omitempty" json:"witness,omitempty"`
	Why     string `yaml:"why" json:"why"`
}

// of says whether the entry is about a finding. The witness is no part of that: it may move when a threshold does.
func (e Entry) of(f Finding) bool {
	return e.Kind == f.Kind && e.Subject == f.Subject && slices.Equal(e.With, f.With)
}

// ReadBaseline reads a list of entries.
func ReadBaseline(data []byte) ([]Entry, error) {
	if _, err := strict.Documents(data); err != nil {
		return nil, err
	}
	var entries []Entry
	if err := yaml.Load(strict.WithoutVersion(data), &entries, yaml.WithKnownFields()); err != nil {
		return nil, errors.New(words.Cut(err.Error(), 200))
	}
	for i, e := range entries {
		switch {
		case !slices.Contains(kinds[:], e.Kind):
			return nil, fmt.Errorf("entry %d: %s is no kind of finding", i+1, words.Quote(string(e.Kind), 80))
		case e.Subject == "" || e.Why == "":
			return nil, fmt.Errorf("entry %d: it needs a subject and a why", i+1)
		case hides(e):
			return nil, fmt.Errorf("entry %d: its texts stand on one line each, and hold only characters that print", i+1)
		}
	}
	return entries, nil
}

// hides says whether a text of an entry would not print on one line.
func hides(e Entry) bool {
	return slices.ContainsFunc(append([]string{e.Subject, e.Witness, strings.TrimSuffix(e.Why, "\n")}, e.With...), func(text string) bool {
		_, found := words.Hidden(text)
		return found
	})
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

// Clean says whether the baseline says all that there is, and nothing else.
func (r *Report) Clean() bool { return len(r.New)+len(r.Gone) == 0 }

// Run verifies a knowledge against the shipped baseline and further entries of the user's own. The overlay may be nil; where there
// is one, shipped entries that no longer apply are no matter: the user's knowledge may well do away with what they are about.
func Run(shipped, overlay fs.FS, own []Entry) (*Report, error) {
	entries, err := ReadBaseline(shippedBaseline)
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
