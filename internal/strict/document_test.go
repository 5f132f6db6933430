package strict_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vanhoutenbos/layer2/internal/strict"
)

// notes is the format of the tests: a file of notes.
var notes = strict.Format{Name: "a file of notes"}

func TestADocumentIsReadAsAnEditorShowsIt(t *testing.T) {
	for _, text := range []string{
		"a: 1\n",
		"%YAML 1.2\n---\na: 1\n",
		"%YAML 1.2 # the version\n---\na: 1\n",
		"# a comment\n\n%YAML 1.2\r\n---\r\na: 1\r\n",
		"\ufeff%YAML 1.2\n---\na: 1\n",
		"\ufeffa: 1\n",
		"%YAML 1.1\n---\na: 1\n",
		"a: 1\r# the lines of an old Macintosh\r",
		"a:\t1\t# a tab between words\n",
		"# quoted: \u202e می\u200cخواهم\na: 1\n",
	} {
		r := strict.Reader{Format: notes}
		content := []byte(text)
		d, ok := r.Document("n.yaml", content)
		if !ok || d == nil {
			t.Errorf("%q: %v", text, r.Mistakes())
			continue
		}
		key := d.Root.Content[0]
		before := strings.TrimPrefix(text[:strings.Index(text, "a:")], "\ufeff")
		if want := strings.Count(before, "\n") + 1; key.Value != "a" || key.Line != want || key.Column != 1 {
			t.Errorf("%q: %s is on line %d, column %d", text, key.Value, key.Line, key.Column)
		}
		if string(content) != text {
			t.Errorf("%q was changed to %q", text, content)
		}
	}
}

func TestAnEmptyFile(t *testing.T) {
	for _, text := range []string{"", "\ufeff", "# nothing\n", "---\n", "~\n", "null\n"} {
		r := strict.Reader{Format: notes}
		if d, ok := r.Document("n.yaml", []byte(text)); d != nil || !ok || r.Mistakes() != nil {
			t.Errorf("%q: %v, %v, %v", text, d, ok, r.Mistakes())
		}
	}
}

// refusedFiles has one file for each rule that a file as a whole has to keep.
var refusedFiles = []struct {
	rule, text string
	format     strict.Format
	want       string
}{
	{"size", "a: 1\n", strict.Format{Name: "a file of notes", Bytes: 4}, "n.yaml: too large: 5 bytes, more than the 4 that a file of notes may have"},
	{"line", "a: 1\nb: 12345\n", strict.Format{Line: 7}, "n.yaml:2:1: a line of 8 bytes, more than the 7 allowed: break it"},
	{"one document", "a: 1\n---\nb: 1\n", notes, "n.yaml:2:1: a second document: a file of notes holds one"},
	{"UTF-8", "é: \xff\n", notes, "n.yaml:1:4: the byte 0xFF, which is not UTF-8: save the file as UTF-8"},
	{"control characters, on every line", "a: 1\nb: \x1b[2J\x1b\nc: \x00\n", notes,
		"n.yaml:2:4: the control character U+001B: take it out\nn.yaml:3:4: the control character U+0000: take it out"},
	{"noncharacters", "a: \uffff\n", notes, "n.yaml:1:4: U+FFFF, which does not show: take it out"},
	{"line breaks", "# note\u2028b: 1\na: 1\n", notes, "n.yaml:1:7: a line break (U+2028) that few editors show: begin a new line instead"},
	{"line breaks of old", "# note\u0085b: 1\na: 1\n", notes, "n.yaml:1:7: a line break (U+0085) that few editors show: begin a new line instead"},
	{"a return among line feeds", "# note\rb: 1\na: 1\n", notes, "n.yaml:1:7: a line break (U+000D) that few editors show: begin a new line instead"},
	{"after what is in order", "# \u202e\u200c\u2028b: 1\na: 1\n", notes, "n.yaml:1:5: a line break (U+2028) that few editors show: begin a new line instead"},
	{"after a byte order mark", "\ufeffa: 1\u2028b: 2\n", notes, "n.yaml:1:5: a line break (U+2028) that few editors show: begin a new line instead"},
	{"what prints, in a plain format", "# \u202e\r\na: b\u200cc\r\n", strict.Format{Plain: true},
		"n.yaml:1:3: U+202E, which turns the direction of text: take it out\nn.yaml:2:5: U+200C, which does not show: take it out"},
	{"an old Macintosh, in a plain format", "a: 1\r", strict.Format{Plain: true}, "n.yaml:1:5: a line break (U+000D) that few editors show: begin a new line instead"},
	{"tabs", "a:\n\tb: 1\n", notes, "n.yaml:2:1: not YAML: a tab, which YAML does not accept as indentation: use spaces"},
	{"tabs at the start", "\ta: 1\n", notes, "n.yaml:1:1: not YAML: a tab, which YAML does not accept as indentation: use spaces"},
	{"tabs in a list", "a:\n  - x\n\t- y\n", notes, "n.yaml:3:1: not YAML: a tab, which YAML does not accept as indentation: use spaces"},
	{"tabs in a block", "a: |\n\tx\n", notes, "n.yaml:2:1: not YAML: a tab, which YAML does not accept as indentation: use spaces"},
	{"YAML", "a: b: c\n", notes, "n.yaml:1:5: not YAML: mapping values are not allowed in this context"},
	{"the version", "%YAML 2.0\n---\na: 1\n", notes, `n.yaml:1:1: not YAML: "%YAML 2.0" is not accepted here: begin the file with %YAML 1.2 once, or leave it out`},
	{"the version once", "%YAML 1.2\n%YAML 1.2\n---\na: 1\n", notes,
		`n.yaml:2:1: not YAML: "%YAML 1.2" is not accepted here: begin the file with %YAML 1.2 once, or leave it out`},
}

