package decide

import (
	"math/big"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

// Region is a set of states of a space: an exact answer to "where?". Two regions of one space are equal exactly if == says so.
type Region struct {
	space *Space
	node  int32
}

// And returns the intersection.
func (r Region) And(other Region) Region {
	return Region{r.space, r.space.builder.and(r.node, other.node)}
}

// Or returns the union.
func (r Region) Or(other Region) Region {
	return Region{r.space, r.space.builder.or(r.node, other.node)}
}

// Not returns the complement.
func (r Region) Not() Region { return Region{r.space, r.space.builder.not(r.node)} }

// Without returns the difference.
func (r Region) Without(other Region) Region { return r.And(other.Not()) }

func (r Region) Empty() bool { return r.node == no }

// Full reports whether the region contains every state.
func (r Region) Full() bool { return r.node == yes }

// Given returns the states that are in the region once a fact is moved to a cell; the fact no longer matters to the result.
func (r Region) Given(fact, cell int) Region {
	level, mentioned := r.space.level[fact]
	if !mentioned {
		return r
	}
	b := r.space.builder
	done := map[int32]int32{}
	var walk func(int32) int32
	walk = func(id int32) int32 {
		if b.level[id] > level { // also for leaves: their level comes after all others
			return id
		}
		if b.level[id] == level {
			return b.kids[id][cell]
		}
		if known, is := done[id]; is {
			return known
		}
		kids := make([]int32, len(b.kids[id]))
		for c, kid := range b.kids[id] {
			kids[c] = walk(kid)
		}
		done[id] = b.node(b.level[id], kids)
		return done[id]
	}
	return Region{r.space, walk(r.node)}
}

// Share returns the exact fraction of all states that are in the region.
func (r Region) Share() *big.Rat {
	b := r.space.builder
	done := map[int32]*big.Rat{no: new(big.Rat), yes: big.NewRat(1, 1)}
	var share func(int32) *big.Rat
	share = func(id int32) *big.Rat {
		if known, is := done[id]; is {
			return known
		}
		sum := new(big.Rat)
		for _, kid := range b.kids[id] {
			sum.Add(sum, share(kid))
		}
		done[id] = sum.Quo(sum, big.NewRat(int64(len(b.kids[id])), 1))
		return done[id]
	}
	return new(big.Rat).Set(share(r.node))
}

// Witness returns facts that put a situation into the region whatever the other facts are: as few as possible, in fact order, each in the
// first suitable cell. None are needed if the region is full. ok is false if it is empty.
func (r Region) Witness() (facts []fact.Setting, ok bool) {
	b := r.space.builder
	const never = 1 << 30
	done := map[int32]int{no: never, yes: 0}
	var cost func(int32) int
	cost = func(id int32) int {
		if known, is := done[id]; is {
			return known
		}
		least := never
		for _, kid := range b.kids[id] {
			least = min(least, cost(kid)+1)
		}
		done[id] = least
		return least
	}
	for id := r.node; id != yes; {
		if cost(id) >= never {
			return nil, false
		}
		v := r.space.variables[b.level[id]]
		for c, kid := range b.kids[id] {
			if cost(kid) == cost(id)-1 {
				facts = append(facts, fact.Setting{Fact: v.fact, Value: v.cells[c].value(v.step)})
				id = kid
				break
			}
		}
	}
	return facts, true
}

// Facts returns the facts that the region depends on, in fact order.
func (r Region) Facts() []int { return r.space.essential(r.node) }

// essential returns the facts that a node branches on anywhere below.
func (s *Space) essential(root int32) []int {
	seen := map[int32]bool{}
	on := make([]bool, len(s.variables))
	var walk func(int32)
	walk = func(id int32) {
		if id < leaves || seen[id] {
			return
		}
		seen[id], on[s.builder.level[id]] = true, true
		for _, kid := range s.builder.kids[id] {
			walk(kid)
		}
	}
	walk(root)
	var facts []int
	for level, is := range on {
		if is {
			facts = append(facts, s.variables[level].fact)
		}
	}
	return facts
}
