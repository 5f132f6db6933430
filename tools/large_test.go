package tools_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/vanhoutenbos/layer2/tools"
)

// A call of megabytes is answered in a second or two, though nothing in it is right. Where every item was compared with
// every other, or looked for the nearest name, one megabyte took from a quarter of a minute to many.
func TestACallFullOfMistakesIsAnsweredSoon(t *testing.T) {
	text := func(i int) string { return fmt.Sprintf(`"x%d"`, i) }
	number := func(int) string { return "1" }
	unknown := func(i int) string { return fmt.Sprintf(`"x%d":1`, i) }
	for _, test := range []struct{ what, tool, head, entries, tail, want string }{
		{"texts", "evaluate_trigger", `{"running":[`, twoMiB(text), `]}`, "running: 2"},
		{"numbers for texts", "evaluate_trigger", `{"running":[`, twoMiB(number), `]}`, "running: 1048577 are too many; name each once."},
		{"themes", "plan_layer3", `{"themes":[`, twoMiB(text), `]}`, "themes: 2"},
		{"options", "compare_tools", `{"capability":"service-mesh","tools":[`, twoMiB(text), `]}`, "tools: 2"},
		{"ids", "cite", `{"ids":[`, twoMiB(text), `]}`, "ids: 2"},
		{"members of a set", "evaluate_trigger", `{"facts":{"compliance":[`, twoMiB(number), `]}}`,
			"compliance: a list of more than 1000 members, and compliance is a list of gdpr, dora, pci_dss, iso_27001, other."},
		{"facts", "evaluate_trigger", `{"facts":{`, twoMiB(unknown), `}}`, `"x0" is no fact.`},
		{"sources", "evaluate_trigger", `{"sources":{`, twoMiB(unknown), `}}`, `"x0" is no fact.`},
		{"arguments", "cite", `{`, twoMiB(unknown), `}`, "more than 100 names are no argument of this tool; it takes ids."},
		{"a fact again and again", "plan_layer3", `{"facts":{`, twoMiB(func(int) string { return `"services":1` }), `}}`, `"services" stands twice.`},
	} {
		t.Run(test.what, func(t *testing.T) {
			_, err := call(t, shipped(t), tools.Workspace{}, test.tool, test.head+test.entries+test.tail)
			if err == nil || !strings.Contains(err.Error(), test.want) || utf8.RuneCountInString(err.Error()) > 2_000 {
				t.Errorf("got %.300v, want %s", err, test.want)
			}
		})
	}
}

// twoMiB is so many entries of a list or an object.
func twoMiB(entry func(i int) string) string {
	var b strings.Builder
	b.WriteString(entry(0))
	for i := 1; b.Len() < 2<<20; i++ {
		b.WriteString("," + entry(i))
	}
	return b.String()
}
