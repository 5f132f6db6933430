package tools_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/evals/sweep"
	"github.com/vanhoutenbos/layer2/tools"
)

// A call of megabytes is answered in a second or two, though nothing in it is right. Where every item was compared with
// every other, or looked for the nearest name, one megabyte took from a quarter of a minute to many.
func TestACallFullOfMistakesIsAnsweredQuickly(t *testing.T) {
	text := func(i int) string { return fmt.Sprintf(`"x%d"`, i) }
	number := func(int) string { return "1" }
	unknown := func(i int) string { return fmt.Sprintf(`"x%d":1`, i) }
	for _, test := range []struct{ what, tool, head, entries, tail, want string }{
		{"texts", "evaluate_trigger", `{"running":[`, many(text), `]}`, "are too many; name each once."},
		{"numbers for texts", "evaluate_trigger", `{"running":[`, many(number), `]}`, fmt.Sprintf("running: %d are too many; name each once.", (sweep.Of(2<<20)+2)/2)},
		{"themes", "plan_layer3", `{"themes":[`, many(text), `]}`, "are too many; name each once."},
		{"options", "compare_tools", `{"capability":"service-mesh","tools":[`, many(text), `]}`, "are too many; name each once."},
		{"ids", "cite", `{"ids":[`, many(text), `]}`, "are too many; name each once."},
		{"members of a set", "evaluate_trigger", `{"facts":{"compliance":[`, many(number), `]}}`,
			"compliance: a list of more than 1000 members, and compliance is a list of gdpr, dora, pci_dss, iso_27001, other."},
		{"facts", "evaluate_trigger", `{"facts":{`, many(unknown), `}}`, `"x0" is not a fact.`},
		{"sources", "evaluate_trigger", `{"sources":{`, many(unknown), `}}`, `"x0" is not a fact.`},
		{"arguments", "cite", `{`, many(unknown), `}`, "more than 100 names are unknown; it takes ids."},
		{"a fact again and again", "plan_layer3", `{"facts":{`, many(func(int) string { return `"services":1` }), `}}`, `"services" is given twice.`},
	} {
		t.Run(test.what, func(t *testing.T) {
			_, err := call(t, shipped.Framework(t), tools.Workspace{}, test.tool, test.head+test.entries+test.tail)
			if err == nil || !strings.Contains(err.Error(), test.want) || utf8.RuneCountInString(err.Error()) > 2_000 {
				t.Errorf("got %.300v, want %s", err, test.want)
			}
		})
	}
}

// many is two mebibytes of a list's or an object's entries, or some of them, but more than any limit on their number.
func many(entry func(i int) string) string {
	var b strings.Builder
	b.WriteString(entry(0))
	for i := 1; b.Len() < sweep.Of(2<<20); i++ {
		b.WriteString("," + entry(i))
	}
	return b.String()
}
