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
	Running     *bool        `json:"running" jsonschema:"nullable"`
	Provisional *Provisional `json:"provisional" jsonschema:"nullable"`
	// Record is present only if decision records are kept; then only evaluate_trigger's schema has it.
	Record     *OptionalRecord `json:"record,omitempty" jsonschema:"-"`
	For        []Support       `json:"for"`
	Against    []Objection     `json:"against"`
	Sufficient []string        `json:"sufficient,omitzero" jsonschema_description:"the given facts that the verdict rests on"`
	Ask        []Question      `json:"ask"`
	Flips      []Flip          `json:"flips,omitzero"`
	ToDo       []Statement     `json:"to_do,omitzero"`
	Complexity string          `json:"complexity,omitempty"`
	Readings   []string        `json:"readings,omitzero" jsonschema_description:"choices made where the source is silent"`
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

// Objection is a statement that argues against, and how. In a brief answer it has the id only.
type Objection struct {
	ID      string      `json:"id"`
	Says    string      `json:"says,omitempty"`
	Facts   fact.Values `json:"facts,omitzero"`
	Effect  string      `json:"effect,omitempty" jsonschema:"enum=floor,enum=blocker,enum=later,enum=answers,enum=unmet"`
	Answers []string    `json:"answers,omitzero" jsonschema_description:"what it answers"`
}

// Provisional is the verdict under presumptions about unknown facts, with those presumptions.
type Provisional struct {
	Verdict  string       `json:"verdict" jsonschema:"enum=skip,enum=wait,enum=prepare,enum=consider,enum=adopt"`
	Reasons  []string     `json:"because"`
	Assuming []Assumption `json:"assuming"`
}

// Assumption is a presumed fact. In a brief answer it has the name only; the dictionary says what is presumed.
type Assumption struct {
	Fact  string      `json:"fact"`
	Value *fact.Value `json:"value,omitempty"`
	Says  string      `json:"says,omitempty"`
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
	// Whole is for deciding on this capability: decision points, what it builds on, its measure and its exit strategy.
	Whole
)

// verdict returns a verdict in the given detail. The explanation must be a full one unless the detail is brief.
func (s *Situation) verdict(c *framework.Capability, e decide.Explanation, detail Detail) Verdict {
	v := s.brief(c, e)
	if detail >= Full {
		s.complete(&v, c, e)
	}
	if detail == Whole {
		exit := exitOf(s.framework, c)
		v.Questions, v.BuildsOn, v.Keeps = questionsOf(c), statements(c.BuildsOn), statements(c.Keeps)
		v.Measure, v.Exit = s.measure(c, e), &exit
	}
	return v
}

// brief returns what every answer says about a capability.
func (s *Situation) brief(c *framework.Capability, e decide.Explanation) Verdict {
	v := Verdict{
		Capability: c.ID.Value,
		Verdict:    e.Verdict.String(),
		Reasons:    names(e.Reasons),
		Possible:   names(e.Possible),
		Running:    running(s.runs[c.ID.Value]),
		For:        []Support{},
		Against:    []Objection{},
		Ask:        s.first(e.Ask),
	}
	for _, id := range e.For {
		v.For = append(v.For, Support{ID: id})
	}
	for _, o := range e.Against {
		v.Against = append(v.Against, Objection{ID: o.ID})
	}
	if p := e.Provisional; p != nil {
		v.Provisional = &Provisional{Verdict: p.Verdict.String(), Reasons: names(p.Reasons), Assuming: []Assumption{}}
		for _, fact := range p.Assuming {
			presumed := s.framework.Dictionary.Fact(fact)
			v.Provisional.Assuming = append(v.Provisional.Assuming, Assumption{Fact: presumed.Name, Presumed: presumed.Presumed})
		}
	}
	return v
}

// complete adds to a brief verdict what a full one says.
func (s *Situation) complete(v *Verdict, c *framework.Capability, e decide.Explanation) {
	f := s.framework
	v.Title, v.Complexity = c.Title.Value, complexity(c)
	for i, id := range e.For {
		v.For[i] = Support{id, says(f, id), s.known(statement(f, id).When.Facts())}
	}
	for i, o := range e.Against {
		answers := []string{}
		if o.Effect == decide.Answers {
			answers = texts(statement(f, o.ID).Answers)
		}
		v.Against[i] = Objection{o.ID, says(f, o.ID), s.known(statement(f, o.ID).When.Facts()), o.Effect.String(), answers}
	}
	if v.Provisional != nil {
		for i, fact := range e.Provisional.Assuming {
			assumption := &v.Provisional.Assuming[i]
			assumption.Value, assumption.Says = &assumption.Presumed, f.Facts[fact].Presumed.Says.Value
		}
	}
	v.Ask = s.questions(e.Ask)
	v.Sufficient = f.Dictionary.Select(e.Sufficient)
	v.Flips = s.flips(e.Flips)
	v.ToDo = toDo(c, e, s.Situation)
	v.Readings = readingsOn(f, v)
	v.Cites = []string{"layer2://capabilities/" + c.ID.Value}
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

// toDo returns the tasks that are due whatever the verdict, and those that the verdict asks for.
func toDo(c *framework.Capability, e decide.Explanation, known fact.Situation) []Statement {
	due := []Statement{}
	for _, task := range c.Tasks {
		if task.Due(e.Verdict, known) {
			due = append(due, Statement{task.ID.Value, task.Says.Value})
		}
	}
	return due
}

// readingsOn returns the ids of the readings that name a statement for or against, in the order of the readings.
func readingsOn(f *framework.Framework, v *Verdict) []string {
	shown := map[string]bool{}
	for _, r := range v.For {
		shown[r.ID] = true
	}
	for _, o := range v.Against {
		shown[o.ID] = true
	}
	list := []string{}
	for _, reading := range f.Readings {
		if slices.ContainsFunc(reading.On, func(id strict.Text) bool { return shown[id.Value] }) {
			list = append(list, "reading:"+reading.Slug.Value)
		}
	}
	return list
}
