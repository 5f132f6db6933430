package factsfile_test

import (
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/factsfile"
)

// FuzzEdit: whatever a file holds, reading ends, and a change is made as it was meant or not at all.
func FuzzEdit(f *testing.F) {
	for _, seed := range []string{
		"facts:\n  services: 6 # in March\n", "facts: {services: {at_least: 5}}", "running: []\n", "{}", "# nothing\n",
		"facts:\n  compliance:\n  - gdpr\nsources:\n  compliance: |\n    x\n", "\"facts\":\n  ? services\n  : 6\n", "--- {facts: ~}\n...\n", "facts: \r\n",
	} {
		f.Add([]byte(seed), 7)
	}
	knowledge := shipped.Framework(f)
	services, _ := knowledge.Dictionary.Index("services")
	f.Fuzz(func(t *testing.T, file []byte, n int) {
		change := fact.Setting{Fact: services}
		if n > 0 {
			change.Value = fact.Value{Kind: fact.Integer, Number: float64(n % 100)}
		}
		edited, _, err := factsfile.Edit(knowledge, "layer2.yaml", file, factsfile.Edits{Settings: []fact.Setting{change}})
		if err != nil {
			return
		}
		w, err := factsfile.Read(knowledge, "layer2.yaml", edited)
		if change.Value.Kind != fact.Unknown && (err != nil || !w.Facts[services].Equal(change.Value)) {
			t.Errorf("%q became %q: %v", file, edited, err)
		}
	})
}
