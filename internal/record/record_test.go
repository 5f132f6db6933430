package record_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/record"
)

// known is a situation in which some facts are known.
func known(t testing.TB, f *framework.Framework, facts map[string]any) fact.Situation {
	t.Helper()
	s := f.Dictionary.NewSituation()
	for name, value := range facts {
		i, is := f.Dictionary.Index(name)
		if !is {
			t.Fatalf("%s is not a fact", name)
		}
		s[i] = valueOf(f.Dictionary.Fact(i), value)
	}
	return s
}

// valueOf is a Go value as the value of a fact; nil is unknown, two numbers a range.
func valueOf(about fact.Fact, value any) fact.Value {
	switch v := value.(type) {
	case bool:
		return fact.Value{Kind: fact.Boolean, Bool: v}
	case int:
		return fact.Value{Kind: about.Kind, Number: float64(v)}
	case float64:
		return fact.Value{Kind: about.Kind, Number: v}
	case string:
		return fact.Value{Kind: fact.Choice, Text: v}
	case []string:
		return fact.Value{Kind: fact.Set, Members: v}
	case [2]float64:
		return fact.Within(about.Kind, fact.Range{Low: v[0], High: v[1]})
	}
	return fact.Value{}
}

// mesh is what is known where a mesh has to wait: two things are wanted of it, and five services are too few.
var mesh = map[string]any{
	"layer1_stable": true, "services": 5, "call_chains": "complex", "kubernetes_experience": "some", "mtls_compliance": false,
	"service_metrics_needed": true, "network_policies_sufficient": false, "service_metrics_sufficient": false, "mesh_capacity": true,
}

func capability(t testing.TB, f *framework.Framework, id string) *framework.Capability {
	t.Helper()
	c, known := f.Capability(id)
	if !known {
		t.Fatalf("%s is not a capability", id)
	}
	return c
}

// written is the file of a record of a decision on the mesh.
func written(t testing.TB, f *framework.Framework, facts map[string]any) []byte {
	t.Helper()
	s := known(t, f, facts)
	c := capability(t, f, "service-mesh")
	r := record.New(f, c, s, c.Decision.Brief(s).Verdict, "", "2026-11-23")
	return []byte(r.FrontMatter(f) + "\n# Service mesh: wait\n")
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	f := shipped.Framework(t)
	content := written(t, f, mesh)
	r, err := record.Read(f, content)
	if err != nil {
		t.Fatalf("%v\n%s", err, content)
	}
	if again := r.FrontMatter(f); !strings.HasPrefix(string(content), again) {
		t.Errorf("read and written again:\n%s\nwas\n%s", again, content)
	}
	t.Logf("\n%s", content)
}

func TestARecordKeepsWhatSaysItsFacts(t *testing.T) {
	f := shipped.Framework(t)
	c, _ := f.Capability("service-mesh")
	today := known(t, f, mesh)
	words := make([]string, f.Dictionary.Len())
	services, _ := f.Dictionary.Index("services")
	stable, _ := f.Dictionary.Index("layer1_stable")
	unknown, _ := f.Dictionary.Index("developers")
	words[services], words[stable], words[unknown] = "docs/services.md:3", "\"It held\" #\n\u0085\ufeff\u007f\u2028---\n\\ and: more ", "nobody asked"
	r := record.New(f, c, today, c.Decision.Brief(today).Verdict, "", "2026-11-23")
	r.Cite(words)
	read, err := record.Read(f, []byte(r.FrontMatter(f)))
	if err != nil {
		t.Fatal(err)
	}
	written := "\"It held\" #\n\\u{85}\\u{feff}\\u{7f}\\u{2028}---\n\\ and: more "
	want := []record.Citation{{Fact: stable, Words: written}, {Fact: services, Words: words[services]}}
	if stable > services {
		slices.Reverse(want)
	}
	if !slices.Equal(read.Sources, want) {
		t.Errorf("got %v, want %v", read.Sources, want)
	}
	r.Cite(nil)
	if strings.Contains(r.FrontMatter(f), "sources") {
		t.Error("sources where nobody named any")
	}
	wrong := strings.Replace(r.FrontMatter(f), "  sufficient:", "  sources: {servces: here, services: []}\n  sufficient:", 1)
	if _, err := record.Read(f, []byte(wrong)); err == nil || !strings.Contains(err.Error(), `did you mean "services"?; line`) {
		t.Errorf("error %v", err)
	}
}
