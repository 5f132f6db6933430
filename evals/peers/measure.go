package peers

import (
	"math/rand/v2"
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
// through its situations, in time of its thread on a processor. The fastest round counts: it is the one that the rest of the machine
// disturbed least.
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
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	times := make([][]float64, len(costs))
	for round := range rounds {
		for i, c := range costs {
			if c.Situations < len(s.Full) && round%5 > 0 {
				continue // it takes seconds
			}
			each, allocated := c.round(unknown, shuffled(c.Situations), least)
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

// shuffles is how many different orders of the situations follow one another.
const shuffles = 64

// shuffled is the places of situations, all of them again and again, each time in another order: a processor that learnt one order by
// heart would predict branches that no caller repeats. The orders are the same for all peers.
func shuffled(situations int) []uint16 {
	random := rand.New(rand.NewPCG(Seed, 2))
	order := make([]uint16, 0, shuffles*situations)
	for range shuffles {
		for _, place := range random.Perm(situations) {
			order = append(order, uint16(place))
		}
	}
	return order
}

// round is one round of one peer: nanoseconds and allocations a situation.
func (c Cost) round(unknown bool, order []uint16, least time.Duration) (each, allocated float64) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	began, count := cpuTime(), 0
	for cpuTime()-began < least {
		for pass := range slices.Chunk(order, c.Situations) {
			for _, i := range pass {
				if unknown {
					c.Peer.Unknown(int(i))
				} else {
					c.Peer.Known(int(i))
				}
			}
			count += len(pass)
			if cpuTime()-began >= least {
				break
			}
		}
	}
	elapsed := cpuTime() - began
	runtime.ReadMemStats(&after)
	return float64(elapsed.Nanoseconds()) / float64(count), float64(after.Mallocs-before.Mallocs) / float64(count)
}
