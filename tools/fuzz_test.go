package tools

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	shipped "github.com/vanhoutenbos/layer2/knowledge"
)

// FuzzFacts holds that whatever facts a call gives, each is taken as a value that the fact can have, and comes back the same when
// the answer shows it and the next call gives it again; or the call gets an error that a person can read.
func FuzzFacts(f *testing.F) {
	known, err := framework.Load(shipped.Files, nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, facts string) {
		first, mistakes := decoded(known, facts)
		if mistakes != nil {
			readable(t, mistakes.Error(), facts)
			return
		}
		if object := map[string]any{}; json.Unmarshal([]byte(facts), &object) != nil && strings.TrimSpace(facts) != "null" {
			t.Fatalf("%q is not an object and was taken for %v", facts, first)
		}
		var shown fact.Values
		for i, value := range first {
			about := known.Dictionary.Fact(i)
			if value.Kind == fact.Unknown {
				continue
			}
			if !inDomain(about, value) {
				t.Errorf("%s cannot be %+v", about.Name, value)
			}
			shown = append(shown, fact.Named{Fact: about.Name, Value: value})
		}
		again, err := json.Marshal(shown)
		if err != nil {
			t.Fatal(err)
		}
		second, mistakes := decoded(known, string(again))
		if mistakes != nil || !slices.EqualFunc(first, second, fact.Value.Equal) {
			t.Errorf("%q is shown as %s, and that is %v, %v", facts, again, second, mistakes)
		}
	})
}

// decoded is the facts of a call with nothing else in it.
func decoded(f *framework.Framework, facts string) (fact.Situation, *Mistakes) {
	a := readArguments(f, json.RawMessage(`{"facts":`+facts+`}`), "facts")
	s := a.situation(Workspace{})
	if len(a.mistakes.list) > 0 {
		return nil, &a.mistakes
	}
	return s.Situation, nil
}

// inDomain reports whether a fact can have a value, by logic.md §2 and not by the decoder.
func inDomain(about fact.Fact, v fact.Value) bool {
	if v.Kind != about.Kind {
		return false
	}
	switch about.Kind {
	case fact.Boolean:
		return v.Number == 0 && v.Text == "" && v.Members == nil
	case fact.Integer:
		return v.Number >= 0 && v.Number <= 1<<53-1 && v.Number == float64(uint64(v.Number))
	case fact.Number:
		return v.Number >= 0 && v.Number <= 1<<53-1
	case fact.Choice:
		return slices.Contains(about.Values, v.Text)
	}
	place := -1
	for _, member := range v.Members { // in order, each once
		next := slices.Index(about.Values, member)
		if next <= place {
			return false
		}
		place = next
	}
	return true
}

// quotation is a text in quotes, as an error gives one back.
var quotation = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// hides reports whether a line must not hold a character. One that is not assigned yet is shown, and so are the signs that Arabic and
// Syriac put over a number, though they are format characters.
func hides(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Cs, unicode.Co, unicode.Zl, unicode.Zp) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// readable holds that an error is a page at most, each mistake one line of it, and gives back no more than 80 characters at once.
func readable(t *testing.T, said, given string) {
	t.Helper()
	if utf8.RuneCountInString(said) > 2_000 || !utf8.ValidString(said) {
		t.Fatalf("%d characters: %.300q", utf8.RuneCountInString(said), said)
	}
	head, list, _ := strings.Cut(said, "\n")
	if !strings.Contains(head, "mistake") || !strings.HasSuffix(head, ":") {
		t.Errorf("the heading is %q", head)
	}
	for line := range strings.Lines(list) {
		line = strings.TrimSuffix(line, "\n")
		if !strings.HasPrefix(line, "- ") || strings.ContainsFunc(line, hides) {
			t.Errorf("%q is said of %.200q", line, given)
		}
		for _, quoted := range quotation.FindAllString(line, -1) {
			text, err := strconv.Unquote(quoted)
			if err == nil && utf8.RuneCountInString(strings.TrimSuffix(text, "…")) > 80 {
				t.Errorf("%d characters are given back: %s", utf8.RuneCountInString(text), quoted)
			}
		}
		// What else a line gives back is a number, a list or an object: in words of this program, no run of 81 is without a space.
		for _, word := range strings.Fields(quotation.ReplaceAllString(line, "")) {
			if utf8.RuneCountInString(strings.TrimRight(word, "…")) > 81 {
				t.Errorf("a word of %d characters is given back: %s", utf8.RuneCountInString(word), word)
			}
		}
	}
}
