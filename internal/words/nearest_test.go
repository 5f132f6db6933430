package words_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/words"
)

func TestNearestFindsWhatWasMeant(t *testing.T) {
	known := []string{"services", "service_metrics_needed", "developers", "cni", "F9", "R1", "SM-T1", "SM-T2", "SM-W1"}
	for _, test := range []struct {
		what, name string
		most       int
		want       []string
	}{
		{"a missing letter", "servces", 1, []string{"services"}},
		{"an added letter", "servicess", 1, []string{"services"}},
		{"a wrong letter", "cmi", 1, []string{"cni"}},
		{"swapped neighbours count once", "cin", 1, []string{"cni"}},
		{"capitals", "Services", 1, []string{"services"}},
		{"the name itself comes first", "SM-T2", 2, []string{"SM-T2", "SM-T1"}},
		{"what begins alike goes before the order of known", "R9", 2, []string{"R1", "F9"}},
		{"ties stand in the order of known", "SM-T9", 3, []string{"SM-T1", "SM-T2"}},
		{"no more than asked for", "SM-T9", 1, []string{"SM-T1"}},
		{"nothing close", "kubernetes", 3, nil},
		{"nothing written", "", 3, nil},
		{"far too long", strings.Repeat("services", 1000), 3, nil},
		{"letters beyond ASCII are one letter each", "sérvïces", 1, []string{"services"}},
	} {
		if got := words.Nearest(test.name, known, test.most); !slices.Equal(got, test.want) {
			t.Errorf("%s: Nearest(%q) = %q, want %q", test.what, test.name, got, test.want)
		}
	}
}
