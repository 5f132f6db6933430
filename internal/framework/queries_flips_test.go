package framework_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// flips finds, for each verdict but the present one, the best change by trying them all: the fewest facts changed, then the
// fewest given, then the facts changed and those given as lists in fact order, then the nearest, then the first cells.
func (q *query) flips() []string {
	var known, unknown []int // a range is both: it can be left, and made narrower
	for i := range q.digits {
		if q.open(q.digits, i) {
			unknown = append(unknown, i)
		}
		if !q.unknown(q.digits, i) {
			known = append(known, i)
		}
	}
	missing := q.otherVerdicts()
	var found []string
	for changes := 0; changes <= len(known) && len(missing) > 0; changes++ {
		for more := 0; more <= len(unknown) && len(missing) > 0; more++ {
			for verdict, flip := range q.flipsOf(known, unknown, changes, more, missing) {
				found = append(found, flip)
				missing = slices.DeleteFunc(missing, func(v string) bool { return v == verdict })
			}
		}
	}
	order := []string{"skip", "wait", "prepare", "consider", "adopt"}
	slices.SortFunc(found, func(a, b string) int {
		return slices.Index(order, strings.Fields(a)[0]) - slices.Index(order, strings.Fields(b)[0])
	})
	return found
}

// otherVerdicts are those that the capability can reach at all, without the present one.
func (q *query) otherVerdicts() []string {
	present := q.verdicts(q.digits)[0]
	return slices.DeleteFunc(q.verdicts(q.nothing()), func(v string) bool { return v == present })
}

// attempt is one way to flip a verdict with some facts changed and some given.
type attempt struct {
	digits    digits
	distances []float64
}

// flipsOf finds the best flips with as many changes and given facts as said, for each verdict that is still missing.
func (q *query) flipsOf(known, unknown []int, changes, more int, missing []string) map[string]string {
	found := map[string]string{}
	for set := range combinations(known, changes) {
		for given := range combinations(unknown, more) {
			if slices.ContainsFunc(set, func(i int) bool { return slices.Contains(given, i) }) {
				continue
			}
			best := map[string]*attempt{}
			q.try(set, given, func(d digits) {
				if verdict := q.possible(d).decided(); verdict != "" && slices.Contains(missing, verdict) {
					q.keep(best, verdict, d, set)
				}
			})
			for _, verdict := range missing {
				if a := best[verdict]; a != nil && found[verdict] == "" {
					found[verdict] = fmt.Sprintf("%s %s: set %s given %s", verdict, q.possible(a.digits).becauses(), q.written(a, set, q.moved), q.written(a, given, q.stated))
				}
			}
		}
	}
	return found
}

// decided is the one verdict of a set of outcomes, or empty.
func (s possible) decided() string {
	for verdict, own := range outcomesOf() {
		if s&^own == 0 {
			return verdict
		}
	}
	return ""
}

// outcomesOf are the outcomes with each verdict.
var outcomesOf = sync.OnceValue(func() map[string]possible {
	sets := map[string]possible{}
	for i, outcome := range outcomes {
		sets[strings.Fields(outcome)[0]] |= 1 << i
	}
	return sets
})

// keep replaces the best attempt if another is nearer; attempts come in the order of cells, so that the first stays among equals.
func (q *query) keep(best map[string]*attempt, verdict string, d digits, set []int) {
	a := &attempt{digits: slices.Clone(d)}
	for _, i := range set {
		_, distance := q.moved(i, d[i])
		a.distances = append(a.distances, distance)
	}
	if known := best[verdict]; known == nil || slices.Compare(a.distances, known.distances) < 0 {
		best[verdict] = a
	}
}

// try visits every choice of cells for the facts changed, each another one than the present, and for those given.
func (q *query) try(set, given []int, visit func(digits)) {
	d := slices.Clone(q.digits)
	var walk func(rest []int)
	walk = func(rest []int) {
		if len(rest) == 0 {
			visit(d)
			return
		}
		i := rest[0]
		first, last := q.ends(q.digits, i)
		for c := range q.facts[i].cells {
			if inside := first <= c && c <= last; inside == (len(rest) <= len(given)) {
				d[i] = c
				walk(rest[1:])
			}
		}
		d[i] = q.digits[i]
	}
	walk(slices.Concat(set, given))
}

// stated is the value that a number takes which was unknown or within a range.
func (q *query) stated(i, c int) (v any, distance float64) { return q.within(i, c), 0 }

// written is the facts of an attempt with their values.
func (q *query) written(a *attempt, dimensions []int, valueOf func(i, c int) (any, float64)) string {
	var list []string
	for _, i := range dimensions {
		v, _ := valueOf(i, a.digits[i])
		list = append(list, fmt.Sprint(q.facts[i].fact, "=", v))
	}
	return "{" + strings.Join(list, ", ") + "}"
}

// combinations are the sublists of a size, in lexicographic order.
func combinations(list []int, size int) func(yield func([]int) bool) {
	return func(yield func([]int) bool) {
		var walk func(from int, chosen []int) bool
		walk = func(from int, chosen []int) bool {
			if len(chosen) == size {
				return yield(chosen)
			}
			for i := from; i < len(list); i++ {
				if !walk(i+1, append(chosen, list[i])) {
					return false
				}
			}
			return true
		}
		walk(0, make([]int, 0, size))
	}
}
