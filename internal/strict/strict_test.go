package strict

import (
	"errors"
	"strings"
	"testing"
)

func TestDocuments(t *testing.T) {
	for _, text := range []string{
		"a: 1\n",
		"%YAML 1.2\n---\na: 1\n",
		"%YAML 1.2 # the version\n---\na: 1\n",
		"# a comment\n\n%YAML 1.2\r\n---\r\na: 1\r\n",
		"\ufeff%YAML 1.2\n---\na: 1\n",
		"%YAML 1.1\n---\na: 1\n",
		"a: 1\r# the lines of an old Macintosh\r",
		"a:\t1\t# a tab between words\n",
		"# quoted: \u202e می\u200cخواهم\na: 1\n",
	} {
		documents, err := Documents([]byte(text))
		if err != nil || len(documents) != 1 {
			t.Errorf("%q: %d documents, %v", text, len(documents), err)
			continue
		}
		key := documents[0].Content[0].Content[0]
		before := strings.TrimPrefix(text[:strings.Index(text, "a:")], "\ufeff")
		if want := strings.Count(before, "\n") + 1; key.Value != "a" || key.Line != want || key.Column != 1 {
			t.Errorf("%q: %s stands on line %d, column %d", text, key.Value, key.Line, key.Column)
		}
	}
	if documents, err := Documents([]byte("# nothing\n")); err != nil || len(documents) != 0 {
		t.Errorf("a comment alone: %d documents, %v", len(documents), err)
	}
}

func TestTheContentStays(t *testing.T) {
	content := []byte("%YAML 1.2\n---\na: 1\n")
	before := string(content)
	if _, err := Documents(content); err != nil || string(content) != before {
		t.Errorf("%q, %v", content, err)
	}
}

func TestWhatIsNotYAML(t *testing.T) {
	const tab = "not YAML: a tab, which YAML does not take for indentation: use spaces"
	for _, test := range []struct {
		text         string
		line, column int
		problem      string
	}{
		{"a:\n\tb: 1\n", 2, 1, tab},
		{"\ta: 1\n", 1, 1, tab},
		{"a: 1\n\tb: 2\n", 2, 1, tab},
		{"a:\n  - x\n\t- y\n", 3, 1, tab},
		{"a: |\n\tx\n", 2, 1, tab},
		{"a: b: c\n", 1, 5, "not YAML: mapping values are not allowed in this context"},
		{"%YAML 2.0\n---\na: 1\n", 1, 1, `not YAML: "%YAML 2.0" is not read: begin the file with %YAML 1.2 once, or leave it out`},
		{"%YAML 1.2\n%YAML 1.2\n---\na: 1\n", 2, 1, `not YAML: "%YAML 1.2" is not read: begin the file with %YAML 1.2 once, or leave it out`},
		{"a: 1\nb: \x1b[2J\n", 2, 4, "U+001B, a character that does not print: take it out"},
		{"# note\u2028b: 1\na: 1\n", 1, 7, "U+2028, a line break that few editors show: begin a new line instead"},
		{"# note\u0085b: 1\na: 1\n", 1, 7, "U+0085, a line break that few editors show: begin a new line instead"},
		{"# note\rb: 1\na: 1\n", 1, 7, "U+000D, a line break that few editors show: begin a new line instead"},
		{"\ufeffa: 1\u2028b: 2\n", 1, 5, "U+2028, a line break that few editors show: begin a new line instead"},
		{"é: \xff\n", 1, 4, "not UTF-8: save the file as UTF-8"},
		{"a: \uffff\n", 1, 4, "U+FFFF, a character that does not print: take it out"},
	} {
		documents, err := Documents([]byte(test.text))
		var wrong *Error
		if !errors.As(err, &wrong) {
			t.Errorf("%q: %d documents, %v", test.text, len(documents), err)
			continue
		}
		if *wrong != (Error{test.line, test.column, test.problem}) {
			t.Errorf("%q: %+v", test.text, *wrong)
		}
	}
}

// What a hostile file names in an error of the parser's is cut.
func TestTheParsersWordsAreCut(t *testing.T) {
	_, err := Documents([]byte("a: *" + strings.Repeat("x", 10_000) + "\n"))
	if err == nil || !strings.Contains(err.Error(), "unknown anchor 'xxx") || len(err.Error()) > 300 {
		t.Error(err)
	}
}
