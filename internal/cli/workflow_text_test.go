package cli

import (
	"strings"
	"testing"
)

// TestNoLineIsACommandOfAWorkflow writes text whole and in pieces. The runner looks for :: behind leading blanks, and for ##[ anywhere.
func TestNoLineIsACommandOfAWorkflow(t *testing.T) {
	for text, want := range map[string]string{
		"plain: text\n":               "plain: text\n",
		"a::b\n":                      "a::b\n",
		"::error::x\n":                `\u003a:error::x` + "\n",
		"  \t::error::x":              "  \t" + `\u003a:error::x`,
		"a\n::stop-commands::t\nb":    "a\n" + `\u003a:stop-commands::t` + "\nb",
		"a\r::error::x":               "a\r" + `\u003a:error::x`,
		"\u3000::error::x":            "\u3000" + `\u003a:error::x`,
		"# heading [x]\n":             "# heading [x]\n",
		"##[error]x ###[group]\n":     `##\u005berror]x ###\u005bgroup]` + "\n",
		`{"says": "a ##[add-mask]b"}`: `{"says": "a ##\u005badd-mask]b"}`,
	} {
		for _, size := range []int{1, 2, 3, len(text)} {
			var b strings.Builder
			w := workflowText{to: &b}
			for rest := text; rest != ""; rest = rest[min(size, len(rest)):] {
				if n, err := w.Write([]byte(rest[:min(size, len(rest))])); err != nil || n != min(size, len(rest)) {
					t.Fatal(n, err)
				}
			}
			if b.String() != want {
				t.Errorf("%q in pieces of %d: %q, want %q", text, size, b.String(), want)
			}
		}
	}
}
