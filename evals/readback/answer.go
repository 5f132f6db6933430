package readback

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/vanhoutenbos/layer2/tools"
)

// comparison reads the text of compare_tools.
func (p *parser) comparison(items []*item) *tools.Comparison {
	c := &tools.Comparison{Header: newHeader(), Options: []tools.Option{}}
	p.glossary(items, "Questions")
	for _, i := range items {
		kind, options := strings.CutPrefix(i.text, "Options: ")
		switch {
		case p.header(i, &c.Header), i.text == "Questions":
		case options:
			c.Kind = kind
			for _, o := range i.items {
				c.Options = append(c.Options, p.option(o))
			}
		default:
			c.Verdict = p.verdict(i)
		}
	}
	return c
}

var (
	optionLine = regexp.MustCompile(`^(\S+) (.+): (not ranked|[a-z]+)(, tied)?$`)
	openText   = regexp.MustCompile(`^(.*) \(ask ([^()]*)\)$`)
	updateText = regexp.MustCompile(`^Update (\S+): (.*) \(([^()]*)\)$`)
)

func (p *parser) option(i *item) tools.Option {
	parts := p.match(i, optionLine)
	o := tools.Option{ID: parts[1], Name: parts[2], Tie: parts[4] != "", Fits: []tools.Clause{}, Fails: []tools.Clause{},
		Unknown: []tools.Open{}, CouldRuleOut: []tools.Open{}, Pros: []string{}, Cons: []string{}, Updates: []tools.Update{}}
	if parts[3] != "not ranked" {
		o.Class = &parts[3]
	}
	for _, part := range i.items {
		name, rest, _ := strings.Cut(part.text, ": ")
		switch name {
		case "Use when":
			o.UseWhen = rest
		case "Holds":
			o.Fits = append(o.Fits, p.clause(part, rest))
		case "Fails":
			o.Fails = append(o.Fails, p.clause(part, rest))
		case "Unknown":
			o.Unknown = append(o.Unknown, p.open(part, rest))
		case "Could rule it out":
			o.CouldRuleOut = append(o.CouldRuleOut, p.open(part, rest))
		case "Pros":
			o.Pros = strings.Split(rest, "; ")
		case "Cons":
			o.Cons = strings.Split(rest, "; ")
		default:
			parts := p.match(part, updateText)
			o.Updates = append(o.Updates, tools.Update{Date: parts[1], Says: parts[2], Source: parts[3]})
		}
	}
	return o
}

func (p *parser) clause(i *item, text string) tools.Clause {
	says, facts := p.sentence(i, text)
	return tools.Clause{Says: says, Facts: facts}
}

func (p *parser) open(i *item, text string) tools.Open {
	parts := p.match(&item{text: text}, openText)
	return tools.Open{Says: parts[1], Ask: p.questions(i, parts[2])}
}

// plan reads the text of plan_layer3.
func (p *parser) plan(items []*item) *tools.Plan {
	plan := &tools.Plan{Header: newHeader(), Themes: []tools.Theme{}, OtherThemes: []tools.OtherTheme{}, IfConfirmed: []tools.Confirm{}, Sequence: []tools.Step{}, DecideFirst: []tools.Named{},
		FixFirst: []tools.Fix{}, Later: []tools.Later{}, AskFirst: []tools.AskFirst{}}
	p.glossary(items, "Questions")
	for _, i := range items {
		name, rest, _ := strings.Cut(i.text, ": ")
		switch {
		case p.header(i, &plan.Header), name == "Questions", i.text == "Sequence: nothing is certain to start now":
		case name == "Layer 3":
			for _, t := range i.items {
				plan.Themes = append(plan.Themes, p.theme(t))
			}
		case name == "Sequence, one at a time":
			for _, s := range i.items {
				plan.Sequence = append(plan.Sequence, p.step(s))
			}
		case i.text == "If confirmed, in this order":
			for _, c := range i.items {
				plan.IfConfirmed = append(plan.IfConfirmed, p.confirm(c))
			}
		case name == "Other themes":
			for _, entry := range strings.Split(rest, "; ") {
				parts := p.match(&item{text: entry}, otherTheme)
				plan.OtherThemes = append(plan.OtherThemes, tools.OtherTheme{ID: parts[1], Slug: parts[2], Status: parts[3]})
			}
		case strings.HasPrefix(i.text, "```mermaid\n"):
			plan.Mermaid = strings.TrimPrefix(i.text, "```mermaid\n") + "\n"
		default:
			p.besides(i, name, rest, plan)
		}
	}
	return plan
}

var otherTheme = regexp.MustCompile(`^(\S+) (\S+) \(([a-z_]+)\)$`)

// confirm reads what would start if what it assumes is confirmed.
func (p *parser) confirm(i *item) tools.Confirm {
	id, verdict, _ := strings.Cut(i.text, ": ")
	c := tools.Confirm{ID: id, Verdict: strings.ToLower(verdict), Assuming: []tools.Assumption{}}
	for _, a := range i.items {
		c.Assuming = append(c.Assuming, p.assumption(a, ""))
	}
	return c
}

