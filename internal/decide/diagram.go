package decide

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// leaves is the number of ids reserved for a diagram's leaves: outcomes, verdicts, statuses, or 0 (false) and 1 (true).
const leaves = 16

// no and yes are the leaves of a boolean diagram.
const (
	no  int32 = 0
	yes int32 = 1
)

// builder makes reduced, ordered, multi-valued decision diagrams with shared nodes: a function over the cells of its variables has a
// unique node, however it was put together (Bryant 1986; Srinivasan et al. 1990).
type builder struct {
	widths []int // number of cells per level
	level  []int
	kids   [][]int32
	unique map[string]int32
	chosen map[[3]int32]int32
	key    []byte
	// most limits the number of nodes; 0 is no limit. Results are invalid once it is reached: check err.
	most int
	full bool
}

func newBuilder(widths []int) *builder {
	return &builder{
		widths: widths, unique: map[string]int32{}, chosen: map[[3]int32]int32{},
		level: slices.Repeat([]int{len(widths)}, leaves), kids: make([][]int32, leaves),
	}
}

// node returns the node that branches at a level, or the child if all children are the same.
func (b *builder) node(level int, kids []int32) int32 {
	if !slices.ContainsFunc(kids, func(kid int32) bool { return kid != kids[0] }) {
		return kids[0]
	}
	b.key = binary.AppendUvarint(b.key[:0], uint64(level))
	for _, kid := range kids {
		b.key = binary.AppendUvarint(b.key, uint64(kid))
	}
	if id, known := b.unique[string(b.key)]; known {
		return id
	}
	if b.most > 0 && len(b.level) >= b.most {
		b.full = true
		return no
	}
	id := int32(len(b.level))
	b.level, b.kids = append(b.level, level), append(b.kids, slices.Clone(kids))
	b.unique[string(b.key)] = id
	return id
}

// err returns an error if the limit was reached.
func (b *builder) err() error {
	if b.full {
		return fmt.Errorf("its conditions make a diagram of more than %d nodes", b.most)
	}
	return nil
}

// choose returns the function that is then where condition, a boolean function, is true, and otherwise elsewhere.
func (b *builder) choose(condition, then, otherwise int32) int32 {
	switch {
	case condition == yes || then == otherwise:
		return then
	case condition == no || b.full:
		return otherwise
	}
	question := [3]int32{condition, then, otherwise}
	if id, known := b.chosen[question]; known {
		return id
	}
	level := min(b.level[condition], b.level[then], b.level[otherwise])
	kids := make([]int32, b.widths[level])
	for c := range kids {
		kids[c] = b.choose(b.kid(condition, level, c), b.kid(then, level, c), b.kid(otherwise, level, c))
	}
	id := b.node(level, kids)
	b.chosen[question] = id
	return id
}

func (b *builder) kid(id int32, level, cell int) int32 {
	if b.level[id] != level {
		return id
	}
	return b.kids[id][cell]
}

func (b *builder) and(f, g int32) int32 { return b.choose(f, g, no) }
func (b *builder) or(f, g int32) int32  { return b.choose(f, yes, g) }
func (b *builder) not(f int32) int32    { return b.choose(f, no, yes) }

// relabel returns the function with every leaf replaced.
func (b *builder) relabel(id int32, leaf func(int32) int32) int32 {
	done := map[int32]int32{}
	var walk func(int32) int32
	walk = func(id int32) int32 {
		if id < leaves {
			return leaf(id)
		}
		if frozen, known := done[id]; known {
			return frozen
		}
		kids := make([]int32, len(b.kids[id]))
		for c, kid := range b.kids[id] {
			kids[c] = walk(kid)
		}
		done[id] = b.node(b.level[id], kids)
		return done[id]
	}
	return walk(id)
}

// diagram is a finished function in flat slices, children before parents. Children are held by value, so that a step down is one load.
type diagram struct {
	root  node
	nodes []node   // the leaves left out
	kids  []node   // children of all nodes, concatenated
	reach []uint16 // bit set of reachable leaves, by id; for leaves too
}

// node is a node of a finished diagram, or a leaf, which has only an id. Ids fit in 16 bits: maximumNodes limits them.
type node struct {
	id, level uint16
	first     uint32 // index in kids of its first child
}

// child returns a node's child for the first of some cells.
func (d *diagram) child(of node, cells cellSet) node {
	return d.kids[of.first+uint32(cells.first())]
}

