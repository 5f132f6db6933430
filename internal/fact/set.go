package fact

import (
	"fmt"
	"slices"
	"strings"
)

// longestSet limits how many members are read; no fact has as many.
const longestSet = 1_000

// readSet returns the members in domain order, each once.
func (f Fact) readSet(w Written) (Value, Mistakes) {
	if len(w.Items) > longestSet {
		return Value{}, f.mistake(w, "a list of more than %d members, and %s is %s", longestSet, f.Name, f.Domain())
	}
	given := map[string]bool{}
	var mistakes Mistakes
	for _, item := range w.Items {
		if item.Form != String {
			mistakes = append(mistakes, f.wrongForm(item)...)
			continue
		}
		mistakes = append(mistakes, f.oneOf(item)...)
		given[item.Text] = true
	}
	if len(mistakes) > 0 {
		return Value{}, mistakes
	}
	value := Value{Kind: Set}
	for _, member := range f.Values {
		if given[member] {
			value.Members = append(value.Members, member)
		}
	}
	return value, nil
}

// parseSet reads [a, b] or a,b. Only [] and none mean the empty set: an empty member is most likely an unset shell variable.
func (f Fact) parseSet(word string) (Written, error) {
	inner, open := strings.CutPrefix(word, "[")
	inner, closed := strings.CutSuffix(inner, "]")
	set := Written{Form: List}
	switch {
	case open != closed:
		return set, fmt.Errorf("%s has only one of its brackets", quoted(word))
	case open && strings.TrimSpace(inner) == "", word == "none" && !slices.Contains(f.Values, "none"):
		return set, nil
	}
	for member := range strings.SplitSeq(inner, ",") {
		member = strings.Trim(strings.TrimSpace(member), `"`)
		if member == "" {
			return set, fmt.Errorf("%s has an empty member", quoted(word))
		}
		set.Items = append(set.Items, Written{Form: String, Text: member})
	}
	return set, nil
}

// formatSet writes the members in brackets, with the given separator after each comma.
func formatSet(members []string, word func(string) string, behind string) string {
	list := make([]string, len(members))
	for i, member := range members {
		list[i] = word(member)
	}
	return "[" + strings.Join(list, ","+behind) + "]"
}
