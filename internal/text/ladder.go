package text

import "strings"

// ladder says in words what settles a verdict.
var ladder = map[[2]string]string{
	{"skip", "scale"}:           "too small for it",
	{"skip", "need"}:            "no trigger applies",
	{"wait", "scale"}:           "needed, but the platform is too small for it yet",
	{"prepare", "timing"}:       "needed: prepare it now, activate it in Layer 3",
	{"wait", "readiness"}:       "needed, but something must be fixed first",
	{"consider", "contested"}:   "needed, with reasons for now and reasons against",
	{"wait", "timing"}:          "needed, but something argues for later and nothing presses",
	{"adopt", "timing"}:         "needed, ready, and a measured problem presses",
	{"consider", "unmeasured"}:  "needed and pressing, but no problem is measured yet",
	{"consider", "no_pressure"}: "needed, but nothing presses",
}

// why says in words what settles a verdict; where several things may, all of them.
func why(verdict string, because []string) string {
	words := make([]string, len(because))
	for i, b := range because {
		words[i] = ladder[[2]string{verdict, b}]
		if words[i] == "" {
			words[i] = b
		}
	}
	return strings.Join(words, ", or ")
}
