package framework_test

import (
	"errors"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// FuzzLoad checks that whatever a file contains, loading ends with a framework that answers, or with mistakes that each have a
// place in the file and can be shown to a person. The input is an edit: in which of the small files, where, how much goes, what comes.
func FuzzLoad(f *testing.F) {
	small := os.DirFS("testdata/small")
	names, err := fs.Glob(small, "*.yaml")
	if err != nil || len(names) == 0 {
		f.Fatal(names, err)
	}
	files := copied(f, small)
	for _, test := range broken {
		for _, e := range test.edits {
			which := slices.Index(names, e.file)
			if which < 0 || len(e.new) > 1_000 {
				continue
			}
			text := string(files[e.file].Data)
			if e.old == "" {
				e.old = text
			}
			f.Add(uint8(which), uint16(strings.Index(text, e.old)), uint16(len(e.old)), e.new)
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, at, gone uint16, put string) {
		name := names[int(which)%len(names)]
		text := string(files[name].Data)
		start := int(at) % (len(text) + 1)
		text = text[:start] + put + text[min(start+int(gone), len(text)):]
		loaded, err := framework.Load(small, fstest.MapFS{name: {Data: []byte(text)}})
		if err == nil {
			answering(t, loaded)
			return
		}
		var mistakes strict.Mistakes
		if loaded != nil || !errors.As(err, &mistakes) || len(mistakes) == 0 {
			t.Fatalf("framework %v, error %v", loaded != nil, err)
		}
		for _, m := range mistakes {
			shownAt(t, m, name, text)
		}
	})
}

// answering asks a framework about a platform of which nothing is known, and about everything that the framework names.
func answering(t *testing.T, f *framework.Framework) {
	t.Helper()
	situation := f.Dictionary.NewSituation()
	for _, c := range f.Capabilities {
		if e := c.Decision.Explain(situation); len(e.Possible) == 0 {
			t.Errorf("%s: no verdict is possible", c.ID)
		}
	}
	for _, theme := range f.Themes {
		if e := theme.Decision.Explain(situation, decide.Maybe); len(e.Possible) == 0 {
			t.Errorf("%s: no status is possible", theme.ID)
		}
	}
	for _, entry := range f.Entries() {
		if found, ok := f.Entry(entry.ID); !ok || found != entry {
			t.Errorf("%q is an entry and not found", entry.ID)
		}
	}
	if len(f.Fingerprint) != 12 || f.Version == "" {
		t.Errorf("version %q, fingerprint %q", f.Version, f.Fingerprint)
	}
}

// hides reports whether a character must not appear in a line. Unassigned characters are shown, and so are the signs that Arabic and
// Syriac put over a number, although they are format characters.
func hides(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Cs, unicode.Co, unicode.Zl, unicode.Zp) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// shownAt checks that a mistake is one readable line with a place in the file, unless it is about files as a whole.
func shownAt(t *testing.T, m strict.Mistake, name, text string) {
	t.Helper()
	unreadable := strings.ContainsFunc(m.Problem, hides)
	if m.Problem == "" || unreadable || !utf8.ValidString(m.Problem) || utf8.RuneCountInString(m.Problem) > 2_100 {
		t.Errorf("a mistake that nobody can read: %.200q", m)
	}
	switch {
	case m.File == "":
		if !strings.HasPrefix(m.Problem, "no file ") {
			t.Errorf("no place: %+v", m)
		}
	case m.Line == 0:
		if m.File != name || !strings.HasPrefix(m.Problem, "empty") && !strings.HasPrefix(m.Problem, "not YAML") {
			t.Errorf("no line: %+v", m)
		}
	case m.File == name && !within(m, strings.Split(text, "\n")) && !within(m, lineBreak.Split(text, -1)):
		t.Errorf("beyond the file: %+v", m)
	}
}

// lineBreak is a line break to YAML, which knows more of them than editors do.
var lineBreak = regexp.MustCompile("\r\n|[\n\r\u0085\u2028\u2029]")

// within reports whether a mistake is in one of the lines, or at the end after them.
func within(m strict.Mistake, lines []string) bool {
	if m.Line == len(lines)+1 {
		return m.Column == 1
	}
	return m.Line <= len(lines) && m.Column >= 1 && m.Column <= utf8.RuneCountInString(lines[m.Line-1])+1
}
