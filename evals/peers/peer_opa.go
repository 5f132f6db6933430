package peers

import (
	"context"
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
)

func newOPA(s *Situations) (Peer, error) {
	peer := Peer{Name: "opa", Version: "v1.22.2", Prepared: "a module a capability; one prepared query for all eight; input parsed beforehand",
		How: "partial evaluation for what remains, then the prepared query over the cells of that",
		Few: 128}
	inputs := make([]ast.Value, len(s.Full))
	for i := range s.Full {
		input, err := ast.InterfaceToValue(jsonData(&s.Full[i]))
		if err != nil {
			return peer, err
		}
		inputs[i] = input
	}
	ctx := context.Background()
	query, err := rego.New(append(regoModules(), rego.Query("data.layer2.outcomes"))...).PrepareForEval(ctx)
	if err != nil {
		return peer, err
	}
	byName, ids := outcomesByName(), capabilities()
	peer.Known = func(i int) (answers Answers) {
		results, err := query.Eval(ctx, rego.EvalParsedInput(inputs[i]))
		if err != nil {
			panic(err)
		}
		outcomes := results[0].Expressions[0].Value.(map[string]any)
		for c := range ids {
			answers[c] = byName[outcomes[ids[c].id].(string)]
		}
		return answers
	}
	var questions [capabilityCount]*opaQuestion
	for c := range ids {
		if questions[c], err = newOPAQuestion(ctx, ids[c], s); err != nil {
			return peer, err
		}
	}
	peer.Unknown = func(i int) (possible Possible) {
		for c, q := range questions {
			possible[c] = q.verdicts(ctx, i)
		}
		return possible
	}
	return peer, nil
}

// regoModules are a module for each capability, and one that puts the outcomes together.
func regoModules() []func(*rego.Rego) {
	var options []func(*rego.Rego)
	var list []string
	for _, c := range capabilities() {
		options = append(options, rego.Module(c.id+".rego", regoModule(c, regoLadder)))
		list = append(list, fmt.Sprintf("%q: data.%s.outcome", c.id, regoPackage(c)))
	}
	all := "package layer2\n\noutcomes := {" + strings.Join(list, ", ") + "}\n"
	return append(options, rego.Module("layer2.rego", all))
}
