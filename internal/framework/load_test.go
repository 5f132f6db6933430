package framework_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// testdata/ids.txt is every id of framework.md, in its order.
func TestEveryIDOfTheFrameworkExistsOnce(t *testing.T) {
	data, err := os.ReadFile("testdata/ids.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Fields(string(data))
	var got []string
	for _, entry := range shipped.Framework(t).Entries() {
		switch entry.Kind {
		case framework.FactEntry, framework.ReadingEntry, framework.CapabilityEntry:
		default:
			got = append(got, entry.ID)
		}
	}
	for _, id := range want {
		if !slices.Contains(got, id) {
			t.Errorf("%s is missing", id)
		}
	}
	for i, id := range got {
		if !slices.Contains(want, id) || slices.Contains(got[:i], id) {
			t.Errorf("%s is one too many", id)
		}
	}
}

func TestCapabilitiesAreInTheFrameworksOrder(t *testing.T) {
	f := shipped.Framework(t)
	var got []string
	for _, c := range f.Capabilities {
		got = append(got, c.Code.Value)
		if found, ok := f.Capability(c.ID.Value); !ok || found != c {
			t.Errorf("capability %s is not found by its id", c.ID)
		}
	}
	if want := []string{"SM", "DT", "CE", "PE", "CV", "MR", "OB", "AU"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestEntriesSayWhatAnIDNames(t *testing.T) {
	f := shipped.Framework(t)
	for _, test := range []struct {
		id, capability string
		kind           framework.EntryKind
		says, when     string // the beginning, the whole
	}{
		{"SM-M", "service-mesh", framework.StatementEntry, "More than five services", "services > 5 || services >= 3 && mtls_compliance && !services_can_do_mtls"},
		{"SM-N2", "service-mesh", framework.StatementEntry, "The team has no room", "!mesh_capacity"},
		{"SM-A", "service-mesh", framework.StatementEntry, "Do we need a service mesh?", ""},
		{"SM-O1", "service-mesh", framework.OptionEntry, "Linkerd: The team is small", ""},
		{"SM-Q1", "service-mesh", framework.QuestionEntry, "Is there a problem today", ""},
		{"SM-Q1a", "service-mesh", framework.QuestionEntry, "Have services that misunderstood", ""},
		{"service-mesh", "service-mesh", framework.CapabilityEntry, "A layer in the network path", ""},
		{"R1", "", framework.StatementEntry, "Start simple", "!layer1_stable"},
		{"F14", "", framework.StatementEntry, "The core question", ""},
		{"C4", "", framework.StatementEntry, "Probably not now: a service mesh", ""},
		{"Z3", "", framework.ThemeEntry, "Advanced chaos engineering runs", "continuous_chaos_wanted"},
		{"services", "", framework.FactEntry, "Own long-running services", ""},
		{"reading:mesh-five", "", framework.ReadingEntry, "The source says nothing of exactly five", ""},
	} {
		entry, ok := f.Entry(test.id)
		if !ok {
			t.Errorf("%s is not found", test.id)
			continue
		}
		if entry.Kind != test.kind || entry.Capability != test.capability || !strings.HasPrefix(entry.Says, test.says) || entry.When != test.when {
			t.Errorf("%s is %+v", test.id, entry)
		}
		if (entry.Statement != nil) != (test.kind == framework.StatementEntry) {
			t.Errorf("%s: statement %v", test.id, entry.Statement)
		}
	}
	if _, ok := f.Entry("SM-T9"); ok {
		t.Error("SM-T9 is found")
	}
	if got, want := f.Nearest("SM-T9", 2), []string{"SM-T1", "SM-T2"}; !slices.Equal(got, want) {
		t.Errorf("nearest to SM-T9 are %v, want %v", got, want)
	}
}

func TestThemesAreFoundByIDAndBySlug(t *testing.T) {
	f := shipped.Framework(t)
	for _, name := range []string{"Z2", "z2", "active-multi-region"} {
		theme, ok := f.Theme(name)
		if !ok || theme.ID.Value != "Z2" {
			t.Errorf("%s: found %v", name, ok)
			continue
		}
		if len(theme.Guards) != 5 || len(theme.Routes) != 1 || theme.Need.When.Compiled != nil || theme.Decision == nil {
			t.Errorf("Z2 has %d guards, %d routes, needs %v", len(theme.Guards), len(theme.Routes), theme.Need.When)
		}
	}
	if _, ok := f.Theme("Z7"); ok {
		t.Error("Z7 is found")
	}
}

func TestTextsKnowTheirPlace(t *testing.T) {
	f, err := framework.Load(os.DirFS("testdata/small"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := f.Capabilities[0].Triggers[0].When.Text, (strict.Text{Value: "slow_answers", Place: strict.Place{File: "caching.yaml", Line: 19, Column: 11}}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestAModelHoldsWhatTheEngineNeeds(t *testing.T) {
	f := shipped.Framework(t)
	mesh, _ := f.Capability("service-mesh")
	statements := map[string]decide.Statement{}
	for _, s := range mesh.Model.Statements {
		statements[s.ID] = s
	}
	if m := statements["SM-M"]; m.Role != decide.Matrix || !m.Required || m.When.String() != "services > 5 || services >= 3 && mtls_compliance && !services_can_do_mtls" {
		t.Errorf("SM-M is %+v", m)
	}
	if n := statements["SM-N3"]; n.Role != decide.DoNot || !slices.Equal(n.Answers, []string{"SM-T1", "SM-T2"}) {
		t.Errorf("SM-N3 is %+v", n)
	}
	if w := statements["SM-W2"]; w.Role != decide.Now || !w.Measured || w.Lifts != "SM-M" {
		t.Errorf("SM-W2 is %+v", w)
	}
	if l := statements["SM-L1"]; l.Role != decide.Later || l.Effect != decide.Blocker || !l.Repeats {
		t.Errorf("SM-L1 is %+v", l)
	}
	if mesh.Model.Foundation.ID != "R1" || mesh.Model.Measure != "R3" || mesh.Model.Prepare {
		t.Errorf("the mesh rests on %q, measures by %q, prepare %v", mesh.Model.Foundation.ID, mesh.Model.Measure, mesh.Model.Prepare)
	}
	regions, _ := f.Capability("multi-region")
	if !regions.Model.Prepare {
		t.Error("multi-region is not prepared")
	}
	for _, s := range regions.Model.Statements {
		if strings.HasPrefix(s.ID, "MR-W") {
			t.Errorf("%s is a thing to do and stands in the model", s.ID)
		}
	}
	if tasks := regions.Tasks; len(tasks) != 3 || tasks[0].Do.Value != "always" || tasks[1].Do.Value != "prepare" || tasks[1].When.Compiled == nil || tasks[2].When.Compiled != nil {
		t.Errorf("multi-region's tasks are %+v", tasks)
	}
	if got := len(f.Conflicts) - len(regions.Model.Conflicts); got != 4 {
		t.Errorf("%d conflicts hang on what runs, want 4", got)
	}
}

func TestSilenceIsPresumedInTheFactsOwnKind(t *testing.T) {
	f := shipped.Framework(t)
	for name, want := range map[string]fact.Value{
		"layer1_stable": {Kind: fact.Boolean, Bool: true},
		"environment":   {Kind: fact.Choice, Text: "production"},
		"compliance":    {Kind: fact.Set},
		"rto_minutes":   {Kind: fact.Number, Number: 60},
		"services":      {},
	} {
		i, ok := f.Dictionary.Index(name)
		if got := f.Dictionary.Fact(i).Presumed; !ok || !got.Equal(want) {
			t.Errorf("%s is presumed %+v, want %+v", name, got, want)
		}
	}
}
