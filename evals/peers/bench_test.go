package peers

import "testing"

// An operation is one situation with its eight verdicts, the situations in a different order each time. Peers have to agree before they are timed.

func BenchmarkKnown(b *testing.B) {
	peers, s := load(b)
	for _, p := range peers {
		b.Run(p.Name, func(b *testing.B) {
			b.ReportAllocs()
			for i := range s.Full {
				if got, want := p.Known(i), peers[1].Known(i); got != want {
					b.Fatalf("situation %d: %v, want %v", i, got, want)
				}
			}
			order := shuffled(Count)
			for i := 0; b.Loop(); i++ {
				p.Known(int(order[i%len(order)]))
			}
		})
	}
}

func BenchmarkUnknown(b *testing.B) {
	peers, s := load(b)
	for _, p := range peers {
		if p.Unknown == nil {
			continue
		}
		b.Run(p.Name, func(b *testing.B) {
			b.ReportAllocs()
			turn := p.Turn(s)
			for i := range turn {
				if got, want := p.Unknown(i), peers[1].Unknown(i); got != want {
					b.Fatalf("situation %d: %v, want %v", i, got, want)
				}
			}
			order := shuffled(turn)
			for i := 0; b.Loop(); i++ {
				p.Unknown(int(order[i%len(order)]))
			}
		})
	}
}
