package tools_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/knowledge"
	"github.com/vanhoutenbos/layer2/tools"
)

// own lays a changed file over the shipped knowledge.
func own(t *testing.T, file, old, replacement string) *framework.Framework {
	t.Helper()
	content, err := knowledge.Files.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(content), old) != 1 {
		t.Fatalf("%s does not hold %q once", file, old)
	}
	changed := strings.Replace(string(content), old, replacement, 1)
	f, err := framework.Load(knowledge.Files, fstest.MapFS{file: {Data: []byte(changed)}})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestCiteSaysThatAStatementIsDisabled(t *testing.T) {
	f := own(t, "service-mesh.yaml", "  - id: SM-N3\n", "  - id: SM-N3\n    disabled: true\n    reason: We never rely on L3 alone.\n")
	answer, err := call(t, f, tools.Workspace{}, "cite", `{"ids":["SM-N3","SM-N1"]}`)
	if err != nil {
		t.Fatal(err)
	}
	found := answer.(*tools.Citations).Found
	if found[0].Disabled != "We never rely on L3 alone." || found[1].Disabled != "" {
		t.Errorf("got %+v", found)
	}
}

func TestCompareACapabilityWithoutOptions(t *testing.T) {
	f, err := framework.Load(knowledge.Files, fstest.MapFS{"portal.yaml": {Data: []byte(`id: portal
code: PO
title: Portal
summary: One page for developers.
triggers_heading: Implement when
triggers:
  - id: PO-T1
    says: More than 20 developers.
    when: developers > 20
`)}})
	if err != nil {
		t.Fatal(err)
	}
	answer, err := call(t, f, tools.Workspace{}, "compare_tools", `{"capability":"portal"}`)
	if err != nil {
		t.Fatal(err)
	}
	if c := answer.(*tools.Comparison); c.Kind != "tools" || c.Options == nil || len(c.Options) > 0 {
		t.Errorf("got kind %q and options %v", c.Kind, c.Options)
	}
}
