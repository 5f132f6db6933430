package framework_test

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/knowledge"
)

// organisation is testdata/organisation, which adds a capability, and a mesh file of its own: the shipped one with a lower
// threshold and a statement that does not hold there.
func organisation(t *testing.T) *framework.Framework {
	t.Helper()
	files := copied(t, os.DirFS("testdata/organisation"))
	data, err := fs.ReadFile(knowledge.Files, "service-mesh.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const enough, live = "  when: services > 5 || ", "    when: services_in_production\n"
	mesh := string(data)
	for _, text := range []string{enough, live} {
		if !strings.Contains(mesh, text) {
			t.Fatalf("%q does not stand in the shipped file", text)
		}
	}
	mesh = strings.NewReplacer(enough, "  when: services > 3 || ",
		live, live+"    disabled: true\n    reason: every platform of ours is in production\n").Replace(mesh)
	files["service-mesh.yaml"] = &fstest.MapFile{Data: []byte(mesh)}
	f, err := framework.Load(knowledge.Files, files)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// ofServices is a situation in which a mesh depends on its size, and on nothing else.
func ofServices(f *framework.Framework, services float64) fact.Situation {
	s := f.Dictionary.NewSituation()
	for i := range f.Dictionary.Len() {
		s[i] = f.Dictionary.Fact(i).Presumed
	}
	set := func(name string, value fact.Value) {
		i, _ := f.Dictionary.Index(name)
		s[i] = value
	}
	set("services", fact.Value{Kind: fact.Integer, Number: services})
	set("mtls_needed", fact.Value{Kind: fact.Boolean, Bool: true})
	return s
}

func verdictOf(t *testing.T, f *framework.Framework, capability string, s fact.Situation) (decide.Verdict, decide.Reason) {
	t.Helper()
	c, ok := f.Capability(capability)
	if !ok {
		t.Fatalf("%s is not a capability", capability)
	}
	e := c.Decision.Explain(s)
	if len(e.Reasons) != 1 {
		t.Fatalf("%s: %v because %v", capability, e.Verdict, e.Reasons)
	}
	return e.Verdict, e.Reasons[0]
}

func TestAnOrganisationLowersAThreshold(t *testing.T) {
	if v, why := verdictOf(t, shipped.Framework(t), "service-mesh", ofServices(shipped.Framework(t), 5)); v != decide.Wait || why != decide.Scale {
		t.Errorf("shipped, 5 services: %v because %v", v, why)
	}
	own := organisation(t)
	if v, _ := verdictOf(t, own, "service-mesh", ofServices(own, 5)); v != decide.Consider {
		t.Errorf("own, 5 services: %v", v)
	}
	if v, why := verdictOf(t, own, "service-mesh", ofServices(own, 3)); v != decide.Wait || why != decide.Scale {
		t.Errorf("own, 3 services: %v because %v", v, why)
	}
}

func TestAnOrganisationDisablesAStatement(t *testing.T) {
	if v, why := verdictOf(t, shipped.Framework(t), "service-mesh", ofServices(shipped.Framework(t), 6)); v != decide.Consider || why != decide.Unmeasured {
		t.Errorf("shipped: %v because %v", v, why)
	}
	own := organisation(t)
	if v, why := verdictOf(t, own, "service-mesh", ofServices(own, 6)); v != decide.Consider || why != decide.NoPressure {
		t.Errorf("own: %v because %v", v, why)
	}
	entry, ok := own.Entry("SM-W1")
	if !ok || !entry.Statement.Disabled || entry.Statement.Reason.Value != "every platform of ours is in production" {
		t.Errorf("SM-W1 is %+v", entry)
	}
}

func TestAnOrganisationAddsACapability(t *testing.T) {
	own := organisation(t)
	if !own.Own || shipped.Framework(t).Own {
		t.Error("only what is laid over is one's own")
	}
	if n := len(own.Capabilities); n != 9 || own.Capabilities[n-1].ID.Value != "api-gateway" {
		t.Fatalf("%d capabilities, the last %v", n, own.Capabilities[n-1].ID)
	}
	names := own.Dictionary.Names()
	if got, want := names[len(names)-3:], []string{"public_apis", "api_keys_by_hand", "gateway_style"}; !slices.Equal(got, want) {
		t.Errorf("the last facts are %v, want %v", got, want)
	}
	for _, id := range []string{"AG-T1", "AG-O1", "AG-Q1", "api-gateway", "public_apis", "reading:gateway-counts-outside-callers"} {
		if _, ok := own.Entry(id); !ok {
			t.Errorf("%s is not found", id)
		}
	}
	s := ofServices(own, 3)
	i, _ := own.Dictionary.Index("public_apis")
	for _, test := range []struct {
		apis float64
		want decide.Verdict
	}{{0, decide.Skip}, {2, decide.Skip}, {3, decide.Consider}} {
		s[i] = fact.Value{Kind: fact.Integer, Number: test.apis}
		if v, _ := verdictOf(t, own, "api-gateway", s); v != test.want {
			t.Errorf("%v public APIs: %v, want %v", test.apis, v, test.want)
		}
	}
}

func TestAUsersKnowledgeIsCheckedLikeTheShipped(t *testing.T) {
	overlay := copied(t, os.DirFS("testdata/organisation"))
	text := string(overlay["api-gateway.yaml"].Data)
	text = strings.NewReplacer("public_apis > 2", "pubic_apis > 2", "same_as: R1", "same_as: R9").Replace(text)
	overlay["api-gateway.yaml"] = &fstest.MapFile{Data: []byte(text)}
	_, err := framework.Load(knowledge.Files, overlay)
	const want = `api-gateway.yaml:32:11: "pubic_apis" is not a fact; did you mean "public_apis"?
api-gateway.yaml:51:14: "R9" is not a statement; did you mean "R1"?`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestOnlyYAMLFilesAreKnowledge(t *testing.T) {
	overlay := copied(t, os.DirFS("testdata/organisation"))
	for _, name := range []string{"README.md", "notes.txt", "old/api-gateway.yaml.orig", ".git/hooks.yaml", ".hidden.yaml"} {
		overlay[name] = &fstest.MapFile{Data: []byte("no: knowledge")}
	}
	if _, err := framework.Load(knowledge.Files, overlay); err != nil {
		t.Error(err)
	}
}

func TestAFileInAFolderIsAddedAndReplacesNothing(t *testing.T) {
	overlay := fstest.MapFS{"teams/facts.yaml": &fstest.MapFile{Data: []byte(`
facts:
  - {id: teams, type: integer, question: How many teams?, meaning: Those with a name.}
`)}}
	f, err := framework.Load(knowledge.Files, overlay)
	if err != nil {
		t.Fatal(err)
	}
	if names := f.Dictionary.Names(); names[0] != "layer1_stable" || names[len(names)-1] != "teams" {
		t.Errorf("the first fact is %s, the last %s", names[0], names[len(names)-1])
	}
}
