package factsfile_test

import (
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/factsfile"
)

// A facts file may be anybody's. What a message gives back of it is shown as text, and what nobody sees in an editor is not read.
func TestTextOfAFileOfFactsPrints(t *testing.T) {
	for _, test := range []struct{ name, file, want string }{
		{"a key", "facts: {\"services\\u202e\\U000E0041\": 7}\n", `layer2.yaml:1:9: "services\u{202e}\u{e0041}" is not a fact; did you mean "services"?`},
		{"a key, raw", "fa\u200bcts: {}\n", `layer2.yaml:1:1: unknown key "fa\u{200b}cts"; did you mean "facts"?`},
		{"a value", "facts: {tenancy: \"multi\\e[2J\\n::error::\"}\n", `layer2.yaml:1:18: tenancy: "multi\u{1b}[2J\u{a}::error::" is not one of single, multi`},
		{"what runs", "running: [\"service-mesh\\u2028\"]\n", `layer2.yaml:1:11: running: "service-mesh\u{2028}" is not a capability; did you mean "service-mesh"?`},
		{"what runs, as a mapping", "running: {service-mesh: \"\\u202e\"}\n", `layer2.yaml:1:25: "\u{202e}" is a string, and service-mesh is true or false`},
		{"a tag", "facts: {services: !\u202ex 7}\n", `layer2.yaml:1:20: not YAML: did not find expected whitespace or line break`},
		{"a control character", "facts: {}\n# \x1b[2J\n", "layer2.yaml:2:3: the control character U+001B: take it out"},
		{"a comment that ends where nobody sees it", "facts: {developers: 9}\n# note\u2028running: []\n",
			"layer2.yaml:2:7: a line break (U+2028) that few editors show: begin a new line instead"},
		{"a return in a comment", "facts: {developers: 9}\n# note\rrunning: []\n",
			"layer2.yaml:2:7: a line break (U+000D) that few editors show: begin a new line instead"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w, err := factsfile.Read(shipped.Framework(t), "layer2.yaml", []byte(test.file))
			if err == nil {
				t.Fatalf("read as %s", known(shipped.Framework(t), w))
			}
			if err.Error() != test.want {
				t.Errorf("got\n%v\nwant\n%s", err, test.want)
			}
		})
	}
	_, err := factsfile.Read(shipped.Framework(t), "\x1b[2J\n::error::.yaml", []byte("facts: 7\n"))
	const want = `\u{1b}[2J\u{a}::error::.yaml:1:8: "facts" must be a mapping, not 7`
	if err == nil || err.Error() != want {
		t.Errorf("the name of a file: %v, want %s", err, want)
	}
}

func TestAFileOfFactsForYAML12(t *testing.T) {
	f := shipped.Framework(t)
	same, err := factsfile.Read(f, "layer2.yaml", []byte("facts: {services: 7}\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"%YAML 1.2\n---\nfacts: {services: 7}\n", "# ours\n%YAML 1.2\r\n---\r\nfacts:\r\n  services: 7\r\n"} {
		w, err := factsfile.Read(f, "layer2.yaml", []byte(file))
		if err != nil || known(f, w) != known(f, same) {
			t.Errorf("%q: %s, %v", file, known(f, w), err)
		}
	}
	changes, err := factsfile.ParseSettings(f, []string{"services=8"})
	if err != nil {
		t.Fatal(err)
	}
	edited, _, err := factsfile.Edit(f, "layer2.yaml", []byte("%YAML 1.2\n---\nfacts: {services: 7}\n"), factsfile.Edits{Settings: changes})
	if want := "%YAML 1.2\n---\nfacts: {services: 8}\n"; err != nil || string(edited) != want {
		t.Errorf("edited to %q, %v", edited, err)
	}
}
