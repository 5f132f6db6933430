package peers

import (
	"context"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
)

// opaQuestion is one capability with all situations made ready for partial evaluation.
type opaQuestion struct {
	partial    rego.PreparedPartialQuery
	plain      rego.PreparedEvalQuery
	cells      map[string][]*ast.Term
	situations []opaSituation
	byName     map[string]Outcome
}

// opaSituation is the facts of one capability in one situation: the input with those that are known, and the names of the others.
type opaSituation struct {
	known    [][2]*ast.Term
	unknowns []*ast.Term
}

func newOPAQuestion(ctx context.Context, c capability, s *Situations) (*opaQuestion, error) {
	q := &opaQuestion{cells: map[string][]*ast.Term{}, byName: outcomesByName()}
	var err error
	path := "data." + regoPackage(c)
	if q.plain, err = rego.New(rego.Module(c.id, regoModule(c, regoLadder)), rego.Query(path+".outcome")).PrepareForEval(ctx); err != nil {
		return nil, err
	}
	gates := []string{path + ".need", path + ".blocked", path + ".now", path + ".later", path + ".measured"}
	q.partial, err = rego.New(rego.Module(c.id, regoModule(c, regoMembers)), rego.Query(path+".outcomes[outcome]"),
		rego.DisableInlining(gates)).PrepareForPartial(ctx)
	if err != nil {
		return nil, err
	}
	dimensions := c.dimensions()
	for _, d := range dimensions {
		for _, cell := range d.cells {
			term, err := opaTerm(cell)
			if err != nil {
				return nil, err
			}
			q.cells[d.name] = append(q.cells[d.name], term)
		}
	}
	for i := range s.Full {
		one := opaSituation{unknowns: []*ast.Term{}} // OPA takes nil for: nothing of the input is known
		for _, d := range dimensions {
			if !s.Known[i][d.place] {
				one.unknowns = append(one.unknowns, ast.MustParseTerm("input."+d.name))
				continue
			}
			term, err := opaTerm(s.Full[i].get(d.column))
			if err != nil {
				return nil, err
			}
			one.known = append(one.known, [2]*ast.Term{ast.StringTerm(d.name), term})
		}
		q.situations = append(q.situations, one)
	}
	return q, nil
}

func opaTerm(value any) (*ast.Term, error) {
	term, err := ast.InterfaceToValue(value)
	return ast.NewTerm(term), err
}

// verdicts asks which outcomes are left and which facts their rest mentions, and tries the cells of those until every verdict that is
// left was seen.
func (q *opaQuestion) verdicts(ctx context.Context, situation int) Verdicts {
	one := q.situations[situation]
	rest, err := q.partial.Partial(ctx, rego.EvalParsedInput(ast.NewObject(one.known...)), rego.EvalParsedUnknowns(one.unknowns))
	if err != nil {
		panic(err)
	}
	candidates := Verdicts(0)
	for _, query := range rest.Queries {
		candidates |= q.outcome(query).Verdict()
	}
	if candidates&(candidates-1) == 0 {
		return candidates
	}
	open := q.open(rest)
	input := one.known[:len(one.known):len(one.known)]
	for _, unknown := range one.unknowns {
		name := opaFact(unknown.Value.(ast.Ref))
		input = append(input, [2]*ast.Term{ast.StringTerm(name), q.cells[name][0]})
	}
	found := Verdicts(0)
	q.try(ctx, open, input, candidates, &found)
	return found
}

// outcome is the one that a residual query says, in the form: outcome = "skip scale".
func (q *opaQuestion) outcome(query ast.Body) Outcome {
	found := Outcome(outcomes)
	ast.WalkTerms(query, func(t *ast.Term) bool {
		if text, is := t.Value.(ast.String); is {
			if outcome, is := q.byName[string(text)]; is {
				found = outcome
			}
		}
		return false
	})
	return found
}

// open are the unknown facts that the rest mentions.
func (q *opaQuestion) open(rest *rego.PartialQueries) []string {
	var names []string
	seen := map[string]bool{}
	visit := func(ref ast.Ref) bool {
		if name := opaFact(ref); name != "" && !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
		return false
	}
	for _, query := range rest.Queries {
		ast.WalkRefs(query, visit)
	}
	for _, module := range rest.Support {
		ast.WalkRefs(module, visit)
	}
	return names
}

// opaFact is the fact that a reference names; empty if it names something else.
func opaFact(ref ast.Ref) string {
	if len(ref) == 2 && ref[0].Equal(ast.InputRootDocument) {
		return string(ref[1].Value.(ast.String))
	}
	return ""
}

func (q *opaQuestion) try(ctx context.Context, open []string, input [][2]*ast.Term, candidates Verdicts, found *Verdicts) {
	if len(open) == 0 {
		results, err := q.plain.Eval(ctx, rego.EvalParsedInput(ast.NewObject(input...)))
		if err != nil {
			panic(err)
		}
		*found |= q.byName[results[0].Expressions[0].Value.(string)].Verdict()
		return
	}
	place := 0
	for input[place][0].Value.Compare(ast.String(open[0])) != 0 {
		place++
	}
	for _, cell := range q.cells[open[0]] {
		if *found == candidates {
			return
		}
		input[place][1] = cell
		q.try(ctx, open[1:], input, candidates, found)
	}
}
