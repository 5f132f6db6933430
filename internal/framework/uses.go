package framework

import "slices"

// Uses says what depends on a fact. Disabled statements and options do not count.
type Uses struct {
	// By lists the ids of the statements, options and themes whose conditions mention it, in the framework's order.
	By []string
	// Verdicts lists the capabilities whose verdict it can affect; Tasks and Options those with tasks or options that
	// mention it.
	Verdicts, Tasks, Options []string
	// Themes lists the themes whose status it can affect, and those with a route that mentions it.
	Themes []string
	// Conflicts reports whether a conflict mentions it.
	Conflicts bool
}

// Uses returns what depends on the fact at a position in fact order.
func (f *Framework) Uses(fact int) Uses { return f.uses[fact] }

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
