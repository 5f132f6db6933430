package peers

import (
	"runtime"
	"slices"
	"time"
)

// Cost is what one situation costs, with its eight verdicts.
type Cost struct {
	Peer       Peer
	Nanosecond float64 // of one situation, in the fastest round
	Spread     float64 // how much slower the median round was than the fastest, as a share
	Allocated  float64 // allocations a situation
	Situations int     // how many different situations a round turned through
}

// Measure times all peers side by side: every round times each of them once, for at least the given time and over whole passes
// through its situations. The fastest round counts: it is the one that the rest of the machine disturbed least.
func Measure(peers []Peer, s *Situations, unknown bool, rounds int, least time.Duration) []Cost {
	costs := make([]Cost, 0, len(peers))
	for _, p := range peers {
		if unknown && p.Unknown == nil {
			continue
		}
		c := Cost{Peer: p, Situations: len(s.Full)}
		if unknown {
			c.Situations = p.Turn(s)
		}
		costs = append(costs, c)
	}
	times := make([][]float64, len(costs))
	for range rounds {
		for i := range costs {
			each, allocated := costs[i].pass(unknown, least)
			times[i] = append(times[i], each)
			costs[i].Allocated = allocated
		}
	}
	for i, list := range times {
		slices.Sort(list)
		costs[i].Nanosecond = list[0]
		costs[i].Spread = list[len(list)/2]/list[0] - 1
	}
	return costs
}

// pass is one round of one peer: nanoseconds and allocations a situation.
func (c Cost) pass(unknown bool, least time.Duration) (each, allocated float64) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	began, count := time.Now(), 0
	for time.Since(began) < least {
		if unknown {
			for i := range c.Situations {
				possible = c.Peer.Unknown(i)
			}
		} else {
			for i := range c.Situations {
				answers = c.Peer.Known(i)
			}
		}
		count += c.Situations
	}
	elapsed := time.Since(began)
	runtime.ReadMemStats(&after)
	return float64(elapsed.Nanoseconds()) / float64(count), float64(after.Mallocs-before.Mallocs) / float64(count)
}

// What a peer answers goes here, so that no compiler leaves the work out.
var (
	answers  Answers
	possible Possible
)
