package coverage

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// What could be seen in answers, as far as the knowledge and its diagrams let it: each list is what the cases have to show.

// Citable is the ids that a verdict, a comparison or a plan can cite, in the framework's order. The others stand on cards and are
// found by cite alone: matrix rows and statements that decide nothing, those that another stands for, sub-questions, maturity
// questions, what the framework is, the web shop, readings of options.
func Citable(f *framework.Framework) []string {
	can := map[string]bool{"Y1": true, "Y4": true, "R1": true, "R3": true, "R4": true}
	mark := func(statements []framework.Statement) {
		for _, s := range statements {
			can[s.ID.Value] = true
		}
	}
	for _, c := range f.Capabilities {
		can[c.ID.Value] = true
		for _, s := range c.Model.Statements {
			can[s.ID] = s.Decides() && !s.Repeats
		}
		for _, task := range c.Tasks {
			can[task.ID.Value] = true
		}
		for _, option := range c.Enabled {
			can[option.ID.Value] = true
		}
		for _, question := range c.Questions {
			can[question.ID.Value] = true
		}
		mark(c.BuildsOn)
		mark(c.Keeps)
	}
	for _, theme := range f.Themes {
		can[theme.ID.Value] = true
		can[theme.Prerequisite.Statement.Value] = true
	}
	for _, reading := range f.Readings {
		can["reading:"+reading.Slug.Value] = slices.ContainsFunc(reading.On, func(on strict.Text) bool { return weighed(f, on.Value) && can[on.Value] })
	}
	var ids []string
	for _, entry := range f.Entries() {
		if can[entry.ID] {
			ids = append(ids, entry.ID)
		}
	}
	return ids
}

// weighed reports whether an id can stand for or against something: only then are the readings on it shown.
func weighed(f *framework.Framework, id string) bool {
	entry, _ := f.Entry(id)
	if id == "R1" || id == "R3" {
		return true
	}
	return slices.ContainsFunc(f.Capabilities, func(c *framework.Capability) bool {
		return entry != nil && c.ID.Value == entry.Capability &&
			slices.ContainsFunc(c.Model.Statements, func(s decide.Statement) bool { return s.ID == id && s.Decides() })
	})
}

// Askable is the facts that some answer can ask for, in fact order: with nothing known, the diagrams' questions are all that can
// ever matter to a verdict or a status; an option asks for every fact of its conditions.
func Askable(f *framework.Framework) []string {
	can := make([]bool, f.Dictionary.Len())
	mark := func(facts []int) {
		for _, fact := range facts {
			can[fact] = true
		}
	}
	nothing := f.Dictionary.NewSituation()
	for _, c := range f.Capabilities {
		mark(c.Decision.Explain(nothing).Ask)
		for _, option := range c.Enabled {
			for _, clause := range slices.Concat(option.Fits, option.Out) {
				mark(clause.When.Facts())
			}
		}
	}
	for _, theme := range f.Themes {
		mark(theme.Decision.Explain(nothing, decide.Maybe).Ask)
	}
	var names []string
	for i, is := range can {
		if is {
			names = append(names, f.Facts[i].ID.Value)
		}
	}
	return names
}

// Flip is a kind of flip: of one capability, from one verdict to another.
type Flip struct{ Capability, From, To string }

// String is the kind in a line.
func (f Flip) String() string { return f.Capability + ": " + f.From + " to " + f.To }

// Flips are the kinds that are feasible: between any two verdicts that the capability's diagram reaches, since what is given can
// always change.
func Flips(f *framework.Framework) []Flip {
	var flips []Flip
	for _, c := range f.Capabilities {
		reached := c.Decision.Explain(f.Dictionary.NewSituation()).Possible
		for _, from := range reached {
			for _, to := range reached {
				if from != to {
					flips = append(flips, Flip{c.ID.Value, from.String(), to.String()})
				}
			}
		}
	}
	return flips
}

// Standing is an outcome of a capability, a class of an option, or a status of a theme.
type Standing struct{ ID, Standing string }

// String is the standing in a line.
func (s Standing) String() string { return s.ID + ": " + s.Standing }

// Classes are the classes that each option can have, found by trying every value of its facts and not knowing them; "null" for
// levels and components.
func Classes(f *framework.Framework) ([]Standing, error) {
	var standings []Standing
	for _, c := range f.Capabilities {
		ranked := c.OptionsKind.Value == "tools" || c.OptionsKind.Value == "approaches"
		for _, option := range c.Enabled {
			if !ranked {
				standings = append(standings, Standing{option.ID.Value, "null"})
				continue
			}
			found := map[string]bool{}
			if err := everySituation(f, option, func(s fact.Situation) { found[class(option, s)] = true }); err != nil {
				return nil, err
			}
			for _, class := range []string{"fits", "partly", "open", "no", "out"} {
				if found[class] {
					standings = append(standings, Standing{option.ID.Value, class})
				}
			}
		}
	}
	return standings, nil
}

// class is the class of an option by logic.md §4, in its own words.
func class(option *framework.Option, s fact.Situation) string {
	count := map[decide.Truth]int{}
	for _, fit := range option.Fits {
		count[fit.When.Truth(s)]++
	}
	switch {
	case slices.ContainsFunc(option.Out, func(out framework.Clause) bool { return out.When.Truth(s) == decide.Yes }):
		return "out"
	case count[decide.Yes] == len(option.Fits):
		return "fits"
	case count[decide.Yes] > 0:
		return "partly"
	case count[decide.Maybe] > 0:
		return "open"
	}
	return "no"
}

// everySituation calls visit with every combination of the cells of an option's facts, each of them unknown too.
func everySituation(f *framework.Framework, option *framework.Option, visit func(fact.Situation)) error {
	var conditions []*decide.Condition
	var facts []int
	for _, clause := range slices.Concat(option.Fits, option.Out) {
		conditions = append(conditions, clause.When.Compiled.Condition)
		facts = append(facts, clause.When.Facts()...)
	}
	slices.Sort(facts)
	facts = slices.Compact(facts)
	cells, err := Cells(f.Dictionary, conditions)
	if err != nil {
		return err
	}
	situation := f.Dictionary.NewSituation()
	var choose func(int)
	choose = func(i int) {
		if i == len(facts) {
			visit(situation)
			return
		}
		for _, value := range append([]fact.Value{{}}, cells[facts[i]]...) {
			situation[facts[i]] = value
			choose(i + 1)
		}
	}
	choose(0)
	return nil
}

// Cells are a value of every cell of every fact that the conditions mention, by fact.
func Cells(dictionary *fact.Dictionary, conditions []*decide.Condition) (map[int][]fact.Value, error) {
	space, err := decide.NewSpace(dictionary, conditions)
	if err != nil {
		return nil, err
	}
	values := map[int][]fact.Value{}
	for index := range dictionary.Len() {
		for cell := range space.Cells(index) {
			witness, _ := space.In(index, cell).Witness()
			var value fact.Value // a fact of one cell needs no witness: its conditions never change
			if len(witness) > 0 {
				value = witness[0].Value
			}
			values[index] = append(values[index], value)
		}
	}
	return values, nil
}

// Statuses are the statuses that each theme can have, by its diagram, and undetermined.
func Statuses(f *framework.Framework) []Standing {
	var standings []Standing
	for _, theme := range f.Themes {
		for _, status := range append(theme.Decision.Explain(f.Dictionary.NewSituation(), decide.Maybe).Possible, decide.UndeterminedStatus) {
			standings = append(standings, Standing{theme.ID.Value, status.String()})
		}
	}
	return standings
}
