package peers

import (
	"math/rand/v2"
	"reflect"
)

// Seed is the seed of the situations, and Count how many there are.
const (
	Seed  = 20261125
	Count = 1024
)

// Situations are the random situations that every peer is asked about: the facts in full, and which of them are known where half
// of them are not.
type Situations struct {
	Full  []Facts
	Known [][]bool // by situation, by fact
}

// Draw draws situations: each fact one of the values around every line that a condition draws, all with the same chance; and known or
// not with the same chance, each independently.
func Draw(seed uint64, count int) *Situations {
	random := rand.New(rand.NewPCG(seed, 0))
	s := &Situations{Full: make([]Facts, count), Known: make([][]bool, count)}
	for i := range count {
		for _, f := range facts() {
			values := samples(f)
			s.Full[i].set(f, values[random.IntN(len(values))])
			s.Known[i] = append(s.Known[i], random.IntN(2) == 0)
		}
	}
	return s
}

// samples are values of a fact: on, below and above every line that any row draws.
func samples(f column) []any {
	switch f.name {
	case "services":
		return []any{0, 1, 2, 3, 4, 5, 6, 9}
	case "developers":
		return []any{0, 4, 5, 10, 11, 40}
	case "debugging_hours_per_week":
		return []any{0.0, 3.75, 4.0, 4.1, 4.25, 12.5}
	case "debugging_hours_per_incident":
		return []any{0.0, 0.75, 1.0, 1.1, 1.25, 8.0}
	case "cost_growth_percent_per_month":
		return []any{0.0, 19.0, 20.0, 20.5, 21.0, 80.0}
	case "rto_minutes":
		return []any{0.0, 15.0, 59.0, 59.5, 60.0, 60.5, 240.0}
	case "environment":
		return []any{"development", "staging", "production"}
	case "call_chains":
		return []any{"simple", "complex"}
	case "kubernetes_experience":
		return []any{"none", "some", "strong"}
	case "tenancy":
		return []any{"single", "multi"}
	case "cost_reporting":
		return []any{"none", "showback", "chargeback"}
	case "disaster_recovery":
		return []any{"none", "one_region", "restore_elsewhere", "several_regions"}
	case "compliance":
		return []any{
			[]string{}, []string{"gdpr"}, []string{"gdpr", "other"}, []string{"dora", "other"}, []string{"pci_dss"}, []string{"gdpr", "iso_27001"},
			[]string{"gdpr", "dora", "pci_dss", "iso_27001", "other"},
		}
	}
	if f.kind != reflect.Bool {
		panic("no samples of " + f.name)
	}
	return []any{false, true}
}

// dimension is a fact of a capability with its cells.
type dimension struct {
	column
	cells []any
}

// dimensions are the facts that the rows of a capability mention, in fact order.
func (c capability) dimensions() []dimension {
	mentioned := map[string]bool{}
	for _, r := range c.rows {
		r.when.mentions(func(fact string) { mentioned[fact] = true })
	}
	var list []dimension
	for _, f := range facts() {
		cells := c.values[f.name]
		if f.kind == reflect.Bool {
			cells = []any{false, true}
		}
		if mentioned[f.name] {
			list = append(list, dimension{f, cells})
		}
	}
	return list
}

// open are the dimensions of a capability that a situation does not know.
func (s *Situations) open(situation int, dimensions []dimension) []dimension {
	var list []dimension
	for _, d := range dimensions {
		if !s.Known[situation][d.place] {
			list = append(list, d)
		}
	}
	return list
}
