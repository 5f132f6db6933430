package words

import (
	"cmp"
	"slices"
	"strings"
)

// longest is the length in bytes above which a name is not compared: it is not a misspelling, and comparing it takes time.
const longest = 80

// Nearest returns at most that many known names close to a name: fewest mistakes first, then the longest common prefix, then the order of
// known.
//
// Two names are close when at most a third of the longer one's letters are mistaken, with one mistake always allowed. A wrong, missing or
// extra letter is a mistake, and so are two swapped neighbours; case is ignored.
func Nearest(name string, known []string, most int) []string {
	if len(name) > longest {
		return nil
	}
	type candidate struct {
		name            string
		mistakes, alike int
	}
	var candidates []candidate
	written := []rune(strings.ToLower(name))
	for _, k := range known {
		meant := []rune(strings.ToLower(k))
		cutOff := max(1, max(len(written), len(meant))/3)
		if apart := len(written) - len(meant); apart > cutOff || -apart > cutOff {
			continue
		}
		if n := mistakes(written, meant); n <= cutOff {
			candidates = append(candidates, candidate{k, n, alike(written, meant)})
		}
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.mistakes, b.mistakes), cmp.Compare(b.alike, a.alike))
	})
	var names []string
	for _, c := range candidates[:min(most, len(candidates))] {
		names = append(names, c.name)
	}
	return names
}

// alike returns the length of the common prefix.
func alike(a, b []rune) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

// mistakes is the Damerau-Levenshtein distance in its usual restricted form (optimal string alignment), which swaps neighbours once: row
// i holds the distances of a's first i letters from every prefix of b.
func mistakes(a, b []rune) int {
	before, above, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		before, above, row = above, row, before
		row[0] = i + 1
		for j := range b {
			wrong := 1
			if a[i] == b[j] {
				wrong = 0
			}
			row[j+1] = min(above[j]+wrong, above[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}

// DidYouMean returns the end of a message that suggests names: `; did you mean "gdpr" or "dora"?`. It is empty if there are none.
func DidYouMean(nearest []string) string {
	if len(nearest) == 0 {
		return ""
	}
	quoted := make([]string, len(nearest))
	for i, name := range nearest {
		quoted[i] = Quote(name, longest)
	}
	return "; did you mean " + Or(quoted) + "?"
}
