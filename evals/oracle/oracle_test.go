package oracle

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/google/cel-go/cel"

	"github.com/vanhoutenbos/layer2/internal/decide"
	"github.com/vanhoutenbos/layer2/internal/fact"
	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/knowledge"
)

// Every shipped condition has the same truth for both, on every combination of values that it can tell apart, known or not.
func TestShippedConditions(t *testing.T) {
	f, err := framework.Load(knowledge.Files, nil)
	if err != nil {
		t.Fatal(err)
	}
	o := newOracle(t, f.Dictionary)
	seen := map[string]bool{}
	for _, source := range conditions(f) {
		if seen[source] {
			continue
		}
		seen[source] = true
		o.compare(t, source)
	}
	t.Logf("%d different conditions, %d situations", len(seen), o.situations)
	if len(seen) < 150 {
		t.Errorf("only %d conditions were found: some are not looked at", len(seen))
	}
}

// conditions are those of statements, options, things to do, conflicts, and themes: needs, guards and routes.
func conditions(f *framework.Framework) []string {
	var list []string
	add := func(source string) {
		if source != "" {
			list = append(list, source)
		}
	}
	for _, entry := range f.Entries() {
		if entry.Statement != nil {
			add(entry.Statement.When.Value)
		}
	}
	for _, c := range f.Capabilities {
		for _, option := range c.Enabled {
			for _, clause := range slices.Concat(option.Fits, option.Out) {
				add(clause.When.Value)
			}
		}
	}
	for _, conflict := range f.Conflicts {
		add(conflict.When.Value)
	}
	for _, theme := range f.Themes {
		add(theme.Need.When.Value)
		for _, guard := range theme.Guards {
			add(guard.When.Value)
		}
		for _, route := range theme.Routes {
			add(route.When.Value)
		}
	}
	return list
}

var seed = flag.Uint64("seed", 0, "seed of the random conditions; 0 draws one")

