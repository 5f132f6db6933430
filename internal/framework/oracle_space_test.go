package framework_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/knowledge"
)

// factNames are the names of the fact sheet's facts, in fact order.
var factNames = sync.OnceValue(func() []string {
	var names []string
	for field := range reflect.TypeFor[factSheet]().Fields() {
		names = append(names, field.Tag.Get("fact"))
	}
	return names
})

func factPlace(name string) int {
	place := slices.Index(factNames(), name)
	if place < 0 {
		panic("no fact " + name)
	}
	return place
}

// set gives a fact its value.
func (p *factSheet) set(fact int, value any) {
	field := reflect.ValueOf(p).Elem().Field(fact)
	field.Set(reflect.ValueOf(value).Convert(field.Type()))
}

// get is the value of a fact.
func (p *factSheet) get(fact int) any { return reflect.ValueOf(p).Elem().Field(fact).Interface() }

// value writes a value as the engine reads it. Integers and numbers are told apart by the fact sheet's field.
func value(index int, v any) fact.Value {
	switch v := v.(type) {
	case bool:
		return fact.Value{Kind: fact.Boolean, Bool: v}
	case string:
		return fact.Value{Kind: fact.Choice, Text: v}
	case []string:
		return fact.Value{Kind: fact.Set, Members: v}
	}
	n, _ := number(v)
	if reflect.TypeFor[factSheet]().Field(index).Type.Kind() == reflect.Int {
		return fact.Value{Kind: fact.Integer, Number: n}
	}
	return fact.Value{Kind: fact.Number, Number: n}
}

// outcomes are those that the oracle met, as "verdict because", in the order of design.md: the verdict's, then the because's.
var outcomes = []string{
	"skip scale", "skip need", "wait scale", "wait readiness", "wait timing", "prepare timing",
	"consider contested", "consider unmeasured", "consider no_pressure", "adopt timing",
}

// possible is a set of outcomes, a bit each.
type possible uint16

func (s possible) verdicts() []string {
	return s.parts([]string{"skip", "wait", "prepare", "consider", "adopt"})
}

func (s possible) becauses() []string {
	return s.parts([]string{"scale", "need", "readiness", "timing", "contested", "unmeasured", "no_pressure"})
}

func (s possible) parts(order []string) []string {
	var list []string
	for _, part := range order {
		for i, o := range outcomes {
			if s>>i&1 == 1 && slices.Contains(strings.Fields(o), part) {
				list = append(list, part)
				break
			}
		}
	}
	return list
}

// space is one capability with every one of its states worked out by brute force.
type space struct {
	capability
	decision *decide.Decision
	places   []int // of its facts
	engine   []int // places of its facts in the engine's dictionary
	template []row // the statements, for their marks

	stride  []int    // of a complete state's index, by dimension
	outcome []uint8  // by complete state
	holds   []uint32 // by complete state, a bit for each statement
	stands  []uint32

	gates    []int    // by dimension, the earliest question of the ladder at which the fact counts
	measured []bool   // by dimension, whether a measured statement hangs on it
	depends  []uint32 // by dimension, the statements that it makes a difference to, a bit each

	partialStride []int      // of a partial state's index: behind a dimension's cells comes "unknown"
	partial       []possible // by partial state
}

var spaces = sync.OnceValues(func() ([]*space, error) {
	f, err := framework.Load(knowledge.Files, nil)
	if err != nil {
		return nil, err
	}
	var list []*space
	for _, c := range capabilities() {
		compiled, ok := f.Capability(c.id)
		if !ok {
			return nil, fmt.Errorf("no capability %s", c.id)
		}
		s := &space{capability: c, decision: compiled.Decision, template: c.rows(&factSheet{})}
		for _, d := range c.facts {
			place, ok := f.Dictionary.Index(d.fact)
			if !ok {
				return nil, fmt.Errorf("no fact %s", d.fact)
			}
			s.places, s.engine = append(s.places, factPlace(d.fact)), append(s.engine, place)
		}
		s.enumerate()
		s.complete()
		s.mention()
		list = append(list, s)
	}
	return list, nil
})

