package tools

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// Verdict is the answer for one capability. A brief one omits the optional fields.
type Verdict struct {
	Capability  string       `json:"capability"`
	Title       string       `json:"title,omitempty"`
	Verdict     string       `json:"verdict" jsonschema:"enum=skip,enum=wait,enum=prepare,enum=consider,enum=adopt,enum=undetermined"`
	Reasons     []string     `json:"because"`
	Possible    []string     `json:"possible"`
	Direction   *string      `json:"direction" jsonschema:"nullable,enum=not_now,enum=pursue" jsonschema_description:"what is certain whatever the answers"`
	Running     *bool        `json:"running" jsonschema:"nullable"`
	Provisional *Provisional `json:"provisional" jsonschema:"nullable"`
	Withheld    *string      `json:"withheld" jsonschema:"nullable,enum=nothing_said,enum=open" jsonschema_description:"why an undetermined verdict has no provisional one"`
	// Record is present only if decision records are kept; then only evaluate_trigger's schema has it.
	Record     *OptionalRecord `json:"record,omitempty" jsonschema:"-"`
	For        []Support       `json:"for"`
	Waiting    []Waiting       `json:"waiting" jsonschema_description:"what holds, and counts unless the facts asked for answer it"`
	Against    []Objection     `json:"against"`
	Sufficient []string        `json:"sufficient,omitzero" jsonschema_description:"the given facts that the verdict rests on"`
	Ask        []Question      `json:"ask"`
	Flips      []Flip          `json:"flips,omitzero"`
	Edges      []Edge          `json:"edges,omitzero" jsonschema_description:"numbers that one step takes to other verdicts"`
	ToDo       []Statement     `json:"to_do,omitzero"`
	Complexity string          `json:"complexity,omitempty"`
	Readings   []Statement     `json:"readings,omitzero" jsonschema_description:"choices made where the source is silent"`
	Questions  []Statement     `json:"questions,omitzero"`
	BuildsOn   []Statement     `json:"builds_on,omitzero"`
	Keeps      []Statement     `json:"keeps,omitzero"`
	Measure    []Measure       `json:"measure,omitzero"`
	Exit       *Statement      `json:"exit,omitempty"`
	Cites      []string        `json:"cites,omitzero"`
}

// Support is a statement that argues for, with the given facts that it mentions. In a brief answer it has the id only.
type Support struct {
	ID    string      `json:"id"`
	Says  string      `json:"says,omitempty"`
	Facts fact.Values `json:"facts,omitzero"`
}

// Waiting is a statement for that holds and may still turn out to be answered. In a brief answer it has the id only.
type Waiting struct {
	ID    string      `json:"id"`
	Says  string      `json:"says,omitempty"`
	Facts fact.Values `json:"facts,omitzero"`
	On    []string    `json:"on,omitzero"`
}

// Objection is a statement that argues against, and how. In a brief answer it has the id only.
type Objection struct {
	ID      string      `json:"id"`
	Says    string      `json:"says,omitempty"`
	Facts   fact.Values `json:"facts,omitzero"`
	Effect  string      `json:"effect,omitempty" jsonschema:"enum=floor,enum=blocker,enum=later,enum=answers,enum=unmet"`
	Answers []string    `json:"answers,omitzero" jsonschema_description:"what it answers"`
	// States says of each of Answers whether it holds ("true", "false", "unknown"), for the text of a full answer.
	States []string `json:"-"`
}

// Provisional is the verdict under presumptions about unknown facts, with those presumptions.
type Provisional struct {
	Verdict  string       `json:"verdict" jsonschema:"enum=skip,enum=wait,enum=prepare,enum=consider,enum=adopt"`
	Reasons  []string     `json:"because"`
	For      []string     `json:"for,omitzero"`
	Assuming []Assumption `json:"assuming"`
}

// Assumption is a presumed fact. In a brief answer it has the name only; the dictionary says what is presumed.
type Assumption struct {
	Fact  string      `json:"fact"`
	Value *fact.Value `json:"value,omitempty"`
	Says  string      `json:"says,omitempty"`
	// Kind is unsaid if nobody asked for it or complained of it, and check if it is presumed to be in order.
	Kind      string   `json:"kind,omitempty" jsonschema:"enum=unsaid,enum=check"`
	Otherwise []string `json:"otherwise,omitzero" jsonschema_description:"the verdicts possible if it is not so"`
	// Presumed is the value, for the text of a brief answer.
	Presumed fact.Value `json:"-"`
}