// Conditions put together at random mean the same to both. All that our parser accepts here, CEL accepts.
func TestRandomConditions(t *testing.T) {
	number := *seed
	if number == 0 {
		number = rand.Uint64()
	}
	t.Logf("seed %d: repeat with go test -run %s -seed %d", number, t.Name(), number)
	random := rand.New(rand.NewPCG(number, 0))
	dictionary, err := fact.NewDictionary([]fact.Fact{
		{Name: "sunny", Kind: fact.Boolean},
		{Name: "guests", Kind: fact.Integer},
		{Name: "hours", Kind: fact.Number, Step: 0.25},
		{Name: "place", Kind: fact.Choice, Values: []string{"garden", "park", "beach"}},
		{Name: "food", Kind: fact.Set, Values: []string{"bread", "cheese", "cake"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	o := newOracle(t, dictionary)
	for range 1000 {
		o.compare(t, randomCondition(random, 2))
	}
}

func randomCondition(random *rand.Rand, depth int) string {
	atoms := []string{
		`sunny`, `!sunny`, `sunny == true`, `sunny != true`, `guests > 5`, `guests >= 5`, `guests < 6`, `guests <= 3`, `guests == 4`, `guests != 4`,
		`hours > 1`, `hours >= 1.5`, `hours < 2.25`, `hours <= 2`, `hours == 1.5`, `hours != 2.0`,
		`place == "park"`, `place != "beach"`, `food == []`, `food != []`, `"cake" in food`, `"bread" in food`,
	}
	if depth == 0 || random.IntN(4) == 0 {
		return atoms[random.IntN(len(atoms))]
	}
	left, right := randomCondition(random, depth-1), randomCondition(random, depth-1)
	switch random.IntN(6) {
	case 0:
		return "!(" + left + ")"
	case 1:
		return "(" + left + ") && " + right
	case 2:
		return left + " || (" + right + ")"
	case 3:
		return left + " && " + right
	}
	return left + " || " + right
}

// oracle evaluates conditions with cel-go and with the engine.
type oracle struct {
	dictionary  *fact.Dictionary
	environment *cel.Env
	situations  int
}

func newOracle(t *testing.T, dictionary *fact.Dictionary) *oracle {
	t.Helper()
	types := map[fact.Kind]*cel.Type{
		fact.Boolean: cel.BoolType, fact.Integer: cel.IntType, fact.Number: cel.DoubleType,
		fact.Choice: cel.StringType, fact.Set: cel.ListType(cel.StringType),
	}
	options := []cel.EnvOption{cel.CrossTypeNumericComparisons(true)}
	for i := range dictionary.Len() {
		fact := dictionary.Fact(i)
		options = append(options, cel.Variable(fact.Name, types[fact.Kind]))
	}
	environment, err := cel.NewEnv(options...)
	if err != nil {
		t.Fatal(err)
	}
	return &oracle{dictionary: dictionary, environment: environment}
}

// compare evaluates one condition in every situation of its facts.
func (o *oracle) compare(t *testing.T, source string) {
	t.Helper()
	condition, err := decide.Parse(source, o.dictionary)
	if err != nil {
		t.Errorf("%s: %v", source, err)
		return
	}
	predicate, err := decide.NewPredicate(o.dictionary, condition)
	if err != nil {
		t.Errorf("%s: %v", source, err)
		return
	}
	tree, issues := o.environment.Compile(source)
	if issues.Err() != nil {
		t.Errorf("%s: CEL refuses it: %v", source, issues.Err())
		return
	}
	program, err := o.environment.Program(tree)
	if err != nil {
		t.Errorf("%s: %v", source, err)
		return
	}
	// walk chooses a value, or unknown, for each fact in turn, and answers which truths CEL gives over all completions.
	situation, activation := o.dictionary.NewSituation(), map[string]any{}
	var walk func(facts []int) (no, yes bool)
	walk = func(facts []int) (no, yes bool) {
		if len(facts) == 0 {
			return o.evaluate(t, source, program, activation)
		}
		about := o.dictionary.Fact(facts[0])
		for _, value := range representatives(about, source) {
			situation[facts[0]], activation[about.Name] = value, native(value)
			isNo, isYes := walk(facts[1:])
			no, yes = no || isNo, yes || isYes
		}
		situation[facts[0]] = fact.Value{}
		return no, yes
	}
	var every func(facts []int, open []int)
	every = func(facts []int, open []int) {
		if len(facts) > 0 {
			about := o.dictionary.Fact(facts[0])
			for _, value := range representatives(about, source) {
				situation[facts[0]], activation[about.Name] = value, native(value)
				every(facts[1:], open)
			}
			situation[facts[0]] = fact.Value{}
			every(facts[1:], append(slices.Clone(open), facts[0]))
			return
		}
		want := truth(walk(open))
		o.situations++
		if got := predicate.Truth(situation); got != want {
			t.Errorf("%s with %v is %v, CEL says %v", source, situation, got, want)
		}
	}
	every(condition.Facts(), nil)
}

func (o *oracle) evaluate(t *testing.T, source string, program cel.Program, activation map[string]any) (no, yes bool) {
	result, _, err := program.Eval(activation)
	if err != nil {
		t.Fatalf("%s with %v: %v", source, activation, err)
	}
	is, ok := result.Value().(bool)
	if !ok {
		t.Fatalf("%s is a %T in CEL", source, result.Value())
	}
	return !is, is
}

func truth(no, yes bool) decide.Truth {
	switch {
	case no && yes:
		return decide.Maybe
	case yes:
		return decide.Yes
	}
	return decide.No
}

// native is a value as CEL takes it.
func native(v fact.Value) any {
	switch v.Kind {
	case fact.Boolean:
		return v.Bool
	case fact.Integer:
		return int64(v.Number)
	case fact.Number:
		return v.Number
	case fact.Choice:
		return v.Text
	}
	return v.Members
}

var literals = regexp.MustCompile(`\d+(\.\d+)?`)

// representatives are values that a condition could tell apart, without asking the engine which it does: every choice and set,
// and numbers at, just below and just above every number that is written in it, and between those.
func representatives(about fact.Fact, source string) []fact.Value {
	var list []fact.Value
	switch about.Kind {
	case fact.Boolean:
		list = []fact.Value{{Kind: fact.Boolean}, {Kind: fact.Boolean, Bool: true}}
	case fact.Choice:
		for _, text := range about.Values {
			list = append(list, fact.Value{Kind: fact.Choice, Text: text})
		}
	case fact.Set:
		for chosen := range 1 << len(about.Values) {
			members := []string{}
			for i, member := range about.Values {
				if chosen>>i&1 == 1 {
					members = append(members, member)
				}
			}
			list = append(list, fact.Value{Kind: fact.Set, Members: members})
		}
	default:
		list = numbers(about, source)
	}
	return list
}

func numbers(about fact.Fact, source string) []fact.Value {
	step := about.Step
	if about.Kind == fact.Integer {
		step = 1
	}
	found := []float64{0, fact.Largest}
	for _, literal := range literals.FindAllString(source, -1) {
		n, err := strconv.ParseFloat(literal, 64)
		if err != nil {
			panic(fmt.Sprint(literal, ": ", err))
		}
		if about.Kind == fact.Integer && n != float64(int64(n)) {
			continue // of another fact
		}
		found = append(found, max(n-step, 0), n, n+step)
	}
	slices.Sort(found)
	found = slices.Compact(found)
	var list []fact.Value
	for i, n := range found {
		if i > 0 && about.Kind == fact.Number {
			list = append(list, fact.Value{Kind: about.Kind, Number: (found[i-1] + n) / 2})
		}
		list = append(list, fact.Value{Kind: about.Kind, Number: n})
	}
	return list
}
