// Package verify proves properties of a knowledge: what in it can never hold, changes nothing, contradicts itself or leaves a gap; and
// which situations two versions of it judge differently. It works on decision diagrams, so its results are exact: what is not reported
// does not exist. It knows no capability by name.
package verify

import (
	"io/fs"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// Kind says what a finding is about.
type Kind string

// The kinds of findings, in the order in which they are reported.
const (
	// NeverHolds and AlwaysHolds: a condition that no facts can change.
	NeverHolds  Kind = "never-holds"
	AlwaysHolds Kind = "always-holds"
	// NoEffect: a statement whose removal changes no outcome, and which is not marked same_as or shown.
	NoEffect Kind = "no-effect"
	// ReasonOnly: a statement that changes reasons but never the verdict.
	ReasonOnly Kind = "because-only"
	// MarkWithoutEffect: a mark, or one id in answers, whose removal changes no outcome.
	MarkWithoutEffect Kind = "mark-without-effect"
	// MarkedWithEffect: a statement that is marked same_as or shown but does change an outcome.
	MarkedWithEffect Kind = "marked-with-effect"
	// NotTheSame: a statement that is marked same_as another but does not say the same.
	NotTheSame Kind = "not-the-same"
	// HoldTogether: a do-not that can hold together with triggers it argues against.
	HoldTogether Kind = "hold-together"
	// Silent: a stretch of numbers that no statement covers, between stretches that some do.
	Silent Kind = "silent"
	// ThresholdsDiffer: a number that capabilities divide at different places.
	ThresholdsDiffer Kind = "thresholds-differ"
	// UnreachableOutcome: an outcome of the ladder that no facts lead to.
	UnreachableOutcome Kind = "unreachable-outcome"
	// NeverFits: an option whose fits exclude one another, or that is ruled out wherever it fits. NeverBest: one that is nowhere
	// best, not even tied.
	NeverFits Kind = "never-fits"
	NeverBest Kind = "never-best"
	// UnusedFact: a fact that no condition mentions. NeverMatters: one that is mentioned but changes nothing.
	UnusedFact   Kind = "unused-fact"
	NeverMatters Kind = "never-matters"
	// NeverReady: a theme of Layer 3 that no facts make ready.
	NeverReady Kind = "never-ready"
)

// Finding is a proved property.
type Finding struct {
	Kind Kind `json:"kind"`
	// Subject is the id that it is about; With completes its identity.
	Subject string   `json:"subject"`
	With    []string `json:"with,omitempty"`
	// Says is the finding in one sentence.
	Says string `json:"says"`
	// Share is the fraction of the capability's states that it concerns, exactly.
	Share string `json:"share,omitempty"`
	// Witness is a set of facts that show it; empty if the finding is that there are no such facts.
	Witness fact.Values `json:"witness,omitempty"`
	File    string      `json:"file"`
	Line    int         `json:"line"`
}

type finder struct {
	*framework.Framework
	findings []Finding
}

// Find returns all findings in a knowledge by kind, in the order of the kinds above, and within a kind in the framework's order.
func Find(shipped, overlay fs.FS) (*framework.Framework, []Finding, error) {
	f, err := framework.Load(shipped, overlay)
	if err != nil {
		return nil, nil, err
	}
	v := &finder{Framework: f}
	if err := v.find(); err != nil {
		return nil, nil, err
	}
	return f, ordered(v.findings), nil
}

func (v *finder) find() error {
	if err := v.conditions(); err != nil {
		return err
	}
	var subjects []*subject
	for _, c := range v.Capabilities {
		s, err := newSubject(v.Framework, c)
		if err != nil {
			return err
		}
		subjects = append(subjects, s)
		v.effects(s)
		v.together(s)
		v.silence(s)
		v.unreachable(s)
		if err := v.options(s); err != nil {
			return err
		}
	}
	v.foundation(subjects)
	v.thresholds(subjects)
	v.themes()
	return v.facts(subjects)
}

// report adds a finding at the place of a text in the knowledge, or at its id if the text is missing.
func (v *finder) report(id, at strict.Text, finding Finding) {
	finding.File, finding.Line = id.File, at.Line
	if at.Line == 0 {
		finding.Line = id.Line
	}
	v.findings = append(v.findings, finding)
}
