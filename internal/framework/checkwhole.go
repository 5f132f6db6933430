package framework

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/strict"
)

// checkRules checks what applies to all capabilities.
func (c *checker) checkRules(f *file) {
	for _, s := range f.RulesFile.sections() {
		c.checkSection(s)
	}
	for _, conflict := range f.Conflicts {
		c.refers(conflict.NotRunning, "capability", c.capabilities)
	}
	ordered := map[string]bool{}
	for _, id := range f.Order {
		c.refers(id, "capability", c.capabilities)
		if ordered[id.Value] {
			c.add(id.Place, "%s is given twice in the order", id.Quoted())
		}
		ordered[id.Value] = true
	}
}

func (c *checker) checkThemes(f *file) {
	options := c.options()
	for _, theme := range f.Themes {
		c.checkNeed(theme)
		for _, prerequisite := range append([]Prerequisite{theme.Prerequisite}, theme.Inferred...) {
			c.refers(prerequisite.Capability, "capability", c.capabilities)
			c.refers(prerequisite.Statement, "id", c.names)
		}
		for _, route := range theme.Routes {
			for _, id := range route.Options {
				c.refers(id, "option", options)
			}
		}
	}
}

// checkNeed checks that a theme's need is either a condition or a list of triggers of its prerequisite.
func (c *checker) checkNeed(theme ThemeFile) {
	need := theme.Need
	if need.Says.Present() && need.When.Present() == (len(need.AnyStands) > 0) {
		c.add(need.Says.Place, "the need of %s must have either \"when\" or \"any_stands\"", theme.ID)
	}
	for _, other := range c.files {
		if other.ID.IsZero() || other.ID.Value != theme.Prerequisite.Capability.Value {
			continue
		}
		triggers := idsOf(other.Triggers)
		for _, id := range need.AnyStands {
			c.refers(id, "trigger (T) of "+other.ID.Value, triggers)
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

// checkReadings checks that every reading says where it applies.
func (c *checker) checkReadings(f *file) {
	for _, reading := range f.Readings {
		for _, id := range reading.On {
			c.refers(id, "id", c.names)
		}
		if reading.Slug.Present() && len(reading.On) == 0 && !reading.Scope.Present() {
			c.add(reading.Slug.Place, "reading %s has neither \"on\" (ids) nor \"scope\" (words): say where it applies", reading.Slug)
		}
	}
}

func (c *checker) checkShop(f *file) {
	if f.Shop == nil {
		return
	}
	c.checkSection(section{key: "statements", statements: f.Shop.Statements})
	seen := map[string]bool{}
	for _, example := range slices.Concat(f.Shop.Stated, f.Shop.Assumed) {
		name := example.Fact
		if name.IsZero() {
			continue
		}
		if seen[name.Value] {
			c.add(name.Place, "%s is given twice in the worked example", name.Quoted())
		}
		seen[name.Value] = true
		c.refers(name, "fact", c.dictionary.Names())
		i, known := c.dictionary.Index(name.Value)
		if !known || c.faulty[name.Value] {
			continue
		}
		c.value(name.File, c.dictionary.Fact(i), example.Value)
	}
}

// checkWhole checks what must be given exactly once, or at most once, over all files.
func (c *checker) checkWhole() {
	first := map[string]string{} // by key: the file that has it
	once := func(key string, at strict.Text) {
		switch {
		case !at.Present():
		case first[key] != "":
			c.add(at.Place, "%q is already in %s", key, first[key])
		default:
			first[key] = at.File
		}
	}
	for _, f := range c.files {
		once("version", f.Version)
		if v := f.Version; !v.IsZero() && !versionShape.MatchString(v.Value) {
			c.add(v.Place, "version %s is not a version: write letters, digits, spaces and . - _ +, 64 at most, as in 1.2.0", v.Quoted())
		}
		once("source", f.Source)
		if len(f.Order) > 0 {
			once("order", f.Order[0])
		}
		if f.Shop != nil {
			once("worked_example", f.Shop.Title)
		}
	}
	c.checkFoundation()
	c.checkRoles()
	if c.incomplete {
		return
	}
	for _, key := range []string{"version", "source"} {
		if first[key] == "" {
			c.mistakes.Add(strict.Place{}, "no file gives the %s of the knowledge (key %q, usually in rules.yaml)", key, key)
		}
	}
	if len(c.capabilities) == 0 {
		c.mistakes.Add(strict.Place{}, "no file describes a capability")
	}
}

// checkFoundation checks that at most one rule blocks all capabilities.
func (c *checker) checkFoundation() {
	var blocking strict.Text
	for _, f := range c.files {
		for _, rule := range f.Rules {
			switch {
			case rule.Disabled || !rule.When.Present() || !rule.Effect.Present():
			case blocking.Present():
				c.add(rule.ID.Place, "%s would be a second rule that blocks every capability; %s already does", rule.ID, blocking)
			default:
				blocking = rule.ID
			}
		}
	}
}
