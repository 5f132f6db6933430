package page_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vanhoutenbos/layer2/evals/golden"
	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/page"
	"github.com/vanhoutenbos/layer2/knowledge"
	"github.com/vanhoutenbos/layer2/tools"
)

// read is the text of a resource.
func read(t *testing.T, f *framework.Framework, uri string) string {
	t.Helper()
	for _, r := range slices.Concat(page.Resources(f), page.Statements(f)) {
		if r.URI == uri {
			return r.Text()
		}
	}
	t.Fatalf("no resource %s", uri)
	return ""
}

// Pages are compared without the fingerprint, which changes with every word of the knowledge.
func TestPages(t *testing.T) {
	f := shipped.Framework(t)
	for file, uri := range map[string]string{
		"service-mesh.md":   "layer2://capabilities/service-mesh",
		"service-mesh.json": "layer2://capabilities/service-mesh.json",
		"observability.md":  "layer2://capabilities/observability",
		"matrix.md":         "layer2://matrix",
		"matrix.json":       "layer2://matrix.json",
		"layer3.md":         "layer2://layer3",
		"SM-N3.md":          "layer2://statements/SM-N3",
		"SM-N3.json":        "layer2://statements/SM-N3.json",
		"SM-O3.md":          "layer2://statements/SM-O3",
		"MR-Q2.md":          "layer2://statements/MR-Q2",
	} {
		t.Run(file, func(t *testing.T) {
			golden.Compare(t, "testdata/"+file, strings.ReplaceAll(read(t, f, uri), f.Fingerprint, "0123456789ab"))
		})
	}
}

func TestResourcesAreListedInOrder(t *testing.T) {
	want := []string{
		"matrix", "capabilities/service-mesh", "capabilities/distributed-tracing", "capabilities/chaos-engineering",
		"capabilities/policy-enforcement", "capabilities/cost-visibility", "capabilities/multi-region", "capabilities/observability",
		"capabilities/auditing", "layer3", "rules", "readings", "facts", "cases/webshop",
	}
	var got []string
	for _, r := range page.Resources(shipped.Framework(t)) {
		name := strings.TrimPrefix(r.URI, "layer2://")
		if r.MIMEType == "text/markdown" {
			got = append(got, name)
		} else if previous := got[len(got)-1]; name != previous+".json" || r.MIMEType != "application/json" {
			t.Errorf("%s (%s) stands behind %s", name, r.MIMEType, previous)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("listed %v, want %v", got, want)
	}
}

func TestEveryResourceIsWellFormed(t *testing.T) {
	f := shipped.Framework(t)
	addresses, names := map[string]bool{}, map[string]bool{}
	for _, r := range slices.Concat(page.Resources(f), page.Statements(f)) {
		if addresses[r.URI] || names[r.Name] {
			t.Errorf("%s is there twice", r.URI)
		}
		addresses[r.URI], names[r.Name] = true, true
		if r.Title == "" || r.Description == "" || r.Priority <= 0 || r.Priority > 1 {
			t.Errorf("%s has no title, description or priority", r.URI)
		}
		if !strings.HasSuffix(r.Text(), "\n") || strings.HasSuffix(r.Text(), "\n\n") {
			t.Errorf("%s does not end with one newline", r.URI)
		}
		if strings.Contains(r.Text(), " \n") || strings.Contains(r.Text(), "\n\n\n") {
			t.Errorf("%s has trailing spaces or blank lines in a row", r.URI)
		}
		if r.MIMEType == "application/json" && !json.Valid([]byte(r.Text())) {
			t.Errorf("%s is not JSON", r.URI)
		}
		if strings.Contains(r.Text(), `\u00`) {
			t.Errorf("%s hides signs behind escapes", r.URI)
		}
	}
}

func TestEveryIDOfTheFrameworkHasAPage(t *testing.T) {
	file, err := os.ReadFile("../framework/testdata/ids.txt")
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]bool{}
	for _, r := range page.Statements(shipped.Framework(t)) {
		pages[r.URI] = true
	}
	found := 0
	for id := range strings.FieldsSeq(string(file)) {
		if strings.HasPrefix(id, "#") {
			break
		}
		found++
		if uri := "layer2://statements/" + id; !pages[uri] || !pages[uri+".json"] {
			t.Errorf("no page for %s", id)
		}
	}
	if found < 300 || len(pages) != 2*found {
		t.Errorf("%d pages for %d ids", len(pages), found)
	}
}

