package verify

import (
	"bytes"
	"fmt"
	"math/big"
	"math/bits"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/knowledge"
)

// edited is shipped files with every occurrence of one text replaced.
func edited(t testing.TB, was, is string, files ...string) fstest.MapFS {
	t.Helper()
	overlay := fstest.MapFS{}
	for _, name := range files {
		data, err := knowledge.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(data, []byte(was)) {
			t.Fatalf("%s does not say %q", name, was)
		}
		overlay[name] = &fstest.MapFile{Data: bytes.ReplaceAll(data, []byte(was), []byte(is))}
	}
	return overlay
}

// golden compares with a file, but for the fingerprints: they change with every word of the knowledge.
func golden(t *testing.T, name string, got []byte, fingerprints ...string) {
	t.Helper()
	for _, fingerprint := range fingerprints {
		got = bytes.ReplaceAll(got, []byte(fingerprint), []byte("FINGERPRINT"))
	}
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what is written now:\n%s", path, got)
	}
}

func TestMoreThanEightServicesInsteadOfMoreThanFive(t *testing.T) {
	overlay := edited(t, "services > 5", "services > 8", "service-mesh.yaml", "distributed-tracing.yaml")
	d, err := Against(knowledge.Files, nil, overlay)
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := words.MarshalIndent(d)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "services-8.json", encoded, d.Old.Fingerprint, d.New.Fingerprint)
}

func TestAChangeOfWordsChangesNoOutcome(t *testing.T) {
	overlay := edited(t, "services > 5", "services >= 6", "service-mesh.yaml", "distributed-tracing.yaml")
	d, err := Against(knowledge.Files, overlay, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Changed) != 0 || len(d.Same) != 8 || d.Old == d.New {
		t.Errorf("changed %v, same %v, from %v to %v", d.Changed, d.Same, d.Old, d.New)
	}
}

const small = "id: small\ncode: SL\ntitle: Small\nsummary: Small.\ntriggers:\n  - id: SL-T1\n    says: It holds.\n    when: %s\n"

func TestVersionsMayDifferInFactsValuesAndCapabilities(t *testing.T) {
	base := knowledgeIn(t, &txtar.Archive{}, "")
	cloud := "facts:\n  - id: cloud\n    type: choice\n    values: [%s]\n    question: Which?\n    meaning: That one.\n"
	version := func(values, when string) fstest.MapFS {
		return fstest.MapFS{"cloud.yaml": {Data: fmt.Appendf(nil, cloud, values)}, "small.yaml": {Data: fmt.Appendf(nil, small, when)}}
	}
	for _, test := range []struct {
		name     string
		old, new fstest.MapFS
		want     string
	}{
		{"a value is added and asked for", version("own, rented", `cloud == "own"`), version("own, rented, lent", `cloud == "own" || cloud == "lent"`),
			"skip (need) -> consider (no_pressure): cloud = lent, layer1_stable = true; skip (need) -> wait (readiness): cloud = lent, layer1_stable = false"},
		{"a value is dropped", version("own, rented", `cloud != "rented"`), version("own, lent", `cloud == "own" || cloud == "lent"`), ""},
		{"a fact is no longer asked", version("own, rented", `cloud == "own" && wanted`), version("own, rented", `wanted`),
			"skip (need) -> consider (no_pressure): cloud = rented, layer1_stable = true, wanted = true; skip (need) -> wait (readiness): cloud = rented, layer1_stable = false, wanted = true"},
	} {
		d, err := Against(base, test.old, test.new)
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		var got []string
		for _, c := range d.Changed {
			for _, g := range c.Groups {
				facts := g.Witness.Lines()
				slices.Sort(facts)
				got = append(got, fmt.Sprint(g.From, " -> ", g.To, ": ", strings.Join(facts, ", ")))
			}
		}
		slices.Sort(got)
		if strings.Join(got, "; ") != test.want {
			t.Errorf("%s: %q, want %q", test.name, strings.Join(got, "; "), test.want)
		}
	}
	only := fstest.MapFS{"small.yaml": {Data: fmt.Appendf(nil, small, "wanted")}}
	other := fstest.MapFS{"small.yaml": {Data: fmt.Appendf(nil, strings.ReplaceAll(strings.ReplaceAll(small, "small", "large"), "SL", "LA"), "wanted")}}
	if d, err := Against(base, only, other); err != nil || !slices.Equal(d.Added, []string{"large"}) || !slices.Equal(d.Removed, []string{"small"}) {
		t.Errorf("one capability for another: %+v, %v", d, err)
	}
	text := strings.Replace(fmt.Sprintf(cloud, "own"), "type: choice\n    values: [own]", "type: boolean", 1)
	boolean := fstest.MapFS{"cloud.yaml": {Data: []byte(text)}, "small.yaml": {Data: fmt.Appendf(nil, small, "cloud")}}
	_, err := Against(base, version("own", `cloud == "own"`), boolean)
	if want := "cloud was choice and is boolean: outcomes over it cannot be compared"; err == nil || err.Error() != want {
		t.Errorf("another type: %v, want %s", err, want)
	}
	if _, err := Against(base, only, fstest.MapFS{"small.yaml": {Data: []byte("id: 5 5")}}); err == nil || !strings.HasPrefix(err.Error(), "the new knowledge does not load:\n") {
		t.Errorf("broken: %v", err)
	}
}

