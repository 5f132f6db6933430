package verify

import (
	"math/big"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// witness returns facts that put a situation into a region.
func witness(dictionary *fact.Dictionary, region decide.Region) fact.Values {
	settings, _ := region.Witness()
	return dictionary.Name(settings)
}

// facts reports facts that nothing mentions, and facts that are mentioned without changing anything.
func (v *finder) facts(subjects []*subject) error {
	matters := map[int]bool{}
	if err := v.mattersOutside(matters); err != nil {
		return err
	}
	for _, s := range subjects {
		note(matters, s.whole.Facts())
	}
	for i, fact := range v.Facts {
		id := fact.ID
		switch {
		case len(v.Uses(i).By) == 0 && !v.Uses(i).Conflicts:
			v.report(id, id, Finding{Kind: UnusedFact, Subject: id.Value, Says: "No condition mentions " + id.Value + "."})
		case !matters[i]:
			v.report(id, id, Finding{Kind: NeverMatters, Subject: id.Value, Says: "Conditions mention " + id.Value + ", but nothing depends on it."})
		default:
			v.idle(subjects, i)
		}
	}
	return nil
}

// idle reports capabilities in which a deciding statement mentions a fact that no outcome depends on.
func (v *finder) idle(subjects []*subject, fact int) {
	id := v.Facts[fact].ID
	for _, s := range subjects {
		mentions := slices.IndexFunc(s.deciding, func(statement decide.Statement) bool { return statement.When.Mentions(fact) })
		if mentions >= 0 && !slices.Contains(s.whole.Facts(), fact) {
			v.report(id, id, Finding{Kind: NeverMatters, Subject: id.Value, With: []string{s.ID.Value},
				Says: s.deciding[mentions].ID + " mentions " + id.Value + ", but no outcome of " + s.ID.Value + " depends on it."})
		}
	}
}

// mattersOutside marks the facts that options, tasks, themes and conflicts depend on.
func (v *finder) mattersOutside(matters map[int]bool) error {
	for _, when := range v.outside() {
		region, err := v.alone(when.Compiled.Condition)
		if err != nil {
			return err
		}
		note(matters, region.Facts())
	}
	for _, theme := range v.Themes {
		note(matters, theme.Decision.Explain(v.Dictionary.NewSituation(), decide.Maybe).Ask)
	}
	return nil
}

// outside returns the conditions that decide neither a capability nor a theme's status: those of options, tasks, routes and conflicts.
func (v *finder) outside() []framework.Condition {
	var list []framework.Condition
	for _, c := range v.Capabilities {
		for _, option := range c.Enabled {
			for _, clause := range slices.Concat(option.Fits, option.Out) {
				list = append(list, clause.When)
			}
		}
		for _, task := range c.Tasks {
			list = append(list, task.When)
		}
	}
	for _, theme := range v.Themes {
		for _, route := range theme.Routes {
			list = append(list, route.When)
		}
	}
	for _, conflict := range v.Conflicts {
		list = append(list, conflict.When)
	}
	return slices.DeleteFunc(list, func(when framework.Condition) bool { return when.Compiled == nil })
}

func note(set map[int]bool, facts []int) {
	for _, fact := range facts {
		set[fact] = true
	}
}

func fraction(share *big.Rat) string { return share.RatString() }
