package readback

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/tools"
)

// evaluation reads the text of evaluate_trigger.
func (p *parser) evaluation(items []*item) *tools.Evaluation {
	e := &tools.Evaluation{Header: newHeader(), Verdicts: []tools.Verdict{}, Ask: []tools.Question{}}
	p.glossary(items, "Ask first", "Other questions")
	for _, i := range items {
		switch {
		case p.header(i, &e.Header), p.interview(i, e), i.text == "Other questions":
		case strings.HasPrefix(i.text, "Ask first: "):
			for _, entry := range strings.Split(strings.TrimPrefix(i.text, "Ask first: "), "; ") {
				fact, who, _ := strings.Cut(strings.TrimSuffix(entry, ")"), " (")
				e.Ask = append(e.Ask, tools.Question{Fact: fact, Capabilities: askers(who, allOf(e))})
			}
		case i.text == "Unreadable decision records (layer2 check says why)":
			e.Unreadable = []string{}
			for _, name := range i.items {
				e.Unreadable = append(e.Unreadable, p.names(name, name.text)...)
			}
		case i.text == "Ask first":
			for _, q := range i.items {
				e.Ask = append(e.Ask, p.question(q, allOf(e)))
			}
		default:
			e.Verdicts = append(e.Verdicts, p.verdict(i))
			if e.Unreadable == nil && e.Verdicts[0].Record != nil {
				e.Unreadable = []string{}
			}
		}
	}
	return e
}

// allOf are the capabilities of an evaluation.
func allOf(e *tools.Evaluation) []string {
	var all []string
	for _, v := range e.Verdicts {
		all = append(all, v.Capability)
	}
	return all
}

// interview reads a line of what the person said when asked, and says whether it was one.
func (p *parser) interview(i *item, e *tools.Evaluation) bool {
	name, rest, _ := strings.Cut(i.text, ": ")
	switch {
	case name == "Answered when asked":
		e.Answered, e.LeftOpen = fact.Values{}, []string{}
		if rest != "nothing" {
			e.Answered = p.facts(i, rest)
		}
	case name == "Left open when asked" && e.LeftOpen != nil:
		e.LeftOpen = split(rest)
	default:
		return false
	}
	return true
}

var (
	fullName  = regexp.MustCompile(`^(.+) \(([a-z0-9-]+)(?:, (runs already|does not run))?\): (.*)$`)
	briefName = regexp.MustCompile(`^([a-z0-9-]+)(?: \((runs already|does not run)\))?: (.*)$`)
)

// verdict reads one capability; a title makes it a full one, and a way back one that was asked for alone.
func (p *parser) verdict(i *item) tools.Verdict {
	v := tools.Verdict{Reasons: []string{}, Ask: []tools.Question{}, For: []tools.Support{}, Waiting: []tools.Waiting{}, Against: []tools.Objection{}}
	var running, rest string
	if parts := briefName.FindStringSubmatch(i.text); parts != nil {
		v.Capability, running, rest = parts[1], parts[2], parts[3]
	} else {
		parts := p.match(i, fullName)
		v.Title, v.Capability, running, rest = parts[1], parts[2], parts[3], parts[4]
		v.Sufficient, v.Flips, v.ToDo = []string{}, []tools.Flip{}, []tools.Statement{}
		v.Readings, v.Cites, v.Edges = []tools.Statement{}, []string{}, []tools.Edge{}
	}
	if running != "" {
		is := running == "runs already"
		v.Running = &is
	}
	if strings.HasPrefix(rest, undetermined) {
		rest, certain, _ := strings.Cut(rest, ": ")
		v.Verdict, v.Possible, _ = p.ruling(rest)
		if certain != "" {
			v.Direction = p.direction(i, certain)
		}
	} else {
		v.Verdict, v.Reasons = p.settled(rest)
		v.Possible = []string{v.Verdict}
	}
	for _, part := range i.items {
		p.part(part, &v)
	}
	if v.Provisional != nil && v.Title != "" {
		inOrderOf(v.Provisional.Assuming, v.Ask)
	}
	if v.Exit != nil {
		for _, list := range []*[]tools.Statement{&v.Questions, &v.BuildsOn, &v.Keeps} {
			if *list == nil {
				*list = []tools.Statement{}
			}
		}
	}
	return v
}

var rulingText = regexp.MustCompile(`^(?:([A-Z_]+)|undetermined \(([a-z_, ]+)\))(?: because (.*))?$`)

// direction reads what is certain of an undetermined verdict.
func (p *parser) direction(i *item, text string) *string {
	direction := "not_now"
	switch text {
	case "not now, whatever the answers":
	case "worth pursuing, whatever the answers":
		direction = "pursue"
	default:
		p.fail(i)
	}
	return &direction
}

