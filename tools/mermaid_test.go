package tools

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// A title in a label of the diagram is text: nothing in it ends the label or is markup to Mermaid, whose entities
// are a number between # and ;.
func TestATitleInADiagramIsText(t *testing.T) {
	entity := regexp.MustCompile(`#[0-9]+;`)
	for _, title := range []string{
		"Service mesh", "Kubernetes (on-prem), v1.2: what now?", `a"] --> b["c`, `click s1 "https://evil.example"`, "#quot; #35; &quot;", `%%{init: {"theme": "x"}}%%`,
		"<b>bold</b><img src=x>", "`code` **bold** _x_", `line\nbreak`, "a; b | c { } ~ @ $ ^ =", "漢字 é 🚀",
	} {
		got := label(title)
		if bare := entity.ReplaceAllString(got, ""); strings.ContainsAny(bare, "\"#;<>&%{}[]|\\`*_~\n") {
			t.Errorf("%q is written as %q", title, got)
		}
		read := entity.ReplaceAllStringFunc(got, func(e string) string {
			n, err := strconv.Atoi(e[1 : len(e)-1])
			if err != nil {
				t.Fatal(err)
			}
			return string(rune(n))
		})
		if read != title {
			t.Errorf("%q reads as %q", got, read)
		}
	}
	if got := label("Service mesh"); got != "Service mesh" {
		t.Errorf("an ordinary title is written as %q", got)
	}
}
