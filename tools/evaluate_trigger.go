package tools

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/strict"
)

// EvaluateTriggerInput is what evaluate_trigger takes. The schema of facts is made from the dictionary.
type EvaluateTriggerInput struct {
	Capability string   `json:"capability,omitempty" jsonschema_description:"one capability; all eight if left out"`
	Facts      struct{} `json:"facts,omitempty"`
	Sources    Sources  `json:"sources,omitempty" jsonschema_description:"of each fact, the words or file:line that say it"`
	Running    []string `json:"running,omitempty" jsonschema_description:"capabilities in use today; [] for none; leave out if unknown"`
	Detail     string   `json:"detail,omitempty" jsonschema:"enum=brief,enum=full" jsonschema_description:"default: full for one capability, brief for all"`
	AskUser    bool     `json:"ask_user,omitempty" jsonschema_description:"ask the person for deciding facts in a form, if the client can"`
}

const evaluateTriggerText = `Is a platform capability worth its complexity now? Gives skip, wait, prepare, consider, adopt or undetermined, ` +
	`with the statement ids that say so, what would change it, and which question to ask next. ` +
	`Use it before proposing any of these capabilities, and once without capability to see all. ` +
	`Not for choosing a product (compare_tools) or an order of steps (plan_layer3).`

// BriefQuestions is how many questions a brief answer asks over all capabilities.
const BriefQuestions = 5

func evaluateTrigger(f *framework.Framework, w Workspace) Tool {
	used := usedFacts(f)
	return Tool{
		Name: "evaluate_trigger", Title: "Is it worth it now?", Description: evaluateTriggerText,
		Input:  inputSchema(f, EvaluateTriggerInput{}, used.verdicts),
		Output: evaluationSchema(w),
		Call: func(ctx context.Context, raw json.RawMessage) (any, error) {
			w, err := w.now(ctx)
			if err != nil {
				return nil, err
			}
			a := readArguments(f, raw, "capability", "facts", "sources", "running", "detail", "ask_user")
			one := a.capability("capability")
			s := a.situation(w)
			detail := a.choice("detail", "brief", "full")
			ask := a.flag("ask_user")
			if err := a.mistakes.err(); err != nil {
				return nil, err
			}
			records, err := w.inForce()
			if err != nil {
				return nil, err
			}
			var answered *fact.Values
			var leftOpen *[]string
			if asker := AskerOf(ctx); ask && asker != nil {
				i, err := askUser(ctx, f, asker, &s, one)
				if err != nil {
					return nil, err
				}
				answered, leftOpen = i.found()
			}
			e := evaluate(f, s, used, one, detail)
			e.Ignored, e.Answered, e.LeftOpen = a.ignored, answered, leftOpen
			e.file(f, s, records)
			return e, nil
		},
	}
}

// askUser asks the person for what decides, in the order in which the answer would ask: for one capability, or over all.
func askUser(
	ctx context.Context, f *framework.Framework, asker Asker, s *situation, one *framework.Capability,
) (*interview, error) {
	if one != nil {
		subject := one.Title.Value + ": is it worth its complexity now?"
		return interviewed(ctx, f, asker, subject, s, func() []int { return one.Decision.Brief(s.Situation).Ask })
	}
	return interviewed(ctx, f, asker, "Which platform capabilities are worth their complexity now?", s, func() []int {
		var asks []asked
		for _, c := range f.Capabilities {
			asks = append(asks, asked{c.ID.Value, c.Decision.Brief(s.Situation).Ask})
		}
		return factsToAsk(f, asks)
	})
}

// evaluate answers for one capability, or for all if it is nil.
func evaluate(f *framework.Framework, s situation, used use, one *framework.Capability, detail string) *Evaluation {
	capabilities := f.Capabilities
	full := detail == "full"
	if one != nil {
		capabilities, full = []*framework.Capability{one}, detail != "brief"
	}
	explain := (*decide.Decision).Brief
	if full {
		explain = (*decide.Decision).Explain
	}
	e := &Evaluation{
		Header:   header(f, s, used.verdicts.or(used.tasks)),
		Verdicts: make([]Verdict, 0, len(capabilities)),
		Ask:      []Question{},
	}
	var asks []asked
	for _, c := range capabilities {
		explanation := explain(c.Decision, s.Situation)
		asks = append(asks, asked{c.ID.Value, explanation.Ask})
		verdict := briefVerdict(f, c, s, explanation)
		if full {
			complete(&verdict, f, c, s, explanation, one != nil)
		}
		e.Verdicts = append(e.Verdicts, verdict)
	}
	if one == nil {
		most := f.Dictionary.Len()
		if !full {
			most = BriefQuestions
		}
		e.Ask = askFirst(f, s, asks, most)
	}
	return e
}

// Assess is the whole answer for every capability, from a workspace's facts alone: what a section of a proposal is made of.
func Assess(f *framework.Framework, w Workspace) *Evaluation {
	s := readArguments(f, nil, "").situation(w)
	e := evaluate(f, s, usedFacts(f), nil, "full")
	for i, c := range f.Capabilities {
		complete(&e.Verdicts[i], f, c, s, c.Decision.Explain(s.Situation), true)
	}
	return e
}

// asked is what one capability asks for, first things first.
type asked struct {
	capability string
	facts      []int
}

