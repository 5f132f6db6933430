package framework_test

import (
	"testing"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/knowledge"
)

func TestTheShippedKnowledgeLoads(t *testing.T) {
	f, err := framework.Load(knowledge.Files, nil)
	if err != nil {
		t.Fatal(err)
	}
	if f.Own || len(f.Capabilities) != 8 || len(f.Themes) != 6 {
		t.Errorf("own %v, %d capabilities, %d themes", f.Own, len(f.Capabilities), len(f.Themes))
	}
}
