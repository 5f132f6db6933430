package verify

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"
)

// world is a situation of the tiny knowledge in which all is known. Numbers run past every limit that a condition can have.
type world struct {
	stable, wanted, pressing, budget bool
	size                             int
}

func worlds() []world {
	var list []world
	for bits := range 16 {
		for size := range 8 {
			list = append(list, world{bits&1 > 0, bits&2 > 0, bits&4 > 0, bits&8 > 0, size})
		}
	}
	return list
}

// clause is a condition in two forms: as the knowledge writes it, and as Go.
type clause struct {
	text  string
	holds func(world) bool
}

// randomClause draws an atom, or two of them joined, perhaps negated.
func randomClause(r *rand.Rand, depth int) clause {
	if depth > 0 && r.IntN(2) == 0 {
		a, b := randomClause(r, depth-1), randomClause(r, depth-1)
		switch r.IntN(3) {
		case 0:
			return clause{"(" + a.text + " && " + b.text + ")", func(w world) bool { return a.holds(w) && b.holds(w) }}
		case 1:
			return clause{"(" + a.text + " || " + b.text + ")", func(w world) bool { return a.holds(w) || b.holds(w) }}
		}
		return clause{"!(" + a.text + ")", func(w world) bool { return !a.holds(w) }}
	}
	limit := 1 + r.IntN(6)
	switch r.IntN(7) {
	case 0:
		return clause{"wanted", func(w world) bool { return w.wanted }}
	case 1:
		return clause{"pressing", func(w world) bool { return w.pressing }}
	case 2:
		return clause{"big_budget", func(w world) bool { return w.budget }}
	case 3:
		return clause{"!layer1_stable", func(w world) bool { return !w.stable }}
	case 4:
		return clause{fmt.Sprint("size < ", limit), func(w world) bool { return w.size < limit }}
	case 5:
		return clause{fmt.Sprint("size > ", limit), func(w world) bool { return w.size > limit }}
	}
	return clause{fmt.Sprint("size == ", limit), func(w world) bool { return w.size == limit }}
}

// saying is a statement of a random capability.
type saying struct {
	id string
	clause
	effect             string
	answers            []string
	required, measured bool
	lifts, shown       bool
}

func randomSayings(r *rand.Rand) []saying {
	answers := func() []string {
		return [][]string{{"TI-T1"}, {"TI-T2"}, {"TI-T1", "TI-T2"}, {"TI-T1", "TI-W1"}}[r.IntN(4)]
	}
	list := []saying{{id: "TI-M", required: true}, {id: "TI-T1"}, {id: "TI-T2"}, {id: "TI-N1", effect: "floor"}, {id: "TI-N2", effect: "blocker"},
		{id: "TI-N3", answers: answers()}, {id: "TI-W1", measured: r.IntN(2) == 0}, {id: "TI-W2", lifts: true, measured: r.IntN(2) == 0},
		{id: "TI-L1", effect: "later"}, {id: "TI-L2", effect: "blocker"}}
	for i := range list {
		list[i].clause = randomClause(r, 2)
		list[i].shown = list[i].effect != "" && r.IntN(4) == 0
	}
	list = slices.DeleteFunc(list, func(s saying) bool {
		return strings.ContainsAny(s.id[3:4], "NL") && r.IntN(4) == 0
	})
	return list
}

// asFile is the capability as a knowledge file, with two options of its own.
func asFile(sayings []saying, fits, outs [2]clause) string {
	var b strings.Builder
	b.WriteString("id: tiny\ncode: TI\ntitle: Tiny\nsummary: As small as it gets.\n")
	section := ""
	for _, s := range sayings {
		key, indent := map[byte]string{'M': "matrix", 'T': "triggers", 'N': "do_not", 'W': "now", 'L': "later"}[s.id[3]], "    "
		if key != section {
			fmt.Fprintf(&b, "%s:\n", key)
		}
		section = key
		if key == "matrix" {
			indent = "  "
			fmt.Fprintf(&b, "  id: %s\n  trigger: Size\n  skip_if: No size\n", s.id)
		} else {
			fmt.Fprintf(&b, "  - id: %s\n", s.id)
		}
		fmt.Fprintf(&b, "%ssays: It holds.\n%swhen: '%s'\n", indent, indent, s.text)
		for _, mark := range []struct {
			is   bool
			text string
		}{{s.effect != "", "effect: " + s.effect}, {len(s.answers) > 0, "answers: [" + strings.Join(s.answers, ", ") + "]"}, {s.required, "required: true"},
			{s.measured, "measured: true"}, {s.lifts, "lifts: TI-M"}, {s.shown, "shown: it is said not to matter"}} {
			if mark.is {
				fmt.Fprintf(&b, "%s%s\n", indent, mark.text)
			}
		}
	}
	b.WriteString("options_kind: tools\noptions:\n")
	for i := range fits {
		fmt.Fprintf(&b, "  - id: TI-O%d\n    name: Tool %d\n    use_when: It fits.\n    fits:\n      - says: It fits\n        when: '%s'\n    out:\n      - says: It is out\n        when: '%s'\n",
			i+1, i+1, fits[i].text, outs[i].text)
	}
	return b.String()
}