func TestAFileThatIsNotReadSaysWhyAndWhere(t *testing.T) {
	for _, test := range refusedFiles {
		r := strict.Reader{Format: test.format}
		d, ok := r.Document("n.yaml", []byte(test.text))
		if got := r.Mistakes().Error(); d != nil || ok || got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.rule, got, test.want)
		}
	}
}

// What a hostile file names in an error of the parser's is cut.
func TestTheParsersWordsAreCut(t *testing.T) {
	r := strict.Reader{Format: notes}
	_, ok := r.Document("n.yaml", []byte("a: *"+strings.Repeat("x", 10_000)+"\n"))
	if got := r.Mistakes().Error(); ok || !strings.Contains(got, "unknown anchor 'xxx") || len(got) > 300 {
		t.Error(got)
	}
}

func TestAPartOfAFileHasTheFilesLines(t *testing.T) {
	r := strict.Reader{Format: notes}
	d, ok := r.Part("n.md", 10, []byte("a:\n  b: [1]\n"))
	if !ok || d.Root.Content[1].Content[1].Line != 12 {
		t.Errorf("%v: %+v", r.Mistakes(), d)
	}
	for _, text := range []string{"a:\n\tb: 1\n", "a: 1\n--- \nb: 1\n", "a: 1\n# \x1b\n"} {
		r := strict.Reader{Format: notes}
		if _, ok := r.Part("n.md", 10, []byte(text)); ok || r.Mistakes()[0].Line != 12 {
			t.Errorf("%q: %v", text, r.Mistakes())
		}
	}
}

func TestAFileIsReadFromAFileSystem(t *testing.T) {
	files := fstest.MapFS{"n.yaml": {Data: []byte("a: 1\n")}}
	r := strict.Reader{Format: strict.Format{Name: "a file of notes", Bytes: 5}}
	if d, ok := r.Read(files, "n.yaml"); !ok || d.Root.Content[0].Value != "a" {
		t.Error(r.Mistakes())
	}
	files["n.yaml"].Data = append(files["n.yaml"].Data, '\n')
	r.Read(files, "n.yaml")
	r.Read(files, "none.yaml")
	const want = "n.yaml: cannot be read: too large: 6 bytes (limit: 5)\nnone.yaml: cannot be read: file does not exist"
	if got := r.Mistakes().Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