// The groups of two random versions are those that brute force finds, and the statements named are the fewest that explain them.
func TestDifferencesAgreeWithBruteForce(t *testing.T) {
	base := knowledgeIn(t, &txtar.Archive{}, "")
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 2))
	groups, joint := 0, 0
	for range 60 {
		old := randomSayings(r)
		changed := slices.Clone(old)
		for range 1 + r.IntN(3) {
			i := r.IntN(len(changed))
			changed[i].clause = randomClause(r, 2)
		}
		overlay := func(sayings []saying) fstest.MapFS {
			return fstest.MapFS{"tiny.yaml": {Data: []byte(asFile(sayings, [2]clause{changed[0].clause, changed[0].clause}, [2]clause{changed[0].clause, changed[0].clause}))}}
		}
		d, err := Against(base, overlay(old), overlay(changed))
		if err != nil {
			t.Fatal(err)
		}
		want := map[string][]world{}
		for _, w := range worlds() {
			if from, to := judge(old, true, w), judge(changed, true, w); from != to {
				want[from+" -> "+to] = append(want[from+" -> "+to], w)
			}
		}
		found := 0
		for _, c := range d.Changed {
			total := new(big.Rat)
			for _, g := range c.Groups {
				name := fmt.Sprint(g.From, " -> ", g.To)
				found++
				checkGroup(t, seed, name, g, want[name], old, changed)
				if len(g.By) > 1 {
					joint++
				}
				total.Add(total, rational(t, g.Share))
			}
			if total.Cmp(rational(t, c.Share)) != 0 {
				t.Fatalf("seed %d: the groups have %v in all, the capability %s", seed, total, c.Share)
			}
		}
		if found != len(want) {
			t.Fatalf("seed %d: %d groups, by hand %d", seed, found, len(want))
		}
		groups += found
	}
	if groups == 0 {
		t.Errorf("seed %d: nothing ever changed", seed)
	}
	t.Logf("seed %d: %d groups, %d of them by several statements", seed, groups, joint)
}

func rational(t testing.TB, fraction string) *big.Rat {
	t.Helper()
	share, ok := new(big.Rat).SetString(fraction)
	if !ok {
		t.Fatalf("%q is not a fraction", fraction)
	}
	return share
}

// checkGroup compares a group with the worlds in which the outcome changes in this way.
func checkGroup(t *testing.T, seed uint64, name string, g Group, worlds []world, old, new []saying) {
	t.Helper()
	shown := 0
	for _, w := range worlds {
		if w.agrees(g.Witness) {
			shown++
		}
		for _, within := range g.Within {
			if within.Fact == "wanted" && !slices.Contains(within.Values, fmt.Sprint(w.wanted)) {
				t.Fatalf("seed %d: %s is said to be only where wanted is %v, and is at %+v", seed, name, within.Values, w)
			}
		}
	}
	agreeing := 0
	for _, w := range allWorlds {
		if w.agrees(g.Witness) {
			agreeing++
		}
	}
	if shown == 0 || shown != agreeing {
		t.Fatalf("seed %d: %s: of %d situations with %s, %d are in it", seed, name, agreeing, g.Witness, shown)
	}
	var named []string
	for _, e := range g.By {
		named = append(named, e.ID)
	}
	if fewest := fewestEdits(old, new, worlds, g.To.String()); fewest != len(named) || !explains(old, new, named, worlds, g.To.String()) {
		t.Fatalf("seed %d: %s is explained by %v, and %d statements are enough", seed, name, named, fewest)
	}
}