// judge is the ladder of logic.md §1, by hand.
func judge(sayings []saying, foundation bool, w world) string {
	var answered []string
	for _, s := range sayings {
		if s.holds(w) {
			answered = append(answered, s.answers...)
		}
	}
	floor, need, blocked, now, measured, later, lifted, big := false, false, foundation && !w.stable, false, false, false, false, true
	for _, s := range sayings {
		holds := s.holds(w)
		stands := holds && !slices.Contains(answered, s.id)
		floor = floor || holds && s.effect == "floor"
		blocked = blocked || holds && s.effect == "blocker"
		later = later || holds && s.effect == "later"
		need = need || stands && s.id[3] == 'T'
		now = now || stands && s.id[3] == 'W'
		measured = measured || stands && s.id[3] == 'W' && s.measured
		lifted = lifted || stands && s.lifts
		big = big && (holds || !s.required)
	}
	switch {
	case floor:
		return "skip (scale)"
	case !need:
		return "skip (need)"
	case !big && !lifted:
		return "wait (scale)"
	case blocked:
		return "wait (readiness)"
	case !big:
		return "consider (contested)"
	case later && !now:
		return "wait (timing)"
	case later:
		return "consider (contested)"
	case measured:
		return "adopt (timing)"
	case now:
		return "consider (unmeasured)"
	}
	return "consider (no_pressure)"
}

// judged is the outcome of every world, and the verdicts alone.
func judged(sayings []saying, foundation bool) (outcomes, verdicts string) {
	for _, w := range worlds() {
		outcome := judge(sayings, foundation, w)
		outcomes += outcome + "\n"
		verdicts += strings.Fields(outcome)[0] + "\n"
	}
	return outcomes, verdicts
}

func leaveOut(sayings []saying, id string) []saying {
	return slices.DeleteFunc(slices.Clone(sayings), func(s saying) bool { return s.id == id })
}

func somewhere(c func(world) bool) bool { return slices.ContainsFunc(worlds(), c) }

// byHand is every finding about a random capability, as "kind subject [with]", by looking at every world.
func byHand(sayings []saying, fits, outs [2]clause) []string {
	var list []string
	add := func(kind Kind, subject string, with ...string) {
		list = append(list, strings.TrimSpace(fmt.Sprint(kind, " ", subject, " ", strings.Join(with, "; "))))
	}
	constant := func(c clause, subject string, with ...string) {
		if !somewhere(c.holds) {
			add(NeverHolds, subject, with...)
		}
		if !somewhere(func(w world) bool { return !c.holds(w) }) {
			add(AlwaysHolds, subject, with...)
		}
	}
	bare := slices.DeleteFunc(slices.Clone(sayings), func(s saying) bool { return s.shown })
	before, verdicts := judged(bare, true)
	for _, s := range sayings {
		constant(s.clause, s.id)
		if s.shown {
			if with, _ := judged(append(slices.Clone(bare), s), true); with != before {
				add(MarkedWithEffect, s.id, "shown")
			}
			continue
		}
		fewer, fewerVerdicts := judged(leaveOut(bare, s.id), true)
		switch {
		case fewer == before:
			add(NoEffect, s.id)
			continue
		case fewerVerdicts == verdicts:
			add(ReasonOnly, s.id)
		}
		for _, loose := range loosened(s) {
			changed := slices.Clone(bare)
			changed[slices.IndexFunc(changed, func(o saying) bool { return o.id == s.id })] = loose.without
			if after, _ := judged(changed, true); after == before {
				add(MarkWithoutEffect, s.id, loose.name)
			}
		}
	}
	if after, _ := judged(bare, false); after == before {
		add(NoEffect, "R1")
	}
	for _, n := range sayings {
		var with []string
		for _, t := range sayings {
			speaks := n.effect != "" || slices.Contains(n.answers, t.id)
			if n.id[3] == 'N' && t.id[3] == 'T' && speaks && somewhere(func(w world) bool { return n.holds(w) && t.holds(w) }) {
				with = append(with, t.id)
			}
		}
		if len(with) > 0 {
			add(HoldTogether, n.id, with...)
		}
	}
	whole, _ := judged(sayings, true)
	for _, end := range []string{"skip (scale)", "skip (need)", "wait (scale)", "wait (readiness)", "consider (contested)", "wait (timing)", "adopt (timing)",
		"consider (unmeasured)", "consider (no_pressure)"} {
		if !strings.Contains(whole, end) {
			add(UnreachableOutcome, "tiny", end)
		}
	}
	for i := range fits {
		id := fmt.Sprint("TI-O", i+1)
		constant(fits[i], id, "a fit", fits[i].text)
		constant(outs[i], id, "an out", outs[i].text)
		worth := func(o int) func(world) bool {
			return func(w world) bool { return fits[o].holds(w) && !outs[o].holds(w) }
		}
		if !somewhere(worth(i)) { // with one fit each, what fits at all is best, and ties
			add(NeverFits, id)
			add(NeverBest, id)
		}
	}
	return list
}