func TestCardsSayEverythingAboutTheirCapability(t *testing.T) {
	f := shipped.Framework(t)
	for _, c := range f.Capabilities {
		card := read(t, f, "layer2://capabilities/"+c.ID.Value)
		for _, entry := range f.Entries() {
			if entry.Capability != c.ID.Value || entry.Kind == framework.CapabilityEntry {
				continue
			}
			if !strings.Contains(card, entry.ID+"** ") && !strings.Contains(card, "### "+entry.ID+" ") {
				t.Errorf("%s: the card has no %s", c.ID, entry.ID)
			}
			if entry.Kind != framework.OptionEntry && !strings.Contains(card, entry.Says) {
				t.Errorf("%s: the card does not say what %s says", c.ID, entry.ID)
			}
			if entry.When != "" && !strings.Contains(card, "`"+entry.When+"`") {
				t.Errorf("%s: the card has no condition for %s", c.ID, entry.ID)
			}
		}
	}
}

// overlaid is the shipped knowledge with one file changed.
func overlaid(t *testing.T, name, old, changed string) *framework.Framework {
	t.Helper()
	file, err := fs.ReadFile(knowledge.Files, name)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(file), old) {
		t.Fatalf("%s has no %q", name, old)
	}
	f, err := framework.Load(knowledge.Files, fstest.MapFS{name: {Data: []byte(strings.Replace(string(file), old, changed, 1))}})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestDisabledStatementIsShownAsDisabled(t *testing.T) {
	f := overlaid(t, "service-mesh.yaml", "  - id: SM-T5\n", "  - id: SM-T5\n    disabled: true\n    reason: We draw the map by hand.\n")
	const want = "- **SM-T5** ~~The service topology, with a map of which service depends on which, is to be seen.~~\n  Disabled: We draw the map by hand."
	for _, uri := range []string{"layer2://capabilities/service-mesh", "layer2://statements/SM-T5"} {
		if text := read(t, f, uri); !strings.Contains(text, want) {
			t.Errorf("%s does not show it as disabled:\n%s", uri, text)
		}
	}
	if text := read(t, f, "layer2://statements/SM-T5.json"); !strings.Contains(text, `"disabled":true,"reason":"We draw the map by hand."`) {
		t.Errorf("the JSON does not show it as disabled: %s", text)
	}
}

func TestPipesInATableAreEscaped(t *testing.T) {
	f := overlaid(t, "chaos-engineering.yaml", `when: environment == "development"`, `when: environment == "development" || environment == "staging"`)
	if text := read(t, f, "layer2://matrix"); !strings.Contains(text, "`environment == \"development\" \\|\\| environment == \"staging\"`") {
		t.Errorf("the condition breaks its row:\n%s", text)
	}
	if text := read(t, f, "layer2://capabilities/chaos-engineering"); !strings.Contains(text, "`environment == \"development\" || environment == \"staging\"`") {
		t.Error("the condition is escaped where it stands in no table")
	}
}

// The facts on the page of the web shop can be given to a call as they are.
func TestWebShopFactsReachTheConclusionsOfTheSource(t *testing.T) {
	f := shipped.Framework(t)
	var shop struct {
		All json.RawMessage `json:"all_facts"`
	}
	if err := json.Unmarshal([]byte(read(t, f, "layer2://cases/webshop.json")), &shop); err != nil {
		t.Fatal(err)
	}
	evaluation, err := tools.EvaluateTrigger(t.Context(), f, tools.Workspace{}, json.RawMessage(`{"facts":`+string(shop.All)+`}`))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"service-mesh": "skip", "distributed-tracing": "adopt", "chaos-engineering": "wait",
		"policy-enforcement": "adopt", "cost-visibility": "adopt", "multi-region": "skip",
	}
	for _, v := range evaluation.Verdicts {
		if concluded, said := want[v.Capability]; said && v.Verdict != concluded {
			t.Errorf("%s: %s, but the source concludes %s", v.Capability, v.Verdict, concluded)
		}
	}
}
