package text

import (
	"cmp"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// ladder says in words what settles a verdict.
var ladder = map[[2]string]string{
	{"skip", "scale"}:           "too small for it",
	{"skip", "need"}:            "no trigger applies",
	{"wait", "scale"}:           "needed, but the platform is too small for it yet",
	{"prepare", "timing"}:       "needed: prepare it now, which is the most that Layer 2 says; plan_layer3 says what holds back activating it",
	{"wait", "readiness"}:       "needed, but something must be fixed first",
	{"consider", "contested"}:   "needed, with reasons for now and reasons against",
	{"wait", "timing"}:          "needed, but something argues for later and nothing presses",
	{"adopt", "timing"}:         "needed, ready, and a measured problem presses",
	{"consider", "unmeasured"}:  "needed and pressing, but no problem is measured yet",
	{"consider", "no_pressure"}: "needed, but nothing presses",
}

// why says in words what settles a verdict. If several things may, it names all of them, and what they share only once: "needed, but no
// problem is measured yet or nothing presses".
func why(verdict string, reasons []string) string {
	said := words.Each(reasons, func(b string) string { return cmp.Or(ladder[[2]string{verdict, b}], b) })
	if len(said) == 1 {
		return said[0]
	}
	var obstacles []string
	for _, text := range said {
		if _, obstacle, found := strings.Cut(text, ", but "); found {
			obstacles = append(obstacles, obstacle)
		}
	}
	if len(obstacles) < len(said) {
		return strings.Join(said, ", or ")
	}
	return "needed, but " + words.Or(obstacles)
}