// settledText is a verdict with why in words, or alone as a flip has it, and the rungs behind it.
var settledText = regexp.MustCompile(`^([A-Z]+)(?:: .+)? \(([a-z_, ]+)\)$`)

// settled reads a verdict that is decided, and because of what.
func (p *parser) settled(text string) (verdict string, reasons []string) {
	parts := p.match(&item{text: text}, settledText)
	return strings.ToLower(parts[1]), alternatives(parts[2])
}

// ruling reads a verdict or a status: what it is, what is possible, and the because as written.
func (p *parser) ruling(text string) (verdict string, possible []string, reasons string) {
	parts := p.match(&item{text: text}, rulingText)
	if parts[1] == "" {
		return undetermined, alternatives(parts[2]), parts[3]
	}
	verdict = strings.ToLower(parts[1])
	return verdict, []string{verdict}, parts[3]
}

// part reads one part of a verdict.
func (p *parser) part(i *item, v *tools.Verdict) {
	name, rest, _ := strings.Cut(i.text, ": ")
	switch {
	case p.grounds(i, name, rest, v), p.asks(i, name, rest, v), p.start(i, name, v):
	case name == "Complexity cost":
		v.Complexity = rest
	case strings.HasPrefix(name, "Decision record"):
		v.Record = p.onFile(i)
	case name == "Runs already":
	case name == "Based on":
		v.Sufficient = split(rest)
	case name == "Would change to":
		v.Flips = p.flips(i)
	case name == "On a boundary":
		v.Edges = append(v.Edges, p.edge(i, rest))
	case name == "Readings":
		v.Readings = p.statements(i)
	case name == "See also":
		v.Cites = split(rest)
	default:
		p.fail(i)
	}
}

// grounds reads what speaks for and against, and what follows provisionally; it says whether the part was that.
func (p *parser) grounds(i *item, name, rest string, v *tools.Verdict) bool {
	switch {
	case strings.HasPrefix(i.text, "Provisionally "):
		v.Provisional = p.provisional(i)
	case name == "No provisional verdict":
		v.Withheld = p.withheld(i, rest)
	case name == "For":
		v.For = p.reasons(i, v.Title != "")
	case name == "Waiting":
		v.Waiting = p.waiting(i, rest)
	case name == "Against":
		v.Against = p.objections(i, v.Title != "")
	default:
		return false
	}
	return true
}

// asks reads what a verdict asks for; it says whether the part was that.
func (p *parser) asks(i *item, name, rest string, v *tools.Verdict) bool {
	switch {
	case i.text == "The question that decides most", i.text == "Next":
		for _, q := range i.items {
			v.Ask = append(v.Ask, p.question(q, nil))
		}
	case name == "Then":
		v.Ask = append(v.Ask, short(rest)...)
	case name == "Ask" && rest != "":
		v.Ask = p.questions(i, rest)
	case name == "Ask":
		for _, q := range i.items {
			fact, answers, _ := strings.Cut(q.text, ": ")
			for _, known := range p.questions(q, fact) {
				known.Answers = p.answers(q, answers, known.Type)
				v.Ask = append(v.Ask, known)
			}
		}
	default:
		return false
	}
	return true
}

// start reads what to know before starting; it says whether the part was that.
func (p *parser) start(i *item, name string, v *tools.Verdict) bool {
	switch {
	case name == "To do":
		v.ToDo = p.statements(i)
	case strings.HasPrefix(name, "Measure "):
		v.Measure = append(v.Measure, p.measure(i))
	case strings.HasPrefix(name, "Exit strategy "):
		exit := p.statement(i, "Exit strategy ")
		v.Exit = &exit
	case name == "Decision points":
		v.Questions = p.statements(i)
	case name == "Builds on":
		v.BuildsOn = p.statements(i)
	case name == "Does not replace":
		v.Keeps = p.statements(i)
	default:
		return false
	}
	return true
}

var onFileLine = regexp.MustCompile(`^Decision record(, but today's verdict differs)?: verdict ([a-z]+), decision ([a-z]+), in (".*")$`)

func (p *parser) onFile(i *item) *tools.OptionalRecord {
	switch i.text {
	case "Decision record: none":
		return &tools.OptionalRecord{}
	case "Decision record: unreadable, see above":
		return &tools.OptionalRecord{Unreadable: true}
	}
	parts := p.match(i, onFileLine)
	file, err := strconv.Unquote(parts[4])
	if err != nil {
		p.fail(i)
	}
	return &tools.OptionalRecord{Record: &tools.Record{File: file, Verdict: parts[2], Decision: parts[3], Differs: parts[1] != ""}}
}

