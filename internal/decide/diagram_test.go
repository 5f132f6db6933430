package decide

import (
	"fmt"
	"math/big"
	"math/bits"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// table is a function over the cells of some levels, written out: one leaf for each complete state.
type table struct {
	widths []int
	leaf   []int32
}

// randomTable draws a function. Leaves are few, so that much of it coincides and reduces.
func randomTable(random *rand.Rand, widths []int, leaves int) table {
	t := table{widths: widths}
	size := 1
	for _, width := range widths {
		size *= width
	}
	for range size {
		t.leaf = append(t.leaf, int32(random.IntN(leaves)))
	}
	// Some levels do not matter at all.
	for level := range widths {
		if random.IntN(3) == 0 {
			t.each(t.all(), func(cells []int, _ int32) {
				first := slices.Clone(cells)
				first[level] = 0
				t.leaf[t.place(cells)] = t.leaf[t.place(first)]
			})
		}
	}
	return t
}

func (t table) place(cells []int) int {
	place := 0
	for level, cell := range cells {
		place = place*t.widths[level] + cell
	}
	return place
}

func (t table) all() state {
	var s state
	for _, width := range t.widths {
		s = append(s, cellSet(1)<<width-1)
	}
	return s
}

// each visits every completion of a state.
func (t table) each(s state, visit func(cells []int, leaf int32)) {
	cells := make([]int, len(t.widths))
	var walk func(int)
	walk = func(level int) {
		if level == len(cells) {
			visit(cells, t.leaf[t.place(cells)])
			return
		}
		for cell := range t.widths[level] {
			if s[level]>>cell&1 == 1 {
				cells[level] = cell
				walk(level + 1)
			}
		}
	}
	walk(0)
}

// build makes the table's diagram from its leaves upward.
func (t table) build(b *builder) int32 {
	var walk func(level, from int) int32
	walk = func(level, from int) int32 {
		if level == len(t.widths) {
			return t.leaf[from]
		}
		kids := make([]int32, t.widths[level])
		for c := range kids {
			kids[c] = walk(level+1, from*t.widths[level]+c)
		}
		return b.node(level, kids)
	}
	return walk(0, 0)
}

func keepAll(widths []int) [][]int {
	keep := make([][]int, len(widths))
	for level, width := range widths {
		for cell := range width {
			keep[level] = append(keep[level], cell)
		}
	}
	return keep
}

// randomState leaves some of the cells of each level: one, all, or any number between.
func randomState(random *rand.Rand, widths []int) state {
	var s state
	for _, width := range widths {
		cells := cellSet(1)<<width - 1
		switch random.IntN(3) {
		case 0:
			cells = 1 << random.IntN(width)
		case 1:
			cells = 1 + cellSet(random.IntN(1<<width-1))
		}
		s = append(s, cells)
	}
	return s
}

// numbers are cells as a walk takes them.
func numbers(cells []int) []uint8 {
	list := make([]uint8, len(cells))
	for level, cell := range cells {
		list[level] = uint8(cell)
	}
	return list
}

var widths = []int{2, 3, 2, 4, 2, 3}

// A state may leave one cell of a level, all, or some: a range. What can be reached is exactly what its completions lead to.
func TestReachableIsTheUnionOfAllCompletions(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		function := randomTable(random, widths, 4)
		b := newBuilder(widths)
		d := b.freeze(function.build(b), keepAll(widths))
		for range 50 {
			s := randomState(random, widths)
			want := uint16(0)
			function.each(s, func(cells []int, leaf int32) {
				want |= 1 << leaf
				if got := d.walk(numbers(cells)); got != leaf {
					t.Fatalf("walk %v: leaf %d, want %d", cells, got, leaf)
				}
			})
			if got := d.reachable(s); got != want {
				t.Fatalf("state %b reaches %b, want %b", s, got, want)
			}
		}
	}
}

