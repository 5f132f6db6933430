package verify

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/decide"
)

// unreachable reports outcomes of the ladder that no facts lead a capability to.
func (v *finder) unreachable(s *subject) {
	reached := s.whole.Reached()
	for _, outcome := range s.Model.Ends() {
		if !slices.Contains(reached, outcome) {
			v.report(s.ID, s.ID, Finding{Kind: UnreachableOutcome, Subject: s.ID.Value, With: []string{end(outcome)},
				Says: "No facts make " + s.ID.Value + " " + end(outcome) + "."})
		}
	}
}

// themes reports the themes that no facts make ready.
func (v *finder) themes() {
	nothing := v.Dictionary.NewSituation()
	for _, theme := range v.Themes {
		if !slices.Contains(theme.Decision.Explain(nothing, decide.Maybe).Possible, decide.Ready) {
			v.report(theme.ID, theme.ID, Finding{Kind: NeverReady, Subject: theme.ID.Value,
				Says: "No facts make " + theme.ID.Value + " (" + theme.Slug.Value + ") ready."})
		}
	}
}

// kinds lists all kinds in report order.
var kinds = [...]Kind{NeverHolds, AlwaysHolds, NoEffect, ReasonOnly, MarkWithoutEffect, MarkedWithEffect, NotTheSame, HoldTogether, Silent,
	ThresholdsDiffer, UnreachableOutcome, NeverFits, NeverBest, UnusedFact, NeverMatters, NeverReady}

// ordered sorts findings by kind and keeps their order within one.
func ordered(findings []Finding) []Finding {
	slices.SortStableFunc(findings, func(a, b Finding) int { return slices.Index(kinds[:], a.Kind) - slices.Index(kinds[:], b.Kind) })
	return findings
}
