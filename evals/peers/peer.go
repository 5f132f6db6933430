package peers

import "fmt"

// capabilityCount is the number of capabilities: an answer holds an outcome for each.
const capabilityCount = 8

// Answers are the outcomes of the capabilities in a situation in which all is known.
type Answers [capabilityCount]Outcome

// Possible are the verdicts that the capabilities can have in a situation in which facts are unknown.
type Possible [capabilityCount]Verdicts

// Peer decides situations. It holds all that could be prepared; what its functions do is what is timed.
type Peer struct {
	Name     string
	Version  string
	Prepared string // how it was prepared
	// Known decides a situation with all facts known.
	Known func(situation int) Answers
	// Unknown decides a situation with half of its facts known; nil for what cannot decide with unknown facts.
	Unknown func(situation int) Possible
	// How says how Unknown does it, or why there is none.
	How string
	// Few is the number of situations that are enough to time Unknown, the first ones; 0: all.
	Few int
}

// All are the peers, with all that can be done beforehand done. The engine comes first, then the hand-written code.
func All(s *Situations) ([]Peer, error) {
	var peers []Peer
	for _, prepare := range []func(*Situations) (Peer, error){
		newEngine, newHandwritten, newCEL, newExpr, newOPA, newCedar, newGrule, newJSONLogic,
	} {
		peer, err := prepare(s)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", peer.Name, err)
		}
		peers = append(peers, peer)
	}
	return peers, nil
}

// Turn is the number of situations that an unknown peer is timed over.
func (p Peer) Turn(s *Situations) int {
	if p.Few > 0 {
		return min(p.Few, len(s.Full))
	}
	return len(s.Full)
}

// Agree says where a peer and the hand-written code differ; nil where they do not.
func (p Peer) Agree(s *Situations, reference Peer) error {
	names := capabilities()
	for i := range s.Full {
		got, want := p.Known(i), reference.Known(i)
		for c := range got {
			if got[c] != want[c] {
				return fmt.Errorf("situation %d, %s: %s says %v, %s %v", i, names[c].id, p.Name, got[c], reference.Name, want[c])
			}
		}
	}
	if p.Unknown == nil {
		return nil
	}
	for i := range p.Turn(s) {
		got, want := p.Unknown(i), reference.Unknown(i)
		for c := range got {
			if got[c] != want[c] {
				return fmt.Errorf("situation %d, half unknown, %s: %s says %v, %s %v", i, names[c].id, p.Name, got[c], reference.Name, want[c])
			}
		}
	}
	return nil
}
