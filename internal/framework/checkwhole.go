package framework

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/decide"
)

// checkRules checks what holds for all capabilities.
func (c *checker) checkRules(f *file) {
	for _, s := range f.RulesFile.sections() {
		c.checkSection(f, s)
	}
	for _, conflict := range f.Conflicts {
		c.condition(f, conflict.When)
		c.refers(f, conflict.NotRunning, "capability", c.capabilities)
	}
	for i, id := range f.Order {
		c.refers(f, id, "capability", c.capabilities)
		if slices.ContainsFunc(f.Order[:i], func(before Text) bool { return before.Value == id.Value }) {
			c.add(f, id.place(), "%s stands twice in the order", shown(id.Value))
		}
	}
}

// checkThemes checks the themes of Layer 3.
func (c *checker) checkThemes(f *file) {
	for _, theme := range f.Themes {
		c.checkNeed(f, theme)
		for _, prerequisite := range append([]Prerequisite{theme.Prerequisite}, theme.Inferred...) {
			c.refers(f, prerequisite.Capability, "capability", c.capabilities)
			c.refers(f, prerequisite.Statement, "id", c.names)
		}
		c.checkClauses(f, theme.Guards)
		for _, route := range theme.Routes {
			c.condition(f, route.When)
			for _, id := range route.Options {
				c.refers(f, id, "option", c.options())
			}
		}
	}
}

// checkNeed checks that a theme needs one thing: a condition, or triggers of its prerequisite.
func (c *checker) checkNeed(f *file, theme ThemeFile) {
	need := theme.Need
	if need.Says.written() && need.When.written() == (len(need.AnyStands) > 0) {
		c.add(f, need.Says.place(), "the need of %s is either \"when\" or \"any_stands\"", theme.ID)
	}
	c.condition(f, need.When)
	for _, other := range c.files {
		if other.ID.IsZero() || other.ID.Value != theme.Prerequisite.Capability.Value {
			continue
		}
		for _, id := range need.AnyStands {
			c.refers(f, id, "trigger (T) of "+other.ID.Value, idsOf(other.Triggers))
		}
	}
}

func (c *checker) options() []string {
	var ids []string
	for _, f := range c.files {
		for _, option := range f.Options {
			ids = append(ids, option.ID.Value)
		}
	}
	return ids
}

// checkReadings checks that every reading hinges on something.
func (c *checker) checkReadings(f *file) {
	for _, reading := range f.Readings {
		for _, id := range reading.On {
			c.refers(f, id, "id", c.names)
		}
		if reading.Slug.written() && len(reading.On) == 0 && !reading.Scope.written() {
			c.add(f, reading.Slug.place(), "reading %s says neither \"on\" which ids nor in which \"scope\" it holds", reading.Slug)
		}
	}
}

// checkShop checks the facts of the worked example.
func (c *checker) checkShop(f *file) {
	if f.Shop == nil {
		return
	}
	c.checkSection(f, section{key: "statements", statements: f.Shop.Statements})
	seen := map[string]bool{}
	for _, example := range slices.Concat(f.Shop.Stated, f.Shop.Assumed) {
		name := example.Fact
		if name.IsZero() {
			continue
		}
		if seen[name.Value] {
			c.add(f, name.place(), "%s stands twice in the worked example", shown(name.Value))
		}
		seen[name.Value] = true
		c.refers(f, name, "fact", c.dictionary.Names())
		i, known := c.dictionary.Index(name.Value)
		if !known || c.faulty[name.Value] || example.Value.Written.Kind == decide.Unknown {
			continue
		}
		if _, err := example.Value.Of(c.dictionary.Fact(i)); err != nil {
			c.add(f, example.Value.place(), "%v", err)
		}
	}
}

// checkWhole checks what the files have to say together: exactly one version, source, order and worked example at most, and a
// single rule that blocks everything.
func (c *checker) checkWhole() {
	first := map[string]definition{}
	once := func(f *file, written bool, key string, at place) {
		if !written {
			return
		}
		if before, twice := first[key]; twice {
			c.add(f, at, "%q stands in %s already", key, before.file)
			return
		}
		first[key] = definition{f.path, at}
	}
	for _, f := range c.files {
		once(f, f.Version.written(), "version", f.Version.place())
		once(f, f.Source.written(), "source", f.Source.place())
		if len(f.Order) > 0 {
			once(f, true, "order", f.Order[0].place())
		}
		if f.Shop != nil {
			once(f, true, "worked_example", f.Shop.Title.place())
		}
		for _, rule := range enabled(f.Rules) {
			once(f, rule.When.written(), "a rule that blocks every capability", rule.ID.place())
		}
	}
	if c.incomplete {
		return
	}
	for _, key := range []string{"version", "source"} {
		if _, written := first[key]; !written {
			c.mistakes.add("", place{}, "no file says the %s of the knowledge (key %q, in rules.yaml by custom)", key, key)
		}
	}
	if len(c.capabilities) == 0 {
		c.mistakes.add("", place{}, "no file describes a capability")
	}
}
