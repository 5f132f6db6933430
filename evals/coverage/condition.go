package coverage

import (
	"slices"

	"github.com/vanhoutenbos/layer2/evals"
	"github.com/vanhoutenbos/layer2/evals/condition"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// Condition is a condition of the knowledge, and which cases would notice if it were evaluated wrongly.
type Condition struct {
	// ID is what it belongs to, Part what it is of that: a statement, a fit, an out, a need, a guard, a route, a conflict.
	ID, Part string
	*condition.Expression
	// Domains are values of each of its facts, in the order of Facts: one at least of every cell.
	Domains [][]any
	noticed func(*evals.Case) bool
}

// Conditions are all conditions of the knowledge, in the framework's order.
func Conditions(f *framework.Framework) ([]*Condition, error) {
	c := collector{framework: f}
	c.add("R1", "statement", foundation(f), func(e *evals.Case) bool {
		return slices.ContainsFunc(f.Capabilities, func(c *framework.Capability) bool { return c.Mode.IsZero() && e.Verdicts[c.ID.Value] != nil })
	})
	for _, capability := range f.Capabilities {
		c.capability(capability)
	}
	for _, theme := range f.Themes {
		c.theme(theme)
	}
	for _, conflict := range f.Conflicts {
		hangs := !conflict.NotRunning.IsZero()
		c.add("conflict", "conflict", conflict.When.Value, func(e *evals.Case) bool {
			runs := e.Running.Runs(conflict.NotRunning.Value)
			return e.Conflicts != nil && (!hangs || runs != nil && !*runs)
		})
	}
	return c.conditions, c.err
}

// foundation is the condition of R1.
func foundation(f *framework.Framework) string {
	entry, _ := f.Entry("R1")
	return entry.When
}

type collector struct {
	framework  *framework.Framework
	conditions []*Condition
	err        error
}

// add takes a condition up, if there is one.
func (c *collector) add(id, part, when string, noticed func(*evals.Case) bool) {
	if when == "" || c.err != nil {
		return
	}
	expression, err := condition.Parse(when)
	if err != nil {
		c.err = err
		return
	}
	found := &Condition{ID: id, Part: part, Expression: expression, noticed: noticed}
	for _, fact := range expression.Facts() {
		found.Domains = append(found.Domains, domain(c.framework, fact, expression.Atoms()))
	}
	c.conditions = append(c.conditions, found)
}

func (c *collector) capability(capability *framework.Capability) {
	id := capability.ID.Value
	judged := func(e *evals.Case) bool { return e.Verdicts[id] != nil }
	for _, s := range capability.Model.Statements {
		if s.When != nil && s.Decides() {
			c.add(s.ID, "statement", s.When.String(), judged)
		}
	}
	for _, task := range capability.Tasks {
		c.add(task.ID.Value, "task", task.When.Value, func(e *evals.Case) bool { return judged(e) && e.Verdicts[id].ToDo != nil })
	}
	for _, offered := range capability.Enabled {
		option := offered.ID.Value
		compared := func(e *evals.Case) bool {
			if e.Options[id] == nil {
				return false
			}
			class, classed := e.Options[id].Classes[option]
			_, held := e.Options[id].Holds[option]
			return classed && class != nil || held // no class says nothing about a condition
		}
		for _, clause := range offered.Fits {
			c.add(option, "fit", clause.When.Value, compared)
		}
		for _, clause := range offered.Out {
			c.add(option, "out", clause.When.Value, compared)
		}
	}
}

func (c *collector) theme(theme *framework.Theme) {
	id := theme.ID.Value
	planned := func(e *evals.Case) bool { _, is := e.Themes[id]; return is }
	c.add(id, "need", theme.Need.When.Value, planned)
	for _, guard := range theme.Guards {
		c.add(id, "guard", guard.When.Value, planned)
	}
	for _, route := range theme.Routes {
		c.add(id, "route", route.When.Value, func(e *evals.Case) bool { return planned(e) && e.Themes[id].Advice != nil })
	}
}

// domain is values of a fact among which every way is found in which atoms can tell its values apart: all values of a boolean or
// choice, all sets, and for a number those at, just below and just above every literal.
func domain(f *framework.Framework, name string, atoms []*condition.Expression) []any {
	index, _ := f.Dictionary.Index(name)
	fact := f.Dictionary.Fact(index)
	switch f.Facts[index].Type.Value {
	case "boolean":
		return []any{false, true}
	case "choice":
		var values []any
		for _, value := range fact.Values {
			values = append(values, value)
		}
		return values
	case "set":
		var values []any
		for chosen := range 1 << len(fact.Values) {
			set := []string{}
			for i, member := range fact.Values {
				if chosen>>i&1 == 1 {
					set = append(set, member)
				}
			}
			values = append(values, set)
		}
		return values
	}
	step := fact.Step
	if step == 0 {
		step = 1
	}
	var numbers []float64
	for _, atom := range atoms {
		if limit, ok := atom.Number(); ok && atom.Fact == name {
			numbers = append(numbers, limit-step, limit, limit+step)
		}
	}
	slices.Sort(numbers)
	var values []any
	for _, n := range slices.Compact(numbers) {
		if n >= 0 {
			values = append(values, n)
		}
	}
	return values
}

// Everywhere calls visit with every combination of the values of the condition's facts.
func (c *Condition) Everywhere(visit func(condition.Values)) {
	facts := c.Facts()
	values := condition.Values{}
	var choose func(int)
	choose = func(i int) {
		if i == len(facts) {
			visit(values)
			return
		}
		for _, value := range c.Domains[i] {
			values[facts[i]] = value
			choose(i + 1)
		}
	}
	choose(0)
}
