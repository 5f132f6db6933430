// Command table prints what a situation costs each peer, as Markdown: every ratio, those that the engine loses too.
//
//	go run ./table [-rounds 25] [-least 100ms]
package main

import (
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/vanhoutenbos/layer2/evals/peers"
)

func main() {
	rounds := flag.Int("rounds", 25, "rounds; the fastest counts")
	least := flag.Duration("least", 100*time.Millisecond, "least time of a peer in a round")
	flag.Parse()
	if err := run(*rounds, *least); err != nil {
		fmt.Fprintln(os.Stderr, "table:", err)
		os.Exit(1)
	}
}

func run(rounds int, least time.Duration) error {
	s := peers.Draw(peers.Seed, peers.Count)
	list, err := peers.All(s)
	if err != nil {
		return err
	}
	inLoop, err := peers.EngineWithCells(s)
	if err != nil {
		return err
	}
	list = append(list, inLoop)
	for _, p := range list {
		if err := p.Agree(s, list[1]); err != nil {
			return err
		}
	}
	fmt.Printf("%d situations, seed %d, in a different order each time; all peers agree.\n", peers.Count, peers.Seed)
	fmt.Printf("\n## All facts known\n\n")
	show(peers.Measure(list, s, false, rounds, least), nil)
	fmt.Printf("\n## Half of the facts unknown\n\n")
	show(peers.Measure(list, s, true, rounds, least), list)
	fmt.Printf("\n## How each was prepared\n\n")
	fmt.Println("| peer | version | prepared | with unknown facts |")
	fmt.Println("|---|---|---|---|")
	for _, p := range list {
		fmt.Printf("| %s | %s | %s | %s |\n", p.Name, p.Version, p.Prepared, p.How)
	}
	return nil
}

// show prints costs, and of the peers those that are not among them.
func show(costs []peers.Cost, all []peers.Peer) {
	engine, byHand := costs[0].Nanosecond, costs[1].Nanosecond
	fmt.Println("| peer | a situation | a verdict | × layer2 | × handwritten | allocations | situations | median round |")
	fmt.Println("|---|--:|--:|--:|--:|--:|--:|--:|")
	shown := map[string]bool{}
	for _, c := range costs {
		shown[c.Peer.Name] = true
		fmt.Printf("| %s | %s | %s | %s | %s | %.0f | %d | +%.0f %% |\n", c.Peer.Name, in(c.Nanosecond), in(c.Nanosecond/8),
			times(c.Nanosecond/engine), times(c.Nanosecond/byHand), c.Allocated, c.Situations, 100*c.Spread)
	}
	for _, p := range all {
		if !shown[p.Name] {
			fmt.Printf("| %s | — | — | — | — | — | — | — |\n", p.Name)
		}
	}
}

func in(nanoseconds float64) string {
	switch {
	case nanoseconds < 1e3:
		return fmt.Sprintf("%.1f ns", nanoseconds)
	case nanoseconds < 1e6:
		return fmt.Sprintf("%.2f µs", nanoseconds/1e3)
	}
	return fmt.Sprintf("%.2f ms", nanoseconds/1e6)
}

func times(ratio float64) string {
	if ratio < 10 {
		return fmt.Sprintf("%.2f", ratio)
	}
	return fmt.Sprintf("%.0f", ratio)
}
