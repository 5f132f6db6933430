package decide

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Flip is the smallest change that leads from a decided verdict to another one: the fewest given facts to change, and the fewest
// additional facts without which that verdict would not be decided. Leaving a range counts as a change; narrowing it counts as an
// additional fact.
type Flip struct {
	Set, Given []fact.Setting
	Verdict    Verdict
	Reasons    []Reason
}

// flips returns one flip for each other verdict that can be reached, in the order of verdicts.
func (d *Decision) flips(s fact.Situation, known state, present Verdict) []Flip {
	var flips []Flip
	for v, target := range d.targets {
		if Verdict(v) == present || target.reach[target.root.id]>>yes&1 == 0 {
			continue
		}
		search := &flipSearch{decision: d, target: target, situation: s, known: known, best: map[string]*plan{}}
		if best := search.from([]uint16{target.root.id}); best.cost < impossible {
			flips = append(flips, d.flip(best, s, known, Verdict(v)))
		}
	}
	return flips
}

// flip converts a plan to facts and values.
func (d *Decision) flip(p *plan, s fact.Situation, known state, verdict Verdict) Flip {
	f := Flip{Verdict: verdict}
	changed := slices.Clone(known)
	for ; p.rest != nil; p = p.rest {
		v := &d.variables[p.level]
		cell, present := v.cells[p.cell], s[v.fact]
		setting := fact.Setting{Fact: v.fact, Value: cell.value(v.step)}
		switch {
		case !p.change && present.Range != nil:
			setting.Value = cell.narrowed(*present.Range, v.step)
		case p.change && len(cell.ranges) > 0:
			setting.Value.Number, _ = cell.left(present, v.step)
		}
		if p.change {
			f.Set = append(f.Set, setting)
		} else {
			f.Given = append(f.Given, setting)
		}
		changed[p.level] = 1 << p.cell
	}
	f.Reasons = OutcomeSet(d.outcomes.reachable(changed)).Reasons()
	return f
}

// plan is a linked list of choices for the levels from one on, one element for each level that is changed or given. The last element
// means "nothing more" or "impossible".
type plan struct {
	level, cell int
	change      bool    // of a known fact; otherwise an additional fact
	distance    float64 // between a changed number and its present value
	cost        cost    // of this choice and rest
	rest        *plan
}

// cost ranks changed facts before given ones.
type cost int64

const (
	given      cost = 1
	change     cost = 1 << 32
	impossible cost = math.MaxInt64
)

// flipSearch finds the cheapest plan to a target by dynamic programming over sets of nodes. A fact that stays unknown must not matter, so
// all of its children are kept and all must arrive. What can be done from a set of nodes does not depend on how it was reached, so each
// set is solved once. The best of several choices stays best behind any prefix, because lists of equal length are compared by their first
// difference.
type flipSearch struct {
	decision  *Decision
	target    *diagram
	situation fact.Situation
	known     state
	best      map[string]*plan
	key       []byte
}

// from returns the best plan that takes every node of a set to the target.
func (f *flipSearch) from(nodes []uint16) *plan {
	level := len(f.known)
	for _, id := range nodes {
		if f.target.reach[id]>>yes&1 == 0 {
			return &plan{cost: impossible}
		}
		if id >= leaves {
			level = min(level, int(f.target.nodes[id-leaves].level))
		}
	}
	if level == len(f.known) {
		return &plan{}
	}
	f.key = f.key[:0]
	for _, id := range nodes {
		f.key = binary.AppendUvarint(f.key, uint64(id))
	}
	key := string(f.key)
	if known, solved := f.best[key]; solved {
		return known
	}
	best := f.choose(nodes, level)
	f.best[key] = best
	return best
}

// choose compares leaving a fact as it is with moving it to each other cell.
func (f *flipSearch) choose(nodes []uint16, level int) *plan {
	known := f.known[level]
	best := f.from(f.children(nodes, level, known))
	v := &f.decision.variables[level]
	for cell := range v.cells {
		only := cellSet(1) << cell
		if only == known {
			continue
		}
		rest := f.from(f.children(nodes, level, only))
		if rest.cost == impossible {
			continue
		}
		option := &plan{level: level, cell: cell, change: only&known == 0, cost: rest.cost + given, rest: rest}
		if option.change {
			option.cost = rest.cost + change
			if len(v.cells[cell].ranges) > 0 {
				_, option.distance = v.cells[cell].left(f.situation[v.fact], v.step)
			}
		}
		if compare(option, best) < 0 {
			best = option
		}
	}
	return best
}

// children returns the nodes reached from a set if a level takes one of some cells, sorted and without duplicates.
func (f *flipSearch) children(nodes []uint16, level int, cells cellSet) []uint16 {
	next := make([]uint16, 0, len(nodes)+4)
	for _, id := range nodes {
		if id < leaves || int(f.target.nodes[id-leaves].level) != level {
			next = append(next, id)
			continue
		}
		for rest := cells; rest != 0; rest &= rest - 1 {
			next = append(next, f.target.child(f.target.nodes[id-leaves], rest).id)
		}
	}
	slices.Sort(next)
	return slices.Compact(next)
}

// compare orders plans, better ones first: fewest changes, then fewest given facts, then the facts changed, then those given (each as a
// list in fact order), then the nearest cells, then cells in domain order.
func compare(a, b *plan) int {
	if a.cost != b.cost || a.cost == impossible {
		return cmp.Compare(a.cost, b.cost)
	}
	aSet, aGiven := a.split()
	bSet, bGiven := b.split()
	byFact := func(x, y *plan) int { return cmp.Compare(x.level, y.level) }
	byDistance := func(x, y *plan) int { return cmp.Compare(x.distance, y.distance) }
	byCell := func(x, y *plan) int { return cmp.Compare(x.cell, y.cell) }
	return cmp.Or(
		slices.CompareFunc(aSet, bSet, byFact),
		slices.CompareFunc(aGiven, bGiven, byFact),
		slices.CompareFunc(aSet, bSet, byDistance),
		slices.CompareFunc(aSet, bSet, byCell),
		slices.CompareFunc(aGiven, bGiven, byCell),
	)
}

// split returns the changes and the given facts of a plan.
func (p *plan) split() (set, given []*plan) {
	for ; p.rest != nil; p = p.rest {
		if p.change {
			set = append(set, p)
		} else {
			given = append(given, p)
		}
	}
	return set, given
}