func oracle(t testing.TB) []*space {
	t.Helper()
	list, err := spaces()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// strides are the weights of digits with these widths, the first digit the heaviest, and the number of all numerals.
func strides(widths []int) ([]int, int) {
	list, size := make([]int, len(widths)), 1
	for i, width := range slices.Backward(widths) {
		list[i], size = size, size*width
	}
	return list, size
}

// enumerate works out every complete state, from the rows and the ladder.
func (s *space) enumerate() {
	var widths []int
	for _, d := range s.facts {
		widths = append(widths, len(d.cells))
	}
	size := 0
	s.stride, size = strides(widths)
	for state := range size {
		var p factSheet
		for i, d := range s.facts {
			p.set(s.places[i], d.cells[state/s.stride[i]%widths[i]].given())
		}
		rows := s.rows(&p)
		verdict, because := outcome(rows, s.prepare)
		holds, stand := uint32(0), uint32(0)
		for i, r := range rows {
			if r.holds {
				holds |= 1 << i
			}
			if stands(r, rows) {
				stand |= 1 << i
			}
		}
		s.outcome = append(s.outcome, uint8(slices.Index(outcomes, verdict+" "+because)))
		s.holds, s.stands = append(s.holds, holds), append(s.stands, stand)
	}
}

// complete works out every partial state: what is possible with a fact unknown is what is possible with any of its cells.
func (s *space) complete() {
	var widths []int
	for _, d := range s.facts {
		widths = append(widths, len(d.cells)+1)
	}
	size := 0
	s.partialStride, size = strides(widths)
	s.partial = make([]possible, size)
	for state, outcome := range s.outcome {
		index := 0
		for i := range widths {
			index += state / s.stride[i] % (widths[i] - 1) * s.partialStride[i]
		}
		s.partial[index] = 1 << outcome
	}
	for i, width := range widths {
		stride := s.partialStride[i]
		for block := 0; block < size; block += stride * width {
			for low := block; low < block+stride; low++ {
				unknown := low + stride*(width-1)
				for c := range width - 1 {
					s.partial[unknown] |= s.partial[low+stride*c]
				}
			}
		}
	}
}

// digits is a partial state: for each dimension a cell, or the number of its cells where it is unknown, or a run of cells.
type digits []int

func (s *space) unknown(d digits, i int) bool { return d[i] == len(s.facts[i].cells) }

// nothing is the partial state in which nothing is known.
func (s *space) nothing() digits {
	d := make(digits, len(s.facts))
	for i := range d {
		d[i] = len(s.facts[i].cells)
	}
	return d
}

func (s *space) possible(d digits) possible {
	index := 0
	for i, digit := range d {
		if digit > len(s.facts[i].cells) {
			return s.possibleIn(d, i)
		}
		index += digit * s.partialStride[i]
	}
	return s.partial[index]
}

// possibleIn is what is possible in the cells of a run.
func (s *space) possibleIn(d digits, i int) (set possible) {
	d = slices.Clone(d)
	first, last := s.ends(d, i)
	for d[i] = first; d[i] <= last; d[i]++ {
		set |= s.possible(d)
	}
	return set
}

// verdicts are the verdicts of a partial state.
func (s *space) verdicts(d digits) []string { return s.possible(d).verdicts() }

// each visits every completion of a partial state, as the index of a complete one.
func (s *space) each(d digits, visit func(state int)) {
	var walk func(i, index int)
	walk = func(i, index int) {
		if i == len(d) {
			visit(index)
			return
		}
		first, last := s.ends(d, i)
		for c := first; c <= last; c++ {
			walk(i+1, index+c*s.stride[i])
		}
	}
	walk(0, 0)
}

// situation is a partial state as the engine reads it.
func (s *space) situation(f *framework.Framework, d digits) fact.Situation {
	known := f.Dictionary.NewSituation()
	for i, digit := range d {
		if !s.unknown(d, i) {
			known[s.engine[i]] = value(s.places[i], s.facts[i].cells[digit].given())
		}
	}
	return known
}
