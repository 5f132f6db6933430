package verify

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
)

// together reports each do-not that can hold at the same time as triggers it argues against: those that it answers, or all of them if it
// is a floor or a blocker.
func (v *finder) together(s *subject) {
	for _, n := range s.deciding {
		if n.Role != decide.DoNot {
			continue
		}
		against := s.space.Where(n.When)
		var both []decide.Region
		var ids, parts []string
		anywhere := s.space.Nowhere()
		for _, t := range s.deciding {
			spoken := n.Effect == decide.Floor || n.Effect == decide.Blocker || slices.Contains(n.Answers, t.ID)
			overlap := against.And(s.space.Where(t.When))
			if t.Role == decide.Trigger && spoken && !overlap.Empty() {
				both, anywhere = append(both, overlap), anywhere.Or(overlap)
				ids, parts = append(ids, t.ID), append(parts, t.ID+" ("+fraction(overlap.Share())+")")
			}
		}
		if len(ids) == 0 {
			continue
		}
		text := s.texts[n.ID]
		v.report(text.ID, text.When.Text, Finding{Kind: HoldTogether, Subject: n.ID, With: ids,
			Says:  fmt.Sprintf("%s, %s, can hold together with %s.", n.ID, does(n), strings.Join(parts, ", ")),
			Share: fraction(anywhere.Share()), Witness: witness(v.Dictionary, both[0])})
	}
}

// does names the effect of a do-not.
func does(s decide.Statement) string {
	switch s.Effect {
	case decide.Floor:
		return "a floor"
	case decide.Blocker:
		return "a blocker"
	}
	return "an answer"
}
