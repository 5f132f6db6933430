package framework

import (
	"cmp"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// builder makes a framework of files that passed the checks. All that can still go wrong is that something is too large to compile.
type builder struct {
	files      []*file
	conditions map[string]*decide.Condition
	mistakes   *strict.Notes

	framework *Framework
	disabled  map[string]bool
}

// build makes the framework. If there are mistakes, a condition is too much for the engine and the result must not be used.
func (b *builder) build(dictionary *fact.Dictionary) *Framework {
	b.framework = &Framework{Dictionary: dictionary, Fingerprint: fingerprint(b.files)}
	b.findDisabled()
	b.compile()
	var order []string
	f := b.framework
	for _, file := range b.files {
		f.Version = cmp.Or(f.Version, file.Version.Value)
		f.Source = cmp.Or(f.Source, file.Source.Value)
		for _, id := range file.Order {
			order = append(order, id.Value)
		}
		f.Facts = append(f.Facts, file.Facts...)
		f.About = append(f.About, file.Framework...)
		f.Layers = append(f.Layers, file.Layers...)
		f.Rules = append(f.Rules, file.Rules...)
		f.Readings = append(f.Readings, file.Readings...)
		f.Shop = cmp.Or(f.Shop, file.Shop)
		f.Conflicts = append(f.Conflicts, file.Conflicts...)
	}
	// Each step uses what the one before compiled; stopping at the first failure reports a mistake once.
	if b.mistakes.Len() == 0 {
		b.capabilities(order)
	}
	for _, file := range b.files {
		if b.mistakes.Len() == 0 {
			b.themes(file)
		}
	}
	if b.mistakes.Len() == 0 {
		f.makeIndex()
		f.makeUses()
	}
	return f
}

// findDisabled collects the ids of disabled statements.
func (b *builder) findDisabled() {
	b.disabled = map[string]bool{}
	for _, file := range b.files {
		for _, s := range slices.Concat(file.CapabilityFile.sections(), file.RulesFile.sections()) {
			for _, statement := range s.statements {
				b.disabled[statement.ID.Value] = statement.Disabled
			}
		}
	}
}

// compile compiles every condition in place. Equal conditions share a predicate.
func (b *builder) compile() {
	compiled := map[string]*decide.Predicate{}
	for _, file := range b.files {
		file.conditions(func(condition *Condition) {
			if condition.IsZero() {
				return
			}
			if compiled[condition.Value] == nil {
				predicate, err := decide.NewPredicate(b.framework.Dictionary, b.conditions[condition.Value])
				if err != nil {
					b.mistakes.Add(condition.Place, "%v", err)
				}
				compiled[condition.Value] = predicate
			}
			condition.Compiled = compiled[condition.Value]
		})
	}
}

// capabilities builds the capabilities in the given order; those not listed follow in load order.
func (b *builder) capabilities(order []string) {
	for _, file := range b.files {
		if file.isCapability() {
			b.framework.Capabilities = append(b.framework.Capabilities, b.capability(file))
		}
	}
	rank := func(c *Capability) int {
		if i := slices.Index(order, c.ID.Value); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(b.framework.Capabilities, func(x, y *Capability) int { return cmp.Compare(rank(x), rank(y)) })
}

func (b *builder) capability(file *file) *Capability {
	c := &Capability{CapabilityFile: file.CapabilityFile, Model: b.model(file)}
	decision, err := decide.Compile(b.framework.Dictionary, c.Model)
	if err != nil {
		b.mistakes.Add(c.ID.Place, "%v", err)
	}
	c.Decision = decision
	for i := range c.Options {
		if !c.Options[i].Disabled {
			c.Enabled = append(c.Enabled, &c.Options[i])
		}
	}
	for _, statement := range enabled(c.Now) {
		if statement.Do.Present() {
			c.Tasks = append(c.Tasks, statement)
		}
	}
	return c
}

// model returns a capability in the engine's terms.
func (b *builder) model(file *file) decide.Model {
	m := decide.Model{Prepare: file.Mode.Value == "prepare", Measure: MeasureRule}
	for _, s := range file.CapabilityFile.sections() {
		if len(s.marks) == 0 {
			continue
		}
		for _, statement := range enabled(s.statements) {
			if !statement.Do.Present() {
				m.Statements = append(m.Statements, b.statement(statement, s.role))
			}
		}
	}
	if rule := foundation(b.framework.Rules); rule.When.Present() {
		m.Foundation = b.statement(rule, decide.Rule)
	}
	for _, conflict := range b.framework.Conflicts {
		if conflict.NotRunning.IsZero() {
			m.Conflicts = append(m.Conflicts, conflict.When.Compiled)
		}
	}
	return m
}

func (b *builder) statement(s Statement, role decide.Role) decide.Statement {
	effect, _ := decide.EffectOf(s.Effect.Value)
	made := decide.Statement{
		ID:       s.ID.Value,
		Role:     role,
		When:     parsed(s.When),
		Effect:   effect,
		Lifts:    s.Lifts.Value,
		Required: s.Required,
		Measured: s.Measured,
		Repeats:  !s.SameAs.IsZero() && !b.disabled[s.SameAs.Value],
	}
	for _, id := range s.Answers {
		made.Answers = append(made.Answers, id.Value)
	}
	return made
}

func (b *builder) themes(file *file) {
	for _, theme := range file.Themes {
		model := decide.ThemeModel{Need: parsed(theme.Need.When)}
		for _, id := range theme.Need.AnyStands {
			model.AnyStands = append(model.AnyStands, id.Value)
		}
		for _, c := range b.framework.Capabilities {
			if c.ID.Value == theme.Prerequisite.Capability.Value {
				model.Prerequisite = c.Model
			}
		}
		for _, guard := range theme.Guards {
			model.Guards = append(model.Guards, parsed(guard.When))
		}
		decision, err := decide.CompileTheme(b.framework.Dictionary, model)
		if err != nil {
			b.mistakes.Add(theme.ID.Place, "%v", err)
		}
		b.framework.Themes = append(b.framework.Themes, &Theme{theme, decision})
	}
}

// parsed returns the parsed condition, or nil where none is written.
func parsed(when Condition) *decide.Condition {
	if when.Compiled == nil {
		return nil
	}
	return when.Compiled.Condition
}
