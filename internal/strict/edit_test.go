package strict_test

import (
	"errors"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/vanhoutenbos/layer2/internal/strict"
)

// Each change is made in a text with comments, which stay. What a facts file and a record make of it is tested there, with many files.
func TestOneEntryChangesAndTheRestStays(t *testing.T) {
	set := func(section, key, value string) func(*strict.Source, *yaml.Node) error {
		return func(s *strict.Source, root *yaml.Node) error { return s.Set(root, section, key, value) }
	}
	unset := func(section, key string, keep bool) func(*strict.Source, *yaml.Node) error {
		return func(s *strict.Source, root *yaml.Node) error { return s.Unset(root, section, key, keep) }
	}
	item := func(section, item string) func(*strict.Source, *yaml.Node) error {
		return func(s *strict.Source, root *yaml.Node) error { return s.SetItem(root, section, item) }
	}
	noItem := func(section, item string) func(*strict.Source, *yaml.Node) error {
		return func(s *strict.Source, root *yaml.Node) error { return s.UnsetItem(root, section, item) }
	}
	for _, test := range []struct {
		what, before string
		json         bool
		change       func(s *strict.Source, root *yaml.Node) error
		after        string
	}{
		{"a value", "a: # one\n  b: 1 # two\n  c: 2\n", false, set("a", "b", "3"), "a: # one\n  b: 3 # two\n  c: 2\n"},
		{"a key", "a:\n  b: 1 # two\n# end\n", false, set("a", "c", "3"), "a:\n  b: 1 # two\n  c: 3\n# end\n"},
		{"a section", "a: {b: 1}\n", false, set("d", "c", "3"), "a: {b: 1}\nd:\n  c: 3\n"},
		{"a file", "# ours\n", false, set("a", "b", "1"), "# ours\na:\n  b: 1\n"},
		{"a file of JSON", "", true, set("a", "b", "1"), "{\n  \"a\": {\n    \"b\": 1\n  }\n}\n"},
		{"JSON", `{"a": {"b": 1}}`, true, set("a", "c", "3"), `{"a": {"b": 1, "c": 3}}`},
		{"a byte order mark", "\ufeffa: {b: 1}\n", false, set("a", "b", "2"), "\ufeffa: {b: 2}\n"},
		{"line ends of Windows", "a:\r\n  b: 1\r\n", false, set("a", "c", "2"), "a:\r\n  b: 1\r\n  c: 2\r\n"},
		{"one key less", "a:\n  b: 1 # two\n  # three\n  c: 2\n", false, unset("a", "b", true), "a:\n  # three\n  c: 2\n"},
		{"the last key", "a:\n  b: 1\nd: 2\n", false, unset("a", "b", false), "d: 2\n"},
		{"the last key of what is kept", "a:\n  b: 1\nd: 2\n", false, unset("a", "b", true), "a: {}\nd: 2\n"},
		{"an item", "a: [b] # one\n", false, item("a", "c"), "a: [b, c] # one\n"},
		{"an item of lines", "a:\n- b # one\n# end\n", false, item("a", "c"), "a:\n- b # one\n- c\n# end\n"},
		{"the first item", "a: # one\nb: 1\n", false, item("a", "c"), "a: [c] # one\nb: 1\n"},
		{"a list", "b: 1\n", false, item("a", "c"), "b: 1\na: [c]\n"},
		{"a list of JSON", `{"b": 1}`, true, item("a", "c"), `{"b": 1, "a": ["c"]}`},
		{"one item less", "a: [b, c, d]\n", false, noItem("a", "c"), "a: [b, d]\n"},
		{"one line less", "a:\n  - b # one\n  # two\n  - c\n", false, noItem("a", "b"), "a:\n  # two\n  - c\n"},
		{"the last item", "a: [b]\nd: 2\n", false, noItem("a", "b"), "d: 2\n"},
		{"the last item of the last section", "a:\n  - b\n", false, noItem("a", "b"), "a: []\n"},
		{"a text in a block", "a: |\n  b\n  c\n# d\n", false,
			func(s *strict.Source, root *yaml.Node) error { return s.Replace(root, "a", "e") }, "a: e\n# d\n"},
		{"lines behind a mapping", "a:\n    b: 'x\n      y' # z\n\n# end\nc: 1\n", false,
			func(s *strict.Source, root *yaml.Node) error { return s.AddEntry(root.Content[1], "d:\n  - 1\n") },
			"a:\n    b: 'x\n      y' # z\n    d:\n      - 1\n\n# end\nc: 1\n"},
		{"lines behind a list", "a:\n- b: 1\n# end\n", false,
			func(s *strict.Source, root *yaml.Node) error { return s.AddItem(root.Content[1], "- b: 2\n  c: 3\n") },
			"a:\n- b: 1\n- b: 2\n  c: 3\n# end\n"},
	} {
		s := strict.NewSource([]byte(test.before), test.json)
		if err := test.change(s, root(t, test.before)); err != nil || string(s.Bytes()) != test.after {
			t.Errorf("%s: got\n%s\n%v, want\n%s", test.what, s.Bytes(), err, test.after)
		}
	}
}

func TestWhatIsMissingIsNotChanged(t *testing.T) {
	const text = "a: {b: 1}\n"
	for what, change := range map[string]func(s *strict.Source, root *yaml.Node) error{
		"a section":             func(s *strict.Source, root *yaml.Node) error { return s.Unset(root, "c", "b", true) },
		"a key":                 func(s *strict.Source, root *yaml.Node) error { return s.Unset(root, "a", "c", true) },
		"a mapping in braces":   func(s *strict.Source, root *yaml.Node) error { return s.AddEntry(root.Content[1], "c: 1\n") },
		"a list in brackets":    func(s *strict.Source, root *yaml.Node) error { return s.AddItem(root.Content[1], "- 1\n") },
		"an item":               func(s *strict.Source, root *yaml.Node) error { return s.UnsetItem(root, "a", "c") },
		"a section with items":  func(s *strict.Source, root *yaml.Node) error { return s.UnsetItem(root, "c", "b") },
		"a mapping for an item": func(s *strict.Source, root *yaml.Node) error { return s.SetItem(root, "a", "c") },
		"a key to replace":      func(s *strict.Source, root *yaml.Node) error { return s.Replace(root, "c", "1") },
	} {
		s := strict.NewSource([]byte(text), false)
		if err := change(s, root(t, text)); !errors.Is(err, strict.ErrUnusual) || string(s.Bytes()) != text {
			t.Errorf("%s: %v, %s", what, err, s.Bytes())
		}
	}
}

// root is the root of a text, nil if nothing is written in it.
func root(t *testing.T, text string) *yaml.Node {
	t.Helper()
	r := strict.Reader{Format: notes}
	d, ok := r.Document("n.yaml", []byte(text))
	switch {
	case !ok:
		t.Fatal(r.Mistakes())
	case d == nil:
		return nil
	}
	return d.Root
}
