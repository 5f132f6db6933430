package peers

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"reflect"

	"github.com/cedar-policy/cedar-go"
	"github.com/cedar-policy/cedar-go/types"
	"github.com/cedar-policy/cedar-go/x/exp/ast"
	"github.com/cedar-policy/cedar-go/x/exp/batch"
	"github.com/cedar-policy/cedar-go/x/exp/eval"
)

func newCedar(s *Situations) (Peer, error) {
	peer := Peer{Name: "cedar-go", Version: "v1.9.0",
		Prepared: "one policy set a capability, a policy for each way to an outcome; requests built",
		How:      "x/exp/eval for what remains, then x/exp/batch over the cells of that",
		Few:      256}
	full := make([]cedar.Request, len(s.Full))
	for i := range s.Full {
		full[i] = cedarRequest(cedarContext(&s.Full[i]))
	}
	var sets [capabilityCount]*cedar.PolicySet
	byID := map[cedar.PolicyID]Outcome{}
	var questions [capabilityCount]*cedarQuestion
	for c, capability := range capabilities() {
		q, err := newCedarQuestion(capability, s)
		if err != nil {
			return peer, err
		}
		sets[c], questions[c] = cedar.NewPolicySet(), q
		for _, p := range q.policies {
			sets[c].Add(p.id, p.policy)
			byID[p.id] = p.outcome
		}
	}
	peer.Known = func(i int) (answers Answers) {
		for c, set := range sets {
			_, diagnostic := cedar.Authorize(set, nil, full[i])
			if len(diagnostic.Reasons) != 1 || len(diagnostic.Errors) > 0 {
				panic(fmt.Sprint(diagnostic))
			}
			answers[c] = byID[diagnostic.Reasons[0].PolicyID]
		}
		return answers
	}
	peer.Unknown = func(i int) (possible Possible) {
		for c, q := range questions {
			possible[c] = q.verdicts(i, byID)
		}
		return possible
	}
	return peer, nil
}

func cedarRequest(values types.RecordMap) cedar.Request {
	return cedar.Request{
		Principal: cedar.NewEntityUID("Team", "us"),
		Action:    cedar.NewEntityUID("Action", "decide"),
		Resource:  cedar.NewEntityUID("Platform", "ours"),
		Context:   cedar.NewRecord(values),
	}
}

func cedarContext(p *Facts) types.RecordMap {
	values := types.RecordMap{}
	for _, f := range facts() {
		values[types.String(f.name)] = cedarValue(p.get(f))
	}
	return values
}

func cedarValue(value any) types.Value {
	switch value := value.(type) {
	case bool:
		return types.Boolean(value)
	case int:
		return types.Long(value)
	case string:
		return types.String(value)
	case float64:
		decimal, err := types.NewDecimalFromFloat(value)
		if err != nil {
			panic(err)
		}
		return decimal
	}
	var members []types.Value
	for _, member := range value.([]string) {
		members = append(members, types.String(member))
	}
	return types.NewSet(members...)
}

// cedarPolicies is a policy set in the order of the ladder.
type cedarPolicies []cedarPolicy

type cedarPolicy struct {
	id      cedar.PolicyID
	outcome Outcome
	policy  *cedar.Policy
}

func (p cedarPolicies) All() iter.Seq2[cedar.PolicyID, *cedar.Policy] {
	return func(yield func(cedar.PolicyID, *cedar.Policy) bool) {
		for _, one := range p {
			if !yield(one.id, one.policy) {
				return
			}
		}
	}
}

// newCedarPolicies are policies of which exactly one permits: one for each way through the tree. Every part of a way is a "when" of
// its own, since partial evaluation drops a policy as soon as one of them is false. A bare boolean is compared with true: partial
// evaluation puts the whole context in the place of one that is unknown under && and ||, and batch then cannot fill it in.
func newCedarPolicies(c capability) (cedarPolicies, error) {
	d := dialect{
		fact:    func(f column) string { return "context." + f.name },
		is:      func(f column) string { return "context." + f.name + " == true" },
		compare: cedarCompare,
		filled:  func(f column) string { return "!context." + f.name + ".isEmpty()" },
		has:     func(f column, member string) string { return "context." + f.name + ".contains(" + member + ")" },
		yes:     "true", no: "false",
	}
	var policies cedarPolicies
	var walk func(t *tree, way []condition) error
	walk = func(t *tree, way []condition) error {
		if t.yes != nil {
			way = way[:len(way):len(way)]
			if err := walk(t.yes, append(way, t.when.clauses()...)); err != nil {
				return err
			}
			return walk(t.otherwise, append(way, no(t.when).simple().clauses()...))
		}
		policy, text := &cedar.Policy{}, "permit (principal, action, resource)"
		for _, clause := range way {
			text += " when { " + d.write(clause) + " }"
		}
		policies = append(policies, cedarPolicy{cedar.PolicyID(fmt.Sprint(t.outcome, " ", len(policies))), t.outcome, policy})
		return policy.UnmarshalCedar([]byte(text + ";"))
	}
	return policies, walk(c.tree(), nil)
}

