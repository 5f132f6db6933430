package framework

import (
	"slices"
)

// checkRules checks what holds for all capabilities.
func (c *checker) checkRules(f *file) {
	for _, s := range f.RulesFile.sections() {
		c.checkSection(f, s)
	}
	for _, conflict := range f.Conflicts {
		c.refers(f, conflict.NotRunning, "capability", c.capabilities)
	}
	ordered := map[string]bool{}
	for _, id := range f.Order {
		c.refers(f, id, "capability", c.capabilities)
		if ordered[id.Value] {
			c.add(f, id.place(), "%s stands twice in the order", shown(id.Value))
		}
		ordered[id.Value] = true
	}
}

// checkThemes checks the themes of Layer 3.
func (c *checker) checkThemes(f *file) {
	options := c.options()
	for _, theme := range f.Themes {
		c.checkNeed(f, theme)
		for _, prerequisite := range append([]Prerequisite{theme.Prerequisite}, theme.Inferred...) {
			c.refers(f, prerequisite.Capability, "capability", c.capabilities)
			c.refers(f, prerequisite.Statement, "id", c.names)
		}
		for _, route := range theme.Routes {
			for _, id := range route.Options {
				c.refers(f, id, "option", options)
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
	for _, other := range c.files {
		if other.ID.IsZero() || other.ID.Value != theme.Prerequisite.Capability.Value {
			continue
		}
		triggers := idsOf(other.Triggers)
		for _, id := range need.AnyStands {
			c.refers(f, id, "trigger (T) of "+other.ID.Value, triggers)
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
		if !known || c.faulty[name.Value] {
			continue
		}
		c.value(f, c.dictionary.Fact(i), example.Value)
	}
}

// checkWhole checks what the files have to say together.
func (c *checker) checkWhole() {
	first := map[string]*file{}
	once := func(f *file, key string, at Text) {
		switch {
		case !at.written():
		case first[key] != nil:
			c.add(f, at.place(), "%q stands in %s already", key, first[key].path)
		default:
			first[key] = f
		}
	}
	for _, f := range c.files {
		once(f, "version", f.Version)
		if v := f.Version; !v.IsZero() && !versionShape.MatchString(v.Value) {
			c.add(f, v.place(), "version %s is not a version: write letters, digits, spaces and . - _ +, 64 at most, as in 1.2.0", shown(v.Value))
		}
		once(f, "source", f.Source)
		if len(f.Order) > 0 {
			once(f, "order", f.Order[0])
		}
		if f.Shop != nil {
			once(f, "worked_example", f.Shop.Title)
		}
	}
	c.checkFoundation()
	c.checkRoles()
	if c.incomplete {
		return
	}
	for _, key := range []string{"version", "source"} {
		if first[key] == nil {
			c.mistakes.add("", place{}, "no file says the %s of the knowledge (key %q, in rules.yaml by custom)", key, key)
		}
	}
	if len(c.capabilities) == 0 {
		c.mistakes.add("", place{}, "no file describes a capability")
	}
}

// checkFoundation checks that one rule at most blocks all capabilities.
func (c *checker) checkFoundation() {
	var blocking Text
	for _, f := range c.files {
		for _, rule := range f.Rules {
			switch {
			case rule.Disabled || !rule.When.written() || !rule.Effect.written():
			case blocking.written():
				c.add(f, rule.ID.place(), "%s would be a second rule that blocks every capability; %s is one already", rule.ID, blocking)
			default:
				blocking = rule.ID
			}
		}
	}
}
