package peers

import "testing"

func TestQuick(t *testing.T) {
	s := Draw(Seed, Count)
	peers, err := All(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range peers {
		if p.Known == nil {
			continue
		}
		if err := p.Agree(s, peers[1]); err != nil {
			t.Error(err)
		}
	}
}