var (
	provisionalLine = regexp.MustCompile(`^Provisionally (.+\))(?:, assuming (.+))?$`)
	assumedGroup    = regexp.MustCompile(`^(.+?) (?:is|are) (.+)$`)
	assumedFact     = regexp.MustCompile(`^(\S+) = ([^:]+): (.*); else ([a-z, ]+?)(?: \((unsaid|check)\))?$`)
)

func (p *parser) waiting(i *item, ids string) []tools.Waiting {
	list := []tools.Waiting{}
	for _, id := range split(ids) {
		list = append(list, tools.Waiting{ID: id})
	}
	for _, w := range i.items {
		s := p.statement(w, "")
		read := tools.Waiting{ID: s.ID, On: []string{}}
		read.Says, read.Facts = p.sentence(w, s.Says)
		for _, on := range w.items {
			facts, ok := strings.CutPrefix(on.text, "Counts, unless this answers it: ")
			if !ok {
				p.fail(on)
			}
			read.On = split(facts)
		}
		list = append(list, read)
	}
	return list
}

var edgeText = regexp.MustCompile(`^(\S+) = (\S+); (\S+) → (.+)$`)

func (p *parser) edge(i *item, text string) tools.Edge {
	parts := p.match(&item{text: text}, edgeText)
	return tools.Edge{Fact: parts[1], Value: p.value(i, parts[2]), Next: p.value(i, parts[3]), Possible: alternatives(parts[4])}
}

func (p *parser) reasons(i *item, full bool) []tools.Support {
	list := []tools.Support{}
	if !full {
		for _, id := range split(strings.TrimPrefix(i.text, "For: ")) {
			list = append(list, tools.Support{ID: id})
		}
	}
	for _, r := range i.items {
		id, rest, _ := strings.Cut(r.text, ": ")
		says, facts := p.sentence(r, rest)
		list = append(list, tools.Support{ID: id, Says: says, Facts: facts})
	}
	return list
}

var (
	objectionLine = regexp.MustCompile(`^(\S+) (?:(floor|blocker|later|unmet)(?:, )?)?(?:(answers) ([^:]+))?: (.*)$`)
	answeredText  = regexp.MustCompile(`^(\S+) \((holds|does not hold|may hold)\)$`)
)

// answered reads what an objection answers, each with whether it holds.
func (p *parser) answered(text string) (ids, states []string) {
	ids = []string{}
	for _, entry := range split(text) {
		parts := p.match(&item{text: entry}, answeredText)
		ids = append(ids, parts[1])
		states = append(states, map[string]string{"holds": "true", "does not hold": "false", "may hold": "unknown"}[parts[2]])
	}
	return ids, states
}

func (p *parser) objections(i *item, full bool) []tools.Objection {
	list := []tools.Objection{}
	if !full {
		for _, id := range split(strings.TrimPrefix(i.text, "Against: ")) {
			list = append(list, tools.Objection{ID: id})
		}
	}
	for _, o := range i.items {
		parts := p.match(o, objectionLine)
		says, facts := p.sentence(o, parts[5])
		answers, states := p.answered(parts[4])
		effect := parts[2]
		if effect == "" {
			effect = parts[3]
		}
		list = append(list, tools.Objection{ID: parts[1], Says: says, Facts: facts, Effect: effect, Answers: answers, States: states})
	}
	return list
}

var flipLine = regexp.MustCompile(`^(.+?\)), if (.+?)(?:; given (.+))?$`)

func (p *parser) flips(i *item) []tools.Flip {
	var list []tools.Flip
	for _, f := range i.items {
		parts := p.match(f, flipLine)
		verdict, reasons := p.settled(parts[1])
		list = append(list, tools.Flip{
			Set: p.facts(f, parts[2]), Given: p.facts(f, parts[3]), Verdict: verdict, Reasons: reasons,
		})
	}
	return list
}

// statement reads "Exit strategy R4: …" or "SM-Q1: …".
func (p *parser) statement(i *item, opening string) tools.Statement {
	id, says, ok := strings.Cut(strings.TrimPrefix(i.text, opening), ": ")
	if !ok {
		p.fail(i)
	}
	return tools.Statement{ID: id, Says: says}
}

func (p *parser) statements(i *item) []tools.Statement {
	list := []tools.Statement{}
	for _, s := range i.items {
		list = append(list, p.statement(s, ""))
	}
	return list
}

func (p *parser) measure(i *item) tools.Measure {
	s := p.statement(i, "Measure ")
	says, facts := p.sentence(i, s.Says)
	return tools.Measure{ID: s.ID, Says: says, Facts: facts}
}
