package text

import "strings"

// ladder says in words what settles a verdict (logic.md §1).
var ladder = map[[2]string]string{
	{"skip", "scale"}:           "it does not apply to a platform like this one",
	{"skip", "need"}:            "no trigger stands",
	{"wait", "scale"}:           "needed, but the platform is not big enough yet",
	{"prepare", "timing"}:       "needed: prepared now, activated in Layer 3",
	{"wait", "readiness"}:       "needed, but something has to be mended first",
	{"consider", "contested"}:   "needed, with reasons for now and reasons against",
	{"wait", "timing"}:          "needed, but something argues for later and nothing presses",
	{"adopt", "timing"}:         "needed, ready, and pressed by a measured problem",
	{"consider", "unmeasured"}:  "needed and pressing, but no problem is measured yet (R3)",
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
