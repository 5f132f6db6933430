package verify

import (
	"math/big"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
)

// witness is facts that put a situation into a region.
func witness(dictionary *fact.Dictionary, region decide.Region) fact.Values {
	settings, _ := region.Witness()
	return dictionary.Name(settings)
}

// facts reports what nothing uses, and what is mentioned and changes nothing.
func (v *finder) facts(subjects []*subject) error {
	used, matters := map[int]bool{}, map[int]bool{}
	if err := v.usedOutside(used, matters); err != nil {
		return err
	}
	for _, s := range subjects {
		for _, statement := range s.Model.Statements {
			if statement.When != nil {
				note(used, statement.When.Facts())
			}
		}
		for _, condition := range s.Model.Conditions() {
			note(used, condition.Facts())
		}
		note(matters, s.whole.Facts())
	}
	for i, fact := range v.Facts {
		id := fact.ID
		switch {
		case !used[i]:
			v.report(id, id, Finding{Kind: UnusedFact, Subject: id.Value, Says: "No condition mentions " + id.Value + "."})
		case !matters[i]:
			v.report(id, id, Finding{Kind: NeverMatters, Subject: id.Value, Says: "Conditions mention " + id.Value + ", and nothing hangs on it anywhere."})
		default:
			v.idle(subjects, i)
		}
	}
	return nil
}

// idle reports the capabilities of which a deciding statement mentions a fact, and no outcome hangs on it.
func (v *finder) idle(subjects []*subject, fact int) {
	id := v.Facts[fact].ID
	for _, s := range subjects {
		mentions := slices.IndexFunc(s.deciding, func(statement decide.Statement) bool { return statement.When.Mentions(fact) })
		if mentions >= 0 && !slices.Contains(s.whole.Facts(), fact) {
			v.report(id, id, Finding{Kind: NeverMatters, Subject: id.Value, With: []string{s.ID.Value},
				Says: s.deciding[mentions].ID + " mentions " + id.Value + ", and no outcome of " + s.ID.Value + " hangs on it."})
		}
	}
}

// usedOutside marks the facts that options, tasks, themes and conflicts use, and those on which they hang.
func (v *finder) usedOutside(used, matters map[int]bool) error {
	for _, predicate := range v.predicates() {
		note(used, predicate.Facts())
		region, err := v.alone(predicate.Condition)
		if err != nil {
			return err
		}
		note(matters, region.Facts())
	}
	for _, theme := range v.Themes {
		note(used, theme.Decision.Facts())
		note(matters, theme.Decision.Explain(v.Dictionary.NewSituation(), decide.Maybe).Ask)
	}
	return nil
}

// predicates are the conditions that decide no capability and no theme's status: those of options, tasks, routes and conflicts.
func (v *finder) predicates() []*decide.Predicate {
	var list []*decide.Predicate
	add := func(predicate *decide.Predicate) {
		if predicate != nil {
			list = append(list, predicate)
		}
	}
	for _, c := range v.Capabilities {
		for _, choice := range c.Choices {
			list = append(list, choice.Fits...)
			list = append(list, choice.Out...)
		}
		for _, task := range c.Tasks {
			add(task.When)
		}
	}
	for _, theme := range v.Themes {
		for _, path := range theme.Paths {
			add(path.When)
		}
	}
	for _, conflict := range v.Conflicts {
		add(conflict.When)
	}
	return list
}

func note(set map[int]bool, facts []int) {
	for _, fact := range facts {
		set[fact] = true
	}
}

// fraction is a share as it is shown.
func fraction(share *big.Rat) string { return share.RatString() }