// Flip is the smallest change of facts that gives another verdict.
type Flip struct {
	Set     fact.Values `json:"set"`
	Given   fact.Values `json:"given"`
	Verdict string      `json:"verdict"`
	Reasons []string    `json:"because"`
}

// Detail is how much an answer says about a capability.
type Detail int

// The levels of detail; each includes the one before it.
const (
	Brief Detail = iota
	Full
	// Whole is for deciding on this capability: decision points, what it builds on, its measure and its exit strategy, if the verdict or
	// the provisional one is to do something.
	Whole
	// Decided is for a decision to do something, whatever the verdict.
	Decided
)

// verdict returns a verdict in the given detail. The explanation must be a full one unless the detail is brief.
func (s *Situation) verdict(c *framework.Capability, e decide.Explanation, detail Detail) Verdict {
	v := s.brief(c, e)
	if detail >= Full {
		s.complete(&v, c, e)
	}
	if detail == Whole && takenUp(e) || detail == Decided {
		exit := exitOf(s.framework, c)
		v.Questions, v.BuildsOn, v.Keeps = questionsOf(c), statements(c.BuildsOn), statements(c.Keeps)
		v.Measure, v.Exit = s.measure(c, e), &exit
	}
	return v
}

// takenUp reports whether the verdict, or the provisional one, is to do something: nobody plans the exit from what is not taken up.
func takenUp(e decide.Explanation) bool {
	verdict := e.Verdict
	if e.Provisional != nil {
		verdict = e.Provisional.Verdict
	}
	return verdict == decide.Prepare || verdict == decide.Consider || verdict == decide.Adopt
}

// brief returns what every answer says about a capability.
func (s *Situation) brief(c *framework.Capability, e decide.Explanation) Verdict {
	v := Verdict{
		Capability: c.ID.Value,
		Verdict:    e.Verdict.String(),
		Reasons:    names(e.Reasons),
		Possible:   names(e.Possible),
		Direction:  orNull(e.Direction.String()),
		Running:    running(s.runs[c.ID.Value]),
		Withheld:   orNull(e.Withheld.String()),
		For:        []Support{},
		Waiting:    []Waiting{},
		Against:    []Objection{},
		Ask:        s.first(e.Ask),
	}
	for _, id := range e.For {
		v.For = append(v.For, Support{ID: id})
	}
	for _, w := range e.Waiting {
		v.Waiting = append(v.Waiting, Waiting{ID: w.ID})
	}
	for _, o := range e.Against {
		v.Against = append(v.Against, Objection{ID: o.ID})
	}
	v.Provisional = s.provisional(e)
	return v
}

// orNull returns a word as JSON has it: null if it is empty.
func orNull(word string) *string {
	if word == "" {
		return nil
	}
	return &word
}

// provisional returns the provisional verdict with the names of what it assumes; nil if there is none.
func (s *Situation) provisional(e decide.Explanation) *Provisional {
	if e.Provisional == nil {
		return nil
	}
	p := &Provisional{Verdict: e.Provisional.Verdict.String(), Reasons: names(e.Provisional.Reasons), Assuming: []Assumption{}}
	for _, a := range e.Provisional.Assuming {
		presumed := s.framework.Dictionary.Fact(a.Fact)
		p.Assuming = append(p.Assuming, Assumption{Fact: presumed.Name, Presumed: presumed.Presumed})
	}
	return p
}

// The kinds of assumptions.
const (
	unsaid = "unsaid"
	check  = "check"
)

// completeAssumptions adds to a provisional verdict what a full answer says of it.
func (s *Situation) completeAssumptions(p *Provisional, e decide.Explanation) {
	for i, a := range e.Provisional.Assuming {
		assumption, presumed := &p.Assuming[i], s.framework.Facts[a.Fact].Presumed
		assumption.Value, assumption.Says, assumption.Kind = &assumption.Presumed, presumed.Says.Value, unsaid
		if presumed.Check {
			assumption.Kind = check
		}
		assumption.Otherwise = names(a.Otherwise)
	}
}