// A diagram larger than the marks that fit on the stack answers alike.
func TestReachableInALargeDiagram(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	wide := []int{2, 3, 2, 4, 2, 3, 2, 2, 3}
	function := randomTable(random, wide, 5)
	for i := range function.leaf {
		function.leaf[i] = int32(random.IntN(5))
	}
	b := newBuilder(wide)
	d := b.freeze(function.build(b), keepAll(wide))
	if len(d.nodes) <= nodesOnStack {
		t.Fatalf("only %d nodes", len(d.nodes))
	}
	for range 200 {
		s := randomState(random, wide)
		want := uint16(0)
		function.each(s, func(_ []int, leaf int32) { want |= 1 << leaf })
		if got := d.reachable(s); got != want {
			t.Fatalf("state %b reaches %b, want %b", s, got, want)
		}
	}
}

// A diagram has one node for each different function that fixing its first levels leaves: no two alike, none that does not branch.
func TestDiagramsAreReduced(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 200 {
		function := randomTable(random, widths, 3)
		b := newBuilder(widths)
		d := b.freeze(function.build(b), keepAll(widths))
		rests := map[string]bool{}
		for level, block := 0, len(function.leaf); level < len(widths); level++ {
			for from := 0; from < len(function.leaf); from += block {
				rest := function.leaf[from : from+block]
				part := block / widths[level]
				branches := false
				for c := 1; c < widths[level]; c++ {
					branches = branches || !slices.Equal(rest[:part], rest[c*part:(c+1)*part])
				}
				if branches {
					rests[fmt.Sprint(level, rest)] = true
				}
			}
			block /= widths[level]
		}
		if len(d.nodes) != len(rests) {
			t.Fatalf("%d nodes for %d different rests", len(d.nodes), len(rests))
		}
	}
}

func TestTheSameFunctionHasTheSameDiagram(t *testing.T) {
	for _, same := range [][]string{
		{`sunny && hungry`, `hungry && sunny`, `!(!sunny || !hungry)`, `sunny && (hungry || !sunny)`, `(sunny && hungry) && sunny`},
		{`sunny || hungry && wet`, `(sunny || hungry) && (sunny || wet)`, `!(!sunny && (!hungry || !wet))`},
		{`guests > 5`, `!(guests <= 5)`, `guests >= 6`, `guests > 5 && guests > 3`, `guests > 5 || guests == 6`},
		{`guests == 5`, `guests > 4 && guests < 6`, `guests >= 5 && !(guests > 5)`},
		{`place == "park"`, `place != "garden" && place != "beach" && place != "roof"`},
		{`food != [] && !("bread" in food)`, `!(food == []) && !("bread" in food)`, `!(food == [] || "bread" in food)`},
		{`sunny || !sunny`, `guests >= 0`, `hours < 1 || hours > 0.5`, `food == [] || food != []`},
		{`sunny && !sunny`, `guests > 5 && guests < 3`, `guests > 5 && guests < 6`, `"cake" in food && food == []`},
	} {
		dictionary := picnicFacts(t)
		var all []*Condition
		for _, source := range same {
			all = append(all, parse(t, dictionary, source))
		}
		variables, err := variablesOf(dictionary, all)
		if err != nil {
			t.Fatal(err)
		}
		l := newLadder(Model{}, variables)
		first := l.condition(all[0].root)
		for i, condition := range all {
			if node := l.condition(condition.root); node != first {
				t.Errorf("%s and %s are different nodes", same[0], same[i])
			}
		}
	}
}

// Marks and conditions written otherwise make the same decision, bit for bit.
func TestTheSameModelHasTheSameDiagrams(t *testing.T) {
	dictionary := picnicFacts(t)
	one := compile(t, dictionary, outing(t, dictionary))
	turned := outing(t, dictionary)
	slices.Reverse(turned.Statements)
	for i, s := range turned.Statements {
		turned.Statements[i].When = parse(t, dictionary, "!(!("+s.When.String()+"))")
	}
	two := compile(t, dictionary, turned)
	if !reflect.DeepEqual(one.outcomes, two.outcomes) || !reflect.DeepEqual(one.verdicts, two.verdicts) || !reflect.DeepEqual(one.targets, two.targets) {
		t.Error("the same function has two diagrams")
	}
	if !reflect.DeepEqual(one.holds, two.holds) || !reflect.DeepEqual(one.stands, two.stands) {
		t.Error("the same statements have two diagrams")
	}
}

