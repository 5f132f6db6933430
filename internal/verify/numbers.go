package verify

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// silence reports stretches of a number about which a capability says nothing, although it does about lower and higher numbers. A
// statement says something about a cell of a fact if, for some values of the other facts, it holds in this cell and not in another.
func (v *finder) silence(s *subject) {
	for index := range v.Facts {
		var speakers [][]string // by stretch
		stretches := s.space.Stretches(index)
		for _, stretch := range stretches {
			speakers = append(speakers, s.speakers(index, stretch.Cell))
		}
		for i, stretch := range stretches {
			below, above := slices.Concat(speakers[:i]...), slices.Concat(speakers[i:]...)
			if len(speakers[i]) > 0 || len(below) == 0 || len(above) == 0 {
				continue
			}
			name := v.Facts[index].ID.Value
			first := s.texts[above[0]]
			v.report(first.ID, first.When.Text, Finding{Kind: Silent, Subject: s.ID.Value, With: []string{name + " " + stretch.String()},
				Says:    fmt.Sprintf("At %s %s, %s has no statement; below it %s, above it %s.", name, stretch, s.ID, list(below), list(above)),
				Share:   fraction(s.space.In(index, stretch.Cell).Share()),
				Witness: v.Dictionary.Name([]fact.Setting{{Fact: index, Value: stretch.Value}})})
		}
	}
}

// speakers returns the statements that say something about a cell of a fact.
func (s *subject) speakers(fact, cell int) []string {
	var ids []string
	for _, statement := range s.deciding {
		holds := s.space.Where(statement.When)
		here := holds.Given(fact, cell)
		for other := range s.space.Cells(fact) {
			if !here.Without(holds.Given(fact, other)).Empty() {
				ids = append(ids, statement.ID)
				break
			}
		}
	}
	return ids
}

// list joins ids without duplicates, in order of first appearance.
func list(ids []string) string {
	var once []string
	for _, id := range ids {
		if !slices.Contains(once, id) {
			once = append(once, id)
		}
	}
	return strings.Join(once, ", ")
}

// divided is how one capability divides a number.
type divided struct {
	capability strict.Text
	written    []decide.Threshold // from low to high
	cuts       []decide.Cut
}

// thresholds reports numbers that capabilities divide at different places.
func (v *finder) thresholds(subjects []*subject) {
	for i, about := range v.Facts {
		if kind := v.Dictionary.Fact(i).Kind; kind != fact.Integer && kind != fact.Number {
			continue
		}
		var all []divided
		for _, s := range subjects {
			if d := s.divides(i); len(d.cuts) > 0 {
				all = append(all, d)
			}
		}
		if !slices.ContainsFunc(all, func(d divided) bool { return !slices.Equal(d.cuts, all[0].cuts) }) {
			continue
		}
		var with []string
		for _, d := range all {
			var signs []string
			for _, t := range d.written {
				signs = append(signs, t.String())
			}
			with = append(with, d.capability.Value+" "+strings.Join(signs, ", "))
		}
		v.report(about.ID, about.ID, Finding{Kind: ThresholdsDiffer, Subject: about.ID.Value, With: with,
			Says:    fmt.Sprintf("%s is divided at different places: %s.", about.ID, strings.Join(with, "; ")),
			Witness: v.Dictionary.Name([]fact.Setting{v.tellsApart(i, all)})})
	}
}

// divides returns the thresholds on a fact in a capability's deciding statements.
func (s *subject) divides(fact int) divided {
	d := divided{capability: s.ID}
	kind := s.dictionary.Fact(fact).Kind
	for _, statement := range s.deciding {
		for _, t := range statement.When.Thresholds() {
			if t.Fact == fact && !slices.Contains(d.written, t) {
				d.written = append(d.written, t)
				d.cuts = append(d.cuts, t.Cut(kind))
			}
		}
	}
	slices.SortStableFunc(d.written, func(a, b decide.Threshold) int { return a.Cut(kind).Compare(b.Cut(kind)) })
	slices.SortFunc(d.cuts, decide.Cut.Compare)
	d.cuts = slices.Compact(d.cuts)
	return d
}

// tellsApart returns the first number just above a cut that not all capabilities make.
func (v *finder) tellsApart(index int, all []divided) fact.Setting {
	var cuts []decide.Cut
	for _, d := range all {
		cuts = append(cuts, d.cuts...)
	}
	slices.SortFunc(cuts, decide.Cut.Compare)
	i := slices.IndexFunc(cuts, func(c decide.Cut) bool {
		return slices.ContainsFunc(all, func(d divided) bool { return !slices.Contains(d.cuts, c) })
	})
	f := v.Dictionary.Fact(index)
	value := fact.Value{Kind: f.Kind, Number: cuts[i].Limit}
	switch {
	case cuts[i].Behind && f.Kind == fact.Integer:
		value.Number++
	case cuts[i].Behind:
		value.Number += f.Step
	}
	return fact.Setting{Fact: index, Value: value}
}