// complete adds to a brief verdict what a full one says.
func (s *Situation) complete(v *Verdict, c *framework.Capability, e decide.Explanation) {
	f := s.framework
	v.Title, v.Complexity = c.Title.Value, complexity(c)
	for i, id := range e.For {
		v.For[i] = Support{id, says(f, id), s.known(statement(f, id).When.Facts())}
	}
	for i, o := range e.Against {
		answers, states := []string{}, []string(nil)
		if o.Effect == decide.Answers {
			answers = texts(statement(f, o.ID).Answers)
			for _, id := range answers {
				holds, _ := c.Decision.Holds(id, s.Situation)
				states = append(states, holds.String())
			}
		}
		v.Against[i] = Objection{o.ID, says(f, o.ID), s.known(statement(f, o.ID).When.Facts()), o.Effect.String(), answers, states}
	}
	for i, w := range e.Waiting {
		v.Waiting[i] = Waiting{w.ID, says(f, w.ID), s.known(statement(f, w.ID).When.Facts()), f.Dictionary.Select(w.On)}
	}
	if v.Provisional != nil {
		v.Provisional.For = e.Provisional.For
		if v.Provisional.For == nil {
			v.Provisional.For = []string{}
		}
		s.completeAssumptions(v.Provisional, e)
	}
	v.Ask = s.answered(e)
	v.Sufficient = f.Dictionary.Select(e.Sufficient)
	v.Flips = s.flips(e.Flips)
	v.Edges = s.edges(e.Edges)
	v.ToDo = toDo(f, c, e, s.Situation)
	v.Readings = readingsOn(f, v)
	v.Cites = cites(f, c, e)
}

func complexity(c *framework.Capability) string {
	if c.Complexity.Value == "" {
		return "not stated"
	}
	return c.Complexity.Value
}

func (s *Situation) flips(list []decide.Flip) []Flip {
	flips := []Flip{}
	for _, flip := range list {
		d := s.framework.Dictionary
		flips = append(flips, Flip{d.Name(flip.Set), d.Name(flip.Given), flip.Verdict.String(), names(flip.Reasons)})
	}
	return flips
}

// Edge is a known number that one step takes to other possible verdicts.
type Edge struct {
	Fact     string     `json:"fact"`
	Value    fact.Value `json:"value"`
	Next     fact.Value `json:"next"`
	Possible []string   `json:"possible"`
}

func (s *Situation) edges(list []decide.Edge) []Edge {
	edges := []Edge{}
	for _, e := range list {
		edges = append(edges, Edge{s.framework.Dictionary.Fact(e.Fact).Name, s.Situation[e.Fact], e.Next, names(e.Possible)})
	}
	return edges
}

// toDo returns the tasks that the verdict asks for. Beside a prepare they begin with an unstable foundation, which gates the activation.
func toDo(f *framework.Framework, c *framework.Capability, e decide.Explanation, known fact.Situation) []Statement {
	due := []Statement{}
	for _, rule := range f.Rules {
		if e.Verdict == decide.Prepare && rule.Effect.Present() && rule.When.Holds(known) {
			due = append(due, Statement{rule.ID.Value, rule.Says.Value})
		}
	}
	for _, task := range c.Tasks {
		if task.Due(e.Verdict, known) {
			due = append(due, Statement{task.ID.Value, task.Says.Value})
		}
	}
	return due
}

// cites returns the card of a capability and, beside a prepare, the theme of Layer 3 that activates it.
func cites(f *framework.Framework, c *framework.Capability, e decide.Explanation) []string {
	list := []string{"layer2://capabilities/" + c.ID.Value}
	for _, t := range f.Themes {
		if e.Verdict == decide.Prepare && t.Prerequisite.Capability.Value == c.ID.Value {
			list = append(list, "layer2://statements/"+t.ID.Value)
		}
	}
	return list
}

// readingsOn returns the readings that name a statement for, waiting or against, in the order of the readings.
func readingsOn(f *framework.Framework, v *Verdict) []Statement {
	shown := map[string]bool{}
	for _, r := range v.For {
		shown[r.ID] = true
	}
	for _, w := range v.Waiting {
		shown[w.ID] = true
	}
	for _, o := range v.Against {
		shown[o.ID] = true
	}
	list := []Statement{}
	for _, reading := range f.Readings {
		if slices.ContainsFunc(reading.On, func(id strict.Text) bool { return shown[id.Value] }) {
			list = append(list, Statement{"reading:" + reading.Slug.Value, reading.Says.Value})
		}
	}
	return list
}
