package prompt

import (
	"slices"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/tools"
)

// undetermined is the verdict when the facts do not decide.
const undetermined = "undetermined"

// against is the case against a decision on one capability.
type against struct {
	decision   string
	evaluation *tools.Evaluation
	verdict    *tools.Verdict
	// objections argue for less than the decision, reasons for more.
	objections []tools.Objection
	reasons    []tools.Support
	// unmeasured is the rule that asks for a measured problem, if the decision is to adopt without one.
	unmeasured []tools.Statement
	// defeats are the answers to open questions that would each rule out the decision.
	defeats []defeat
	// readings are the interpretations that the statements of the case depend on.
	readings []tools.Statement
}

// defeat is a fact that would rule out the decision.
type defeat struct {
	fact     string
	values   []string // in words
	possible []string
}

// caseAgainst builds the case from the full evaluation of one capability.
func (l *library) caseAgainst(decision string, e *tools.Evaluation) (*against, error) {
	v := &e.Verdicts[0]
	a := &against{decision: decision, evaluation: e, verdict: v}
	less, more := directions(decision, v.Possible)
	if less {
		a.objections = v.Against
		if decision == decide.Adopt.String() {
			a.unmeasured = l.unmeasured(v)
		}
	}
	if more {
		a.reasons = v.For
	}
	a.readings = l.readingsOn(a)
	var err error
	a.defeats, err = l.defeats(a)
	return a, err
}

// directions reports whether the framework may say less than the decision, or more. If it agrees, the case is made against the
// decision's own side: acting or not acting.
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

// verdicts returns all, from the least to the most.
func verdicts() []string {
	var words []string
	for v := decide.Skip; v <= decide.Adopt; v++ {
		words = append(words, v.String())
	}
	return words
}

// unmeasured returns the rule that asks for a measured problem; none if a statement that holds is one.
func (l *library) unmeasured(v *tools.Verdict) []tools.Statement {
	for _, support := range v.For {
		if entry, _ := l.framework.Entry(support.ID); entry.Statement.Measured {
			return nil
		}
	}
	c, _ := l.framework.Capability(v.Capability)
	rule, _ := l.framework.Entry(c.Model.Measure)
	return []tools.Statement{{ID: rule.ID, Says: rule.Says}}
}

// readingsOn returns the readings on the statements of the case, in the framework's order.
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

// defeats tries the answers to the open questions one by one. Only a decision that is still possible can be defeated.
func (l *library) defeats(a *against) ([]defeat, error) {
	if a.verdict.Verdict != undetermined || !slices.Contains(a.verdict.Possible, a.decision) {
		return nil, nil
	}
	c, _ := l.framework.Capability(a.verdict.Capability)
	known := a.evaluation.Situation.Situation
	var list []defeat
	for _, question := range a.verdict.Ask {
		index, _ := l.framework.Dictionary.Index(question.Fact)
		answers, err := l.answers(c, index, known[index])
		if err != nil {
			return nil, err
		}
		for _, answer := range answers {
			var possible []string
			for _, verdict := range c.Decision.Brief(known.With(index, answer.value)).Possible {
				possible = append(possible, verdict.String())
			}
			if !slices.Contains(possible, a.decision) {
				list = joinDefeats(list, defeat{question.Fact, []string{answer.words}, possible})
			}
		}
	}
	return list, nil
}

// joinDefeats appends a defeat, or merges it into the last one if only its value differs.
func joinDefeats(list []defeat, d defeat) []defeat {
	if n := len(list) - 1; n >= 0 && list[n].fact == d.fact && slices.Equal(list[n].possible, d.possible) {
		list[n].values = append(list[n].values, d.values...)
		return list
	}
	return append(list, d)
}

// answer is a value that represents all that make no difference to a capability, and the words for them.
type answer struct {
	value fact.Value
	words string
}

// answers returns one for each way in which a fact can matter to a capability, within the known range of a number.
func (l *library) answers(c *framework.Capability, index int, known fact.Value) ([]answer, error) {
	about := l.framework.Dictionary.Fact(index)
	var list []answer
	add := func(value fact.Value) { list = append(list, answer{value, value.String()}) }
	switch about.Kind {
	case fact.Boolean:
		add(fact.Value{Kind: fact.Boolean})
		add(fact.Value{Kind: fact.Boolean, Bool: true})
	case fact.Choice:
		for _, value := range about.Values {
			add(fact.Value{Kind: fact.Choice, Text: value})
		}
	case fact.Set:
		add(fact.Value{Kind: fact.Set})
		for _, member := range about.Values {
			add(fact.Value{Kind: fact.Set, Members: []string{member}})
		}
	default:
		space, err := decide.NewSpace(l.framework.Dictionary, c.Model.Conditions())
		if err != nil {
			return nil, err
		}
		for _, stretch := range space.Stretches(index) {
			if known.Range == nil || !stretch.And(*known.Range).Empty() {
				list = append(list, answer{stretch.Value, stretch.String()})
			}
		}
	}
	return list, nil
}
