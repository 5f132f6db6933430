package words_test

import (
	"testing"

	"github.com/vanhoutenbos/layer2/internal/words"
)

func TestLists(t *testing.T) {
	for _, test := range []struct {
		items   []string
		and, or string
	}{
		{nil, "", ""},
		{[]string{"a"}, "a", "a"},
		{[]string{"a", "b"}, "a and b", "a or b"},
		{[]string{"a", "b", "c"}, "a, b and c", "a, b or c"},
	} {
		if and, or := words.And(test.items), words.Or(test.items); and != test.and || or != test.or {
			t.Errorf("%q: %q and %q, want %q and %q", test.items, and, or, test.and, test.or)
		}
	}
}

func TestA(t *testing.T) {
	for want, noun := range map[string]string{"a fact": "fact", "an id": "id", "an option": "option", "a user": "user"} {
		if got := words.A(noun); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestCount(t *testing.T) {
	for want, got := range map[string]string{
		"0 mistakes": words.Count(0, "mistake"), "1 mistake": words.Count(1, "mistake"), "2 mistakes": words.Count(2, "mistake"),
		"1 entry": words.Count(1, "entry"), "3 entries": words.Count(3, "entry"),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestDidYouMean(t *testing.T) {
	for want, nearest := range map[string][]string{
		"": nil, `; did you mean "gdpr"?`: {"gdpr"}, `; did you mean "a", "b" or "\u{202e}"?`: {"a", "b", "\u202e"},
	} {
		if got := words.DidYouMean(nearest); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
