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
	Capabilities []string `json:"capabilities,omitempty" jsonschema_description:"all eight if left out"`
	Facts        struct{} `json:"facts,omitempty"`
	Unsettled    []string `json:"unsettled,omitempty" jsonschema_description:"facts raised and left open: doubted, disputed, promised, asked but not known"`
	Sources      Sources  `json:"sources,omitempty" jsonschema_description:"of each fact, the words or file:line that say it"`
	Running      Running  `json:"running,omitempty" jsonschema_description:"capabilities in use today: a list, the others do not run; or {id: true}, the others are unknown"`
	Detail       string   `json:"detail,omitempty" jsonschema:"enum=brief,enum=full" jsonschema_description:"default: full for up to three, brief for more"`
	AskUser      bool     `json:"ask_user,omitempty" jsonschema_description:"ask the person for deciding facts in a form, if the client can"`
}

const evaluateTriggerText = `Is a platform capability worth its complexity now? Gives skip, wait, prepare, consider, adopt or undetermined, ` +
	`with the statement ids that say so, what would change it, and which question to ask next. ` +
	`Use it before proposing any of these capabilities, and once without capabilities to see all. ` +
	`Not for choosing a product (compare_tools) or an order of steps (plan_layer3).`

// Evaluation is the answer of evaluate_trigger. Answered and LeftOpen are present only if the person was asked, Unreadable only if
// decision records are kept.
type Evaluation struct {
	Header
	Unreadable []string    `json:"unreadable,omitzero" jsonschema:"-"`
	Answered   fact.Values `json:"answered,omitzero" jsonschema_description:"facts that the person gave when asked"`
	LeftOpen   []string    `json:"left_open,omitzero" jsonschema_description:"facts that the person was asked for and left unknown"`
	Verdicts   []Verdict   `json:"verdicts"`
	Ask        []Question  `json:"ask" jsonschema_description:"what to ask first, over several capabilities"`
	// AskFirst is Ask with the words of the questions, which an answer in full leaves out.
	AskFirst []Question `json:"-"`
	// Situation is what the answer is based on.
	Situation *Situation `json:"-"`
}

// questionsOverAll is how many questions an answer over several capabilities asks first.
const questionsOverAll = 5

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
	a := readArguments(f, raw, "capabilities", "facts", "unsettled", "sources", "running", "detail", "ask_user")
	named := a.capabilities("capabilities")
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
		if asked, err = askUser(ctx, asker, s, named); err != nil {
			return nil, err
		}
	}
	e := s.Evaluate(scope(f, named, detail))
	e.Answered, e.LeftOpen = asked.found()
	e.addRecords(records)
	return e, nil
}

// mostInFull is how many capabilities are told in full unless the call wants otherwise.
const mostInFull = 3

// scope returns the capabilities that a call is about, and the detail of its answer.
func scope(f *framework.Framework, named []*framework.Capability, detail string) ([]*framework.Capability, Detail) {
	few := len(named) > 0 && len(named) <= mostInFull
	if len(named) == 0 {
		named = f.Capabilities
	}
	switch {
	case detail == "brief" || !few && detail == "":
		return named, Brief
	case few:
		return named, Whole
	}
	return named, Full
}

// askUser asks the person for the facts that decide, in the order of the answer's questions: for the capabilities named, or for all.
func askUser(ctx context.Context, asker Asker, s *Situation, named []*framework.Capability) (*interview, error) {
	subject := "Which platform capabilities are worth their complexity now?"
	if len(named) == 1 {
		subject = named[0].Title.Value + ": is it worth its complexity now?"
	}
	if len(named) == 0 {
		named = s.framework.Capabilities
	}
	return interviewed(ctx, asker, subject, s, func() []int {
		asks := make([]asked, len(named))
		for i, c := range named {
			asks[i] = asked{c.ID.Value, c.Decision.Brief(s.Situation).Ask}
		}
		if len(asks) == 1 {
			return asks[0].facts
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
	e := &Evaluation{Header: s.header(forVerdictsOf(capabilities)), Verdicts: make([]Verdict, 0, len(capabilities)), Ask: []Question{}, Situation: s}
	var asks []asked
	for _, c := range capabilities {
		explanation := explain(c.Decision, s.Situation)
		asks = append(asks, asked{c.ID.Value, explanation.Ask})
		e.Verdicts = append(e.Verdicts, s.verdict(c, explanation, detail))
	}
	if len(capabilities) > 1 {
		e.AskFirst = s.askFirst(asks)
		e.Ask = e.AskFirst
	}
	if detail > Brief {
		e.Ask = onlyNamed(e.AskFirst)
	}
	return e
}