// A level is left after restricting exactly if two completions that differ in it alone differ in their leaf.
func TestRestrictLeavesTheLevelsThatMatter(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for range 300 {
		function := randomTable(random, widths, 3)
		b := newBuilder(widths)
		d := b.freeze(function.build(b), keepAll(widths))
		s := randomState(random, widths)
		matters := make([]bool, len(widths))
		function.each(s, func(cells []int, leaf int32) {
			for level := range cells {
				other := slices.Clone(cells)
				for cell := range widths[level] {
					other[level] = cell
					if s[level]>>cell&1 == 1 && function.leaf[function.place(other)] != leaf {
						matters[level] = true
					}
				}
			}
		})
		var want []int
		for level, is := range matters {
			if is {
				want = append(want, level)
			}
		}
		r := d.restrict(s)
		if got := r.levels(); !slices.Equal(got, want) {
			t.Fatalf("state %b leaves the levels %v, want %v", s, got, want)
		}
	}
}

// Both arithmetics count what enumeration counts.
func TestSettleCountsWhatEnumerationCounts(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	for range 300 {
		function := randomTable(random, widths, verdicts)
		b := newBuilder(widths)
		d := b.freeze(function.build(b), keepAll(widths))
		s := randomState(random, widths)
		r := d.restrict(s)
		levels := r.levels()
		known := slices.Clone(s) // what does not matter counts once
		var cells []uint64
		for level := range widths {
			if !slices.Contains(levels, level) {
				known[level] &= -known[level]
			}
		}
		var want []uint64
		for _, level := range levels {
			cells = append(cells, uint64(bits.OnesCount64(uint64(known[level]))))
			n := map[[2]int]uint64{}
			function.each(known, func(cells []int, leaf int32) { n[[2]int{cells[level], int(leaf)}]++ })
			sum := uint64(0)
			for _, count := range n {
				sum += count * count
			}
			want = append(want, sum*cells[len(cells)-1])
		}
		if got := newCounting(&r, cells, levels, machineWords).scores(); !slices.Equal(got, want) {
			t.Fatalf("machine words count %v, want %v", got, want)
		}
		for i, got := range newCounting(&r, cells, levels, bigIntegers).scores() {
			if got.Cmp(new(big.Int).SetUint64(want[i])) != 0 {
				t.Fatalf("big integers count %v at %d, want %v", got, i, want)
			}
		}
	}
}

// Beyond 64 bits the counts are still exact: of forty levels, one decides alone.
func TestSettleIsExactBeyond64Bits(t *testing.T) {
	forty := slices.Repeat([]int{4}, 40)
	b := newBuilder(forty)
	every := yes
	for level := 39; level > 0; level-- {
		every = b.node(level, []int32{every, every, every, no})
	}
	d := b.freeze(b.node(0, []int32{every, every, every, no}), keepAll(forty))
	s := table{widths: forty}.all()
	r := d.restrict(s)
	levels := r.levels()
	compare := settle(&r, s, levels)
	scores := newCounting(&r, slices.Repeat([]uint64{4}, len(levels)), levels, bigIntegers).scores()
	// A level's three good cells leave 3^39 completions to yes and 4^39 − 3^39 to no, its bad one 4^39 to no.
	power := func(base, exponent int64) *big.Int {
		return new(big.Int).Exp(big.NewInt(base), big.NewInt(exponent), nil)
	}
	square := func(n *big.Int) *big.Int { return new(big.Int).Mul(n, n) }
	good, total := power(3, 39), power(4, 39)
	sum := new(big.Int).Add(square(good), square(new(big.Int).Sub(total, good)))
	sum.Mul(sum, big.NewInt(3)).Add(sum, square(total)).Mul(sum, big.NewInt(4))
	for level, got := range scores {
		if got.Cmp(sum) != 0 {
			t.Errorf("level %d: %v, want %v", level, got, sum)
		}
		if compare(level, 0) != 0 {
			t.Errorf("level %d does not settle as much as level 0", level)
		}
	}
}
