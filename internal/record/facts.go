package record

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// facts reads facts in fact order, and notes their lines unless lines is nil. With unknown, a value may be null.
func (r *reader) facts(entries []strict.Entry[fact.Written], name string, lines map[int]int, unknown bool) []fact.Setting {
	var list []fact.Setting
	for _, entry := range entries {
		index, known := r.fact(entry.Key, name)
		if !known {
			continue
		}
		if entry.Value.Form == fact.Null && !unknown {
			r.Add(entry.Key.Place, "%q is empty; say something or leave the key out", entry.Key)
		}
		value, mistakes := r.framework.Dictionary.Fact(index).Read(entry.Value)
		r.AddRead("", entry.Key.Value+": ", mistakes)
		list = append(list, fact.Setting{Fact: index, Value: value})
		if lines != nil {
			lines[index] = entry.Key.Line
		}
	}
	slices.SortFunc(list, func(a, b fact.Setting) int { return a.Fact - b.Fact })
	return list
}

// fact returns the index of a fact by name.
func (r *reader) fact(name strict.Text, in string) (int, bool) {
	index, known := r.framework.Dictionary.Index(name.Value)
	if !known && !name.IsZero() {
		r.Add(name.Place, "%s: %s is not a fact", in, name.Quoted()).Near(name.Value, r.framework.Dictionary.Names())
	}
	return index, known
}

// sources reads the sources of facts, in fact order.
func (r *reader) sources(entries []strict.Entry[strict.Text]) []Citation {
	var list []Citation
	for _, entry := range entries {
		if index, known := r.fact(entry.Key, "sources"); known && !entry.Value.IsZero() {
			list = append(list, Citation{index, entry.Value.Value})
		}
	}
	slices.SortFunc(list, func(a, b Citation) int { return a.Fact - b.Fact })
	return list
}

// unsettled reads the facts that had been raised and left open, and notes their lines.
func (r *reader) unsettled(texts []strict.Text, facts []fact.Setting) []int {
	list := r.named(texts, "unsettled")
	for _, text := range texts {
		index, known := r.framework.Dictionary.Index(text.Value)
		if !known {
			continue
		}
		if slices.ContainsFunc(facts, func(s fact.Setting) bool { return s.Fact == index }) {
			r.Add(text.Place, "unsettled: %s is among the facts too: leave it out of one of them", text)
		}
		r.record.lines.facts[index] = text.Line
	}
	return list
}

// named reads a list of facts; the argument in is what messages call it.
func (r *reader) named(texts []strict.Text, in string) []int {
	var list []int
	for _, text := range texts {
		if index, known := r.fact(text, in); known {
			list = append(list, index)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
