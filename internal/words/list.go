package words

import (
	"strconv"
	"strings"
)

// And joins a list: "a, b and c".
func And(items []string) string { return joined(items, " and ") }

// Or joins alternatives: "a, b or c".
func Or(items []string) string { return joined(items, " or ") }

func joined(items []string, last string) string {
	n := len(items) - 1
	if n < 1 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:n], ", ") + last + items[n]
}

// Count is a number with its noun: "1 mistake", "2 mistakes", "2 entries".
func Count(n int, noun string) string {
	stem, y := strings.CutSuffix(noun, "y")
	switch {
	case n == 1:
	case y:
		noun = stem + "ies"
	default:
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}
