package framework

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/strict"
)

// Statements that the program itself cites, in answers and pages. Every knowledge must have them, enabled.
const (
	// MeasureRule argues against acting on pressure without a measured problem: a number comes first.
	MeasureRule = "R3"
	// ExitRule asks for an exit strategy if a capability has no question of its own for it.
	ExitRule = "R4"
	// FoundationLayer is what the first step is measured against while the foundation fails.
	FoundationLayer = "Y1"
	// ThemesLayer says what Layer 3 is, ThemesNeed when it is relevant at all.
	ThemesLayer = "Y3"
	ThemesNeed  = "Y4"
)

// roles lists these statements with their kind and their purpose, for messages.
var roles = []struct{ id, noun, use string }{
	{MeasureRule, "rule", "every decision cites it to ask for a measured problem"},
	{ExitRule, "rule", "it asks for an exit strategy where a capability does not"},
	{FoundationLayer, "layer", "the first step of a plan is measured against it"},
	{ThemesLayer, "layer", "the page of Layer 3 opens with it"},
	{ThemesNeed, "layer", "a plan cites it to say why a theme is not needed"},
}

// checkRoles checks that the statements which the program cites exist and are enabled.
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