var allWorlds = worlds()

// agrees reports whether a world has all of some facts.
func (w world) agrees(facts fact.Values) bool {
	for _, f := range facts {
		is := map[string]bool{"layer1_stable": w.stable, "wanted": w.wanted, "pressing": w.pressing, "big_budget": w.budget}
		if f.Value.Kind == fact.Integer && int(f.Value.Number) != w.size || f.Value.Kind == fact.Boolean && f.Value.Bool != is[f.Fact] {
			return false
		}
	}
	return true
}

// explains reports whether the old statements, with those of some ids replaced by the new ones, have an outcome in all worlds of a list.
func explains(old, new []saying, ids []string, worlds []world, outcome string) bool {
	mixed := slices.Clone(old)
	for i := range mixed {
		if slices.Contains(ids, mixed[i].id) {
			mixed[i] = new[i]
		}
	}
	return !slices.ContainsFunc(worlds, func(w world) bool { return judge(mixed, true, w) != outcome })
}

// fewestEdits tries every set of statements.
func fewestEdits(old, new []saying, worlds []world, outcome string) int {
	fewest := len(old)
	for mask := range uint(1) << len(old) {
		var ids []string
		for i := range old {
			if mask>>i&1 == 1 {
				ids = append(ids, old[i].id)
			}
		}
		if n := bits.OnesCount(mask); n < fewest && explains(old, new, ids, worlds, outcome) {
			fewest = n
		}
	}
	return fewest
}

func TestWhatChangedIsSaid(t *testing.T) {
	base := knowledgeIn(t, &txtar.Archive{}, "")
	with := func(more string) fstest.MapFS {
		return fstest.MapFS{"small.yaml": {Data: []byte(fmt.Sprintf(small, "wanted") + more)}}
	}
	floor := "do_not:\n  - id: SL-N1\n    says: Too small.\n    when: size < 3\n    effect: "
	for _, test := range []struct{ name, old, new, want string }{
		{"an effect", floor + "floor\n", floor + "blocker\n", "SL-N1 small.yaml:12: size < 3; effect: floor -> size < 3; effect: blocker"},
		{"a statement is added", "", floor + "floor\n", "SL-N1 small.yaml:12:  -> size < 3; effect: floor"},
		{"a statement is removed", floor + "floor\n", "", "SL-N1 small.yaml:12: size < 3; effect: floor -> "},
		{"a statement is disabled", floor + "floor\n", floor + "floor\n    disabled: true\n    reason: We are small.\n", "SL-N1 small.yaml:12: size < 3; effect: floor -> disabled"},
		{"the mode", "", "mode: prepare\n", "mode small.yaml:1:  -> prepare"},
	} {
		d, err := Against(base, with(test.old), with(test.new))
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]bool{}
		for _, c := range d.Changed {
			for _, g := range c.Groups {
				for _, e := range g.By {
					got[fmt.Sprintf("%s %s:%d: %s -> %s", e.ID, e.File, e.Line, e.Was, e.Is)] = true
				}
			}
		}
		if len(got) != 1 || !got[test.want] {
			t.Errorf("%s: %v, want %s", test.name, got, test.want)
		}
	}
}

func TestTheReportIsWrittenAsJSON(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/kinds/silent.txtar")
	if err != nil {
		t.Fatal(err)
	}
	f, findings, err := Find(knowledgeIn(t, archive, "appears/"), nil)
	if err != nil {
		t.Fatal(err)
	}
	known := Entry{Kind: Silent, Subject: "tiny", With: []string{"size 3 to 5"}, Why: "The source says nothing about it."}
	gone := Entry{Kind: NeverHolds, Subject: "TI-T9", Why: "It was a joke."}
	report := compare(versionOf(f), findings, []Entry{known, gone}, []Entry{known, gone})
	encoded, err := words.MarshalIndent(report)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "report.json", encoded, f.Fingerprint)
}
