package decide

import (
	"math/bits"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Answer is a way to answer a question, and the verdicts that are possible then.
type Answer struct {
	Is       Ways
	Possible []Verdict
}

// Ways are the values that make an answer. Of a set that several conditions look into, they are told by its members: none of them,
// any of some, or whatever the other answers leave.
type Ways struct {
	Values []fact.Value
	AnyOf  []string
	None   bool
	Else   bool
}

// answers are the ways to answer a question about a fact, in domain order. Those that leave the same verdicts possible are one.
func (d *Decision) answers(s fact.Situation, known state, index int) []Answer {
	level := d.levelOf(index)
	v := &d.variables[level]
	state := slices.Clone(known)
	var groups []cellSet
	var leads []uint16
	for rest := known[level]; rest != 0; rest &= rest - 1 {
		state[level] = rest & -rest
		possible := d.verdicts.reachable(state)
		if i := slices.Index(leads, possible); i >= 0 {
			groups[i] |= state[level]
		} else {
			groups, leads = append(groups, state[level]), append(leads, possible)
		}
	}
	members := d.dictionary.Fact(index).Values
	var list []Answer
	for i, group := range groups {
		list = append(list, Answer{v.ways(group, s[index], members), verdictsIn(leads[i])})
	}
	if v.kind == fact.Set {
		leaveRest(list)
	}
	return list
}

// verdictsIn are the verdicts at leaves of a diagram of verdicts.
func verdictsIn(leaves uint16) []Verdict {
	var list []Verdict
	for v := range verdicts {
		if leaves>>v&1 == 1 {
			list = append(list, Verdict(v))
		}
	}
	return list
}

// ways tells the values of some cells, within what is known of the fact.
func (v *variable) ways(cells cellSet, present fact.Value, members []string) (w Ways) {
	if v.kind == fact.Set {
		return v.setWays(cells, members)
	}
	var ranges []fact.Range
	for c := range v.cells {
		if cells>>c&1 == 0 {
			continue
		}
		cell := &v.cells[c]
		switch {
		case len(cell.ranges) > 0:
			ranges = append(ranges, cell.ranges...)
		case v.kind == fact.Choice:
			for _, text := range cell.values {
				w.Values = append(w.Values, fact.Value{Kind: fact.Choice, Text: text})
			}
		default:
			w.Values = append(w.Values, cell.first)
		}
	}
	for _, r := range joined(ranges, v.kind) {
		if present.Range != nil {
			r = r.And(*present.Range)
		}
		if !r.Empty() {
			w.Values = append(w.Values, fact.Exactly(v.kind, r))
		}
	}
	return w
}

// joined are ranges from low to high, those that touch as one.
func joined(ranges []fact.Range, kind fact.Kind) []fact.Range {
	var c Cell
	c.kind = kind
	c.merge(Cell{ranges: ranges})
	return c.ranges
}

// setWays tells the sets of some cells: none of the members, any of some, or both; or else by an example, which leaveRest may replace.
func (v *variable) setWays(cells cellSet, members []string) Ways {
	empty := cellSet(1) << v.cell(fact.Value{Kind: fact.Set})
	if rest := cells &^ empty; rest != cells && rest != 0 {
		if w := v.setWays(rest, members); w.AnyOf != nil {
			w.None = true
			return w
		}
	}
	in := func(set ...string) bool {
		return cells>>v.cell(fact.Value{Kind: fact.Set, Members: set})&1 == 1
	}
	var any []string
	for _, member := range members {
		if in(member) {
			any = append(any, member)
		}
	}
	sets := v.representatives(members)
	if !slices.ContainsFunc(sets, func(set []string) bool { return len(set) > 0 && in(set...) }) {
		return Ways{None: true}
	}
	for _, set := range sets {
		for _, more := range append([]string{""}, any...) { // one of those at a time with every set of the others
			with := set
			if more != "" && !slices.Contains(set, more) {
				with = append(slices.Clone(set), more)
			}
			if in(with...) != slices.ContainsFunc(with, func(m string) bool { return slices.Contains(any, m) }) {
				first := v.cells[bits.TrailingZeros64(uint64(cells))].first
				return Ways{Values: []fact.Value{first}}
			}
		}
	}
	return Ways{AnyOf: any}
}

// leaveRest says "else" of the one answer that only an example tells.
func leaveRest(list []Answer) {
	byExample := func(a Answer) bool { return len(a.Is.Values) > 0 }
	i := slices.IndexFunc(list, byExample)
	if i < 0 || slices.ContainsFunc(list[i+1:], byExample) {
		return
	}
	list[i].Is = Ways{Else: true}
}