// freeze copies a function out of a builder. If keep is not nil, it lists for each level the cells to keep, which represent others that
// no condition tells apart from them.
func (b *builder) freeze(root int32, keep [][]int) *diagram {
	d := &diagram{reach: make([]uint16, leaves)}
	for leaf := range d.reach {
		d.reach[leaf] = 1 << leaf
	}
	done := map[int32]node{}
	var walk func(int32) node
	walk = func(id int32) node {
		if id < leaves {
			return node{id: uint16(id)}
		}
		if frozen, known := done[id]; known {
			return frozen
		}
		var kids []node
		reach := uint16(0)
		for _, cell := range keep[b.level[id]] {
			kid := walk(b.kids[id][cell])
			kids, reach = append(kids, kid), reach|d.reach[kid.id]
		}
		frozen := node{uint16(leaves + len(d.nodes)), uint16(b.level[id]), uint32(len(d.kids))}
		d.nodes, d.kids, d.reach = append(d.nodes, frozen), append(d.kids, kids...), append(d.reach, reach)
		done[id] = frozen
		return frozen
	}
	d.root = walk(root)
	return d
}

// state holds, for each level, the cells that are still possible.
type state []cellSet

// walk follows one cell of each level to a leaf.
func (d *diagram) walk(cells []uint8) int32 {
	at := d.root
	for at.id >= leaves {
		at = d.kids[at.first+uint32(cells[at.level])]
	}
	return int32(at.id)
}

// nodesOnStack is how many nodes a query can mark without allocating.
const nodesOnStack = 192

// reachable returns the bit set of leaves that can be reached.
func (d *diagram) reachable(s state) uint16 {
	if d.root.id < leaves {
		return 1 << d.root.id
	}
	var small [nodesOnStack]bool
	marked := small[:]
	if len(d.nodes) > len(small) {
		marked = make([]bool, len(d.nodes))
	}
	found := uint16(0)
	marked[d.root.id-leaves] = true
	for n := len(d.nodes) - 1; n >= 0; n-- {
		if !marked[n] {
			continue
		}
		at := d.nodes[n]
		for rest := s[at.level]; rest != 0; rest &= rest - 1 {
			if kid := d.child(at, rest); kid.id < leaves {
				found |= 1 << kid.id
			} else {
				marked[kid.id-leaves] = true
			}
		}
	}
	return found
}

// restricted is a diagram restricted to what is still possible: it branches only on what still matters.
type restricted struct {
	root   int32
	nodes  []restrictedNode // children before parents; ids follow the leaves
	kids   []int32          // children of all nodes, concatenated
	newest []int32          // by level: the last node added, 0 if none
}

// restrictedNode has one child for each possible cell of its level.
type restrictedNode struct {
	level      int32
	first, end int32 // range of its children in kids
	older      int32 // the node added before it on its level, 0 if none
}

// restrict restricts a diagram to the possible cells. The result is reduced, so a level occurs in it exactly if two completions that
// differ only there lead to different leaves.
func (d *diagram) restrict(s state) restricted {
	r := restricted{nodes: make([]restrictedNode, 0, len(d.nodes)/2), kids: make([]int32, 0, len(d.nodes)), newest: make([]int32, len(s))}
	done := make([]int32, len(d.nodes)) // 0 if not seen yet, otherwise id + 1
	var walk func(node) int32
	walk = func(at node) int32 {
		if at.id < leaves {
			return int32(at.id)
		}
		n := at.id - leaves
		if done[n] == 0 {
			kids := make([]int32, 0, 8)
			for rest := s[at.level]; rest != 0; rest &= rest - 1 {
				kids = append(kids, walk(d.child(at, rest)))
			}
			done[n] = r.node(int32(at.level), kids) + 1
		}
		return done[n] - 1
	}
	r.root = walk(d.root)
	return r
}

func (r *restricted) node(level int32, kids []int32) int32 {
	if !slices.ContainsFunc(kids, func(kid int32) bool { return kid != kids[0] }) {
		return kids[0]
	}
	for id := r.newest[level]; id != 0; id = r.nodes[id-leaves].older {
		if slices.Equal(r.children(int(id-leaves)), kids) {
			return id
		}
	}
	id, first := int32(leaves+len(r.nodes)), int32(len(r.kids))
	r.kids = append(r.kids, kids...)
	r.nodes = append(r.nodes, restrictedNode{level, first, int32(len(r.kids)), r.newest[level]})
	r.newest[level] = id
	return id
}

// children returns the children of the node at an index.
func (r *restricted) children(i int) []int32 { return r.kids[r.nodes[i].first:r.nodes[i].end] }

// levels returns the levels that still matter, in order.
func (r *restricted) levels() []int {
	list := make([]int, 0, len(r.newest))
	for level, id := range r.newest {
		if id != 0 {
			list = append(list, level)
		}
	}
	return list
}
