package prompt

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/tools"
)

// undetermined is the verdict that is none.
const undetermined = "undetermined"

// against is what speaks against a decision on one capability.
type against struct {
	decision   string
	given      map[string]json.RawMessage // the facts that the caller gave
	evaluation *tools.Evaluation
	verdict    *tools.Verdict
	// objections speak for less than the decision, reasons for more.
	objections []tools.Objection
	reasons    []tools.Reason
	// unmeasured is the rule that asks for a number, where the decision is to adopt and nothing measured stands behind it.
	unmeasured []tools.Measure
	// defeats are the answers to open questions each of which alone would leave the decision no way.
	defeats []defeat
	// readings are the choices that the statements hang on.
	readings []tools.Statement
}

// defeat is one more fact, and what the verdict would be.
type defeat struct {
	fact     string
	values   []string // in words
	possible []string
}

// caseAgainst collects the case against a decision from the full answer on one capability.
func (l *library) caseAgainst(
	ctx context.Context, decision string, e *tools.Evaluation, given map[string]string,
) (*against, error) {
	v := &e.Verdicts[0]
	facts, err := factsOf(given)
	if err != nil {
		return nil, err
	}
	a := &against{decision: decision, given: facts, evaluation: e, verdict: v}
	less, more := directions(decision, v.Possible)
	if less {
		a.objections = v.Against
		if decision == decide.Adopt.String() && v.Measure != nil && !measured(*v.Measure) {
			a.unmeasured = *v.Measure
		}
	}
	if more {
		a.reasons = v.For
	}
	a.readings = l.readingsOn(a)
	a.defeats, err = l.defeats(ctx, a)
	return a, err
}

// directions says whether the framework may say less than the decision, or more. Where it says the same, the case is made
// against the side on which the decision stands: acting, or leaving it.
func directions(decision string, possible []string) (less, more bool) {
	place := func(word string) int {
		return slices.IndexFunc(verdicts(), func(v string) bool { return v == word })
	}
	for _, verdict := range possible {
		less = less || place(verdict) < place(decision)
		more = more || place(verdict) > place(decision)
	}
	if !less && !more {
		acting := place(decision) >= place(decide.Prepare.String())
		return acting, !acting
	}
	return less, more
}

// verdicts are all, from the least to the most.
func verdicts() []string {
	var words []string
	for v := decide.Skip; v <= decide.Adopt; v++ {
		words = append(words, v.String())
	}
	return words
}

// measured says whether something was measured, for then the measure has facts.
func measured(measures []tools.Measure) bool {
	return slices.ContainsFunc(measures, func(m tools.Measure) bool { return len(m.Facts) > 0 })
}

// readingsOn are the readings on the statements of the case, in the order of the readings.
func (l *library) readingsOn(a *against) []tools.Statement {
	shown := map[string]bool{}
	for _, o := range a.objections {
		shown[o.ID] = true
	}
	for _, r := range a.reasons {
		shown[r.ID] = true
	}
	var list []tools.Statement
	for _, reading := range l.framework.Readings {
		for _, on := range reading.On {
			if shown[on.Value] {
				list = append(list, tools.Statement{ID: "reading:" + reading.Slug.Value, Says: reading.Says.Value})
				break
			}
		}
	}
	return list
}

// defeats tries the answers to the open questions one by one. They can only defeat a decision that is still possible.
func (l *library) defeats(ctx context.Context, a *against) ([]defeat, error) {
	if a.verdict.Verdict != undetermined || !slices.Contains(a.verdict.Possible, a.decision) {
		return nil, nil
	}
	known := maps.Clone(a.given)
	var list []defeat
	for _, question := range a.verdict.Ask {
		answers, err := l.answers(a.verdict.Capability, question)
		if err != nil {
			return nil, err
		}
		for _, answer := range answers {
			known[question.Fact] = answer.value
			possible, err := l.possible(ctx, a.verdict.Capability, known)
			if err != nil {
				return nil, err
			}
			if !slices.Contains(possible, a.decision) {
				list = joinDefeats(list, defeat{question.Fact, []string{answer.words}, possible})
			}
		}
		delete(known, question.Fact)
	}
	return list, nil
}

// joinDefeats adds a defeat, to the last one if that comes to the same.
func joinDefeats(list []defeat, d defeat) []defeat {
	if n := len(list) - 1; n >= 0 && list[n].fact == d.fact && slices.Equal(list[n].possible, d.possible) {
		list[n].values = append(list[n].values, d.values...)
		return list
	}
	return append(list, d)
}

// factsOf is the facts that were given, which the tool has read before.
func factsOf(given map[string]string) (map[string]json.RawMessage, error) {
	facts := map[string]json.RawMessage{}
	if text, ok := given["facts"]; ok {
		value, err := valueOf("facts", text)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(value, &facts); err != nil {
			return nil, err
		}
	}
	return facts, nil
}

// possible is the verdicts that facts leave open.
func (l *library) possible(ctx context.Context, capability string, facts map[string]json.RawMessage) ([]string, error) {
	arguments, err := json.Marshal(struct {
		Capability string                     `json:"capability"`
		Facts      map[string]json.RawMessage `json:"facts"`
		Detail     string                     `json:"detail"`
	}{capability, facts, "brief"})
	if err != nil {
		return nil, err
	}
	e, err := ask[*tools.Evaluation](ctx, l, "evaluate_trigger", arguments)
	if err != nil {
		return nil, err
	}
	return e.Verdicts[0].Possible, nil
}

// answer is a value that a question can be answered with, and the words for all that matter alike.
type answer struct {
	value json.RawMessage
	words string
}

// answers are one for each way in which a question's answer can matter to a capability.
func (l *library) answers(capability string, q tools.Question) ([]answer, error) {
	var values []fact.Value
	switch q.Type {
	case "boolean":
		values = []fact.Value{{Kind: fact.Boolean}, {Kind: fact.Boolean, Bool: true}}
	case "choice":
		for _, value := range q.Values {
			values = append(values, fact.Value{Kind: fact.Choice, Text: value})
		}
	case "set":
		values = []fact.Value{{Kind: fact.Set}}
		for _, member := range q.Values {
			values = append(values, fact.Value{Kind: fact.Set, Members: []string{member}})
		}
	default:
		return l.stretches(capability, q)
	}
	var list []answer
	for _, value := range values {
		raw, err := value.MarshalJSON()
		if err != nil {
			return nil, err
		}
		list = append(list, answer{raw, value.String()})
	}
	return list, nil
}

// stretches are the numbers that a capability's conditions tell apart, and that the question leaves.
func (l *library) stretches(capability string, q tools.Question) ([]answer, error) {
	c, _ := l.framework.Capability(capability)
	fact, _ := l.framework.Dictionary.Index(q.Fact)
	space, err := decide.NewSpace(l.framework.Dictionary, c.Model.Conditions())
	if err != nil {
		return nil, err
	}
	var list []answer
	for _, stretch := range space.Stretches(fact) {
		if q.Range != nil && stretch.And(*q.Range).Empty() {
			continue
		}
		list = append(list, answer{json.RawMessage(stretch.Value.String()), stretch.String()})
	}
	return list, nil
}
