package evals

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/vanhoutenbos/layer2/evals/answer"
)

// TestProse plays every description through a real client and the real server, as a careful reader does, as a hasty one, and as
// one who takes silence for a no.
func TestProse(t *testing.T) {
	all, err := Proses(os.DirFS("prose"))
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 20 {
		t.Errorf("%d descriptions", len(all))
	}
	player := newPlayer(t)
	misleading, doubtful := 0, 0
	for _, p := range all {
		t.Run(p.Organisation, func(t *testing.T) {
			careful := player.evaluate(t, p.Read)
			p.compareSources(t, careful)
			p.compareVerdicts(t, careful)
			p.compareMisled(t, careful, player.evaluate(t, p.Skimmed))
			if same(careful, player.evaluate(t, p.Denied)) {
				t.Errorf("it makes no difference to take silence for a no: %v", p.Silent)
			}
		})
		if len(p.Misled) > 0 {
			misleading++
		}
		if len(p.Unsettled) > 0 {
			doubtful++
		}
	}
	if doubtful < 12 {
		t.Errorf("only %d descriptions leave something open", doubtful)
	}
	if misleading < 8 {
		t.Errorf("only %d descriptions mislead a hasty reader", misleading)
	}
}

// evaluate is the answer for all capabilities.
func (p *player) evaluate(t *testing.T, call func() (json.RawMessage, error)) answer.Answer {
	t.Helper()
	arguments, err := call()
	if err != nil {
		t.Fatal(err)
	}
	got, err := answer.Read(p.call(t, "evaluate_trigger", arguments))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// compareSources holds that every fact comes back with its words, and none without.
func (p Prose) compareSources(t *testing.T, got answer.Answer) {
	t.Helper()
	if want := p.Sources(); !maps.Equal(want, got.Sources) {
		t.Errorf("sources: want %v, got %v", want, got.Sources)
	}
	if want := slices.Sorted(maps.Keys(p.Unsettled)); !slices.Equal(want, slices.Sorted(slices.Values(got.Unsettled))) {
		t.Errorf("unsettled: want %v, got %v", want, got.Unsettled)
	}
	if got.Unsourced == nil || len(*got.Unsourced) > 0 {
		t.Errorf("unsourced: want an empty list, got %v", got.Unsourced)
	}
	if len(got.Conflicts) > 0 {
		t.Errorf("the facts clash: %v", got.Conflicts)
	}
}

// compareVerdicts holds all verdicts against those that a person derived.
func (p Prose) compareVerdicts(t *testing.T, got answer.Answer) {
	t.Helper()
	if len(got.Verdicts) != len(p.Verdicts) {
		t.Errorf("%d verdicts, want %d", len(got.Verdicts), len(p.Verdicts))
	}
	for _, v := range got.Verdicts {
		want := p.Verdicts[v.Capability]
		possible := want.Possible
		if possible == nil {
			possible = []string{want.Verdict}
		}
		if want.Verdict != v.Verdict || !slices.Equal(possible, v.Possible) {
			t.Errorf("%s: want %s of %v, got %s of %v because %v\nwhy: %s", v.Capability, want.Verdict, possible, v.Verdict, v.Possible, v.Reasons, want.Why)
		}
		if want.Reasons != nil && !slices.Equal(want.Reasons, v.Reasons) {
			t.Errorf("%s: want because %v, got %v", v.Capability, want.Reasons, v.Reasons)
		}
		provisional := "none"
		if v.Provisional != nil {
			provisional = v.Provisional.Verdict
		}
		if want.Provisional != provisional {
			t.Errorf("%s: want provisionally %s, got %s\nwhy: %s", v.Capability, want.Provisional, provisional, want.Why)
		}
	}
}

// compareMisled holds which verdicts a hasty reader gets otherwise.
func (p Prose) compareMisled(t *testing.T, careful, hasty answer.Answer) {
	t.Helper()
	if hasty.Sources != nil || hasty.Unsourced != nil {
		t.Error("sources are reported that were not named")
	}
	otherwise := map[string]string{}
	for i, v := range hasty.Verdicts {
		if v.Verdict != careful.Verdicts[i].Verdict {
			otherwise[v.Capability] = v.Verdict
		}
	}
	if !maps.Equal(p.Misled, otherwise) {
		t.Errorf("misled: want %v, got %v", p.Misled, otherwise)
	}
}

// same reports whether two answers leave the same verdicts possible for every capability.
func same(a, b answer.Answer) bool {
	return slices.EqualFunc(a.Verdicts, b.Verdicts, func(v, w answer.Verdict) bool { return slices.Equal(v.Possible, w.Possible) })
}
