package framework

import "slices"

// Uses is what looks at a fact. Everything that is disabled looks at nothing.
type Uses struct {
	// By are the ids of the statements, options and themes whose conditions mention it, in the framework's order.
	By []string
	// Verdicts are the capabilities on whose verdict it can bear; Tasks and Options those whose things to do, and whose options,
	// mention it.
	Verdicts, Tasks, Options []string
	// Themes are the themes on whose status it can bear, and those with a route that mentions it.
	Themes []string
	// Conflicts says that a conflict mentions it.
	Conflicts bool
}

// Uses is what looks at the fact at a place in fact order.
func (f *Framework) Uses(fact int) Uses { return f.uses[fact] }

// makeUses works out the uses of every fact.
func (f *Framework) makeUses() {
	f.uses = make([]Uses, len(f.Facts))
	for _, conflict := range f.Conflicts {
		for _, fact := range conflict.When.Facts() {
			f.uses[fact].Conflicts = true
		}
	}
	f.usedBy(f.Rules)
	for _, c := range f.Capabilities {
		f.usedByCapability(c)
	}
	for _, t := range f.Themes {
		f.usedByTheme(t)
	}
}

func (f *Framework) usedBy(statements []Statement) {
	for _, s := range enabled(statements) {
		f.use(s.ID.Value, s.When.Facts(), by)
	}
}

func (f *Framework) usedByCapability(c *Capability) {
	id := c.ID.Value
	f.usedBy(c.Statements())
	f.use(id, c.Decision.Facts(), func(u *Uses) *[]string { return &u.Verdicts })
	for _, task := range c.Tasks {
		f.use(id, task.When.Facts(), func(u *Uses) *[]string { return &u.Tasks })
	}
	for _, option := range c.Enabled {
		for _, clause := range slices.Concat(option.Fits, option.Out) {
			f.use(option.ID.Value, clause.When.Facts(), by)
			f.use(id, clause.When.Facts(), func(u *Uses) *[]string { return &u.Options })
		}
	}
}

func (f *Framework) usedByTheme(t *Theme) {
	id := t.ID.Value
	themes := func(u *Uses) *[]string { return &u.Themes }
	f.use(id, t.Decision.Facts(), themes)
	f.use(id, t.Need.When.Facts(), by)
	for _, guard := range t.Guards {
		f.use(id, guard.When.Facts(), by)
	}
	for _, route := range t.Routes {
		f.use(id, route.When.Facts(), by)
		f.use(id, route.When.Facts(), themes)
	}
}

func by(u *Uses) *[]string { return &u.By }

// use adds an id to a list of some facts, once.
func (f *Framework) use(id string, facts []int, list func(*Uses) *[]string) {
	for _, fact := range facts {
		if ids := list(&f.uses[fact]); !slices.Contains(*ids, id) {
			*ids = append(*ids, id)
		}
	}
}
