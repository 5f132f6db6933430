package page

import (
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/tools"
)

// Card is the page of a capability, as JSON shows it.
type Card struct {
	Knowledge tools.Knowledge `json:"knowledge"`
	framework.CapabilityFile
	// Facts are what its verdict looks at, OptionFacts what only its options do; both in fact order.
	Facts       []tools.Question    `json:"facts"`
	OptionFacts []tools.Question    `json:"option_facts"`
	Readings    []framework.Reading `json:"readings"`

	framework *framework.Framework
	ids       []string // of all that is on the card
}

func cardOf(f *framework.Framework, c *framework.Capability) Card {
	card := Card{
		Knowledge: knowledgeOf(f), CapabilityFile: c.CapabilityFile, Facts: []tools.Question{}, OptionFacts: []tools.Question{}, framework: f,
	}
	for i, fact := range f.Facts {
		if slices.Contains(f.Uses(i).Verdicts, c.ID.Value) {
			card.Facts = append(card.Facts, questionOf(fact))
		} else if slices.Contains(f.Uses(i).Options, c.ID.Value) {
			card.OptionFacts = append(card.OptionFacts, questionOf(fact))
		}
	}
	for _, entry := range f.Entries() {
		if entry.Capability == c.ID.Value {
			card.ids = append(card.ids, entry.ID)
		}
	}
	card.Readings = readingsOn(f, card.ids...)
	return card
}

// markdown is the card in the order of the reading guide (F15): trigger, trade-offs, timing, decision point, Layer 1 link.
func (c Card) markdown() string {
	var m markdown
	m.heading(1, plain(c.Title.Value))
	m.paragraph(code(c.ID.Value), " · ", c.Code.Value, " · complexity cost: ", complexityOf(c.CapabilityFile), modeOf(c.CapabilityFile))
	m.paragraph(plain(c.Summary.Value))
	m.matrixRow(c.CapabilityFile)
	m.trigger(c.CapabilityFile)
	m.tradeOffs(c.CapabilityFile)
	m.timing(c.CapabilityFile)
	m.decisionPoint(c.framework, c.CapabilityFile)
	m.layer1Link(c.CapabilityFile)
	m.lookedAt(c)
	m.readings(c.Readings, c.ids)
	m.source(c.framework)
	return m.page()
}

func complexityOf(c framework.CapabilityFile) string {
	if c.Complexity.IsZero() {
		return "not stated"
	}
	return c.Complexity.Value
}

func modeOf(c framework.CapabilityFile) string {
	if c.Mode.IsZero() {
		return ""
	}
	return " · mode: " + c.Mode.Value + " in Layer 2, activated in Layer 3"
}

// matrixRow is the capability's row of the decision matrix.
func (m *markdown) matrixRow(c framework.CapabilityFile) {
	if c.Matrix == nil {
		m.paragraph("The source's decision matrix has no row for it.")
		return
	}
	m.statement(0, c.Matrix.Statement)
	m.point(1, "Trigger: ", plain(c.Matrix.Trigger.Value), ". Skip if: ", plain(c.Matrix.SkipIf.Value), ".")
}

func (m *markdown) trigger(c framework.CapabilityFile) {
	m.heading(2, "Trigger: when does it become relevant?")
	m.section(c.TriggersHeading.Value, c.Triggers)
	m.section("Do not implement when", c.DoNot)
	if len(c.DoNot) == 0 {
		m.paragraph("The source has no do-not list for it.")
	}
}

// section is a list of statements under a heading, or nothing.
func (m *markdown) section(heading string, list []framework.Statement) {
	if len(list) > 0 {
		m.heading(3, plain(heading))
		m.statements(0, list)
	}
}

// kinds say what options are to one another.
var kinds = map[string]string{
	"tools":      "tools to choose from",
	"approaches": "approaches to choose from",
	"levels":     "levels that add up, not alternatives",
	"components": "components that add up, not alternatives",
}

func (m *markdown) tradeOffs(c framework.CapabilityFile) {
	m.heading(2, "Trade-offs: "+kinds[c.OptionsKind.Value])
	for _, o := range c.Options {
		m.heading(3, o.ID.Value+" "+plain(o.Name.Value))
		m.option(o)
	}
}

// option is one option: when to use it, what it costs, when exactly it fits, and what has changed since.
func (m *markdown) option(o framework.Option) {
	if o.Disabled {
		m.point(0, "Disabled: ", plain(o.Reason.Value))
	}
	m.point(0, "Use when: ", plain(o.UseWhen.Value))
	m.pointList("Pros: ", plains(o.Pros))
	m.pointList("Cons: ", plains(o.Cons))
	m.clauses("Fits if: ", o.Fits)
	m.clauses("Ruled out if: ", o.Out)
	for _, u := range o.Updates {
		m.point(0, "Since then, ", plain(u.Date.Value), ": ", plain(u.Says.Value), " (", plain(u.Source.Value), ")")
	}
	for _, guidance := range o.Guidance {
		m.point(0, "Guidance: ", plain(guidance.Value))
	}
}

// pointList is one entry for a short list.
func (m *markdown) pointList(name string, items []string) {
	if len(items) > 0 {
		m.point(0, name, strings.Join(items, "; "))
	}
}

func (m *markdown) clauses(name string, clauses []framework.Clause) {
	for _, c := range clauses {
		m.point(0, name, plain(c.Says.Value), " (", code(c.When.Value), ")")
	}
}

func (m *markdown) timing(c framework.CapabilityFile) {
	m.heading(2, "Timing: why now, or why not?")
	m.section(c.NowHeading.Value, c.Now)
	m.section(c.LaterHeading.Value, c.Later)
}

func (m *markdown) decisionPoint(f *framework.Framework, c framework.CapabilityFile) {
	m.heading(2, "Decision point: what must you be able to answer?")
	if c.Maturity != nil {
		m.statement(0, *c.Maturity)
	}
	for _, q := range c.Questions {
		m.question(q)
	}
	exit := c.Exit.Value
	if exit == "" {
		exit = framework.ExitRule
	}
	if entry, ok := f.Entry(exit); ok {
		m.point(0, "The way back is asked for by ", bold(exit), ": ", plain(entry.Says))
	}
}

// question is a question with its parts.
func (m *markdown) question(q framework.Question) {
	m.point(0, bold(q.ID.Value), " ", plain(q.Says.Value))
	for _, guidance := range q.Guidance {
		m.point(1, "Guidance: ", plain(guidance.Value))
	}
	m.statements(1, q.Parts)
}

func (m *markdown) layer1Link(c framework.CapabilityFile) {
	m.heading(2, "Layer 1 link: what does it build on?")
	m.statements(0, c.BuildsOn)
	m.section("It keeps", c.Keeps)
}

// lookedAt are the facts that decide, with their questions.
func (m *markdown) lookedAt(c Card) {
	m.heading(2, "Facts that its verdict looks at")
	m.factPoints(c.Facts)
	if len(c.OptionFacts) > 0 {
		m.heading(3, "Facts that only its options look at")
		m.factPoints(c.OptionFacts)
	}
}

func (m *markdown) factPoints(questions []tools.Question) {
	for _, q := range questions {
		m.point(0, code(q.Fact), " (", plain(domain(q)), ") ", plain(q.Question))
	}
}

// questionOf is a fact as it is asked for.
func questionOf(fact framework.Fact) tools.Question {
	return tools.Question{
		Fact: fact.ID.Value, Question: fact.Question.Value, Type: fact.Type.Value, Values: texts(fact.Values), Unit: fact.Unit.Value,
	}
}
