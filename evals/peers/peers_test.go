package peers

import (
	"strings"
	"sync"
	"testing"
)

// prepared is the situations with all peers ready for them, made once.
var prepared = sync.OnceValues(func() ([]Peer, error) { return All(drawn()) })

var drawn = sync.OnceValue(func() *Situations { return Draw(Seed, Count) })

func load(t testing.TB) ([]Peer, *Situations) {
	t.Helper()
	peers, err := prepared()
	if err != nil {
		t.Fatal(err)
	}
	return peers, drawn()
}

// Every peer gives the outcomes of the hand-written code, and every one that decides with unknown facts the same possible verdicts.
func TestPeersAgree(t *testing.T) {
	peers, s := load(t)
	cells, err := EngineWithCells(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range append(peers, cells) {
		t.Run(p.Name, func(t *testing.T) {
			if err := p.Agree(s, peers[1]); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestDisagreementIsFound(t *testing.T) {
	peers, s := load(t)
	byHand := peers[1]
	wrong := byHand
	wrong.Known = func(i int) Answers {
		answers := byHand.Known(i)
		if i == Count-1 {
			answers[7] = PrepareTiming
		}
		return answers
	}
	if err := wrong.Agree(s, byHand); err == nil || !strings.Contains(err.Error(), "situation 1023, auditing") {
		t.Errorf("the error is %v", err)
	}
	wrong = byHand
	wrong.Unknown = func(i int) Possible {
		possible := byHand.Unknown(i)
		possible[0] |= Prepare
		return possible
	}
	if err := wrong.Agree(s, byHand); err == nil || !strings.Contains(err.Error(), "situation 0, half unknown, service-mesh") {
		t.Errorf("the error is %v", err)
	}
}

// The situations reach every outcome, and leave verdicts open as well as decided where half is unknown.
func TestSituationsAreNoEasyOnes(t *testing.T) {
	peers, s := load(t)
	seen := map[Outcome]int{}
	open, known, all := 0, 0, 0
	for i := range s.Full {
		for _, outcome := range peers[1].Known(i) {
			seen[outcome]++
		}
		for _, verdicts := range peers[1].Unknown(i) {
			if verdicts&(verdicts-1) != 0 {
				open++
			}
		}
		for _, is := range s.Known[i] {
			all++
			if is {
				known++
			}
		}
	}
	t.Log(seen)
	for outcome := range Outcome(outcomes) {
		if seen[outcome] == 0 {
			t.Errorf("no situation has the outcome %v", outcome)
		}
	}
	if share := float64(open) / float64(Count*capabilityCount); share < 0.3 || share > 0.95 {
		t.Errorf("%.2f of the verdicts are open", share)
	}
	if share := float64(known) / float64(all); share < 0.49 || share > 0.51 {
		t.Errorf("%.3f of the facts are known", share)
	}
}
