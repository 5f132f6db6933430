package tools

import (
	"context"
	"encoding/json"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
)

// EvaluateTriggerInput is the input of evaluate_trigger. The schema of its facts comes from the dictionary.
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

// Evaluation is the answer of evaluate_trigger. Answered and LeftOpen are present only if the person was asked, Unreadable only if
// decision records are kept.
type Evaluation struct {
	Header
	Unreadable []string    `json:"unreadable,omitzero" jsonschema:"-"`
	Answered   fact.Values `json:"answered,omitzero" jsonschema_description:"facts that the person gave when asked"`
	LeftOpen   []string    `json:"left_open,omitzero" jsonschema_description:"facts that the person was asked for and did not give"`
	Verdicts   []Verdict   `json:"verdicts"`
	Ask        []Question  `json:"ask" jsonschema_description:"what to ask first, over all capabilities"`
	// Situation is what the answer is based on.
	Situation *Situation `json:"-"`
}

// BriefQuestions is how many questions an answer over several capabilities asks first.
const BriefQuestions = 5

func evaluateTrigger(f *framework.Framework, w Workspace) Tool {
	typed := func(u framework.Uses) bool { return len(u.Verdicts) > 0 }
	return Tool{
		Name: "evaluate_trigger", Title: "Is it worth it now?", Description: evaluateTriggerText,
		Input:  inputSchema(f, EvaluateTriggerInput{}, typed),
		Output: evaluationSchema(w),
		Call: func(ctx context.Context, raw json.RawMessage) (any, error) {
			return answer(EvaluateTrigger(ctx, f, w, raw))
		},
	}
}

// EvaluateTrigger answers a call. It asks the person first if the call wants that and the context has an [Asker].
func EvaluateTrigger(ctx context.Context, f *framework.Framework, w Workspace, raw json.RawMessage) (*Evaluation, error) {
	w, err := w.now()
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
	var asked *interview
	if asker := AskerOf(ctx); ask && asker != nil {
		if asked, err = askUser(ctx, asker, s, one); err != nil {
			return nil, err
		}
	}
	e := s.Evaluate(scope(f, one, detail))
	e.Answered, e.LeftOpen = asked.found()
	e.addRecords(records)
	return e, nil
}

// scope returns the capabilities that a call is about, and the detail of its answer.
func scope(f *framework.Framework, one *framework.Capability, detail string) ([]*framework.Capability, Detail) {
	switch {
	case one != nil && detail != "brief":
		return []*framework.Capability{one}, Whole
	case one != nil:
		return []*framework.Capability{one}, Brief
	case detail == "full":
		return f.Capabilities, Full
	}
	return f.Capabilities, Brief
}

// askUser asks the person for the facts that decide, in the order of the answer's questions: for one capability, or for all.
func askUser(ctx context.Context, asker Asker, s *Situation, one *framework.Capability) (*interview, error) {
	if one != nil {
		subject := one.Title.Value + ": is it worth its complexity now?"
		return interviewed(ctx, asker, subject, s, func() []int { return one.Decision.Brief(s.Situation).Ask })
	}
	return interviewed(ctx, asker, "Which platform capabilities are worth their complexity now?", s, func() []int {
		var asks []asked
		for _, c := range s.framework.Capabilities {
			asks = append(asks, asked{c.ID.Value, c.Decision.Brief(s.Situation).Ask})
		}
		return factsToAsk(s.framework, asks)
	})
}

// Evaluate returns the verdict on each capability and, if there are several, what to ask first over all of them.
func (s *Situation) Evaluate(capabilities []*framework.Capability, detail Detail) *Evaluation {
	explain := (*decide.Decision).Brief
	if detail > Brief {
		explain = (*decide.Decision).Explain
	}
	e := &Evaluation{Header: s.header(forVerdicts), Verdicts: make([]Verdict, 0, len(capabilities)), Ask: []Question{}, Situation: s}
	var asks []asked
	for _, c := range capabilities {
		explanation := explain(c.Decision, s.Situation)
		asks = append(asks, asked{c.ID.Value, explanation.Ask})
		e.Verdicts = append(e.Verdicts, s.verdict(c, explanation, detail))
	}
	if len(capabilities) == 1 {
		return e
	}
	most := s.framework.Dictionary.Len()
	if detail == Brief {
		most = BriefQuestions
	}
	e.Ask = s.askFirst(asks, most)
	return e
}