// askFirst is what to ask over all capabilities, so many questions at most.
func askFirst(f *framework.Framework, s situation, asks []asked, most int) []Question {
	facts := factsToAsk(f, asks)
	questions := []Question{}
	for _, fact := range facts[:min(most, len(facts))] {
		q := s.question(f, fact)
		for _, a := range asks {
			if slices.Contains(a.facts, fact) {
				q.Capabilities = append(q.Capabilities, a.capability)
			}
		}
		questions = append(questions, q)
	}
	return questions
}

// factsToAsk are the facts that any capability asks for: those that most of them ask for first, then the best place in any of
// their lists, then fact order.
func factsToAsk(f *framework.Framework, asks []asked) []int {
	type candidate struct{ fact, askers, best int }
	candidates := make([]candidate, f.Dictionary.Len())
	for _, a := range asks {
		for place, fact := range a.facts {
			c := &candidates[fact]
			if c.askers == 0 || place < c.best {
				c.best = place
			}
			c.fact, c.askers = fact, c.askers+1
		}
	}
	candidates = slices.DeleteFunc(candidates, func(c candidate) bool { return c.askers == 0 })
	slices.SortFunc(candidates, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.askers, a.askers), cmp.Compare(a.best, b.best), cmp.Compare(a.fact, b.fact))
	})
	facts := make([]int, len(candidates))
	for i, c := range candidates {
		facts[i] = c.fact
	}
	return facts
}

// briefVerdict is what every answer says of a capability.
func briefVerdict(f *framework.Framework, c *framework.Capability, s situation, e decide.Explanation) Verdict {
	v := Verdict{
		Capability: c.ID.Value,
		Verdict:    e.Verdict.String(),
		Because:    names(e.Because),
		Possible:   names(e.Possible),
		Running:    running(s.runs[c.ID.Value]),
		For:        []Reason{},
		Against:    []Objection{},
		Ask:        s.questions(f, e.Ask[:min(len(e.Ask), 1)]),
	}
	for _, id := range e.For {
		v.For = append(v.For, Reason{ID: id})
	}
	for _, o := range e.Against {
		v.Against = append(v.Against, Objection{ID: o.ID})
	}
	if p := e.Provisional; p != nil {
		v.Provisional = &Provisional{Verdict: p.Verdict.String(), Because: names(p.Because), Assuming: []Assumption{}}
		for _, fact := range p.Assuming {
			v.Provisional.Assuming = append(v.Provisional.Assuming, Assumption{
				Fact: f.Facts[fact].ID.Value, Presumed: f.Dictionary.Fact(fact).Presumed,
			})
		}
	}
	return v
}

// complete adds what only a full answer says; alone is that of a single capability, which is told everything.
func complete(v *Verdict, f *framework.Framework, c *framework.Capability, s situation, e decide.Explanation, alone bool) {
	v.Title = c.Title.Value
	v.Complexity = complexity(c)
	for i, r := range v.For {
		v.For[i].Says, v.For[i].Facts = says(f, r.ID), s.mentioned(f, c, r.ID)
	}
	for i, o := range v.Against {
		answers := []string{}
		if e.Against[i].Effect == decide.Answers {
			answers = texts(statement(f, o.ID).Answers)
		}
		v.Against[i] = Objection{o.ID, says(f, o.ID), s.mentioned(f, c, o.ID), e.Against[i].Effect.String(), &answers}
	}
	if v.Provisional != nil {
		for i, fact := range e.Provisional.Assuming {
			presumed := f.Dictionary.Fact(fact).Presumed
			v.Provisional.Assuming[i].Value = &presumed
			v.Provisional.Assuming[i].Says = f.Facts[fact].Presumed.Says.Value
		}
	}
	v.Ask = s.questions(f, e.Ask)
	sufficient := factNames(f, e.Sufficient)
	flips := flipsOf(f, e.Flips)
	tasks := toDo(c, e, s.Situation)
	readings := readingsOn(f, v)
	cites := []string{"layer2://capabilities/" + c.ID.Value}
	v.Sufficient, v.Flips, v.ToDo, v.Readings, v.Cites = &sufficient, &flips, &tasks, &readings, &cites
	if alone {
		ask, builds, keeps := questionsOf(c), statements(c.BuildsOn), statements(c.Keeps)
		measure, exit := measureOf(f, c, s, e), exitOf(f, c)
		v.Questions, v.BuildsOn, v.Keeps, v.Measure, v.Exit = &ask, &builds, &keeps, &measure, &exit
	}
}

func complexity(c *framework.Capability) string {
	if c.Complexity.Value == "" {
		return "not stated"
	}
	return c.Complexity.Value
}

func flipsOf(f *framework.Framework, list []decide.Flip) []Flip {
	flips := []Flip{}
	for _, flip := range list {
		flips = append(flips, Flip{f.Dictionary.Name(flip.Set), f.Dictionary.Name(flip.Given), flip.Verdict.String(), names(flip.Because)})
	}
	return flips
}

// toDo is what is to be done whatever the verdict, and what the verdict asks for.
func toDo(c *framework.Capability, e decide.Explanation, s fact.Situation) []Statement {
	due := []Statement{}
	for _, task := range c.Tasks {
		if (task.Always || task.Verdict == e.Verdict) && (task.When == nil || task.When.Truth(s) == decide.Yes) {
			due = append(due, Statement{task.ID.Value, task.Says.Value})
		}
	}
	return due
}

// readingsOn are the readings that name a statement for or against, in the order of the readings.
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