type loosening struct {
	name    string
	without saying
}

// loosened are a statement's marks that it can lose and still decide.
func loosened(s saying) []loosening {
	var list []loosening
	if s.measured {
		fewer := s
		fewer.measured = false
		list = append(list, loosening{"measured", fewer})
	}
	if s.lifts {
		fewer := s
		fewer.lifts = false
		list = append(list, loosening{"lifts: TI-M", fewer})
	}
	for _, id := range s.answers {
		if len(s.answers) > 1 {
			fewer := s
			fewer.answers = slices.DeleteFunc(slices.Clone(s.answers), func(other string) bool { return other == id })
			list = append(list, loosening{"answers: " + id, fewer})
		}
	}
	return list
}

// silentByHand returns the sizes that no statement covers, though some cover smaller and larger ones.
func silentByHand(sayings []saying) []int {
	speaks := func(size int) bool {
		return slices.ContainsFunc(sayings, func(s saying) bool {
			return somewhere(func(w world) bool {
				here := w
				here.size = size
				return s.holds(here) && !s.holds(w)
			})
		})
	}
	var spoken, silent []int
	for size := range 8 {
		if speaks(size) {
			spoken = append(spoken, size)
		}
	}
	for size := range 8 {
		if !slices.Contains(spoken, size) && len(spoken) > 0 && size > spoken[0] && size < spoken[len(spoken)-1] {
			silent = append(silent, size)
		}
	}
	return silent
}

// Every finding about random capabilities is one that brute force over all situations finds, and vice versa.
func TestFindingsAgreeWithBruteForce(t *testing.T) {
	base := knowledgeIn(t, &txtar.Archive{}, "")["base.yaml"]
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 1))
	seen := map[string]int{}
	for range 120 {
		sayings := randomSayings(r)
		fits, outs := [2]clause{randomClause(r, 1), randomClause(r, 1)}, [2]clause{randomClause(r, 1), randomClause(r, 1)}
		file := asFile(sayings, fits, outs)
		_, findings, err := Find(fstest.MapFS{"base.yaml": base, "tiny.yaml": {Data: []byte(file)}}, nil)
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, file)
		}
		var got []string
		var silent []int
		for _, f := range findings {
			with := strings.Join(f.With, "; ")
			switch f.Kind {
			case Silent:
				silent = append(silent, sizes(t, strings.TrimPrefix(with, "size "))...)
				continue
			case UnusedFact, NeverMatters, ThresholdsDiffer: // they have tests of their own
				continue
			case NoEffect, NeverBest: // what settles it, or is better, is said besides
				with = ""
			}
			seen[string(f.Kind)]++
			got = append(got, strings.TrimSpace(fmt.Sprint(f.Kind, " ", f.Subject, " ", with)))
		}
		want := byHand(sayings, fits, outs)
		slices.Sort(got)
		slices.Sort(want)
		slices.Sort(silent)
		if !slices.Equal(got, want) || !slices.Equal(silent, silentByHand(sayings)) {
			t.Fatalf("seed %d:\nfound    %q\nby hand  %q\nsilent %v, by hand %v\n%s", seed, got, want, silent, silentByHand(sayings), file)
		}
	}
	t.Logf("seed %d: %v", seed, seen)
}

// sizes reads "3", "3 to 5" or "6 or more".
func sizes(t testing.TB, words string) []int {
	t.Helper()
	low, high := 0, 0
	if n, _ := fmt.Sscanf(words, "%d to %d", &low, &high); n == 1 {
		high = low
	}
	if strings.HasSuffix(words, "or more") {
		high = 7
	}
	var list []int
	for size := low; size <= high; size++ {
		list = append(list, size)
	}
	return list
}
