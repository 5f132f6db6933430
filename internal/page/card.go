package page

import (
	"slices"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/markdown"
	"github.com/vanhoutenbos/layer2/tools"
)

// Card is the page of a capability in its JSON form.
type Card struct {
	Knowledge tools.Knowledge `json:"knowledge"`
	framework.CapabilityFile
	// Facts are those that its verdict depends on, OptionFacts those used only by its options; both in fact order.
	Facts       []tools.Question    `json:"facts"`
	OptionFacts []tools.Question    `json:"option_facts"`
	Readings    []framework.Reading `json:"readings"`

	framework *framework.Framework
	ids       []string // of all that is on the card
}

func cardOf(f *framework.Framework, c *framework.Capability) Card {
	card := Card{
		Knowledge: tools.KnowledgeOf(f), CapabilityFile: c.CapabilityFile, Facts: []tools.Question{}, OptionFacts: []tools.Question{}, framework: f,
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

// markdown writes the card in the order of the reading guide (F15): trigger, trade-offs, timing, decision point, Layer 1 link.
func (c Card) markdown() string {
	var m sheet
	m.Heading(1, markdown.Escape(c.Title.Value))
	m.Paragraph(markdown.Code(c.ID.Value), " · ", c.Code.Value, " · complexity cost: ", complexityOf(c.CapabilityFile), modeOf(c.CapabilityFile))
	m.Paragraph(markdown.Escape(c.Summary.Value))
	m.matrixRow(c.CapabilityFile)
	m.trigger(c.CapabilityFile)
	m.tradeOffs(c.CapabilityFile)
	m.timing(c.CapabilityFile)
	m.decisionPoint(c.framework, c.CapabilityFile)
	m.layer1Link(c.CapabilityFile)
	m.usedFacts(c)
	m.readings(c.Readings, c.ids)
	m.source(c.framework)
	return m.String()
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

func (m *sheet) matrixRow(c framework.CapabilityFile) {
	if c.Matrix == nil {
		m.Paragraph("The source's decision matrix has no row for it.")
		return
	}
	m.statement(0, c.Matrix.Statement)
	m.Point(1, "Trigger: ", markdown.Escape(c.Matrix.Trigger.Value), ". Skip if: ", markdown.Escape(c.Matrix.SkipIf.Value), ".")
}

func (m *sheet) trigger(c framework.CapabilityFile) {
	m.Heading(2, "Trigger: when does it become relevant?")
	m.section(c.TriggersHeading.Value, c.Triggers)
	m.section("Do not implement when", c.DoNot)
	if len(c.DoNot) == 0 {
		m.Paragraph("The source has no do-not list for it.")
	}
}

// section writes statements under a heading, or nothing if there are none.
func (m *sheet) section(heading string, list []framework.Statement) {
	if len(list) > 0 {
		m.Heading(3, markdown.Escape(heading))
		m.statements(0, list)
	}
}

// kinds says how the options of each kind relate.
var kinds = map[string]string{
	"tools":      "tools to choose from",
	"approaches": "approaches to choose from",
	"levels":     "levels that add up, not alternatives",
	"components": "components that add up, not alternatives",
}

func (m *sheet) tradeOffs(c framework.CapabilityFile) {
	m.Heading(2, "Trade-offs: "+kinds[c.OptionsKind.Value])
	for _, o := range c.Options {
		m.Heading(3, o.ID.Value+" "+markdown.Escape(o.Name.Value))
		m.option(o)
	}
}

// option writes one option: when to use it, what it costs, when exactly it fits, and what has changed since.
func (m *sheet) option(o framework.Option) {
	if o.Disabled {
		m.Point(0, "Disabled: ", markdown.Escape(o.Reason.Value))
	}
	m.Point(0, "Use when: ", markdown.Escape(o.UseWhen.Value))
	m.pointList("Pros: ", plains(o.Pros))
	m.pointList("Cons: ", plains(o.Cons))
	m.clauses("Fits if: ", o.Fits)
	m.clauses("Ruled out if: ", o.Out)
	for _, u := range o.Updates {
		m.Point(0, "Update ", markdown.Escape(u.Date.Value), ": ", markdown.Escape(u.Says.Value), " (", markdown.Escape(u.Source.Value), ")")
	}
	for _, guidance := range o.Guidance {
		m.Point(0, "Guidance: ", markdown.Escape(guidance.Value))
	}
}

// pointList writes a short list as one entry.
func (m *sheet) pointList(name string, items []string) {
	if len(items) > 0 {
		m.Point(0, name, strings.Join(items, "; "))
	}
}

func (m *sheet) clauses(name string, clauses []framework.Clause) {
	for _, c := range clauses {
		m.Point(0, name, markdown.Escape(c.Says.Value), " (", markdown.Code(c.When.Value), ")")
	}
}

func (m *sheet) timing(c framework.CapabilityFile) {
	m.Heading(2, "Timing: why now, or why not?")
	m.section(c.NowHeading.Value, c.Now)
	m.section(c.LaterHeading.Value, c.Later)
}

func (m *sheet) decisionPoint(f *framework.Framework, c framework.CapabilityFile) {
	m.Heading(2, "Decision point: what must you be able to answer?")
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
		m.Point(0, "Exit strategy: ", markdown.Bold(exit), ": ", markdown.Escape(entry.Says))
	}
}

// question writes a question with its parts.
func (m *sheet) question(q framework.Question) {
	m.Point(0, markdown.Bold(q.ID.Value), " ", markdown.Escape(q.Says.Value))
	for _, guidance := range q.Guidance {
		m.Point(1, "Guidance: ", markdown.Escape(guidance.Value))
	}
	m.statements(1, q.Parts)
}

func (m *sheet) layer1Link(c framework.CapabilityFile) {
	m.Heading(2, "Layer 1 link: what does it build on?")
	m.statements(0, c.BuildsOn)
	m.section("Does not replace", c.Keeps)
}

// usedFacts writes the facts that decide, with their questions.
func (m *sheet) usedFacts(c Card) {
	m.Heading(2, "Facts that its verdict depends on")
	m.factPoints(c.Facts)
	if len(c.OptionFacts) > 0 {
		m.Heading(3, "Facts that only its options use")
		m.factPoints(c.OptionFacts)
	}
}

func (m *sheet) factPoints(questions []tools.Question) {
	for _, q := range questions {
		m.Point(0, markdown.Code(q.Fact), " (", markdown.Escape(q.Domain()), ") ", markdown.Escape(q.Question))
	}
}

// questionOf returns a fact as a question.
func questionOf(fact framework.Fact) tools.Question {
	return tools.Question{
		Fact: fact.ID.Value, Question: fact.Question.Value, Type: fact.Type.Value, Values: texts(fact.Values), Unit: fact.Unit.Value,
	}
}
