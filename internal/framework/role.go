package framework

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/strict"
)

// The statements that answers and pages cite by themselves, whatever the knowledge says. Every knowledge has them, and none is disabled.
const (
	// MeasureRule stands against what presses without a measured problem: a number comes first.
	MeasureRule = "R3"
	// ExitRule asks for the way back where a capability has no question of its own for it.
	ExitRule = "R4"
	// FoundationLayer is what the first step is measured by while the foundation fails.
	FoundationLayer = "Y1"
	// ThemesLayer says what Layer 3 is, ThemesNeed when it is relevant at all.
	ThemesLayer = "Y3"
	ThemesNeed  = "Y4"
)

// roles are these statements and what each is for, in words.
var roles = []struct{ id, noun, use string }{
	{MeasureRule, "rule", "every decision asks for a measured problem by it"},
	{ExitRule, "rule", "it asks for the way back where a capability does not"},
	{FoundationLayer, "layer", "the first step of a plan is measured by it"},
	{ThemesLayer, "layer", "the page of Layer 3 opens with it"},
	{ThemesNeed, "layer", "a plan says by it why a theme is not needed"},
}

// checkRoles checks that the statements which answers cite are there.
func (c *checker) checkRoles() {
	for _, role := range roles {
		there := false
		for _, f := range c.files {
			for _, s := range slices.Concat(f.Rules, f.Layers) {
				if s.ID.Value != role.id {
					continue
				}
				there = true
				if s.Disabled {
					c.add(s.ID.Place, "%s cannot be disabled: %s", role.id, role.use)
				}
			}
		}
		if !there && !c.incomplete {
			c.mistakes.Add(strict.Place{}, "no file holds %s %s: %s", role.noun, role.id, role.use)
		}
	}
}
