package peers

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/interpreter"
)

func newCEL(s *Situations) (Peer, error) {
	peer := Peer{Name: "cel-go", Version: "v0.31.0",
		Prepared: "one checked program a capability, OptOptimize; values as ref.Val",
		How:      "partial evaluation, again with each cell of the first fact that is missing"}
	environment, err := celEnvironment()
	if err != nil {
		return peer, err
	}
	full := make([]cel.Activation, len(s.Full))
	for i := range s.Full {
		if full[i], err = cel.NewActivation(celValues(&s.Full[i], facts())); err != nil {
			return peer, err
		}
	}
	var programs [capabilityCount]cel.Program
	var questions [capabilityCount]celQuestion
	for c, capability := range capabilities() {
		if programs[c], err = celProgram(environment, capability, cel.OptOptimize); err != nil {
			return peer, err
		}
		if questions[c], err = newCELQuestion(environment, capability, s); err != nil {
			return peer, err
		}
	}
	peer.Known = func(i int) (answers Answers) {
		for c := range programs {
			out, _, err := programs[c].Eval(full[i])
			if err != nil {
				panic(err)
			}
			answers[c] = Outcome(out.(types.Int))
		}
		return answers
	}
	peer.Unknown = func(i int) (possible Possible) {
		for c := range questions {
			possible[c] = questions[c].verdicts(i)
		}
		return possible
	}
	return peer, nil
}

func celEnvironment() (*cel.Env, error) {
	celTypes := map[reflect.Kind]*cel.Type{
		reflect.Bool: cel.BoolType, reflect.Int: cel.IntType, reflect.Float64: cel.DoubleType,
		reflect.String: cel.StringType, reflect.Slice: cel.ListType(cel.StringType),
	}
	var options []cel.EnvOption
	for _, f := range facts() {
		options = append(options, cel.Variable(f.name, celTypes[f.kind]))
	}
	return cel.NewEnv(options...)
}

func celProgram(environment *cel.Env, c capability, options ...cel.EvalOption) (cel.Program, error) {
	d := dialect{
		fact:    func(f column) string { return f.name },
		compare: plainly,
		filled:  func(f column) string { return "size(" + f.name + ") > 0" },
		has:     func(f column, member string) string { return member + " in " + f.name },
	}
	tree, issues := environment.Compile(d.choices(c.tree()))
	if issues.Err() != nil {
		return nil, issues.Err()
	}
	return environment.Program(tree, cel.EvalOptions(options...))
}

// celValues are facts as cel-go holds them itself, so that nothing has to be converted in the loop.
func celValues(p *Facts, list []column) map[string]any {
	values := map[string]any{}
	for _, f := range list {
		values[f.name] = celValue(p.get(f))
	}
	return values
}

func celValue(value any) ref.Val { return types.DefaultTypeAdapter.NativeToValue(value) }

// celQuestion is one capability with all situations made ready for partial evaluation.
type celQuestion struct {
	program    cel.Program
	all        Verdicts
	cells      map[string][]ref.Val
	situations []celPartial
}

func newCELQuestion(environment *cel.Env, c capability, s *Situations) (celQuestion, error) {
	q := celQuestion{all: c.verdicts(), cells: map[string][]ref.Val{}}
	dimensions := c.dimensions()
	for _, d := range dimensions {
		for _, cell := range d.cells {
			q.cells[d.name] = append(q.cells[d.name], celValue(cell))
		}
	}
	for i := range s.Full {
		p := celPartial{}
		var known []column
		for _, d := range dimensions {
			if s.Known[i][d.place] {
				known = append(known, d.column)
			} else {
				p.unknown = append(p.unknown, cel.AttributePattern(d.name))
				p.names = append(p.names, d.name)
			}
		}
		p.values = celValues(&s.Full[i], known)
		q.situations = append(q.situations, p)
	}
	var err error
	q.program, err = celProgram(environment, c, cel.OptOptimize, cel.OptPartialEval)
	return q, err
}

func (q *celQuestion) verdicts(situation int) Verdicts {
	found := Verdicts(0)
	q.try(&q.situations[situation], &found)
	return found
}

// try evaluates what is known; where that does not decide, it tries every cell of the first fact that is said to be missing.
func (q *celQuestion) try(p *celPartial, found *Verdicts) {
	out, _, err := q.program.Eval(p)
	if err != nil {
		panic(err)
	}
	unknown, isUnknown := out.(*types.Unknown)
	if !isUnknown {
		*found |= Outcome(out.(types.Int)).Verdict()
		return
	}
	name := firstMissing(unknown)
	place := slices.Index(p.names, name)
	branch := celPartial{values: p.values, names: without(p.names, place), unknown: without(p.unknown, place)}
	for _, cell := range q.cells[name] {
		if *found == q.all {
			break
		}
		p.values[name] = cell
		q.try(&branch, found)
	}
	delete(p.values, name)
}

func firstMissing(unknown *types.Unknown) string {
	trails, ok := unknown.GetAttributeTrails(unknown.IDs()[0])
	if !ok {
		panic(fmt.Sprint("nothing is named by ", unknown))
	}
	return trails[0].Variable()
}

func without[T any](list []T, place int) []T {
	return slices.Delete(slices.Clone(list), place, place+1)
}

// celPartial is an activation in which some facts are unknown.
type celPartial struct {
	values  map[string]any
	names   []string
	unknown []*cel.AttributePatternType
}

func (p *celPartial) ResolveName(name string) (any, bool) {
	value, ok := p.values[name]
	return value, ok
}

func (p *celPartial) Parent() cel.Activation { return nil }

func (p *celPartial) UnknownAttributePatterns() []*cel.AttributePatternType { return p.unknown }

func (p *celPartial) AsPartialActivation() (interpreter.PartialActivation, bool) { return p, true }
