// Package verify proves things about a knowledge: what in it can never hold, changes nothing, is at odds with itself or leaves a
// gap; and which situations two versions of it judge differently. All of it is read off diagrams, so it is exact: what is not
// reported is not there. It knows no capability by name.
package verify

import (
	"io/fs"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// Kind is what a finding says.
type Kind string

// The kinds of findings, in the order in which they are reported.
const (
	// NeverHolds and AlwaysHolds: a condition that no facts can change.
	NeverHolds  Kind = "never-holds"
	AlwaysHolds Kind = "always-holds"
	// NoEffect: a statement whose loss changes no outcome, and which is not marked same_as or shown.
	NoEffect Kind = "no-effect"
	// BecauseOnly: a statement that changes why, and never the verdict.
	ReasonOnly Kind = "because-only"
	// MarkWithoutEffect: a mark, or one answers-link, whose loss changes no outcome.
	MarkWithoutEffect Kind = "mark-without-effect"
	// MarkedWithEffect: a statement that is marked same_as or shown, and changes an outcome.
	MarkedWithEffect Kind = "marked-with-effect"
	// NotTheSame: a statement that is marked same_as another, and does not say the same.
	NotTheSame Kind = "not-the-same"
	// HoldTogether: a do-not that can hold beside triggers which it speaks against.
	HoldTogether Kind = "hold-together"
	// Silent: a stretch of numbers that no statement speaks about, between others that some do.
	Silent Kind = "silent"
	// ThresholdsDiffer: a number that capabilities divide at different places.
	ThresholdsDiffer Kind = "thresholds-differ"
	// UnreachableOutcome: an end of the ladder that no facts lead to.
	UnreachableOutcome Kind = "unreachable-outcome"
	// NeverFits: an option whose fits exclude one another, or that is out wherever it fits. NeverBest: one that is nowhere
	// best, not even tied.
	NeverFits Kind = "never-fits"
	NeverBest Kind = "never-best"
	// UnusedFact: a fact that no condition mentions. NeverMatters: one that is mentioned and changes nothing.
	UnusedFact   Kind = "unused-fact"
	NeverMatters Kind = "never-matters"
	// NeverReady: a theme of Layer 3 that no facts make ready.
	NeverReady Kind = "never-ready"
)

// Finding is one thing that was proved.
type Finding struct {
	Kind Kind `json:"kind"`
	// Subject is the id that it is about; With is what else makes it this finding and no other.
	Subject string   `json:"subject"`
	With    []string `json:"with,omitempty"`
	// Says is the finding in one sentence.
	Says string `json:"says"`
	// Share is the part of the states of the capability that it is about, as an exact fraction.
	Share string `json:"share,omitempty"`
	// Witness is facts that show it; none where the finding is that there are no such facts.
	Witness fact.Values `json:"witness,omitempty"`
	File    string      `json:"file"`
	Line    int         `json:"line"`
}

// finder looks for findings in one knowledge.
type finder struct {
	*framework.Framework
	findings []Finding
}

// Find is all findings about a knowledge, by kind in the order above, and in the framework's order within one.
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

// report adds a finding that stands where a text of the knowledge does. The id belongs to the text, which may be missing.
func (v *finder) report(id, at strict.Text, finding Finding) {
	finding.File, finding.Line = id.File, at.Line
	if at.Line == 0 {
		finding.Line = id.Line
	}
	v.findings = append(v.findings, finding)
}
