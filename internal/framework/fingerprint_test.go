package framework_test

import (
	"os"
	"regexp"
	"testing"
	"testing/fstest"

	"github.com/vanhoutenbos/layer2/internal/framework"
)

func TestTheFingerprintFollowsTheMeaning(t *testing.T) {
	fingerprint := func(edits ...edit) string {
		t.Helper()
		f, err := framework.Load(edited(t, edits), nil)
		if err != nil {
			t.Fatal(err)
		}
		return f.Fingerprint
	}
	plain := fingerprint()
	if !regexp.MustCompile(`^[0-9a-f]{12}$`).MatchString(plain) {
		t.Errorf("%q is not 12 hex digits", plain)
	}
	for what, e := range map[string]edit{
		"a comment":                    {"caching.yaml", "title: Caching", "title: Caching # and more"},
		"a line moved":                 {"caching.yaml", "title: Caching", "\n\ntitle: Caching"},
		"another order of keys":        {"caching.yaml", "code: CA\ntitle: Caching\n", "title: Caching\ncode: CA\n"},
		"another way to quote":         {"caching.yaml", "title: Caching", `title: "Caching"`},
		"another way to write a list":  {"facts.yaml", "values:\n      - reads\n      - writes\n", "values: [reads, writes]\n"},
		"another way to write a value": {"layer3.yaml", "value: 120", "value: 120.0"},
	} {
		if got := fingerprint(e); got != plain {
			t.Errorf("%s changes the fingerprint", what)
		}
	}
	seen := map[string]string{plain: "nothing"}
	for what, e := range map[string]edit{
		"a threshold":            {"caching.yaml", "requests > 100", "requests > 99"},
		"a word":                 {"caching.yaml", "says: Answers are slow.", "says: Answers are very slow."},
		"a mark":                 {"caching.yaml", "    measured: true\n", ""},
		"the order of a list":    {"facts.yaml", "      - reads\n      - writes\n", "      - writes\n      - reads\n"},
		"a presumption":          {"facts.yaml", "value: true", "value: false"},
		"a fact of the example":  {"layer3.yaml", "value: 120", "value: 121"},
		"the version":            {"rules.yaml", "version: 0.1.0", "version: 0.1.1"},
		"another value of a set": {"layer3.yaml", "    - fact: rules\n      value: [gdpr]", "    - fact: rules\n      value: [dora]"},
	} {
		got := fingerprint(e)
		if other, twice := seen[got]; twice {
			t.Errorf("%s and %s have the same fingerprint", what, other)
		}
		seen[got] = what
	}
}

func TestTheFingerprintCoversWhatIsLaidOver(t *testing.T) {
	small := os.DirFS("testdata/small")
	plain, err := framework.Load(small, nil)
	if err != nil {
		t.Fatal(err)
	}
	same, err := framework.Load(small, fstest.MapFS{"facts.yaml": copied(t, small)["facts.yaml"]})
	if err != nil {
		t.Fatal(err)
	}
	if same.Fingerprint != plain.Fingerprint || !same.Own {
		t.Errorf("the same file laid over: %s becomes %s, own %v", plain.Fingerprint, same.Fingerprint, same.Own)
	}
	more, err := framework.Load(small, fstest.MapFS{"more.yaml": {Data: []byte("readings: [{slug: more, scope: all facts, says: More.}]")}})
	if err != nil {
		t.Fatal(err)
	}
	if more.Fingerprint == plain.Fingerprint {
		t.Error("a reading laid over does not change the fingerprint")
	}
}
