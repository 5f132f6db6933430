package verify

import (
	"fmt"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// rank is an option's position when every fact is known: its class, and within it how many of its fits hold.
type rank struct {
	class   int // 0 fits, 1 partly, 2 no, 3 out
	fitting int
	failing int
}

// better reports whether r comes before than; all options that fit tie.
func (r rank) better(than rank) bool {
	switch {
	case r.class != than.class:
		return r.class < than.class
	case r.class == 0:
		return false
	case r.fitting != than.fitting:
		return r.fitting > than.fitting
	}
	return r.failing < than.failing
}

// ranked is an option with the regions in which it has each rank.
type ranked struct {
	*framework.Option
	fits, out decide.Region // all fits hold; an out holds
	regions   map[rank]decide.Region
}

// options reports options that can never fit, and options that are best nowhere. Levels and components are not ranked.
func (v *finder) options(s *subject) error {
	if kind := s.OptionsKind.Value; kind != "tools" && kind != "approaches" {
		return nil
	}
	var conditions []*decide.Condition
	for _, option := range s.Enabled {
		for _, clause := range slices.Concat(option.Fits, option.Out) {
			conditions = append(conditions, clause.When.Compiled.Condition)
		}
	}
	space, err := decide.NewSpace(v.Dictionary, conditions)
	if err != nil {
		return fmt.Errorf("the options of %s: %w", s.ID, err)
	}
	var all []ranked
	for _, option := range s.Enabled {
		all = append(all, rankIn(space, option))
	}
	for i, option := range all {
		if len(option.Fits) == 0 {
			continue
		}
		if option.fits.Without(option.out).Empty() {
			v.neverFits(option)
		}
		v.neverBest(space, option, append(all[:i:i], all[i+1:]...))
	}
	return nil
}

// rankIn divides a space by the rank of an option.
func rankIn(space *decide.Space, option *framework.Option) ranked {
	r := ranked{Option: option, fits: space.Everywhere(), out: space.Nowhere(), regions: map[rank]decide.Region{}}
	for _, clause := range option.Out {
		r.out = r.out.Or(space.Where(clause.When.Compiled.Condition))
	}
	count := []decide.Region{space.Everywhere()} // by the number of fits that hold
	for _, clause := range option.Fits {
		holds := space.Where(clause.When.Compiled.Condition)
		r.fits = r.fits.And(holds)
		next := make([]decide.Region, len(count)+1)
		for n := range next {
			next[n] = space.Nowhere()
			if n < len(count) {
				next[n] = next[n].Or(count[n].Without(holds))
			}
			if n > 0 {
				next[n] = next[n].Or(count[n-1].And(holds))
			}
		}
		count = next
	}
	for n, region := range count {
		failing := len(option.Fits) - n
		class := 1
		switch {
		case n == 0:
			class = 2
		case failing == 0:
			class = 0
		}
		r.regions[rank{class, n, failing}] = region.Without(r.out)
		r.regions[rank{3, n, failing}] = region.And(r.out)
	}
	return r
}

// neverFits reports an option whose fits exclude one another, or that is ruled out wherever they hold.
func (v *finder) neverFits(option ranked) {
	says := "The fits of " + option.ID.Value + " exclude one another."
	if !option.fits.Empty() {
		says = option.ID.Value + " is out wherever all its fits hold."
	}
	v.report(option.ID, option.ID, Finding{Kind: NeverFits, Subject: option.ID.Value, Says: says, Witness: witness(v.Dictionary, option.fits)})
}

// neverBest reports an option that is never among the best while at least one of its fits holds.
func (v *finder) neverBest(space *decide.Space, option ranked, others []ranked) {
	best, worth := space.Nowhere(), space.Nowhere()
	beaten := map[string]decide.Region{}
	for own, where := range option.regions {
		if own.class > 1 {
			continue
		}
		worth = worth.Or(where)
		unbeaten := where
		for _, other := range others {
			for theirs, there := range other.regions {
				if theirs.better(own) {
					unbeaten = unbeaten.Without(there)
					if _, known := beaten[other.ID.Value]; !known {
						beaten[other.ID.Value] = space.Nowhere()
					}
					beaten[other.ID.Value] = beaten[other.ID.Value].Or(where.And(there))
				}
			}
		}
		best = best.Or(unbeaten)
	}
	if !best.Empty() {
		return
	}
	says := option.ID.Value + " is nowhere best: none of its fits can hold while it is not out."
	var with []string
	if !worth.Empty() {
		for _, other := range others {
			if region, is := beaten[other.ID.Value]; is && !region.Empty() {
				with = append(with, other.ID.Value)
			}
		}
		says = fmt.Sprintf("%s is nowhere best: wherever it fits at all, one of these is better: %s.", option.ID, list(with))
	}
	v.report(option.ID, option.ID, Finding{Kind: NeverBest, Subject: option.ID.Value, With: with, Says: says, Witness: witness(v.Dictionary, worth)})
}
