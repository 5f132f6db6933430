package page

import "strings"

// ladder says in words what settles a verdict (logic.md §1).
var ladder = map[[2]string]string{
	{"skip", "scale"}:           "the platform is too small for it",
	{"skip", "need"}:            "no trigger stands",
	{"wait", "scale"}:           "it is needed, and the platform is not big enough yet",
	{"prepare", "timing"}:       "it is needed, so prepare it now and activate it in Layer 3",
	{"wait", "readiness"}:       "it is needed, and something has to be mended first",
	{"consider", "contested"}:   "it is needed, with reasons for now and reasons against",
	{"wait", "timing"}:          "it is needed, nothing presses, and something argues for later",
	{"adopt", "timing"}:         "it is needed, nothing is in the way, and a measured problem presses",
	{"consider", "unmeasured"}:  "it is needed and presses, with no measured problem yet (R3)",
	{"consider", "no_pressure"}: "it is needed, and nothing presses",
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

// capital begins a sentence.
func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
