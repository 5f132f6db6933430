package text_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vanhoutenbos/layer2/evals/golden"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/text"
	"github.com/vanhoutenbos/layer2/internal/verify"
	"github.com/vanhoutenbos/layer2/knowledge"
)

func TestDifference(t *testing.T) {
	overlay := fstest.MapFS{}
	for _, name := range []string{"service-mesh.yaml", "distributed-tracing.yaml"} {
		data, err := knowledge.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		overlay[name] = &fstest.MapFile{Data: bytes.ReplaceAll(data, []byte("services > 5"), []byte("services > 8"))}
	}
	d, err := verify.Against(knowledge.Files, nil, overlay)
	if err != nil {
		t.Fatal(err)
	}
	// The fingerprints change with every word of the knowledge.
	fingerprints := strings.NewReplacer(d.Old.Fingerprint, "FINGERPRINT", d.New.Fingerprint, "FINGERPRINT")
	golden.Compare(t, "testdata/services-8.txt", fingerprints.Replace(text.Difference(d)))
}

func TestReport(t *testing.T) {
	size := func(n float64) fact.Values { return fact.Values{{Fact: "size", Value: number(n)}} }
	silent := verify.Finding{
		Kind: verify.Silent, Subject: "tiny", With: []string{"size 3 to 5"}, Says: "At size 3 to 5, tiny has no statement; below it TI-N1, above it TI-T2.",
		Share: "1/3", Witness: size(3), File: "tiny.yaml", Line: 11,
	}
	together := verify.Finding{
		Kind: verify.HoldTogether, Subject: "TI-N1", Says: "TI-N1, a floor, can hold together with TI-T1 (1/6).", Share: "1/6", File: "tiny.yaml", Line: 15,
	}
	for i := range 9 {
		together.Witness = append(together.Witness, fact.Named{Fact: "a_long_name_" + strings.Repeat("x", i), Value: boolean(i%2 == 0)})
	}
	version := verify.Version{Version: "1.0.0", Fingerprint: "0123456789ab"}
	known := verify.Known{Finding: silent, Why: "The source says nothing about it."}
	golden.Compare(t, "testdata/report.txt", text.Report(&verify.Report{
		Knowledge: version, New: []verify.Finding{together, {Kind: verify.UnreachableOutcome, Subject: "tiny", Says: "No facts make tiny wait.", File: "tiny.yaml", Line: 1}},
		Known: []verify.Known{known},
		Gone:  []verify.Entry{{Kind: verify.NeverHolds, Subject: "TI-T9", With: []string{"a part"}, Why: "It was a joke."}},
	}))
	golden.Compare(t, "testdata/report-clean.txt", text.Report(&verify.Report{Knowledge: version, Known: []verify.Known{known}}))
}