// besides reads the capabilities that no step starts.
func (p *parser) besides(i *item, name, rest string, plan *tools.Plan) {
	if name == "Decide first" {
		for _, id := range split(rest) {
			plan.DecideFirst = append(plan.DecideFirst, tools.Named{Capability: id})
		}
		return
	}
	for _, entry := range strings.Split(rest, "; ") {
		capability, note, _ := strings.Cut(strings.TrimSuffix(entry, ")"), " (")
		switch name {
		case "Fix first":
			plan.FixFirst = append(plan.FixFirst, tools.Fix{Capability: capability, Blockers: split(note)})
		case "Later":
			plan.Later = append(plan.Later, tools.Later{Capability: capability, Until: split(note)})
		case "Ask first":
			plan.AskFirst = append(plan.AskFirst, tools.AskFirst{Capability: capability, Ask: p.questions(i, note)})
		default:
			p.fail(i)
		}
	}
}

var (
	themeLine        = regexp.MustCompile(`^(.+) \(([^ ,]+), ([^ ,]+)\): (.*)$`)
	conditionText    = regexp.MustCompile(`^(.*) \((true|false|unknown)\)$`)
	prerequisiteText = regexp.MustCompile(`^(\S+) \((stated|inferred), (runs|does not run|running unknown), (\S+)\)$`)
)

func (p *parser) theme(i *item) tools.Theme {
	parts := p.match(i, themeLine)
	t := tools.Theme{Title: parts[1], ID: parts[2], Slug: parts[3], Prerequisites: []tools.Prerequisite{},
		Guards: []tools.Condition{}, Advice: []string{}, Ask: []tools.Question{}}
	var reasons string
	t.Status, t.Possible, reasons = p.ruling(parts[4])
	t.Reasons = split(reasons)
	for _, part := range i.items {
		name, rest, _ := strings.Cut(part.text, ": ")
		switch name {
		case "Need":
			t.Need = p.condition(rest)
		case "Prerequisites":
			for _, text := range strings.Split(rest, "; ") {
				t.Prerequisites = append(t.Prerequisites, p.prerequisite(text))
			}
		case "Guards":
			for _, text := range strings.Split(rest, "; ") {
				t.Guards = append(t.Guards, p.condition(text))
			}
		case "Advice":
			t.Advice = append(t.Advice, rest)
		case "Ask":
			t.Ask = p.questions(part, rest)
		default:
			p.fail(part)
		}
	}
	return t
}

func (p *parser) condition(text string) tools.Condition {
	parts := p.match(&item{text: text}, conditionText)
	return tools.Condition{When: parts[1], State: parts[2]}
}

func (p *parser) prerequisite(text string) tools.Prerequisite {
	parts := p.match(&item{text: text}, prerequisiteText)
	read := tools.Prerequisite{Capability: parts[1], Basis: parts[2], Verdict: parts[4]}
	if parts[3] != "running unknown" {
		is := parts[3] == "runs"
		read.Running = &is
	}
	return read
}

var stepLine = regexp.MustCompile(`^(\d+) ([^ :]+)(?:: ([A-Z_]+))?$`)

func (p *parser) step(i *item) tools.Step {
	parts := p.match(i, stepLine)
	s := tools.Step{ID: parts[2], Measure: []tools.Measure{}, BuildsOn: []string{}, Questions: []string{}}
	s.Step, _ = strconv.Atoi(parts[1])
	if parts[3] != "" {
		verdict := strings.ToLower(parts[3])
		s.Verdict = &verdict
	}
	for _, part := range i.items {
		name, rest, _ := strings.Cut(part.text, ": ")
		switch {
		case strings.HasPrefix(name, "Measure "):
			s.Measure = append(s.Measure, p.measure(part))
		case strings.HasPrefix(name, "Exit strategy "):
			s.Exit = p.statement(part, "Exit strategy ")
		case name == "Builds on":
			s.BuildsOn = split(rest)
		case name == "Decision points":
			s.Questions = split(rest)
		case name == "Then":
			s.Then = rest
		default:
			p.fail(part)
		}
	}
	return s
}

var (
	citationLine = regexp.MustCompile(`^(\S+) \(([a-z_]+)(?:, ([a-z0-9-]+))?\): (.*)$`)
	unknownLine  = regexp.MustCompile(`^(".*"): (?:nothing near it|nearest (.*))$`)
)

// citations reads the text of cite.
func (p *parser) citations(items []*item) *tools.Citations {
	c := &tools.Citations{Found: []tools.Citation{}, Unknown: []tools.UnknownEntry{}}
	for _, i := range items {
		switch {
		case strings.HasPrefix(i.text, "Knowledge "):
			c.Knowledge = p.knowledge(i)
		case strings.HasPrefix(i.text, ignored+": "):
			c.Ignored = p.names(i, strings.TrimPrefix(i.text, ignored+": "))
		case i.text == "Found":
			for _, f := range i.items {
				c.Found = append(c.Found, p.citation(f))
			}
		case i.text == "Unknown":
			for _, u := range i.items {
				parts := p.match(u, unknownLine)
				id, err := strconv.Unquote(parts[1])
				if err != nil {
					p.fail(u)
				}
				c.Unknown = append(c.Unknown, tools.UnknownEntry{ID: id, Nearest: split(parts[2])})
			}
		default:
			p.fail(i)
		}
	}
	return c
}

func (p *parser) citation(i *item) tools.Citation {
	parts := p.match(i, citationLine)
	c := tools.Citation{ID: parts[1], Kind: parts[2], Capability: parts[3], Says: parts[4], Readings: []string{}}
	for _, part := range i.items {
		name, rest, _ := strings.Cut(part.text, ": ")
		switch name {
		case "When":
			c.When = rest
		case "Disabled":
			c.Disabled = rest
		case "Readings":
			c.Readings = split(rest)
		default:
			p.fail(part)
		}
	}
	return c
}