func cedarCompare(f column, o operator, number float64) string {
	if f.kind != reflect.Float64 {
		return "context." + plainly(f, o, number)
	}
	method := map[operator]string{above: "greaterThan", below: "lessThan", atMost: "lessThanOrEqual", atLeast: "greaterThanOrEqual"}[o]
	return fmt.Sprintf("context.%s.%s(decimal(%q))", f.name, method, literal(f, number))
}

// cedarQuestion is one capability with all situations made ready for partial evaluation.
type cedarQuestion struct {
	policies   cedarPolicies
	cells      batch.Variables
	situations []eval.Env
}

func newCedarQuestion(c capability, s *Situations) (*cedarQuestion, error) {
	policies, err := newCedarPolicies(c)
	q := &cedarQuestion{policies: policies, cells: batch.Variables{}}
	for _, d := range c.dimensions() {
		for _, cell := range d.cells {
			name := types.String(d.name)
			q.cells[name] = append(q.cells[name], cedarValue(cell))
		}
	}
	for i := range s.Full {
		full, values := cedarContext(&s.Full[i]), types.RecordMap{}
		for _, d := range c.dimensions() {
			name := types.String(d.name)
			values[name] = full[name]
			if !s.Known[i][d.place] {
				values[name] = batch.Variable(name)
			}
		}
		r := cedarRequest(values)
		q.situations = append(q.situations, eval.Env{Principal: r.Principal, Action: r.Action, Resource: r.Resource, Context: r.Context})
	}
	return q, err
}

var errSeenAll = errors.New("every verdict that remains was seen")

// verdicts drops the policies that can no longer permit, and tries the cells of what the others still ask for.
func (q *cedarQuestion) verdicts(situation int, byID map[cedar.PolicyID]Outcome) Verdicts {
	environment := q.situations[situation]
	var remaining cedarPolicies
	candidates, missing := Verdicts(0), batch.Variables{}
	for _, p := range q.policies {
		residue, keep := eval.PartialPolicy(environment, (*ast.Policy)(p.policy.AST()))
		if !keep {
			continue
		}
		remaining, candidates = append(remaining, p), candidates|p.outcome.Verdict()
		for _, condition := range residue.Conditions {
			ast.Inspect(ast.NewNode(condition.Body), func(n ast.IsNode) bool {
				if access, is := n.(ast.NodeTypeAccess); is {
					missing[access.Value] = q.cells[access.Value]
				}
				return true
			})
		}
	}
	if candidates&(candidates-1) == 0 {
		return candidates
	}
	found := Verdicts(0)
	request := batch.Request{Principal: environment.Principal, Action: environment.Action, Resource: environment.Resource,
		Context: q.settle(environment.Context, missing), Variables: missing}
	err := batch.Authorize(context.Background(), remaining, nil, request, func(r batch.Result) error {
		found |= byID[r.Diagnostic.Reasons[0].PolicyID].Verdict()
		if found == candidates {
			return errSeenAll
		}
		return nil
	})
	if err != nil && !errors.Is(err, errSeenAll) {
		panic(err)
	}
	return found
}

// settle leaves open only what is missing, and takes out of the missing what is known.
func (q *cedarQuestion) settle(values types.Value, missing batch.Variables) types.Value {
	settled, open := types.RecordMap{}, map[types.String]bool{}
	for name, value := range values.(types.Record).All() {
		if _, unknown := eval.ToVariable(value); unknown {
			open[name] = missing[name] != nil
			if !open[name] {
				value = q.cells[name][0]
			}
		}
		settled[name] = value
	}
	for name := range missing {
		if !open[name] {
			delete(missing, name)
		}
	}
	return types.NewRecord(settled)
}
